package store

import (
	"context"
	"errors"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// stretch is how many chunks are given at once.
const stretch = 256

// Facts gives the facts of every session, some thousand at a time in the order of
// their ordinals from first on, each as of the moment it is read; sessions that are
// added meanwhile may be left out. yield may call the store, and the slice is its
// own; the texts share memory, so who keeps a few of many should clone them.
//
// What is missing or damaged is derived from the records and kept: for an archive
// that was written before there were facts this takes as long as reading it all.
func (s *Store) Facts(ctx context.Context, yield func(first uint32, facts []idv.Facts) error) error {
	r := factsReader{store: s}
	for number := uint32(0); ; number += stretch {
		facts, err := r.stretch(ctx, number)
		if err != nil {
			return err
		}
		if len(facts) == 0 {
			return nil
		}
		first, _ := span(number, 0)
		if err := yield(first, facts); err != nil {
			return err
		}
	}
}

// factsReader is one run of Facts.
type factsReader struct {
	store  *Store
	memory []idv.Facts // of the chunk that is read
	full   bool        // mending failed: what is derived is not kept
}

// stretch gives chunks from one on, as many as belong together; none after the last.
func (r *factsReader) stretch(ctx context.Context, number uint32) ([]idv.Facts, error) {
	facts := make([]idv.Facts, 0, stretch*chunkFacts)
	for end := number + stretch; number < end; number++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		r.memory = facts[len(facts):] // decoded where it belongs
		chunk, err := r.read(number)
		if err != nil {
			return nil, err
		}
		if len(chunk) == 0 {
			break
		}
		facts = append(facts, chunk...)
	}
	return facts, nil
}

// read gives a chunk, however it can be had; none after the last.
func (r *factsReader) read(number uint32) ([]idv.Facts, error) {
	err := r.kept(number)
	if err == nil || errors.Is(err, seal.ErrLocked) {
		return r.memory, err
	}
	if !r.full {
		err = r.store.mendFacts(number)
		if err == nil {
			err = r.kept(number)
		}
		if err == nil || errors.Is(err, seal.ErrLocked) {
			return r.memory, err
		}
		r.full = true
	}
	err = r.store.view(func(t *txn) error {
		st, err := t.state()
		if err == nil {
			r.memory, err = t.derive(r.memory, number, st.Last)
		}
		return err
	})
	return r.memory, err
}

// kept reads a chunk as it is kept.
func (r *factsReader) kept(number uint32) error {
	return r.store.view(func(t *txn) error {
		st, err := t.state()
		if err != nil {
			return err
		}
		if from, to := span(number, st.Last); from > to {
			r.memory = r.memory[:0]
			return nil
		}
		facts, err := t.readFacts(r.memory, number, st.Last)
		if err == nil {
			r.memory = facts
		}
		return err
	})
}

// mendChunks is how many chunks one transaction derives at most: writes wait
// meanwhile.
const mendChunks = 32

// mendFacts derives the chunks that cannot be read, from one on.
func (s *Store) mendFacts(number uint32) error {
	_, err := s.update(func(w *writer) error {
		var memory []idv.Facts
		for n := number; n < number+mendChunks; n++ {
			if from, to := span(n, w.state.Last); from > to {
				return nil
			}
			_, err := w.readFacts(memory, n, w.state.Last)
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
