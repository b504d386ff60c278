package export

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"veridesk/backend/idv"
)

// unread fails the test when a row is asked for.
func unread(t *testing.T) iter.Seq2[idv.Session, error] {
	return func(func(idv.Session, error) bool) { t.Error("rows were read") }
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func wantText(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s holds %.60q (%v), want %q", path, got, err, want)
	}
}

func TestParseFormat(t *testing.T) {
	for text, want := range map[string]Format{"csv": CSV, "XLSX": XLSX, " Csv ": CSV} {
		if got, err := ParseFormat(text); err != nil || got != want {
			t.Errorf("ParseFormat(%q) = %q, %v", text, got, err)
		}
	}
	_, err := ParseFormat("pdf")
	wantCode(t, err, idv.CodeUsage)
	dir := t.TempDir()
	_, err = Run(context.Background(), Job{Path: filepath.Join(dir, "out.pdf"), Format: "pdf", Rows: unread(t)})
	wantCode(t, err, idv.CodeUsage)
	wantFiles(t, dir)
}

func TestSHA256IsTheFiles(t *testing.T) {
	sessions, _ := sample(t)
	for _, format := range formats {
		path, done := write(t, format, sessions)
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(raw); done.SHA256 != hex.EncodeToString(sum[:]) || done.File != path {
			t.Errorf("%s: file %s, SHA-256 %s, want %s, %x", format, done.File, done.SHA256, path, sum)
		}
		if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v (%v), want only the owner's", info.Mode(), err)
		}
	}
}

func TestRefusedBeforeAnythingIsRead(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "there.csv"), "mine")
	for path, code := range map[string]idv.Code{
		"":                                    idv.CodeInvalid,
		dir:                                   idv.CodeInvalid,
		dir + string(os.PathSeparator):        idv.CodeInvalid,
		filepath.Join(dir, "none", "out.csv"): idv.CodeInvalid,
		filepath.Join(dir, "there.csv", "x"):  idv.CodeInvalid,
		filepath.Join(dir, "there.csv"):       idv.CodeExists,
		filepath.Join(dir, strings.Repeat("x", 300)+".csv"): idv.CodeNotWritable,
	} {
		for _, format := range formats {
			_, err := Run(context.Background(), Job{Path: path, Format: format, Rows: unread(t)})
			wantCode(t, err, code)
			_, err = Run(context.Background(), Job{Path: path, Format: format, Rows: unread(t), Force: code != idv.CodeExists})
			wantCode(t, err, code)
		}
	}
	wantFiles(t, dir, "there.csv")
	wantText(t, filepath.Join(dir, "there.csv"), "mine")
}

func TestForceReplaces(t *testing.T) {
	for _, format := range formats {
		dir := t.TempDir()
		path := filepath.Join(dir, "out")
		put(t, path, "old")
		done, err := Run(context.Background(), Job{Path: path, Format: format, Rows: many(t, 3), Force: true})
		if err != nil || done.Rows != 3 {
			t.Fatal(done, err)
		}
		wantFiles(t, dir, "out")
		if info, err := os.Stat(path); err != nil || info.Size() < 100 {
			t.Errorf("not replaced: %v %v", info, err)
		}
	}
}

// A file that appears while the rows are written is somebody's.
func TestFileMadeMeanwhileIsKept(t *testing.T) {
	for _, format := range formats {
		for _, force := range []bool{false, true} {
			dir := t.TempDir()
			path := filepath.Join(dir, "out")
			rows := func(yield func(idv.Session, error) bool) {
				put(t, path, "somebody's")
				many(t, 5)(yield)
			}
			_, err := Run(context.Background(), Job{Path: path, Format: format, Rows: rows, Force: force})
			wantFiles(t, dir, "out")
			if force {
				if err != nil {
					t.Error(err)
				}
				continue
			}
			wantCode(t, err, idv.CodeExists)
			wantText(t, path, "somebody's")
		}
	}
}

func TestErrorOfTheRowsPassesThrough(t *testing.T) {
	broken := errors.New("broken")
	for _, format := range formats {
		dir := t.TempDir()
		rows := func(yield func(idv.Session, error) bool) {
			for i := range 550 {
				if !yield(big(i), nil) {
					return
				}
			}
			yield(idv.Session{}, broken)
		}
		if _, err := Run(context.Background(), Job{Path: filepath.Join(dir, "out"), Format: format, Rows: rows}); err != broken {
			t.Errorf("error %v, want the rows' own", err)
		}
		wantFiles(t, dir)
	}
}

