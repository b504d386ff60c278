package store_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"veridesk/backend/disk"
	"veridesk/backend/idv"
	"veridesk/backend/store"
)

// TestCompactLooksForRoom: where the new file might not fit beside the old one
// nothing is written, not even for a moment.
func TestCompactLooksForRoom(t *testing.T) {
	dir := smallDisk(t, "48m")
	s := open(t, filepath.Join(dir, "archive.db"))
	write(t, s, store.Batch{Sessions: sessions(0, 500)})
	if _, err := s.Erase(ids(0, 400), idv.ByUser, noon); err != nil {
		t.Fatal(err)
	}
	filler := fill(t, dir, 10<<20)
	before, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, "compact without room", s.Compact(t.Context(), silent), idv.CodeDiskFull)
	after, err := os.Stat(dir)
	if err != nil || !after.ModTime().Equal(before.ModTime()) {
		t.Errorf("a file was made in the folder, %v", err)
	}
	if list := rows(t, s); len(list) != 500 || !s.Freed() {
		t.Errorf("%d rows, freed %v", len(list), s.Freed())
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	if err := s.Compact(t.Context(), silent); err != nil || s.Freed() {
		t.Errorf("with room: %v, freed %v", err, s.Freed())
	}
}

// fill leaves so many bytes free on a small disk.
func fill(t *testing.T, dir string, leave uint64) (filler string) {
	t.Helper()
	free, err := disk.Free(dir)
	if err != nil {
		t.Fatal(err)
	}
	filler = filepath.Join(dir, "filler")
	if err := os.WriteFile(filler, make([]byte, free-leave), 0o600); err != nil {
		t.Fatal(err)
	}
	return filler
}

// whenAsked is a context that does something when it is asked whether it has ended.
type whenAsked struct {
	context.Context
	do func()
}

func (c whenAsked) Err() error {
	c.do()
	return c.Context.Err()
}

// TestDiskFillsWhileCompacting: there was room to begin with, and then there is
// none. The file stays as it was.
func TestDiskFillsWhileCompacting(t *testing.T) {
	dir := smallDisk(t, "48m")
	file := filepath.Join(dir, "archive.db")
	s := open(t, file)
	write(t, s, store.Batch{Sessions: sessions(0, 500)})
	if _, err := s.Erase(ids(0, 400), idv.ByUser, noon); err != nil {
		t.Fatal(err)
	}
	filling := whenAsked{t.Context(), sync.OnceFunc(func() { fill(t, dir, 0) })}
	wantCode(t, "compact while the disk fills", s.Compact(filling, silent), idv.CodeDiskFull)
	if _, err := os.Lstat(filepath.Join(dir, "filler")); err != nil {
		t.Fatal("the disk was not filled: ", err)
	}
	if _, err := os.Lstat(file + ".new"); !os.IsNotExist(err) {
		t.Errorf("a file is left over, %v", err)
	}
	if list := rows(t, s); len(list) != 500 || !s.Freed() {
		t.Errorf("%d rows, freed %v", len(list), s.Freed())
	}
}
