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
	latin, err := charmap.Windows1252.NewEncoder().String(strings.Replace(table(t, row(nil)), "Session ID", "Prénom,Session ID", 1))
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
		{"nothing but blank lines", writeFile(t, "\r\n \r\n,,,\r\n"), idv.CodeInvalid, []string{"is empty"}},
		{"empty", writeFile(t, ""), idv.CodeInvalid, []string{"is empty"}},
		{"a mark alone", writeFile(t, "\ufeff"), idv.CodeInvalid, []string{"is empty"}},
		{"a folder", folder, idv.CodeInvalid, []string{"is a folder"}},
		{"no file", filepath.Join(folder, "none.csv"), idv.CodeNotFound, []string{"There is no file"}},
		{"Windows-1252", writeFile(t, latin), idv.CodeInvalid, []string{"UTF-8", "first line"}},
		{"UTF-16 without mark", writeFile(t, utf16), idv.CodeInvalid, []string{"UTF-8", "UTF-16"}},
		{"a workbook", writeFile(t, "PK\x03\x04\x14\x00\x06\x00 workbook in a zip"), idv.CodeInvalid, []string{"UTF-8", "first line"}},
		{"a broken header", writeFile(t, "\"Personal Number\nx\n"), idv.CodeInvalid, []string{"first line"}},
		{"one endless line", writeFile(t, strings.Repeat("x", 2<<20)), idv.CodeInvalid, []string{"longer"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := source.NewCSV(tt.path)
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

// TestCSVManyFilesFirst: all sources of an import are made before the first is
// read, without holding the files open.
func TestCSVManyFilesFirst(t *testing.T) {
	path := writeFile(t, table(t, row(nil)))
	var files []*source.CSV
	for range 100 {
		file, err := source.NewCSV(path)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	if open, err := os.ReadDir("/proc/self/fd"); err == nil { // Linux has it
		for _, handle := range open {
			if name, _ := os.Readlink("/proc/self/fd/" + handle.Name()); name == path {
				t.Fatal("the file is still open")
			}
		}
	}
	for _, file := range files {
		if got := readAll(t.Context(), file, ""); got.err != nil || len(got.ids) != 1 {
			t.Fatalf("%+v", got)
		}
	}
	if err := os.Remove(path); err != nil { // Windows would refuse it of an open file
		t.Fatal(err)
	}
	got := readAll(t.Context(), files[0], "")
	if e := idv.AsError(got.err); e == nil || e.Code != idv.CodeNotFound || !strings.HasSuffix(e.Message, "Nothing of it was imported.") {
		t.Errorf("%v", got.err)
	}
}

// TestCSVBlankLinesAboveTheHeader do not change the numbers of the rows.
func TestCSVBlankLinesAboveTheHeader(t *testing.T) {
	body := table(t, row(nil), row(map[idv.Column]string{idv.ColSessionID: ""}))
	for _, above := range []string{"\n", "\r\n\r\n", "  \n\t\n", ",,,,\n", "\ufeff\n", "\nsep=,\n\n"} {
		got := readCSV(t, writeFile(t, above+body))
		if got.err != nil || len(got.ids) != 1 || len(got.rejected) != 1 || got.rejected[0].Row != 2 {
			t.Errorf("%q: %v, %v, %+v", above, got.err, got.ids, got.rejected)
		}
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
