//go:build !windows

package export

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// place gives the file its name and closes it. It stays locked until it has the
// name: another export's sweep would take it for abandoned. Its bytes are synced,
// so there is nothing left that closing could lose.
func place(file *os.File, path string, force bool) error {
	if err := rename(file.Name(), path, force); err != nil {
		return err
	}
	_ = file.Close()
	return nil
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
