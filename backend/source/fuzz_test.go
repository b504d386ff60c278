package source_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// FuzzDecodeSession: no panic, and a session that is read can be identified, can
// be written as a row, and keeps what it has no place for as JSON.
func FuzzDecodeSession(f *testing.F) {
	files, err := filepath.Glob("testdata/sessions/*.json")
	if err != nil || len(files) == 0 {
		f.Fatal("no samples", err)
	}
	for _, file := range files {
		f.Add(compactSample(f, filepath.Base(file)))
	}
	f.Add([]byte(with(`"extra":{"a":[{"b":1}]},"partner":{"name":7},"info":{"birthDate":"02-29-00"},"tags":"x"`)))
	f.Add([]byte(with(`"_id":{"$oid":"1"},"details":{"userAgent":"x","location":{"ll":[1,"x"],"metro":[]},"documentAttempts":[{"images":{}}]}`)))
	f.Add([]byte(`{"sessionId":"\ud800","createdAt":"9999-12-31T23:59:59-01:00"}`))
	f.Fuzz(func(t *testing.T, item []byte) {
		record, err := source.DecodeSession(item)
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without a reason")
			}
			return
		}
		s := record.Session
		if s.ID == "" || len(s.ID) > idv.MaxSessionID || len(record.Photos) != len(s.Photos) {
			t.Errorf("%+v", record)
		}
		for path, value := range s.Unknown {
			if !json.Valid([]byte(value)) {
				t.Errorf("%s is kept as %q", path, value)
			}
		}
		for i, cell := range idv.Cells(s) {
			if !utf8.ValidString(cell) {
				t.Errorf("%s is %q", idv.Columns[i], cell)
			}
		}
	})
}

// FuzzCSV puts any text under the portal's header: no panic, as many sessions
// and rejections as the total says, all of them printable, and where Go's own reader understands the
// whole file, each session has the cells that it read.
func FuzzCSV(f *testing.F) {
	sample, err := os.ReadFile(sampleCSV)
	if err != nil {
		f.Fatal(err)
	}
	header, rows, _ := strings.Cut(string(sample), "\n")
	f.Add(rows[:1000])
	f.Add(strings.ReplaceAll(rows[:600], "2025-03-01T", "01.03.2025 "))
	f.Add("\"\n\"\"\n,,\r\n\r,\"a\nb\"c\n" + strings.Repeat(",", 23) + "\n")
	f.Add(" x \",,,")
	f.Add("\xff" + strings.Repeat(",", 30) + "\n\"\"\"\n\"\n\"\"")
	path := filepath.Join(f.TempDir(), "sessions.csv")
	f.Fuzz(func(t *testing.T, rows string) {
		if err := os.WriteFile(path, []byte(header+"\n"+rows), 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := source.NewCSV(path)
		if err != nil {
			t.Fatal("the header is good", err)
		}
		got := readAll(t.Context(), file, "")
		if got.err != nil {
			t.Fatal(got.err)
		}
		total := 0
		if len(got.batches) > 0 {
			total = got.batches[0].Total
		}
		if len(got.sessions)+len(got.rejected) != total {
			t.Errorf("%d sessions and %d rejections of %d", len(got.sessions), len(got.rejected), total)
		}
		for _, r := range got.rejected {
			if r.Row == 0 || r.Reason == "" || !utf8.ValidString(r.Raw) {
				t.Errorf("%+v", r)
			}
		}
		compareWithGo(t, header+"\n"+rows, got)
	})
}

func compareWithGo(t *testing.T, text string, got run) {
	t.Helper()
	if strings.Contains(text, "\r") { // Go's reader rewrites it
		return
	}
	reader := csv.NewReader(strings.NewReader(text))
	records, err := reader.ReadAll()
	if err != nil {
		return
	}
	rejected := map[int]bool{}
	for _, r := range got.rejected {
		rejected[r.Row] = true
	}
	number, next := 0, 0
	for _, record := range records[1:] {
		if strings.TrimSpace(strings.Join(record, "")) == "" {
			continue
		}
		if number++; rejected[number] {
			continue
		}
		cells := idv.Cells(got.sessions[next])
		for i, cell := range cells {
			if cell != record[i] {
				t.Errorf("row %d: %s is %q, want %q", number, idv.Columns[i], cell, record[i])
			}
		}
		next++
	}
	if next != len(got.sessions) {
		t.Errorf("%d sessions, and Go's reader finds %d", len(got.sessions), next)
	}
}
