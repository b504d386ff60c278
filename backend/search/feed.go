package search

import (
	"runtime"

	"veridesk/backend/giveway"
)

// Next gives the next sessions to update and the archive's change that is seen
// with them; none ends a Feed.
type Next func() (docs []Doc, seq uint64, err error)

// Feed updates the index with batch after batch. While one is written, the next
// ones are read and made ready on all processors. seen is told of each change as
// soon as searches see it. See Update for what else there is to know.
func (ix *Index) Feed(next Next, seen func(seq uint64)) error {
	processors := min(runtime.GOMAXPROCS(0), runtime.NumCPU()) // not the one more for questions
	coming := make(chan chan made, max(1, processors-1))
	stop := make(chan struct{})
	defer func() {
		close(stop)
		for range coming { // until the reader has ended
		}
	}()
	go read(next, coming, stop, ix.generation.way.Load())
	for ready := range coming {
		m := <-ready
		if m.err != nil {
			return m.err
		}
		if err := ix.put(m.batch); err != nil {
			return err
		}
		seen(m.batch.seq)
	}
	return nil
}

// made is a batch, or why there is none.
type made struct {
	batch *prepared
	err   error
}

// read sends what is being made ready, in order; as many batches at once as coming
// has room for, and one.
func read(next Next, coming chan<- chan made, stop <-chan struct{}, way *giveway.Way) {
	defer close(coming)
	for {
		docs, seq, err := next()
		if err == nil && len(docs) == 0 {
			return
		}
		ready := make(chan made, 1)
		select {
		case coming <- ready:
		case <-stop:
			return
		}
		if err != nil {
			ready <- made{err: err}
			return
		}
		go func() {
			batch, err := prepare(docs, seq, way)
			ready <- made{batch, err}
		}()
	}
}
