package archive

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/idv"
	"veridesk/backend/search"
)

// This file is what others ask of the indexer.

// find gives what the text finds. A blank text finds all, one of nothing but signs
// finds none; only words wait for the index to be open.
func (x *indexer) find(ctx context.Context, text string) (found search.Found, err error) {
	switch {
	case strings.TrimSpace(text) == "":
		return search.Found{All: true, Seq: x.seq()}, ctx.Err()
	case len(search.Words(text)) == 0:
		return search.Found{Exact: roaring.New(), Near: roaring.New(), Seq: x.seq()}, ctx.Err()
	}
	err = x.ask(ctx, func(index *search.Index) error {
		found, err = index.Find(ctx, text)
		return err
	})
	return found, err
}

// nearest gives texts like one that finds nothing.
func (x *indexer) nearest(ctx context.Context, text string, most int) (texts []string, err error) {
	err = x.ask(ctx, func(index *search.Index) error {
		texts, err = index.Nearest(ctx, text, most)
		return err
	})
	return texts, err
}

// ask puts a question to the index once it is open.
func (x *indexer) ask(ctx context.Context, question func(*search.Index) error) error {
	if err := x.wait(ctx, 0, nil); err != nil {
		return err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.index == nil { // closed, or thrown away just now
		return x.off(x.fault)
	}
	err := question(x.index)
	if err != nil && !search.Harmless(err) {
		x.doubt.Store(true)
		poke(x.hurry)
		err = x.off(err)
	}
	return err
}

// off says why text cannot be searched, or not yet all of it.
func (x *indexer) off(fault error) error {
	if e := idv.AsError(fault); e != nil && e.Code != idv.CodeInternal {
		return e
	}
	return &idv.Error{
		Code: idv.CodeInternal, Cause: fault,
		Message: "Text cannot be searched just now: the search index has failed. The list still works.",
		Hint:    "Try again in a moment: the index is built anew. If it stays, make sure that the disk has room and start the app again.",
	}
}

// letGo hands back what searches have read of the index's files.
func (x *indexer) letGo() {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.index != nil {
		x.index.Rest()
	}
}

// wait returns when the index is open and has seen the change seq.
func (x *indexer) wait(ctx context.Context, seq uint64, report func(idv.Progress)) error {
	meter := idv.NewMeter(report)
	defer meter.Close()
	var first uint64
	for started := false; ; {
		x.mu.RLock()
		at, fault, change := x.at, x.fault, x.change
		opened := x.index != nil
		x.mu.RUnlock()
		switch {
		case opened && at >= seq:
			return nil
		case fault != nil:
			return x.off(fault)
		}
		poke(x.hurry)
		if opened && !started {
			first, started = at, true
		}
		if opened {
			first = min(first, at) // it may have been built anew
			meter.Count(idv.Progress{Phase: idv.PhaseIndexing, Done: int(at - first), Total: int(seq - first)})
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-change:
		}
	}
}

// settled returns when the segments of the index have been merged at the change seq or
// later.
func (x *indexer) settled(ctx context.Context, seq uint64) error {
	for {
		x.mu.RLock()
		merged, fault, change := x.merged, x.fault, x.change
		x.mu.RUnlock()
		switch {
		case merged >= seq:
			return nil
		case fault != nil:
			return x.off(fault)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-change:
		}
	}
}

// purge waits until the index has seen everything, and clears out of its files
// what was removed from it.
func (x *indexer) purge(ctx context.Context) error {
	seq, err := x.store.Seq()
	if err != nil {
		return err
	}
	if err := x.wait(ctx, seq, nil); err != nil {
		return err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.index == nil {
		return x.off(x.fault)
	}
	if x.memory.Load() {
		return x.clear()
	}
	return x.index.Purge(ctx)
}

// clear removes what is on the disk of an index that has gone into memory: what
// was erased since stands in there. It comes back at the next start.
func (x *indexer) clear() error {
	entries, err := os.ReadDir(x.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, entry := range entries {
		err = errors.Join(err, os.RemoveAll(filepath.Join(x.dir, entry.Name())))
	}
	return err
}
