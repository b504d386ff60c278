package search_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/search"
)

// smallDisk is a disk of its own, or the test is skipped: that takes root.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		t.Skip("cannot mount a small disk: ", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// fill leaves so many bytes free.
func fill(t *testing.T, dir string, leave uint64) (path string) {
	t.Helper()
	var stat syscall.Statfs_t
	if err := syscall.Statfs(dir, &stat); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(dir, "ballast")
	err := os.WriteFile(path, make([]byte, stat.Bavail*uint64(stat.Bsize)-leave), 0o600)
	if err != nil && !idv.DiskFull(err) {
		t.Fatal(err)
	}
	return path
}

// A disk with little room is refused before anything is written. Searches go on,
// and updates as soon as there is room.
func TestLittleRoom(t *testing.T) {
	disk := smallDisk(t, "100m")
	ix := open(t, filepath.Join(disk, "index"))
	w := world{}
	w.add(someDocs(seeded(1), 0, 200))
	update(t, ix, someDocs(seeded(1), 0, 200), 1)
	ballast := fill(t, disk, 50<<20)
	for range 3 {
		err := ix.Update(someDocs(seeded(2), 0, 100), 2)
		if !idv.DiskFull(err) || !search.Harmless(err) {
			t.Fatalf("Update without room: %v", err)
		}
	}
	w.agree(t, ix, seeded(3), 50)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	w.add(someDocs(seeded(2), 0, 100))
	update(t, ix, someDocs(seeded(2), 0, 100), 2)
	w.agree(t, ix, seeded(3), 50)
	shut(t, ix)
	if ix = open(t, filepath.Join(disk, "index")); ix.Fresh() || ix.Seq() != 2 {
		t.Errorf("reopened: fresh %v, seq %d", ix.Fresh(), ix.Seq())
	}
	w.agree(t, ix, seeded(3), 50)
}

// The disk fills up between the look at its room and the writing: the index is
// given up, closes, and opens again as it was on the disk when there is room.
func TestDiskFillsUp(t *testing.T) {
	disk := smallDisk(t, "100m")
	dir := filepath.Join(disk, "index")
	ix := open(t, dir)
	update(t, ix, batchOf(1), 1)
	if err := ix.Purge(context.Background()); err != nil { // and so on disk
		t.Fatal(err)
	}
	large := someDocs(seeded(7), 0, 2500)
	var ballast string
	var err error
	for seq := uint64(2); err == nil; seq += 2 {
		if seq == 22 {
			t.Fatal("the disk was always full too late: the test shows nothing")
		}
		// While the first is written the second comes, and then waits for more.
		update(t, ix, large, seq)
		update(t, ix, batchOf(1), seq+1)
		ballast = fill(t, disk, 0)
		for n := 0; err == nil && n < 150; n++ {
			time.Sleep(20 * time.Millisecond)
			_, err = ix.Count()
		}
		if err == nil {
			if err := os.Remove(ballast); err != nil {
				t.Fatal(err)
			}
		}
	}
	if !errors.Is(err, search.ErrDoubt) || !idv.DiskFull(err) || search.Harmless(err) {
		t.Errorf("Update on a full disk: %v", err)
	}
	shut(t, ix)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	ix = open(t, dir)
	w := world{}
	w.add(batchOf(1))
	for seq := uint64(2); seq <= ix.Seq(); seq++ {
		w.add(map[bool][]search.Doc{true: large, false: batchOf(1)}[seq%2 == 0])
	}
	if ix.Fresh() || ix.Seq() == 0 {
		t.Errorf("reopened: fresh %v, seq %d", ix.Fresh(), ix.Seq())
	}
	w.agree(t, ix, seeded(1), 50)
	if err := ix.Update(batchOf(ix.Seq()+1), ix.Seq()+1); err != nil {
		t.Error(err)
	}
}
