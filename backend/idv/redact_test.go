package idv_test

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"veridesk/backend/idv"
)

// sessionTypes are the types that hold something of a person.
var sessionTypes = []any{
	idv.Session{}, idv.Name{}, idv.Person{}, idv.Document{}, idv.Checks{}, idv.Device{}, idv.Location{}, idv.MRZField{}, idv.Attempt{},
	idv.Field{}, idv.Photo{}, idv.Record{}, idv.Row{}, idv.Page{}, idv.Query{}, idv.Rejection{}, idv.Report{}, idv.Exported{},
	idv.Filter{}, idv.Facts{}, idv.Count{}, idv.Facets{}, idv.Nearest{},
	idv.Details{}, idv.Summary{}, idv.Findings{}, idv.Activity{}, idv.Step{}, idv.DeviceFacts{}, idv.TagGroup{}, idv.TagMark{},
	idv.AttemptDetails{}, idv.MRZCheck{}, idv.MRZItem{}, idv.PortalMRZ{}, idv.Conflict{},
}

// harmless are the other structs of the package.
var harmless = []string{
	"Error",        // its Message and Cause are written for the log
	"Erased",       // when and why, not who
	"Matches",      // levels
	"Progress",     // counts
	"Sort",         // the name of a column
	"Meter",        // counts
	"MissingPhoto", // which of a session's photos, and why
}

const marker = "NINO 01001012345"

// fill puts the marker into every text of a value, and one element into every list.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(marker)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf(marker), reflect.ValueOf(marker))
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	}
}

// logged is what the log says of a value, as it is, as a pointer and in a group.
func logged(value any) string {
	var b strings.Builder
	pointer := reflect.New(reflect.TypeOf(value))
	pointer.Elem().Set(reflect.ValueOf(value))
	for _, handler := range []slog.Handler{slog.NewTextHandler(&b, nil), slog.NewJSONHandler(&b, nil)} {
		slog.New(handler).Info("x", "value", value, "pointer", pointer.Interface(), slog.Group("group", "value", value))
	}
	return b.String()
}

func TestEveryTypeRedactsItself(t *testing.T) {
	var tested []string
	for _, empty := range sessionTypes {
		full := reflect.New(reflect.TypeOf(empty)).Elem()
		fill(full)
		tested = append(tested, full.Type().Name())
		switch full.Interface().(type) {
		case idv.Photo, idv.Rejection, idv.Exported: // these tell one text that is nothing of the person: see TestWhatIsTold
		default:
			if line := logged(full.Interface()); strings.Contains(line, "NINO") || strings.Contains(line, "01001012345") {
				t.Errorf("%s tells of the person: %s", full.Type(), line)
			}
		}
	}
	for _, name := range structs(t) {
		if !slices.Contains(tested, name) && !slices.Contains(harmless, name) {
			t.Errorf("%s is neither tested here nor said to be harmless", name)
		}
	}
}

// Three types name what they are: a photo's kind, a column, a file's sum.
func TestWhatIsTold(t *testing.T) {
	for line, value := range map[string]any{
		"photo front":          idv.Photo{Name: "front", URL: marker},
		"row 7":                idv.Rejection{File: marker, Row: 7, Column: "Birth date", Reason: marker, Raw: marker},
		"3 rows, SHA-256 abcd": idv.Exported{File: marker, Rows: 3, SHA256: "abcd"},
		"session number 9":     idv.Row{Ordinal: 9, FirstName: marker},
		"2 rows from 4 of 8":   idv.Page{Total: 8, Offset: 4, Rows: []idv.Row{{FirstName: marker}, {}}},
		"50 rows from 100":     idv.Query{Text: marker, Offset: 100, Limit: 50},
		"5 read, 1 added":      idv.Report{Read: 5, Added: 1, Rejected: []idv.Rejection{{Raw: marker}}},
	} {
		if got := logged(value); !strings.Contains(got, line) || strings.Contains(got, marker) {
			t.Errorf("the log says %s, want %q and nothing of the person", got, line)
		}
	}
}

// structs are the names of the package's exported structs.
func structs(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok && spec.Name.IsExported() {
				if _, ok := spec.Type.(*ast.StructType); ok {
					names = append(names, spec.Name.Name)
				}
			}
			return true
		})
	}
	if len(names) < len(sessionTypes) {
		t.Fatalf("only %q were found", names)
	}
	return names
}

func TestPanic(t *testing.T) {
	var list []int
	for _, test := range []struct {
		panics func()
		want   string
	}{
		{func() { _ = list[len(marker)] }, "panic: runtime error: index out of range"},
		{func() { panic("cannot handle " + marker) }, "panic: a value of type string"},
		{func() { panic(errors.New(marker)) }, "panic: a value of type *errors.errorString"},
	} {
		func() {
			defer func() {
				if err := idv.Panic(recover()); !strings.HasPrefix(err.Error(), test.want) || strings.Contains(err.Error(), marker) {
					t.Errorf("%v, want %s", err, test.want)
				}
			}()
			test.panics()
		}()
	}
}
