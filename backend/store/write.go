package store

import (
	"errors"
	"fmt"
	"time"

	"veridesk/backend/giveway"
	"veridesk/backend/idv"
)

// Batch is what one transaction writes.
type Batch struct {
	Source   string // whose cursor it is; "" keeps none
	Cursor   string
	Sessions []idv.Session // each with an ID of 1..idv.MaxSessionID bytes
	Rejected []idv.Rejection
	Audit    []Entry
}

// Result says what was written.
type Result struct {
	Added, Updated, Unchanged int
	Erased                    int      // sessions that became tombstones
	Changed                   []Row    // with their facts, in the order of their sequence numbers
	Gone                      []string // media files that no session refers to any more
	Seq                       uint64   // of the archive's last change, which need not be one of these
	Pages                     int64    // bytes of the file's pages that were written
}

// Write merges the batch into the archive (idv.Merge) in one transaction. On
// any error nothing of it is kept. Of a session that the portal has liquidated
// only a tombstone stays, unless it is under hold: then all that is here stays.
func (s *Store) Write(b Batch) (Result, error) {
	return s.update(func(w *writer) error {
		for i := range b.Sessions {
			s.way.Give()
			if err := w.put(b.Sessions[i]); err != nil {
				return fmt.Errorf("write session %d of the batch: %w", i+1, err)
			}
			if i%letGoEvery == letGoEvery-1 {
				w.letGo()
			}
		}
		for i := range b.Rejected {
			if err := w.reject(b.Rejected[i]); err != nil {
				return fmt.Errorf("keep rejected row: %w", err)
			}
		}
		if b.Source != "" {
			if err := w.setCursor(b.Source, b.Cursor); err != nil {
				return fmt.Errorf("keep cursor: %w", err)
			}
		}
		return w.append(b.Audit...)
	})
}

// letGoEvery is after how many sessions a write lets go of the pages that it has
// read: in a large archive they lie all over the file, and each brings its
// neighbours along.
const letGoEvery = 500

// writer is one write transaction's state.
type writer struct {
	*txn
	way          *giveway.Way
	state        state
	now          time.Time
	records      records
	ids, changes bucket
	rows         *chunks
	changed      newFacts
	kept, next   encoded // what is there and what shall be, see put
	result       Result
}

func newWriter(t *txn, way *giveway.Way) (*writer, error) {
	st, err := t.state()
	w := &writer{
		txn: t, way: way, state: st, now: time.Now().UTC(), records: t.records(),
		ids: t.bucket(bucketIDs), changes: t.bucket(bucketChanges), rows: t.chunks(st.Last),
		changed: newFacts{last: st.Last},
	}
	for _, growing := range []bucket{w.records.sessions, w.records.details, w.changes} {
		growing.raw.FillPercent = growingFill
	}
	return w, err
}

// growingFill is how full the pages of a bucket get that grows at its end: half
// full, which is bbolt's way, is for keys that come in any order.
const growingFill = 0.95

// close keeps what the transaction gathered.
func (w *writer) close() error {
	return errors.Join(w.rows.flush(), w.flushFacts(), w.putState(w.state))
}

// put merges one session in.
func (w *writer) put(in idv.Session) error {
	if n := len(in.ID); n == 0 || n > idv.MaxSessionID {
		return fmt.Errorf("a Session ID of %d bytes", n)
	}
	key, at, known, err := w.find(in.ID)
	if err != nil {
		return err
	}
	if !known {
		return w.add(key, in)
	}
	old, err := w.kept.load(w.records, at.ordinal)
	if err != nil {
		return err
	}
	merged, err := w.settle(at.ordinal, old, in)
	if err != nil {
		return err
	}
	if err := w.next.encode(merged); err != nil {
		return err
	}
	if w.next.equal(&w.kept) {
		w.result.Unchanged++
		return nil
	}
	row, err := w.rows.get(at.ordinal)
	if err != nil {
		return err
	}
	if merged.Erased == nil {
		w.result.Updated++
	}
	return w.save(key, at, row, merged)
}

// add writes a session that is new here.
func (w *writer) add(key []byte, s idv.Session) error {
	if s.IsLiquidated() {
		s = idv.Tombstone(s, idv.ByPortal, w.now)
		w.state.Tombstones++
	}
	if err := w.next.encode(s); err != nil {
		return err
	}
	w.state.Last++
	w.result.Added++
	return w.save(key, ref{ordinal: w.state.Last}, Row{Erased: s.Erased != nil}, s)
}

// save writes the session in w.next as the next change. old is its row until now.
func (w *writer) save(key []byte, at ref, old Row, s idv.Session) error {
	row, err := w.newRow(at.ordinal, s)
	if err != nil {
		return err
	}
	switch {
	case row.Erased && !old.Erased:
		err = w.bury(at.ordinal, old, s)
	case !row.Erased:
		row.Hold, row.photos = old.Hold, old.photos
		row.Wanted, err = w.wanted(row, s)
	}
	w.changed.put(at.ordinal, row.Facts)
	return errors.Join(err, w.records.put(at.ordinal, &w.next), w.move(key, at, row))
}

// move gives a session the next sequence number, and keeps its row.
func (w *writer) move(key []byte, at ref, row Row) error {
	var err error
	if at.seq > 0 {
		err = w.changes.delete(number(at.seq))
	}
	w.state.Seq++
	at.seq = w.state.Seq
	w.result.Changed = append(w.result.Changed, row)
	return errors.Join(err,
		w.ids.put(key, at.bytes()),
		w.changes.put(number(at.seq), ordinalKey(at.ordinal)),
		w.rows.put(row),
	)
}
