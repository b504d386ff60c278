//go:build unix

package source_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// TestCSVStreams: what cannot be read twice is refused, and not waited for.
func TestCSVStreams(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "sessions.csv")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	defer writer.Close()
	for _, path := range []string{pipe, os.DevNull, "/dev/fd/" + strconv.Itoa(int(reader.Fd()))} {
		_, err := source.NewCSV(path)
		e := idv.AsError(err)
		if e == nil || e.Code != idv.CodeInvalid || e.Hint == "" {
			t.Fatalf("%s: %v", path, err)
		}
		for _, must := range []string{path, "not a file", "cannot be read twice", "Nothing was imported."} {
			if !strings.Contains(e.Message, must) {
				t.Errorf("%q does not say %q", e.Message, must)
			}
		}
	}
}
