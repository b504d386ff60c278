package disk_test

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"veridesk/backend/disk"
	"veridesk/backend/idv"
)

// smallDisk mounts a disk of its own, or skips the test.
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

// Free goes down by what is written, and up by what is removed.
func TestFree(t *testing.T) {
	dir := smallDisk(t, "8m")
	file := filepath.Join(dir, "file")
	if free, err := disk.Free(dir); err != nil || free != 8<<20 {
		t.Fatalf("%d bytes free, %v", free, err)
	}
	if err := os.WriteFile(file, make([]byte, 3<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	if free, err := disk.Free(dir); err != nil || free != 5<<20 {
		t.Errorf("%d bytes free, %v", free, err)
	}
	if err := disk.Need(dir, 5<<20); err != nil {
		t.Errorf("what is free is there: %v", err)
	}
	if err := disk.Need(dir, 5<<20+1); !idv.DiskFull(err) {
		t.Errorf("more than is free: %v", err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if err := disk.Need(dir, 8<<20); err != nil {
		t.Error(err)
	}
}

// A full disk keeps the file that is there, and gains no part of a new one.
func TestWriteFileOnAFullDisk(t *testing.T) {
	dir := smallDisk(t, "1m")
	path := filepath.Join(dir, "file")
	if err := disk.WriteFile(path, []byte("old")); err != nil {
		t.Fatal(err)
	}
	if err := disk.WriteFile(path, make([]byte, 2<<20)); !idv.DiskFull(err) {
		t.Errorf("more than fits: %v", err)
	}
	wantFiles(t, dir, map[string]string{"file": "old"})
	if err := disk.WriteFile(path, []byte("new")); err != nil {
		t.Error(err)
	}
}
