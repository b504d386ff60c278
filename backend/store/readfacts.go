package store

import (
	"context"
	"errors"
	"slices"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// factsGiven is how many chunks Facts gives at once: what is done with them should find
// them in the processor's cache. Tests set it.
var factsGiven uint32 = 2048

// factsRead is how many it reads in one transaction: see readChunk.
const factsRead = 128

// Facts gives the facts of every session, some thousand at a time in the order of
// their ordinals from first on, each as of the moment it is read; sessions that are
// added meanwhile are left out. yield may call the store, and the slice is its own: it
// gives back one that it is done with, for the next facts, or nil. The texts share
// memory, so who keeps a few of many should clone them.
//
// What is missing or damaged is derived from the records and kept: for an archive
// that was written before there were facts this takes as long as reading it all.
func (s *Store) Facts(ctx context.Context, yield func(first uint32, facts []idv.Facts) (done []idv.Facts, err error)) error {
	st, err := s.readState()
	r := factsReader{store: s, last: st.Last}
	for first := uint32(1); err == nil && first <= st.Last; first = r.number * chunkFacts {
		if err = r.fill(ctx); err == nil {
			r.facts, err = yield(first, r.facts)
		}
		if err == nil {
			err = ctx.Err()
		}
	}
	return err
}

// factsReader is one run of Facts.
type factsReader struct {
	store  *Store
	last   uint32      // the highest ordinal whose facts are wanted
	number uint32      // of the next chunk
	facts  []idv.Facts // what is to be given
	full   bool        // mending failed: what is derived is not kept
}

// fill reads the chunks that are given next, however they can be had.
func (r *factsReader) fill(ctx context.Context) error {
	r.facts = slices.Grow(r.facts[:0], int(factsGiven)*chunkFacts)
	for end := min(r.number+factsGiven, r.last/chunkFacts+1); r.number < end; {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := r.kept(min(end, r.number+factsRead))
		if err != nil && !errors.Is(err, seal.ErrLocked) {
			err = r.made()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// kept takes in the chunks before end as they are kept, up to the first that cannot be
// read.
func (r *factsReader) kept(end uint32) error {
	return r.store.view(func(t *txn) error {
		st, err := t.state()
		read := t.bucket(bucketFacts).stepper().get
		for err == nil && r.number < end {
			err = r.take(t.readFacts(read, r.memory(), r.number, st.Last))
		}
		return err
	})
}

// made takes in the next chunk, which cannot be read as it is.
func (r *factsReader) made() error {
	if !r.full {
		next := r.number
		err := r.store.mendFacts(next)
		if err == nil {
			err = r.kept(next + 1)
		}
		if err == nil || errors.Is(err, seal.ErrLocked) {
			return err
		}
		r.full = true
	}
	return r.store.view(func(t *txn) error {
		st, err := t.state()
		if err != nil {
			return err
		}
		return r.take(t.derive(r.memory(), r.number, st.Last))
	})
}

// memory is where the next chunk is decoded: where it belongs.
func (r *factsReader) memory() []idv.Facts { return r.facts[len(r.facts):] }

// take takes in the next chunk. What has been added to it since is left out.
func (r *factsReader) take(chunk []idv.Facts, err error) error {
	if err != nil {
		return err
	}
	from, to := span(r.number, chunkFacts, r.last)
	r.facts = append(r.facts, chunk[:to+1-from]...)
	r.number++
	return nil
}

// mendChunks is how many chunks one transaction derives at most: writes wait
// meanwhile.
const mendChunks = 512

// mendFacts derives the chunks that cannot be read, from one on.
func (s *Store) mendFacts(number uint32) error {
	_, err := s.update(func(w *writer) error {
		var memory []idv.Facts
		for n := number; n < number+mendChunks; n++ {
			if from, to := span(n, chunkFacts, w.state.Last); from > to {
				return nil
			}
			_, err := w.readFacts(w.bucket(bucketFacts).get, memory, n, w.state.Last)
			if err == nil {
				continue
			}
			if memory, err = w.derive(memory, n, w.state.Last); err == nil {
				err = w.writeFacts(n, memory)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return err
}
