package store

import (
	"cmp"
	"iter"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
)

// Seq is the number of the last change; 0 in a new archive.
func (s *Store) Seq() (seq uint64, err error) {
	err = s.view(func(tx *bolt.Tx) error {
		seq = toNumber(tx.Bucket(bucketMeta).Get(keySeq))
		return nil
	})
	return seq, err
}

// Session gives the whole session under a Session ID, or ErrNotFound.
func (s *Store) Session(id string) (session idv.Session, err error) {
	err = s.view(func(tx *bolt.Tx) error {
		ref := tx.Bucket(bucketIDs).Get([]byte(id))
		if ref == nil {
			return ErrNotFound
		}
		session, err = newRecords(tx).whole(ordinalOf(ref))
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
	err = s.view(func(tx *bolt.Tx) error {
		records := newRecords(tx)
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
// session that changed more than once comes once, with its last change.
func (s *Store) Changes(after uint64, limit int) (changes []Change, err error) {
	err = s.view(func(tx *bolt.Tx) error {
		cursor, records := tx.Bucket(bucketChanges).Cursor(), newRecords(tx)
		for key, value := cursor.Seek(number(after + 1)); key != nil && len(changes) < limit; key, value = cursor.Next() {
			ordinal := ordinalOf(value)
			session, err := records.brief(ordinal)
			if err != nil {
				return err
			}
			changes = append(changes, Change{Seq: toNumber(key), Ordinal: ordinal, Session: session})
		}
		return nil
	})
	return changes, err
}

// Created gives every session's ordinal and creation time in Unix milliseconds
// (0 for none), in the order of the ordinals, without decoding the records.
func (s *Store) Created(yield func(ordinal uint32, unixMilli int64)) error {
	return s.view(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketCreated).ForEach(func(key, value []byte) error {
			yield(ordinalOf(key), int64(toNumber(value)))
			return nil
		})
	})
}

// Cursor is where to read on from a source; "" at first.
func (s *Store) Cursor(source string) (cursor string, err error) {
	err = s.view(func(tx *bolt.Tx) error {
		cursor = string(tx.Bucket(bucketCursors).Get([]byte(source)))
		return nil
	})
	return cursor, err
}

// Rejected lists what could not be read, newest first.
func (s *Store) Rejected() ([]idv.Rejection, error) {
	type kept struct {
		at time.Time
		r  idv.Rejection
	}
	var all []kept
	err := s.view(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketRejected).ForEach(func(_, data []byte) error {
			var v rejectedValue
			if err := decode(data, &v); err != nil {
				return err
			}
			all = append(all, kept{v.At, idv.Rejection{File: v.File, Row: v.Row, Column: v.Column, Reason: v.Reason, Raw: v.Raw}})
			return nil
		})
	})
	slices.SortFunc(all, func(a, b kept) int {
		return cmp.Or(b.at.Compare(a.at), cmp.Compare(a.r.File, b.r.File), cmp.Compare(a.r.Row, b.r.Row))
	})
	list := make([]idv.Rejection, len(all))
	for i, k := range all {
		list[i] = k.r
	}
	return list, err
}

// Setting reads the setting name into value; a setting never made leaves it alone.
func (s *Store) Setting(name string, value any) error {
	return s.view(func(tx *bolt.Tx) error {
		if data := tx.Bucket(bucketSettings).Get([]byte(name)); data != nil {
			return decode(data, value)
		}
		return nil
	})
}

// SetSetting keeps value under name.
func (s *Store) SetSetting(name string, value any) error {
	data, err := encode(value)
	if err != nil {
		return err
	}
	return writeError(s.update(func(tx *bolt.Tx) error {
		return tx.Bucket(bucketSettings).Put([]byte(name), data)
	}))
}
