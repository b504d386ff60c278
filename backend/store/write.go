package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
)

// Batch is what one transaction writes.
type Batch struct {
	Source   string // whose cursor it is; "" keeps none
	Cursor   string
	Sessions []idv.Session // each with an ID of 1..idv.MaxSessionID bytes
	Rejected []idv.Rejection
}

// Changed is a session that a batch added or changed.
type Changed struct {
	Ordinal   uint32
	UnixMilli int64 // creation time; 0 if the portal did not say
}

// Result says what a batch did.
type Result struct {
	Added, Updated, Unchanged int
	Changed                   []Changed // in the order of their sequence numbers
}

// Write merges the batch into the archive (idv.Merge) in one transaction. On
// any error nothing of it is kept.
func (s *Store) Write(b Batch) (Result, error) {
	var result Result
	err := s.update(func(tx *bolt.Tx) error {
		w := newWriter(tx)
		for i := range b.Sessions {
			if err := w.put(b.Sessions[i]); err != nil {
				return fmt.Errorf("write session %d of the batch: %w", i+1, err)
			}
		}
		for i := range b.Rejected {
			if err := putRejected(tx, b.Rejected[i]); err != nil {
				return fmt.Errorf("keep rejected row: %w", err)
			}
		}
		if b.Source != "" {
			if err := tx.Bucket(bucketCursors).Put([]byte(b.Source), []byte(b.Cursor)); err != nil {
				return fmt.Errorf("keep cursor: %w", err)
			}
		}
		result = w.result
		return w.close()
	})
	if err != nil {
		return Result{}, writeError(err)
	}
	return result, nil
}

func writeError(err error) error {
	if idv.DiskFull(err) {
		return &idv.Error{
			Code: idv.CodeDiskFull, Cause: err,
			Message: "The disk is full. Everything that was saved before is safe; nothing was saved half.",
			Hint:    "Free some space and try again: it goes on where it stopped.",
		}
	}
	return err
}

// writer is one write transaction's state.
type writer struct {
	records                     records
	ids, changes, created, meta *bolt.Bucket
	seq                         uint64
	next                        uint32
	result                      Result
}

func newWriter(tx *bolt.Tx) *writer {
	meta := tx.Bucket(bucketMeta)
	return &writer{
		records: newRecords(tx), ids: tx.Bucket(bucketIDs),
		changes: tx.Bucket(bucketChanges), created: tx.Bucket(bucketCreated), meta: meta,
		seq: toNumber(meta.Get(keySeq)), next: uint32(toNumber(meta.Get(keyNext))),
	}
}

func (w *writer) close() error {
	return errors.Join(w.meta.Put(keySeq, number(w.seq)), w.meta.Put(keyNext, number(uint64(w.next))))
}

func (w *writer) put(session idv.Session) error {
	if n := len(session.ID); n == 0 || n > idv.MaxSessionID {
		return fmt.Errorf("a Session ID of %d bytes", n)
	}
	ref := w.ids.Get([]byte(session.ID))
	if ref == nil {
		data, err := encodeSession(session)
		if err != nil {
			return err
		}
		w.next++
		w.result.Added++
		return w.save(w.next, session, data)
	}
	ordinal, last := ordinalOf(ref), bytes.Clone(ref[4:12])
	old, err := w.records.whole(ordinal)
	if err != nil {
		return err
	}
	merged := idv.Merge(old, session)
	data, err := encodeSession(merged)
	if err != nil {
		return err
	}
	if known := w.records.get(ordinal); bytes.Equal(data.session, known.session) && bytes.Equal(data.details, known.details) {
		w.result.Unchanged++
		return nil
	}
	w.result.Updated++
	return errors.Join(w.changes.Delete(last), w.save(ordinal, merged, data))
}

// save writes a session under its ordinal as the next change.
func (w *writer) save(ordinal uint32, session idv.Session, data encoded) error {
	w.seq++
	key, seq, created := ordinalKey(ordinal), number(w.seq), unixMilli(session.Created)
	w.result.Changed = append(w.result.Changed, Changed{Ordinal: ordinal, UnixMilli: created})
	return errors.Join(
		w.records.put(ordinal, data),
		w.ids.Put([]byte(session.ID), append(key[:4:4], seq...)),
		w.changes.Put(seq, key),
		w.created.Put(key, binary.BigEndian.AppendUint64(nil, uint64(created))),
	)
}

// unixMilli is 0 for no time.
func unixMilli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// rejectedValue is how a rejection is kept.
type rejectedValue struct {
	At     time.Time `json:"at"`
	File   string    `json:"file"`
	Row    int       `json:"row"`
	Column string    `json:"column"`
	Reason string    `json:"reason"`
	Raw    string    `json:"raw"`
}

// putRejected keeps what could not be read. Reading the same again replaces it.
func putRejected(tx *bolt.Tx, r idv.Rejection) error {
	data, err := encode(rejectedValue{time.Now().UTC(), r.File, r.Row, r.Column, r.Reason, r.Raw})
	if err != nil {
		return err
	}
	digest := sha256.Sum256(fmt.Appendf(nil, "%s\x00%d\x00%s\x00%s", r.File, r.Row, r.Column, r.Raw))
	return tx.Bucket(bucketRejected).Put(digest[:16], data)
}
