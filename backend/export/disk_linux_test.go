package export

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"veridesk/backend/idv"
)

// smallDisk mounts a small disk of its own, or skips the test.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skipf("skipped: no right to mount a disk: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func wantDiskFull(t *testing.T, err error, dir string) {
	t.Helper()
	wantCode(t, err, idv.CodeDiskFull)
	if message := idv.AsError(err).Message; !strings.Contains(message, " "+dir+" ") {
		t.Errorf("message %q does not name %s", message, dir)
	}
}

func TestFullDisk(t *testing.T) {
	dir := smallDisk(t, "256k")
	for _, format := range formats {
		_, err := Run(context.Background(), Job{Path: filepath.Join(dir, "out"), Format: format, Rows: many(t, 4000)})
		wantDiskFull(t, err, dir)
		wantFiles(t, dir)
	}
	// With room again it goes on, and a file that is there outlives the lack of it.
	path := filepath.Join(dir, "out")
	if _, err := Run(context.Background(), Job{Path: path, Format: CSV, Rows: many(t, 10)}); err != nil {
		t.Fatal(err)
	}
	_, err := Run(context.Background(), Job{Path: path, Format: CSV, Rows: many(t, 4000), Force: true})
	wantDiskFull(t, err, dir)
	wantFiles(t, dir, "out")
	if rows := readCSV(t, path); len(rows) != 10 {
		t.Errorf("%d rows, want the 10 that were there", len(rows))
	}
}

// The rows that an XLSX spills can fill the disk before a byte of it is written.
func TestFullDiskWhileSpilling(t *testing.T) {
	dir := smallDisk(t, "8m")
	rows := func(yield func(idv.Session, error) bool) {
		for i := 0; yield(big(i), nil); i++ {
		}
	}
	_, err := Run(context.Background(), Job{Path: filepath.Join(dir, "out"), Format: XLSX, Rows: rows})
	wantDiskFull(t, err, dir)
	wantFiles(t, dir)
}

func TestReadOnlyDisk(t *testing.T) {
	dir := smallDisk(t, "256k")
	put(t, filepath.Join(dir, "there"), "mine")
	if err := unix.Mount("", dir, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Skipf("skipped: no right to make a disk read-only: %v", err)
	}
	for _, format := range formats {
		for _, name := range []string{"out", "there"} {
			_, err := Run(context.Background(), Job{Path: filepath.Join(dir, name), Format: format, Rows: unread(t), Force: true})
			wantCode(t, err, idv.CodeNotWritable)
		}
	}
	wantFiles(t, dir, "there")
	wantText(t, filepath.Join(dir, "there"), "mine")
}

// Root may write anywhere, so only another user sees this.
func TestReadOnlyFolder(t *testing.T) {
	if os.Geteuid() == 0 {
		t.Skip("skipped: root may write into a read-only folder")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	for _, format := range formats {
		_, err := Run(context.Background(), Job{Path: filepath.Join(dir, "out"), Format: format, Rows: unread(t)})
		wantCode(t, err, idv.CodeNotWritable)
	}
}
