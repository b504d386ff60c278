package archive

import (
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"

	"veridesk/backend/disk"
	"veridesk/backend/idv"
)

// A full disk must stop neither an erasing nor a lock, and work that it has no
// room for is refused before it begins.

// ballastFile takes room that is given back when the disk is full.
const ballastFile = "ballast"

const (
	ballastSize = 16 << 20
	ballastFrom = 1 << 30 // it is laid where at least so much is free
)

// syncRoom is how much has to be free for a sync: the index asks for that much
// beside its own size, and a batch of sessions takes a small part of it.
const syncRoom = 64 << 20

// ballast is the file, from its laying in the background to the day that the disk
// is full. It comes back when the archive is opened on a disk with room.
type ballast struct {
	path   string
	mu     sync.Mutex     // guards the file
	laying sync.WaitGroup // closing the archive waits for it
}

// lay makes the file unless it is there.
func (b *ballast) lay() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if info, err := os.Stat(b.path); err == nil && info.Size() == ballastSize {
		return nil
	}
	if free, err := disk.Free(filepath.Dir(b.path)); err != nil || free < ballastFrom {
		return err
	}
	file, err := os.OpenFile(b.path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	// Random bytes: some disks pack zeros and give them no room at all.
	_, err = io.CopyN(file, rand.Reader, ballastSize)
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		_ = os.Remove(b.path)
	}
	return err
}

// drop gives the room back; false if there is no ballast.
func (b *ballast) drop() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if os.Remove(b.path) != nil {
		return false
	}
	_ = disk.Sync(filepath.Dir(b.path)) // some disks count it as free only then
	return true
}

// layBallast lays the ballast in the background. Without one a full disk has to
// be cleared before anything is erased.
func (a *Archive) layBallast() {
	a.ballast.path = filepath.Join(a.dir, ballastFile)
	a.ballast.laying.Go(func() {
		if err := a.ballast.lay(); err != nil {
			a.log.Warn("no ballast", "error", err)
		}
	})
}

// evenFull runs a call that has to work on a full disk too: it gives the ballast
// up for it and calls again. The call must bear that.
func (a *Archive) evenFull(call func() error) error {
	err := call()
	if idv.DiskFull(err) && a.ballast.drop() {
		a.log.Warn("the disk is full: the ballast is given up", "error", err)
		err = call()
	}
	return err
}

// needRoom refuses work that takes more room than the disk of dir has. Room that
// cannot be measured is taken to be there.
func needRoom(dir string, bytes uint64, work string) error {
	err := disk.Need(dir, bytes)
	if !idv.DiskFull(err) {
		return nil
	}
	return &idv.Error{
		Code: idv.CodeDiskFull, Cause: err,
		Message: fmt.Sprintf("%s needs %d MB of free space on the disk that holds %s, and there is less. Nothing was changed.", work, (bytes+1e6-1)/1e6, dir),
		Hint:    "Free some space and try again.",
	}
}
