package export

import (
	"archive/zip"
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"veridesk/backend/idv"
)

const (
	childPath   = "VERIDESK_EXPORT_CHILD_PATH"
	childFormat = "VERIDESK_EXPORT_CHILD_FORMAT"
	childBig    = "VERIDESK_EXPORT_CHILD_BIG" // rows that have to be spilt
	childRows   = 2000
)

// TestMain lets the test binary also be the export that is killed.
func TestMain(m *testing.M) {
	if path := os.Getenv(childPath); path != "" {
		os.Exit(child(path, Format(os.Getenv(childFormat))))
	}
	os.Exit(m.Run())
}

// child exports, with a byte on standard output for every 100 rows.
func child(path string, format Format) int {
	rows := func(yield func(idv.Session, error) bool) {
		for i := range childRows {
			if i%100 == 0 {
				fmt.Print(".")
			}
			s := idv.Session{ID: fmt.Sprint(i)}
			if os.Getenv(childBig) != "" {
				s = big(i)
			}
			if !yield(s, nil) {
				return
			}
		}
		fmt.Print("!")
	}
	if _, err := Run(context.Background(), Job{Path: path, Format: format, Rows: rows}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// A killed export leaves no file under the final name, unless it was killed
// after the last byte; and the next export clears away what it left.
func TestKilledExport(t *testing.T) {
	points := []int{1, 2, 5, 11, 17, 20, 21, 21, 21}
	if os.Getenv("VERIDESK_TEST_ALL") == "1" {
		for i := range 40 {
			points = append(points, i%21+1)
		}
	}
	for _, format := range formats {
		for _, point := range points {
			dir := t.TempDir()
			path := filepath.Join(dir, "out."+string(format))
			killAfter(t, path, format, point)
			if _, err := os.Lstat(path); err == nil {
				wantWhole(t, path, format)
			}
			if _, err := Run(context.Background(), Job{Path: path, Format: format, Rows: many(t, 1), Force: true}); err != nil {
				t.Fatal(err)
			}
			wantFiles(t, dir, filepath.Base(path))
		}
	}
}

// An XLSX that is killed when it has spilt rows leaves them beside its file and
// nowhere else, and the next export there clears them away, CSV or XLSX.
func TestKilledWhileSpilling(t *testing.T) {
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	t.Setenv(childBig, "1")
	for _, next := range formats {
		dir := t.TempDir()
		killAfter(t, filepath.Join(dir, "out.xlsx"), XLSX, 7)
		wantPrivateSpill(t, dir)
		wantFiles(t, temp)
		if _, err := Run(context.Background(), Job{Path: filepath.Join(dir, "next"), Format: next, Rows: many(t, 1)}); err != nil {
			t.Fatal(err)
		}
		wantFiles(t, dir, "next")
	}
}

// killAfter runs an export and kills it when it has said so many bytes.
func killAfter(t *testing.T, path string, format Format, bytes int) {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), childPath+"="+path, childFormat+"="+string(format))
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadFull(bufio.NewReaderSize(out, 16), make([]byte, bytes)); err != nil {
		t.Fatal(err)
	}
	_ = command.Process.Kill()
	_ = command.Wait() // it was killed, or had ended by then
}

func wantWhole(t *testing.T, path string, format Format) {
	t.Helper()
	if format == CSV {
		if rows := readCSV(t, path); len(rows) != childRows {
			t.Errorf("%d rows under the final name, want %d", len(rows), childRows)
		}
		return
	}
	book, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for _, part := range book.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, r); err != nil { // checks the sum of the part
			t.Errorf("%s: %v", part.Name, err)
		}
		_ = r.Close()
	}
}
