package store

import (
	"fmt"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
)

// bbolt trusts its pages: a damaged one makes it panic, and a file that was cut
// makes reading its mapped pages fault. Every transaction therefore runs in
// guard, which turns both into an error that names the file.

func (s *Store) view(read func(*bolt.Tx) error) error {
	return guard(s.db.Path(), func() error { return s.db.View(read) })
}

func (s *Store) update(write func(*bolt.Tx) error) error {
	return guard(s.db.Path(), func() error { return s.db.Update(write) })
}

func guard(path string, touch func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = damaged(path, fmt.Errorf("panic: %v", r))
		}
	}()
	return touch()
}

// damagedSession says which record cannot be read.
func damagedSession(ordinal uint32, err error) error {
	return &idv.Error{
		Code: idv.CodeDamaged, Cause: err,
		Message: fmt.Sprintf("Session number %d of the archive is damaged and cannot be read.", ordinal),
		Hint:    "Put back a copy of the archive, or start a new one and sync again.",
	}
}
