package archive_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"veridesk/backend/archive"
	"veridesk/backend/export"
	"veridesk/backend/idv"
)

func TestAuditTellsWhatWasDone(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	file := filepath.Join(t.TempDir(), "portal.csv")
	row := make([]string, 24)
	row[1], row[15] = "Quuxina", "one"
	writeCSV(t, file, map[string][]string{"one": row}, "")
	if _, err := a.Import(t.Context(), []string{file}, nil); err != nil {
		t.Fatal(err)
	}
	done, err := a.Export(t.Context(), archive.Export{Query: idv.Query{Text: "quuxina"}, Path: filepath.Join(t.TempDir(), "x.csv"), Format: export.CSV}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.SetSettings(archive.Settings{LockMinutes: 9}); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Erase(t.Context(), []string{"one"}, nil); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = open(t, dir)
	lines, err := a.Audit(0, 100)
	if err != nil {
		t.Fatal(err)
	}
	var actions []string
	for i, line := range lines {
		actions = append(actions, line.Action)
		if line.Number != uint64(i+1) || line.At == "" {
			t.Errorf("%+v", line)
		}
		for _, word := range append([]string{line.Object, line.Result}, slices.Collect(maps.Values(line.Detail))...) {
			if strings.Contains(strings.ToLower(word), "quux") {
				t.Errorf("a name in the log: %+v", line)
			}
		}
	}
	if want := []string{"import", "export", "settings", "erase", "open"}; !slices.Equal(actions, want) {
		t.Errorf("%v, want %v", actions, want)
	}
	if e := lines[1]; e.Object != done.SHA256 || e.Detail["rows"] != "1" || e.Detail["selected"] != "true" {
		t.Errorf("%+v", e)
	}
	if rest, err := a.Audit(4, 1); err != nil || len(rest) != 1 || rest[0].Action != "open" {
		t.Errorf("%+v, %v", rest, err)
	}
	if err := a.VerifyAudit(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestCheckpointIsSigned(t *testing.T) {
	a := open(t, t.TempDir())
	signed, key, err := a.Checkpoint()
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(key)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := note.Open([]byte(signed), note.VerifierList(verifier))
	if err != nil || !strings.HasPrefix(opened.Text, "veridesk ") {
		t.Fatalf("%+v, %v", opened, err)
	}
	if _, again, err := a.Checkpoint(); err != nil || again != key {
		t.Errorf("another key: %v", err)
	}
	if _, err := note.Open([]byte(strings.Replace(signed, "\n0\n", "\n1\n", 1)), note.VerifierList(verifier)); err == nil {
		t.Error("an altered checkpoint passes")
	}
}

// An export whose line cannot be written into the log is not made.
func TestNoExportWithoutItsLine(t *testing.T) {
	a := open(t, t.TempDir())
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "x.csv")
	if _, err := a.Export(t.Context(), archive.Export{Path: path, Format: export.CSV}, nil); err == nil {
		t.Error("a closed archive was exported")
	}
	if left, _ := filepath.Glob(path + "*"); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}
