package store

import (
	"errors"
	"iter"
	"slices"

	"veridesk/backend/idv"
)

// Session gives the whole session under a Session ID, or ErrNotFound.
func (s *Store) Session(id string) (session idv.Session, err error) {
	ordinal, known, err := s.Ordinal(id)
	if err == nil && !known {
		err = ErrNotFound
	}
	if err != nil {
		return session, err
	}
	err = s.view(func(t *txn) error {
		session, err = t.records().whole(ordinal)
		return err
	})
	return session, err
}

// readChunk is how many sessions are read in one transaction. A read transaction
// that stays open keeps a growing file from being mapped anew, and that keeps
// everybody else waiting.
const readChunk = 500

// Sessions gives the sessions under the ordinals, in their order, without MRZ,
// Attempts and Unknown, each as of the moment it is read. It stops at the first
// that is missing or damaged.
func (s *Store) Sessions(ordinals []uint32) iter.Seq2[idv.Session, error] {
	return func(yield func(idv.Session, error) bool) {
		for chunk := range slices.Chunk(ordinals, readChunk) {
			sessions, err := s.chunk(chunk)
			for _, session := range sessions {
				if !yield(session, nil) {
					return
				}
			}
			if err != nil {
				yield(idv.Session{}, err)
				return
			}
		}
	}
}

// chunk reads sessions in one transaction, up to the first that fails.
func (s *Store) chunk(ordinals []uint32) (sessions []idv.Session, err error) {
	sessions = make([]idv.Session, 0, len(ordinals))
	err = s.view(func(t *txn) error {
		records := t.records()
		for _, ordinal := range ordinals {
			session, err := records.brief(ordinal)
			if err != nil {
				return err
			}
			sessions = append(sessions, session)
		}
		return nil
	})
	return sessions, err
}

// Change is a session as its last change left it, without MRZ, Attempts and
// Unknown.
type Change struct {
	Seq     uint64
	Ordinal uint32
	Session idv.Session
}

// Changes gives up to limit changes after the given one, oldest first. A
// session that changed more than once comes once, with its last change. An
// erased one comes as its tombstone.
func (s *Store) Changes(after uint64, limit int) (changes []Change, err error) {
	err = s.view(func(t *txn) error {
		st, err := t.state()
		if err != nil {
			return err
		}
		bucket, records := t.bucket(bucketChanges), t.records()
		cursor := bucket.raw.Cursor()
		for key, sealed := cursor.Seek(number(after + 1)); key != nil && len(changes) < limit; key, sealed = cursor.Next() {
			s.way.Give()
			value, err := bucket.open(key, sealed)
			if err != nil {
				return damagedChanges(err)
			}
			change := Change{Seq: toNumber(key), Ordinal: toOrdinal(value)}
			if change.Session, err = records.brief(change.Ordinal); err != nil {
				return err
			}
			t.hasRead()
			changes = append(changes, change)
			after = change.Seq
		}
		if len(changes) < limit && after < st.Seq {
			return damagedChanges(errors.New("the last change is missing"))
		}
		return nil
	})
	return changes, err
}

func damagedChanges(err error) error { return broken("The list of changes", err) }
