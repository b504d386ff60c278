//go:build !windows

package store

import (
	"errors"
	"os"

	bolt "go.etcd.io/bbolt"
	"golang.org/x/sys/unix"

	"veridesk/backend/disk"
)

// swap puts the new file, which is open, in the place of the old one. Both stay
// locked until that is done: another copy of the app that waits for the old
// file's lock then sees that it is not the archive any more.
func (s *Store) swap(to *bolt.DB) error {
	if err := disk.Replace(to.Path(), s.path); err != nil {
		return errors.Join(err, to.Close())
	}
	old := s.db
	s.db = to
	_ = old.Close() // the file has no name any more
	return nil
}

// release closes a locked file that may still be mapped. The mapping would keep
// the lock: it is given up first.
func release(file *os.File) {
	_ = unix.Flock(int(file.Fd()), unix.LOCK_UN)
	_ = file.Close()
}
