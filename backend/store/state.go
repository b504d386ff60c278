package store

import (
	"errors"

	"veridesk/backend/seal"
)

// state is what the archive knows of itself. It is one sealed value, written
// anew by every transaction that writes.
type state struct {
	ID         string `json:"id"`
	Seq        uint64 `json:"seq"`        // of the last change
	Last       uint32 `json:"last"`       // the ordinal given last; they begin at 1
	Tombstones uint32 `json:"tombstones"` // sessions that are only tombstones
	Audit      uint64 `json:"audit"`      // entries in the audit log
	Used       uint64 `json:"used"`       // values sealed with the key of the records
	Serial     uint64 `json:"serial"`     // the highest of the key files, see seal.Vault.Serial
	Freed      bool   `json:"freed"`      // something was erased since the last compaction
	Facts      uint64 `json:"facts"`      // idv.FactsVersion of the facts
	Rows       uint32 `json:"rows"`       // rows in a chunk; 0 is oldestRows
}

func (t *txn) state() (st state, err error) {
	found, err := t.bucket(bucketMeta).getValue(keyState, &st)
	if !found && err == nil {
		err = errMissing
	}
	if err != nil {
		err = broken("The state", err)
	}
	return st, err
}

func (t *txn) putState(st state) error {
	st.Used = t.boxes.records.Used() + 1 // with this value
	return t.bucket(bucketMeta).putValue(keyState, st)
}

// resume reads the state of a file that is being opened: its keys have to be
// the right ones and not older than the ones before.
func (s *Store) resume() error {
	var st state
	err := s.view(func(t *txn) (err error) {
		st, err = t.state()
		return err
	})
	have := s.keys.Serial()
	switch {
	case errors.Is(err, seal.ErrKey):
		return foreignKeys(err)
	case err != nil:
		return err
	case have < st.Serial:
		return oldKeys(have, st.Serial)
	}
	s.id = st.ID
	// The vault may have been open while an earlier store counted the same values.
	if counted := s.boxes.records.Used(); counted < st.Used {
		s.boxes.records.Resume(st.Used - counted)
	}
	if have > st.Serial {
		return s.SawKeys(have)
	}
	return nil
}

// SawKeys keeps the number of key files that were changed while the archive is
// open: from then on older ones are refused.
func (s *Store) SawKeys(serial uint64) error {
	_, err := s.update(func(w *writer) error {
		w.state.Serial = max(w.state.Serial, serial)
		return nil
	})
	return err
}

// Seq is the number of the last change; 0 in a new archive.
func (s *Store) Seq() (uint64, error) {
	st, err := s.readState()
	return st.Seq, err
}

// Freed says that something was erased whose sealed bytes may still lie in the
// file until Compact.
func (s *Store) Freed() bool {
	st, err := s.readState()
	return err == nil && st.Freed
}

func (s *Store) readState() (st state, err error) {
	err = s.view(func(t *txn) (err error) {
		st, err = t.state()
		return err
	})
	return st, err
}
