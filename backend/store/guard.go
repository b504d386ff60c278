package store

import (
	"fmt"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"
)

// bbolt trusts its pages: a damaged one makes it panic, and a file that was cut
// makes reading its mapped pages fault. Every transaction therefore runs in
// guard, which turns both into an error that names the file.

func guard(path string, touch func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = damaged(path, fmt.Errorf("panic: %v", r))
		}
	}()
	return touch()
}

// view runs a transaction that reads. It must not call the store again.
func (s *Store) view(read func(*txn) error) error {
	s.files.RLock()
	defer s.files.RUnlock()
	return guard(s.path, func() error {
		return s.db.View(func(tx *bolt.Tx) error { return read(s.txn(tx)) })
	})
}

// update runs a transaction that writes; with an error nothing of it is kept.
func (s *Store) update(write func(*writer) error) (Result, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	return s.commit(write)
}

// updateSessions is update for what looks Session IDs up.
func (s *Store) updateSessions(write func(*writer) error) (Result, error) {
	if err := s.readIDs(); err != nil {
		return Result{}, err
	}
	return s.update(write)
}

// commit is update for who holds writing already.
func (s *Store) commit(write func(*writer) error) (result Result, err error) {
	s.files.RLock()
	defer s.files.RUnlock()
	err = guard(s.path, func() error {
		var w *writer
		err := s.db.Update(func(tx *bolt.Tx) (err error) {
			if w, err = s.writer(tx); err != nil {
				return err
			}
			if err := write(w); err != nil {
				return err
			}
			result = w.result
			result.Seq = w.state.Seq
			return w.close()
		})
		if err == nil { // the pages are given out when the transaction is committed
			stats := w.tx.Stats()
			result.Pages = stats.GetPageAlloc()
			s.ids.add(w.added)
		}
		return err
	})
	if err != nil {
		return Result{}, writeError(err)
	}
	return result, nil
}
