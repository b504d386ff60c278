package store

import (
	"errors"
	"os"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/disk"
)

// swap puts the new file in the place of the old one. Windows does not replace
// an open file, so both are closed for a moment. Should another copy of the app
// open the old one just then, it cannot be replaced either, and stays.
func (s *Store) swap(to *bolt.DB) error {
	path := to.Path()
	if err := errors.Join(to.Close(), s.db.Close()); err != nil {
		return err
	}
	moved := disk.Replace(path, s.path)
	db, err := openFile(s.path)
	if err == nil {
		s.db = db
	}
	return errors.Join(moved, err)
}

// release closes a locked file that may still be mapped.
func release(file *os.File) { _ = file.Close() }
