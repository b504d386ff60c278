package store

import (
	"errors"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/giveway"
	"veridesk/backend/idv"
	"veridesk/backend/seal"
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
	Erased                    int       // sessions that became tombstones
	Changed                   []Changed // in the order of their sequence numbers
	Gone                      []string  // media files that no session refers to any more
	Seq                       uint64    // of the archive's last change, which need not be one of these
	Pages                     int64     // bytes of the file's pages that were written
}

// Write merges the batch into the archive (idv.Merge) in one transaction. On
// any error nothing of it is kept. Of a session that the portal has liquidated
// only a tombstone stays, unless it is under hold: then all that is here stays.
func (s *Store) Write(b Batch) (Result, error) {
	return s.updateSessions(func(w *writer) error {
		for i := range b.Sessions {
			s.way.Give()
			if err := w.put(b.Sessions[i]); err != nil {
				return fmt.Errorf("write session %d of the batch: %w", i+1, err)
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

// writer is one write transaction's state.
type writer struct {
	*txn
	way        *giveway.Way
	state      state
	now        time.Time
	records    records
	changes    bucket
	rows       *chunks
	ids        *sessionIDs
	added      map[seal.Token]uint32 // tokens of the Session IDs that are new
	changed    newFacts
	kept, next encoded // what is there and what shall be, see put
	result     Result
}

func (s *Store) writer(tx *bolt.Tx) (*writer, error) {
	t := s.txn(tx)
	st, err := t.state()
	w := &writer{
		txn: t, way: s.way, state: st, now: time.Now().UTC(), records: t.records(),
		changes: t.bucket(bucketChanges), rows: t.chunks(st.Last),
		ids: &s.ids, added: map[seal.Token]uint32{}, changed: newFacts{last: st.Last},
	}
	for _, growing := range []bucket{w.records.sessions, w.records.details, w.changes, w.rows.bucket} {
		growing.raw.FillPercent = growingFill
	}
	return w, err
}

// growingFill is how full the pages of a bucket get that grows at its end: half
// full, which is bbolt's way, is for keys that come in any order.
const growingFill = 0.95

// close keeps what the transaction gathered.
func (w *writer) close() error {
	err := errors.Join(w.rows.flush(), w.flushFacts(), w.putState(w.state))
	if w.read > 0 {
		w.letGo() // to commit, bbolt looks at every page again that is replaced
	}
	return err
}

// put merges one session in.
func (w *writer) put(in idv.Session) error {
	if n := len(in.ID); n == 0 || n > idv.MaxSessionID {
		return fmt.Errorf("a Session ID of %d bytes", n)
	}
	token, ordinal, known, err := w.find(in.ID)
	if err != nil {
		return err
	}
	if !known {
		return w.add(token, in)
	}
	old, err := w.kept.load(w.records, ordinal)
	if err != nil {
		return err
	}
	w.hasRead()
	merged, err := w.settle(ordinal, old, in)
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
	row, err := w.rows.get(ordinal)
	if err != nil {
		return err
	}
	if merged.Erased == nil {
		w.result.Updated++
	}
	return w.save(row, merged, &w.kept)
}

// find looks a Session ID up, also among those that this transaction has added.
func (w *writer) find(id string) (token seal.Token, ordinal uint32, known bool, err error) {
	if token, err = w.token(fieldID, id); err != nil {
		return token, 0, false, err
	}
	if ordinal, known = w.added[token]; known {
		return token, ordinal, true, nil
	}
	candidates, damage := w.ids.candidates(token)
	ordinal, known, err = w.rows.pick(candidates, token)
	if err == nil && !known {
		err = damage
	}
	return token, ordinal, known, err
}

// add writes a session that is new here.
func (w *writer) add(token seal.Token, s idv.Session) error {
	if s.IsLiquidated() {
		s = idv.Tombstone(s, idv.ByPortal, w.now)
		w.state.Tombstones++
	}
	if err := w.next.encode(s); err != nil {
		return err
	}
	w.state.Last++
	w.added[token] = w.state.Last
	w.result.Added++
	return w.save(Row{Ordinal: w.state.Last, id: token, Erased: s.Erased != nil}, s, nil)
}

// save writes the session in w.next as the next change. old is its row until now, kept
// what is in the file, if that was read.
func (w *writer) save(old Row, s idv.Session, kept *encoded) error {
	row, err := w.newRow(old.Ordinal, s)
	if err != nil {
		return err
	}
	row.id, row.seq = old.id, old.seq
	switch {
	case row.Erased && !old.Erased:
		err = w.bury(old, s)
	case !row.Erased:
		row.Hold, row.photos = old.Hold, old.photos
		row.Wanted, err = w.wanted(row.Row, s)
	}
	w.changed.put(row.Ordinal, row.Facts)
	return errors.Join(err, w.records.put(row.Ordinal, &w.next, kept), w.move(row))
}

// move gives a session the next sequence number, and keeps its row.
func (w *writer) move(row Changed) error {
	var err error
	if row.seq > 0 {
		err = w.changes.delete(number(row.seq))
	}
	w.state.Seq++
	row.seq = w.state.Seq
	w.result.Changed = append(w.result.Changed, row)
	return errors.Join(err, w.changes.put(number(row.seq), ordinalKey(row.Ordinal)), w.rows.put(row.Row))
}
