package media_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"

	"veridesk/backend/idv"
	"veridesk/backend/media"
)

// disk mounts a small disk of its own, or skips the test.
func disk(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("skipped: no right to mount a disk: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill keeps photos until that fails, and gives what was kept and the failure.
func fill(t *testing.T, s *media.Store, photo []byte) (all []media.Kept, err error) {
	t.Helper()
	for range 1000 {
		kept, err := s.Keep(t.Context(), bytes.NewReader(photo))
		if err != nil {
			return all, err
		}
		all = append(all, kept)
	}
	t.Fatal("the disk never was full")
	return nil, nil
}

// A full disk loses nothing that was kept and leaves no part of a photo; with
// room again, photos are kept again. Bytes run out first, or files do.
func TestFullDisk(t *testing.T) {
	for _, options := range []string{"size=1m", "size=1m,nr_inodes=40"} {
		dir := disk(t, options)
		s := open(t, dir)
		photo := padded(jpegOf(t, upright(64, 64)), 30_000)
		all, err := fill(t, s, photo)
		if e := idv.AsError(err); e.Code != idv.CodeDiskFull || !errors.Is(err, syscall.ENOSPC) {
			t.Fatalf("%v", err)
		}
		if len(all) == 0 || len(files(t, dir)) != len(all) {
			t.Fatalf("%d files of %d photos", len(files(t, dir)), len(all))
		}
		for _, kept := range all {
			if got, err := s.Read(kept); err != nil || !bytes.Equal(got, photo) {
				t.Fatal(err)
			}
		}
		for _, kept := range all[:3] {
			if err := s.Remove(kept.File); err != nil {
				t.Fatal(err)
			}
		}
		keep(t, s, photo)
		s.Close()
	}
}

func TestReadOnlyDisk(t *testing.T) {
	dir := disk(t, "size=1m")
	s := open(t, filepath.Join(dir, "photos"))
	photo := jpegOf(t, upright(8, 8))
	kept := keep(t, s, photo)
	if err := unix.Mount("", dir, "", unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
		t.Skipf("skipped: no right to make a disk read-only: %v", err)
	}
	if _, err := s.Keep(t.Context(), bytes.NewReader(photo)); idv.AsError(err).Code != idv.CodeNotWritable {
		t.Errorf("keep: %v", err)
	}
	if _, err := s.Read(kept); err != nil {
		t.Errorf("read: %v", err)
	}
	s.Close()
	if _, err := media.Open(filepath.Join(dir, "photos")); idv.AsError(err).Code != idv.CodeNotWritable {
		t.Errorf("open: %v", err)
	}
}