func TestPanicOfTheRowsLeavesNothing(t *testing.T) {
	for _, format := range formats {
		dir := t.TempDir()
		func() {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			rows := func(func(idv.Session, error) bool) { panic("rows") }
			_, _ = Run(context.Background(), Job{Path: filepath.Join(dir, "out"), Format: format, Rows: rows})
		}()
		wantFiles(t, dir)
	}
}

func TestProgress(t *testing.T) {
	for _, format := range formats {
		var told []idv.Progress
		start := time.Now()
		job := Job{Path: filepath.Join(t.TempDir(), "out"), Format: format, Rows: many(t, 500), Total: 500}
		job.Report = func(p idv.Progress) { told = append(told, p) }
		if _, err := Run(context.Background(), job); err != nil {
			t.Fatal(err)
		}
		if most := 2 + int(time.Since(start)/(100*time.Millisecond)); len(told) > most {
			t.Errorf("%d reports, want %d at most", len(told), most)
		}
		if last := told[len(told)-1]; last != (idv.Progress{Phase: idv.PhaseWriting, Done: 500, Total: 500}) {
			t.Errorf("last report %v", last)
		}
		for i := range told[1:] {
			if told[i+1].Done < told[i].Done {
				t.Errorf("reports go back: %v", told)
			}
		}
	}
}

// Only what a dead export of ours left is swept: what is in use and what is not
// ours stays.
func TestSweepTakesOnlyOurLeftovers(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{".veridesk-export-1.tmp", ".veridesk-export-1.tmp.bak", "veridesk-export-2.tmp", "notes.tmp", ".veridesk-export-7.spill"} {
		put(t, filepath.Join(dir, name), "x")
	}
	for _, name := range []string{".veridesk-export-1.spill", ".veridesk-export-3.spill", ".veridesk-export-4.tmp", "notes.spill"} {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, name, "excelize-1"), "x")
	}
	inUse, err := newTarget(context.Background(), filepath.Join(dir, "other.csv"), false)
	if err != nil {
		t.Fatal(err)
	}
	defer inUse.discard()
	held, err := newSpill(inUse.file.Name())
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(held, "excelize-1"), "x")

	sweep(dir)
	for _, gone := range []string{".veridesk-export-1.tmp", ".veridesk-export-1.spill", ".veridesk-export-3.spill"} {
		if _, err := os.Lstat(filepath.Join(dir, gone)); !os.IsNotExist(err) {
			t.Errorf("%s is still there (%v)", gone, err)
		}
	}
	stays := []string{".veridesk-export-1.tmp.bak", ".veridesk-export-4.tmp", ".veridesk-export-7.spill", "notes.tmp", "notes.spill", "veridesk-export-2.tmp",
		filepath.Base(inUse.file.Name()), filepath.Join(filepath.Base(held), "excelize-1")}
	for _, name := range stays {
		if _, err := os.Lstat(filepath.Join(dir, name)); err != nil {
			t.Errorf("%s is gone: %v", name, err)
		}
	}
}

// Exports that begin at once in one folder do not sweep each other's files away.
func TestExportsSideBySide(t *testing.T) {
	dir := t.TempDir()
	var group sync.WaitGroup
	for i := range 40 {
		group.Go(func() {
			path := filepath.Join(dir, fmt.Sprintf("out-%d.csv", i))
			if _, err := Run(context.Background(), Job{Path: path, Format: CSV, Rows: many(t, 3)}); err != nil {
				t.Errorf("export %d: %v", i, err)
			}
		})
	}
	group.Wait()
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 40 {
		t.Errorf("%d files, %v", len(entries), err)
	}
}

func TestChosen(t *testing.T) {
	for named, want := range map[string]struct {
		path    string
		replace bool
	}{
		"/x/report":      {"/x/report.csv", false}, // the dialog asked about "report"
		"/x/report.csv":  {"/x/report.csv", true},
		"/x/report.text": {"/x/report.text", true},
	} {
		if path, replace := Chosen(named, CSV); path != want.path || replace != want.replace {
			t.Errorf("%s became %s, %v", named, path, replace)
		}
	}
}
