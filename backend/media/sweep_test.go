package media_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"veridesk/backend/media"
)

// Sweep removes what an earlier run left and no record names, and nothing else.
func TestSweep(t *testing.T) {
	dir := t.TempDir()
	earlier := open(t, dir)
	photo := jpegOf(t, upright(16, 16))
	known := map[string]bool{}
	var referenced, lost []media.Kept
	for n := range 40 {
		kept := keep(t, earlier, photo)
		if n%2 == 0 {
			known[kept.File] = true
			referenced = append(referenced, kept)
		} else {
			lost = append(lost, kept)
		}
	}
	earlier.Close()
	foreign := []string{".DS_Store", "new.txt", "notes/mine.txt", filepath.Dir(lost[0].File) + "/desktop.ini"}
	for _, name := range foreign {
		put(t, filepath.Join(dir, name))
	}
	s := open(t, dir)
	young := keep(t, s, photo) // its record is still being written
	removed, err := s.Sweep(t.Context(), known)
	if err != nil || removed != len(lost) {
		t.Fatalf("removed %d, want %d: %v", removed, len(lost), err)
	}
	for _, kept := range append(referenced, young) {
		if _, err := s.Read(kept); err != nil {
			t.Errorf("%s: %v", kept.File, err)
		}
	}
	for _, kept := range lost {
		if _, err := s.Read(kept); !errors.Is(err, media.ErrMissing) {
			t.Errorf("%s: %v", kept.File, err)
		}
	}
	left := files(t, dir)
	for _, name := range foreign {
		if !slices.Contains(left, name) {
			t.Errorf("%s is gone", name)
		}
	}
	if removed, err := s.Sweep(t.Context(), known); removed != 0 || err != nil {
		t.Errorf("again: %d, %v", removed, err)
	}
}

// put makes a file that is not the store's.
func put(t *testing.T, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestSweepStops(t *testing.T) {
	dir := t.TempDir()
	earlier := open(t, dir)
	for range 3 {
		keep(t, earlier, jpegOf(t, upright(8, 8)))
	}
	s := open(t, dir)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if removed, err := s.Sweep(ctx, nil); removed != 0 || !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %d, %v", removed, err)
	}
	if removed, err := s.Sweep(t.Context(), nil); removed != 3 || err != nil {
		t.Errorf("%d, %v", removed, err)
	}
}

// Open clears away files in the making, whatever a crash left there.
func TestOpenClearsTheUnfinished(t *testing.T) {
	dir := t.TempDir()
	kept := keep(t, open(t, dir), jpegOf(t, upright(8, 8)))
	put(t, filepath.Join(dir, "new", "half"))
	put(t, filepath.Join(dir, "new", "folder", "half"))
	s := open(t, dir)
	if left := files(t, dir); !slices.Equal(left, []string{kept.File}) {
		t.Errorf("left %v", left)
	}
	if _, err := s.Read(kept); err != nil {
		t.Error(err)
	}
	keep(t, s, jpegOf(t, upright(8, 8)))
}
