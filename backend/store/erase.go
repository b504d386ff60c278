package store

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// Erasing leaves a tombstone: what idv.Tombstone keeps, under the same ordinal
// and with a new sequence number, so that Changes hands it on. The old bytes lie
// in the file, sealed, until Compact.

// eraseChunk is how many sessions one transaction erases.
const eraseChunk = 500

// Erase turns sessions into tombstones; those that are already stay as they
// are. It erases nothing if one is unknown (CodeNotFound) or under hold
// (CodeInvalid). After another error, such as a full disk, the result says what
// was erased until then.
func (s *Store) Erase(ids []string, reason idv.Reason, at time.Time) (Result, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	ordinals, err := s.ordinals(ids)
	if err == nil {
		err = s.view(func(t *txn) error { return t.erasable(ids, ordinals) })
	}
	if err != nil {
		return Result{}, err
	}
	seq, err := s.Seq()
	if err != nil {
		return Result{}, err
	}
	sum := Result{Seq: seq}
	for chunk := range slices.Chunk(ids, eraseChunk) {
		result, err := s.commit(func(w *writer) error {
			for _, id := range chunk {
				if err := w.erase(id, reason, at); err != nil {
					return err
				}
			}
			return nil
		})
		sum.add(result)
		if err != nil {
			return sum, err
		}
	}
	return sum, nil
}

func (r *Result) add(more Result) {
	r.Unchanged += more.Unchanged
	r.Erased += more.Erased
	r.Changed = append(r.Changed, more.Changed...)
	r.Gone = append(r.Gone, more.Gone...)
	r.Seq = max(r.Seq, more.Seq)
}

// ordinals are those of sessions that there have to be.
func (s *Store) ordinals(ids []string) ([]uint32, error) {
	ordinals := make([]uint32, len(ids))
	for i, id := range ids {
		ordinal, known, err := s.Ordinal(id)
		if err == nil && !known {
			err = unknown(id)
		}
		if err != nil {
			return nil, err
		}
		ordinals[i] = ordinal
	}
	return ordinals, nil
}

// erasable names the first session that cannot be erased.
func (t *txn) erasable(ids []string, ordinals []uint32) error {
	st, err := t.state()
	if err != nil {
		return err
	}
	rows := t.chunks(st.Last)
	for i, ordinal := range ordinals {
		row, err := rows.get(ordinal)
		if err == nil && row.Hold {
			err = onHold(ids[i])
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func unknown(id string) error {
	return &idv.Error{
		Code: idv.CodeNotFound, Cause: ErrNotFound,
		Message: fmt.Sprintf("There is no session %s in the archive. Nothing was changed.", id),
		Hint:    "Search for it by its first characters, or sync first.",
	}
}

func onHold(id string) error {
	return &idv.Error{
		Code:    idv.CodeInvalid,
		Message: fmt.Sprintf("Session %s is under legal hold. Nothing was erased.", id),
		Hint:    "Lift the hold first, or leave the session out.",
	}
}

// erase makes one session a tombstone. A session whose record is damaged can be
// erased too: its times are in its row.
func (w *writer) erase(id string, reason idv.Reason, at time.Time) error {
	_, ordinal, _, err := w.find(id)
	if err != nil {
		return err
	}
	row, err := w.rows.get(ordinal)
	if err != nil {
		return err
	}
	if row.Erased {
		w.result.Unchanged++
		return nil
	}
	s, err := w.records.brief(ordinal)
	switch {
	case errors.Is(err, seal.ErrLocked):
		return err
	case err != nil:
		s = idv.Session{ID: id, Created: fromMilli(row.Created), Finished: fromMilli(row.Finished)}
	}
	return w.entomb(row, idv.Tombstone(s, reason, at))
}

func (w *writer) entomb(row Row, tombstone idv.Session) error {
	if err := w.next.encode(tombstone); err != nil {
		return err
	}
	return w.save(row, tombstone, nil)
}

// fromMilli is the time of a row, which 0 is none.
func fromMilli(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// bury does what goes with a session's end: its photos go, and the log says so.
func (w *writer) bury(old Row, tombstone idv.Session) error {
	w.result.Erased++
	w.state.Tombstones++
	w.state.Freed = true
	return errors.Join(w.dropPhotos(old), w.append(Entry{
		At: w.now, Action: "erase", Object: tombstone.ID, Result: "ok",
		Detail: map[string]string{"reason": string(tombstone.Erased.Reason)},
	}))
}

// settle is what becomes of a session that comes again.
func (w *writer) settle(ordinal uint32, old, in idv.Session) (idv.Session, error) {
	if old.Erased != nil || !in.IsLiquidated() {
		return idv.Merge(old, in), nil
	}
	row, err := w.rows.get(ordinal)
	if err != nil {
		return old, err
	}
	if row.Hold {
		old.Liquidated = in.Liquidated
		return old, nil
	}
	return remains(old, in, w.now), nil
}

// remains is the tombstone of a session that the portal liquidated. What the
// portal no longer says of its times and outcome stays as it was.
func remains(old, in idv.Session, at time.Time) idv.Session {
	bare := func(s idv.Session) idv.Session {
		s = idv.Tombstone(s, idv.ByPortal, at)
		s.Erased, s.Liquidated = nil, nil
		return s
	}
	merged := idv.Merge(bare(old), bare(in))
	merged.Liquidated = in.Liquidated
	return idv.Tombstone(merged, idv.ByPortal, at)
}

// SetHold puts sessions under legal hold or lifts it, as one transaction; a
// tombstone has nothing to hold and stays as it is. A session that the portal
// liquidated while it was held is erased when the hold is lifted.
func (s *Store) SetHold(ids []string, on bool) (Result, error) {
	return s.updateSessions(func(w *writer) error {
		for _, id := range ids {
			if err := w.hold(id, on); err != nil {
				return err
			}
		}
		return nil
	})
}

func (w *writer) hold(id string, on bool) error {
	_, ordinal, known, err := w.find(id)
	if err == nil && !known {
		err = unknown(id)
	}
	if err != nil {
		return err
	}
	row, err := w.rows.get(ordinal)
	if err != nil {
		return err
	}
	if row.Erased || row.Hold == on {
		w.result.Unchanged++
		return nil
	}
	row.Hold = on
	action := map[bool]string{true: "hold", false: "release"}[on]
	if err := w.append(Entry{At: w.now, Action: action, Object: id, Result: "ok"}); err != nil {
		return err
	}
	s, err := w.records.brief(ordinal)
	if err != nil {
		return err
	}
	if !on && s.IsLiquidated() {
		return w.entomb(row, idv.Tombstone(s, idv.ByPortal, w.now))
	}
	w.result.Updated++
	return w.move(Changed{row, idv.NewFacts(s)})
}
