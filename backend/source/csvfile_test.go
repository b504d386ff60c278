package source_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

func TestCSVNotThePortals(t *testing.T) {
	folder := t.TempDir()
	latin, err := charmap.Windows1252.NewEncoder().String(table(t, row(nil), row(map[idv.Column]string{idv.ColFirstName: "JÜRGEN"})))
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String(table(t))
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, path string
		code       idv.Code
		says       []string
	}{
		{"another table", writeFile(t, "id,name\n1,x\n"), idv.CodeInvalid, idv.Columns[:]},
		{"one column short", writeFile(t, strings.Replace(table(t), "Match Level,", "", 1)), idv.CodeInvalid, []string{"lacks the column Match Level."}},
		{"empty", writeFile(t, ""), idv.CodeInvalid, []string{"is empty"}},
		{"a mark alone", writeFile(t, "\ufeff"), idv.CodeInvalid, []string{"is empty"}},
		{"a folder", folder, idv.CodeInvalid, []string{"is a folder"}},
		{"no file", filepath.Join(folder, "none.csv"), idv.CodeNotFound, []string{"There is no file"}},
		{"Windows-1252", writeFile(t, latin), idv.CodeInvalid, []string{"UTF-8", "row 2"}},
		{"UTF-16 without mark", writeFile(t, utf16), idv.CodeInvalid, []string{"UTF-8", "first line"}},
		{"a broken header", writeFile(t, "\"Personal Number\nx\n"), idv.CodeInvalid, []string{"first line"}},
		{"one endless line", writeFile(t, strings.Repeat("x", 2<<20)), idv.CodeInvalid, []string{"longer"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file, err := source.NewCSV(tt.path)
			if err == nil {
				got := readAll(t.Context(), file, "")
				if err = got.err; len(got.batches) > 0 {
					t.Error("something was imported all the same")
				}
			}
			e := idv.AsError(err)
			if e == nil || e.Code != tt.code || e.Hint == "" || !strings.Contains(e.Message, "Nothing was imported") {
				t.Fatalf("%#v", err)
			}
			for _, must := range append(tt.says, tt.path) {
				if !strings.Contains(e.Message, must) {
					t.Errorf("%q does not say %q", e.Message, must)
				}
			}
		})
	}
}

func TestCSVNoRightToRead(t *testing.T) {
	path := writeFile(t, table(t))
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if file, err := os.Open(path); err == nil {
		file.Close()
		t.Skip("this user may read everything")
	}
	_, err := source.NewCSV(path)
	if e := idv.AsError(err); e == nil || e.Code != idv.CodeInvalid || !strings.Contains(e.Message, "no right to read") {
		t.Errorf("%v", err)
	}
}
