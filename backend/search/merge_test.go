package search_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"veridesk/backend/search"
)

// segmentFiles lists the segments' files.
func segmentFiles(t *testing.T, dir string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(generation(t, dir), "store", "*.zap"))
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// Merge leaves one file with the same answers, beside updates too and after the index
// was opened again. That it merges what Bleve does not, TestMergeOfFiles shows.
func TestMerge(t *testing.T) {
	dir := t.TempDir()
	r, w := seeded(6), world{}
	ix := open(t, dir)
	seq := uint64(0)
	more := func(from, to int) {
		docs := someDocs(r, from, to)
		seq++
		update(t, ix, docs, seq)
		w.add(docs)
	}
	for n := range 3 {
		more(n*300, n*300+400)                        // some are of the one before
		if err := ix.Purge(t.Context()); err != nil { // which has all of it on disk
			t.Fatal(err)
		}
	}
	gone := tombstones(5, 305, 605)
	seq++
	update(t, ix, gone, seq)
	w.add(gone)
	merge := func(what string) {
		t.Helper()
		if err := ix.Merge(t.Context()); err != nil {
			t.Fatal(err)
		}
		if files := segmentFiles(t, dir); len(files) != 1 {
			t.Errorf("%s: %v", what, files)
		}
		w.agree(t, ix, r, 250)
	}
	merge("merged")
	before := segmentFiles(t, dir)
	merge("merged again")
	if after := segmentFiles(t, dir); !slices.Equal(after, before) {
		t.Errorf("with nothing to merge %v became %v", before, after)
	}

	var merging sync.WaitGroup
	more(900, 1000)
	merging.Go(func() {
		if err := ix.Merge(context.Background()); err != nil {
			t.Error(err)
		}
	})
	for n := range 20 {
		more(1000+n*5, 1010+n*5)
	}
	merging.Wait()
	w.agree(t, ix, r, 250)
	merge("after updates beside it")
	shut(t, ix)
	ix = open(t, dir)
	if ix.Fresh() || ix.Seq() != seq {
		t.Errorf("reopened: fresh %v, seq %d, want %d", ix.Fresh(), ix.Seq(), seq)
	}
	w.agree(t, ix, r, 250)
}

// A Merge that is ended leaves everything as it was, and the next one goes on.
func TestMergeStops(t *testing.T) {
	dir := t.TempDir()
	r, w := seeded(7), world{}
	ix := open(t, dir)
	for n := range 4 {
		docs := someDocs(r, n*200, n*200+200)
		update(t, ix, docs, uint64(n+1))
		w.add(docs)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := ix.Merge(cancelled); !errors.Is(err, context.Canceled) || !search.Harmless(err) {
		t.Errorf("cancelled before: %v", err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- ix.Merge(ctx) }()
	stop()
	if err := <-ended; err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled meanwhile: %v", err)
	}
	w.agree(t, ix, r, 100)
	if err := ix.Merge(t.Context()); err != nil {
		t.Errorf("after a cancelled one: %v", err)
	}
	w.agree(t, ix, r, 100)
	shut(t, ix)
	if err := ix.Merge(t.Context()); err == nil || !search.Harmless(err) {
		t.Errorf("of a closed index: %v", err)
	}
	memory, err := search.OpenMemory("an archive")
	if err != nil {
		t.Fatal(err)
	}
	defer shut(t, memory)
	if err := memory.Merge(t.Context()); err != nil {
		t.Errorf("in memory: %v", err)
	}
}
