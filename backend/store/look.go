package store

import (
	"errors"

	"veridesk/backend/idv"
)

// Look is the archive at one moment: all that is read through it agrees. Only one
// goroutine may use it.
type Look struct {
	txn   *txn
	state state
}

// Look gives the archive as it is now. look must not call the store; as long as it
// runs a growing file may have to wait, and everybody with it.
func (s *Store) Look(look func(*Look) error) error {
	return s.view(func(t *txn) error {
		st, err := t.state()
		if err != nil {
			return err
		}
		return look(&Look{txn: t, state: st})
	})
}

// Seq is the number of the last change.
func (l *Look) Seq() uint64 { return l.state.Seq }

// Unchanged reports whether sessions are as they were at an earlier change.
func (l *Look) Unchanged(ordinals []uint32, since uint64) (bool, error) {
	rows := l.txn.chunks(l.state.Last)
	for _, ordinal := range ordinals {
		row, err := rows.get(ordinal)
		if err != nil || row.seq > since {
			return false, err
		}
	}
	return true, nil
}

// Sessions gives the sessions under the ordinals, in their order, with no more
// than idv.NewRow shows of them. At the first that is missing or damaged it stops;
// those before come with the error.
func (l *Look) Sessions(ordinals []uint32) ([]idv.Session, error) {
	sessions, records := make([]idv.Session, 0, len(ordinals)), l.txn.records()
	for _, ordinal := range ordinals {
		session, err := records.listed(ordinal)
		if err != nil {
			return sessions, err
		}
		sessions = append(sessions, session)
	}
	return sessions, nil
}

// Photos lists the photos that are kept of several sessions, of those that have
// any. It is for lists: unlike Store.Photos it does not notice that a whole record
// is missing. A damaged one is left out and named by the error; the rest comes
// with it.
func (l *Look) Photos(ordinals []uint32) (map[uint32][]Photo, error) {
	kept := map[uint32][]Photo{}
	var damaged error
	for _, ordinal := range ordinals {
		photos, err := l.txn.photos(ordinal)
		if err != nil {
			damaged = errors.Join(damaged, err)
		} else if photos != nil {
			kept[ordinal] = photos
		}
	}
	return kept, damaged
}
