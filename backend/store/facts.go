package store

import (
	"cmp"
	"errors"
	"slices"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// The facts of the sessions lie together in chunks, so that the filters, counts
// and orders of a whole archive are read without opening a record. They can be
// derived from the records at any time. A chunk is therefore either right or not
// there: who finds it wrong takes it away, and Facts makes it anew.

// chunkFacts is how many sessions share a chunk: so few that a change of one session
// writes a page.
const chunkFacts = 8

// span is the ordinals of the chunk with that number, of chunks of some size; none if to
// is below from.
func span(number, size, last uint32) (from, to uint32) {
	return max(1, number*size), min(last, number*size+size-1)
}

// readFacts reads and decodes the chunk with that number into memory that may be used
// again; last is the highest ordinal that there is. Texts share the memory of the
// whole chunk.
func (t *txn) readFacts(read func(key []byte) ([]byte, error), into []idv.Facts, number, last uint32) ([]idv.Facts, error) {
	data, err := read(ordinalKey(number))
	if err == nil && data == nil {
		err = errMissing
	}
	if err != nil {
		return nil, err
	}
	facts, err := t.known.decode(into, string(data))
	if err != nil {
		return nil, err
	}
	if from, to := span(number, chunkFacts, last); len(facts) != int(to-from+1) {
		return nil, errors.New("it has too many or too few sessions")
	}
	return facts, nil
}

// writeFacts keeps a chunk.
func (t *txn) writeFacts(number uint32, facts []idv.Facts) error {
	t.facts.encode(facts)
	return t.bucket(bucketFacts).put(ordinalKey(number), t.facts.chunk)
}

// derive makes the facts of a chunk from the records. Of a record that cannot be
// read, which reading it will say, there are the times in its row.
func (t *txn) derive(into []idv.Facts, number, last uint32) ([]idv.Facts, error) {
	records, rows := t.records(), t.chunks(last)
	facts := into[:0]
	for from, to := span(number, chunkFacts, last); from <= to; from++ {
		s, err := records.brief(from)
		if errors.Is(err, seal.ErrLocked) {
			return nil, err
		}
		if err == nil {
			facts = append(facts, idv.NewFacts(s))
			continue
		}
		row, err := rows.get(from)
		if errors.Is(err, seal.ErrLocked) {
			return nil, err
		}
		facts = append(facts, idv.Facts{Created: row.Created, Finished: row.Finished})
	}
	return facts, nil
}

// newFacts are the facts that a transaction changes, in the order they came.
type newFacts struct {
	last uint32 // the ordinals up to this one have facts in the file
	list []ordinalFacts
}

type ordinalFacts struct {
	ordinal uint32
	facts   idv.Facts
}

func (n *newFacts) put(ordinal uint32, facts idv.Facts) {
	n.list = append(n.list, ordinalFacts{ordinal, facts})
}

// flushFacts brings the chunks up to date, one after the other.
func (w *writer) flushFacts() error {
	list := w.changed.list
	slices.SortStableFunc(list, func(a, b ordinalFacts) int { return cmp.Compare(a.ordinal, b.ordinal) })
	w.bucket(bucketFacts).raw.FillPercent = growingFill
	var memory []idv.Facts
	for len(list) > 0 {
		w.way.Give()
		number := list[0].ordinal / chunkFacts
		n := 1
		for n < len(list) && list[n].ordinal/chunkFacts == number {
			n++
		}
		var err error
		if memory, err = w.updateFacts(memory, number, list[:n]); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

// updateFacts changes some facts of a chunk. One that cannot be read is taken away.
func (w *writer) updateFacts(memory []idv.Facts, number uint32, changed []ordinalFacts) ([]idv.Facts, error) {
	facts := memory[:0]
	from, to := span(number, chunkFacts, w.changed.last)
	if from <= to {
		w.hasRead()
		var err error
		facts, err = w.readFacts(w.bucket(bucketFacts).get, memory, number, w.changed.last)
		if errors.Is(err, seal.ErrLocked) {
			return memory, err
		}
		if err != nil {
			return memory, w.bucket(bucketFacts).delete(ordinalKey(number))
		}
	}
	for _, c := range changed {
		if at := int(c.ordinal - from); at < len(facts) {
			facts[at] = c.facts
		} else {
			facts = append(facts, c.facts)
		}
	}
	return facts, w.writeFacts(number, facts)
}
