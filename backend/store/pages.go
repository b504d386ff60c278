package store

import (
	"errors"
	"io"

	bolt "go.etcd.io/bbolt"
)

// Snapshot writes a consistent copy of the file, which opens with the same
// keys. Reads go on meanwhile and writes wait. What was erased since the last
// Compact is in it, sealed: see Freed.
func (s *Store) Snapshot(w io.Writer) (size int64, err error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	err = s.view(func(t *txn) error {
		size, err = t.tx.WriteTo(w)
		return err
	})
	return size, err
}

// letGoEvery is after how many sessions or chunks of them the pages that were read are
// handed back: in a large archive they lie all over the file, and with each the system
// maps 64 kB.
const letGoEvery = 128

// hasRead counts a session, or a chunk, that was read.
func (t *txn) hasRead() {
	if t.read++; t.read%letGoEvery == 0 {
		t.letGo()
	}
}

// LetGo hands back the pages of the file that were read; see letGo.
func (s *Store) LetGo() {
	_ = s.view(func(t *txn) error { // an error is the store's, which every later use tells
		t.letGo()
		return nil
	})
}

// CheckPages reads the structure of the file at path, which nobody may have
// open, and reports the first fault between its pages. It needs no keys. It is
// for a process of its own: on some faults bbolt cannot be kept from ending the
// process.
func CheckPages(path string) error {
	return guard(path, func() error {
		db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: lockWait})
		if err != nil {
			return openError(path, err)
		}
		err = db.View(func(tx *bolt.Tx) error {
			var faults []error
			for err := range tx.Check() { // to the end, or its goroutine stays
				faults = append(faults, err)
			}
			if len(faults) > 0 {
				return damaged(path, faults[0])
			}
			return nil
		})
		return errors.Join(err, db.Close())
	})
}
