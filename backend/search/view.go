package search

// What a search reads: the index at one moment, with all that is costly already
// read. A new moment is made ready beside the one in use, so that no search waits
// for what Bleve has merged.

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"veridesk/backend/giveway"
)

// view is an index at one moment.
type view struct {
	seq      uint64
	snapshot *scorch.IndexSnapshot
	parts    []*part
}

// views holds the view in use.
type views struct {
	making  sync.Mutex // held by the one who makes a view
	mu      sync.Mutex // guards the rest
	current *view
	first   chan struct{} // closed when there is one
}

// take gives the view in use, waiting for the first one. The caller gives back
// its snapshot.
func (v *views) take(ctx context.Context, ended <-chan struct{}, g *generation) (*view, error) {
	select {
	case <-v.first:
	case <-g.givenUp:
		return nil, g.fault()
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-ended:
		return nil, ErrClosed
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.current == nil {
		return nil, ErrClosed
	}
	v.current.snapshot.AddRef()
	return v.current, nil
}

// use puts a view in use, or none, and gives back the one before.
func (v *views) use(next *view) error {
	v.mu.Lock()
	before := v.current
	v.current = next
	v.mu.Unlock()
	select {
	case <-v.first:
	default:
		close(v.first)
	}
	if before == nil {
		return nil
	}
	return before.snapshot.Close()
}

// Rest hands back the pages of the index's files that searches have read. They
// come back by themselves.
func (ix *Index) Rest() {
	_ = ix.use("rest", func() error { // an error is the index's, which every later use tells
		ix.views.mu.Lock()
		v := ix.views.current
		if v != nil {
			v.snapshot.AddRef()
		}
		ix.views.mu.Unlock()
		if v == nil {
			return nil
		}
		for _, p := range v.parts { // takes milliseconds, for which no search should wait
			p.letGo()
		}
		return v.snapshot.Close()
	})
}

// refresh puts the newest view in use. Of the segments only the new ones are
// read.
func (ix *Index) refresh() error {
	ix.views.making.Lock()
	defer ix.views.making.Unlock()
	snapshot, err := snapshotOf(ix.bleve)
	if err != nil {
		return err
	}
	next, err := ix.viewOf(snapshot)
	if err != nil {
		snapshot.Close()
		return err
	}
	return ix.views.use(next)
}

func (ix *Index) viewOf(snapshot *scorch.IndexSnapshot) (*view, error) {
	mark, err := parseStamp(snapshot.Internal()[string(stampKey)])
	if err != nil {
		return nil, err
	}
	segments := snapshot.Segments()
	next := &view{seq: mark.seq, snapshot: snapshot, parts: make([]*part, len(segments))}
	wrong := make([]error, len(segments))
	var way *giveway.Way
	share := spread
	if ix.views.inUse() { // searches go on: they go first, and keep a processor
		way = ix.generation.way.Load()
		share = func(n int, do func(from, to int)) { do(0, n) }
	}
	share(len(segments), func(from, to int) {
		for i := from; i < to; i++ {
			wrong[i] = guard(func() (err error) {
				next.parts[i], err = newPart(ix.ending, segments[i], ix.known(segments[i].Id()), way)
				return err
			})
		}
	})
	return next, errors.Join(wrong...)
}

// inUse reports whether there is a view to search.
func (v *views) inUse() bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.current != nil
}

// known is what the view in use has read of a segment. A segment's ID is never
// given to another one while the index is open.
func (ix *Index) known(segment uint64) *content {
	ix.views.mu.Lock()
	defer ix.views.mu.Unlock()
	if ix.views.current == nil {
		return nil
	}
	parts := ix.views.current.parts
	i := slices.IndexFunc(parts, func(p *part) bool { return p.segment.Id() == segment })
	if i < 0 {
		return nil
	}
	return parts[i].content
}

// follow keeps the view in use near to what Bleve makes of the segments in its
// own time, so that the files of merged ones can go and nobody waits for the
// reading of new ones. It ends with the index.
func (ix *Index) follow() error {
	s, err := ix.scorch()
	if err != nil {
		return err
	}
	generations.indexes.Store(s, ix)
	ix.following.Go(func() {
		defer generations.indexes.Delete(s)
		for {
			select {
			case <-ix.ending.Done():
				return
			case <-ix.moved:
				// An error is the index's, which every later use tells.
				_ = ix.use("follow", ix.refresh)
			}
		}
	})
	return nil
}
