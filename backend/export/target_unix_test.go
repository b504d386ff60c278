//go:build !windows

package export

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"veridesk/backend/idv"
)

// Forcing writes through a link, to the file it leads to.
func TestForceFollowsLinks(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	real, link := filepath.Join(other, "real.csv"), filepath.Join(dir, "link.csv")
	put(t, real, "old")
	if err := os.Symlink(real, link); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(context.Background(), Job{Path: link, Format: CSV, Rows: many(t, 2), Force: true}); err != nil {
		t.Fatal(err)
	}
	if rows := readCSV(t, real); len(rows) != 2 {
		t.Errorf("%d rows in the file behind the link, want 2", len(rows))
	}
	if to, err := os.Readlink(link); err != nil || to != real {
		t.Errorf("link leads to %q (%v)", to, err)
	}
	wantFiles(t, dir, "link.csv")
	wantFiles(t, other, "real.csv")
}

// A link to nowhere is a file that is there; forcing replaces it.
func TestLinkToNowhere(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "link.csv")
	if err := os.Symlink(filepath.Join(dir, "nowhere"), link); err != nil {
		t.Fatal(err)
	}
	_, err := Run(context.Background(), Job{Path: link, Format: CSV, Rows: unread(t)})
	wantCode(t, err, idv.CodeExists)
	if _, err := Run(context.Background(), Job{Path: link, Format: CSV, Rows: many(t, 1), Force: true}); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, dir, "link.csv")
}

// A pipe or a device is never replaced, not even by force.
func TestNoDeviceIsReplaced(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := unix.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, force := range []bool{false, true} {
		_, err := Run(context.Background(), Job{Path: pipe, Format: CSV, Rows: unread(t), Force: force})
		wantCode(t, err, idv.CodeInvalid)
	}
	wantFiles(t, dir, "pipe")
}
