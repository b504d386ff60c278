package export

import (
	"bytes"
	"encoding/csv"
	"os"
	"slices"
	"strings"
	"testing"

	"veridesk/backend/idv"
)

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text, found := bytes.CutPrefix(raw, []byte("\xEF\xBB\xBF"))
	if !found {
		t.Error("no byte order mark")
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rows[0], idv.Columns[:]) {
		t.Errorf("header %q", rows[0])
	}
	return rows[1:]
}

// The portal's own export, read and written again, is the same field by field.
func TestCSVRepeatsThePortal(t *testing.T) {
	sessions, want := sample(t)
	path, done := write(t, CSV, sessions)
	got := readCSV(t, path)
	if len(got) != len(want) || done.Rows != len(want) {
		t.Fatalf("%d rows read, %d reported, want %d", len(got), done.Rows, len(want))
	}
	for i := range want {
		if !slices.Equal(got[i], want[i]) {
			t.Errorf("row %d\n got %q\nwant %q", i+1, got[i], want[i])
		}
	}
}

func TestCSVHoldsHostileTextExactly(t *testing.T) {
	path, done := write(t, CSV, hostileSessions())
	if done.Altered != 0 {
		t.Errorf("%d cells altered, want none", done.Altered)
	}
	for i, row := range readCSV(t, path) {
		// The reader of encoding/csv, not the file, turns CRLF into LF.
		want := strings.ReplaceAll(hostiles[i].in, "\r\n", "\n")
		for j, got := range row[:hostiles[i].cellsWith()] {
			if got != want {
				t.Fatalf("row %d, %s: %q, want %q", i+1, idv.Columns[j], got, want)
			}
		}
	}
}

// A second reader, which keeps every line break as it is.
func TestCSVReadByAnotherProgram(t *testing.T) {
	path, _ := write(t, CSV, hostileSessions())
	var table struct{ Rows [][]string }
	readBack(t, path, &table)
	if len(table.Rows) != len(hostiles)+1 {
		t.Fatalf("%d rows, want %d", len(table.Rows), len(hostiles)+1)
	}
	for i, h := range hostiles {
		for j, got := range table.Rows[i+1][:h.cellsWith()] {
			if fromLatin1(got) != h.in {
				t.Fatalf("row %d, %s: %q, want %q", i+1, idv.Columns[j], fromLatin1(got), h.in)
			}
		}
	}
}

func fromLatin1(s string) string {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r))
	}
	return string(b)
}

func TestCSVIsQuotedWithCRLF(t *testing.T) {
	path, _ := write(t, CSV, []idv.Session{{ID: "s-1"}})
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := "\uFEFF" + `"` + strings.Join(idv.Columns[:], `","`) + "\"\r\n" + strings.Repeat(`"",`, 15) + `"s-1"` + strings.Repeat(`,""`, 8) + "\r\n"
	if string(raw) != want {
		t.Errorf("file %q\nwant %q", raw, want)
	}
}
