//go:build !windows

package export

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// place gives the file its name and closes it. Without force the name is given
// by a hard link, which never replaces anything. Where the disk knows no hard
// links (FAT, some network disks) the look and the rename are two steps, and a
// file made between them is replaced.
func place(file *os.File, path string, force bool) error {
	if !force {
		err := os.Link(file.Name(), path)
		if err == nil {
			_ = os.Remove(file.Name()) // if this fails, a later sweep does it
			return ignoreClose(file)
		}
		if _, lerr := os.Lstat(path); errors.Is(err, fs.ErrExist) || lerr == nil {
			return fs.ErrExist
		}
	}
	if err := os.Rename(file.Name(), path); err != nil {
		return err
	}
	return ignoreClose(file)
}

// ignoreClose closes a file whose bytes are synced and whose name is given:
// there is nothing left that closing could lose.
func ignoreClose(file *os.File) error {
	_ = file.Close()
	return nil
}

// syncDir makes the new name survive a power cut. Some disks cannot.
func syncDir(path string) {
	if dir, err := os.Open(path); err == nil {
		_ = dir.Sync()
		_ = dir.Close()
	}
}

// lock marks the file as in use until it is closed, also by a crash. A disk
// without locks cannot tell; then nothing there ever counts as abandoned.
// It waits for a sweep that is looking at the file.
func lock(file *os.File) { _ = unix.Flock(int(file.Fd()), unix.LOCK_EX) }

// reclaim removes a file whose lock no process holds. It holds the lock itself
// meanwhile, so that nobody begins to use the file.
func reclaim(path string) {
	file, err := os.Open(path)
	if err != nil {
		return
	}
	defer file.Close()
	if unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil {
		_ = os.Remove(path)
	}
}

// abandoned reports whether no process holds the lock of the file.
func abandoned(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	defer file.Close()
	return unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB) == nil
}
