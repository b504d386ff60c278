package search_test

import (
	"errors"
	"slices"
	"testing"

	"veridesk/backend/idv"
	"veridesk/backend/search"
)

// batches is a Next over so many batches, and then an error or the end.
func batches(n uint64, end error) search.Next {
	seq := uint64(0)
	return func() ([]search.Doc, uint64, error) {
		if seq == n {
			return nil, 0, end
		}
		seq++
		return batchOf(seq), seq, nil
	}
}

// Batches come in their order, each seen when searches see it.
func TestFeed(t *testing.T) {
	ix := open(t, t.TempDir())
	defer shut(t, ix)
	w := world{}
	var seen []uint64
	err := ix.Feed(batches(20, nil), func(seq uint64) {
		seen = append(seen, seq)
		if ix.Seq() != seq {
			t.Errorf("the index is at %d when %d is seen", ix.Seq(), seq)
		}
		w.add(batchOf(seq))
		w.agree(t, ix, seeded(seq), 5)
	})
	if err != nil || len(seen) != 20 || !slices.IsSorted(seen) {
		t.Errorf("%v, %v", seen, err)
	}
}

// What was read before an error is in the index, and the error is as it was.
func TestFeedBreaksOff(t *testing.T) {
	ix := open(t, t.TempDir())
	defer shut(t, ix)
	wrong := errors.New("wrong")
	if err := ix.Feed(batches(5, wrong), func(uint64) {}); err != wrong || ix.Seq() != 5 {
		t.Errorf("at %d: %v", ix.Seq(), err)
	}
}

// A Feed whose index cannot be written to ends, and so does its reader.
func TestFeedOfClosed(t *testing.T) {
	ix := open(t, t.TempDir())
	shut(t, ix)
	read := 0
	next := func() ([]search.Doc, uint64, error) {
		read++
		return batchOf(uint64(read)), uint64(read), nil
	}
	if err := ix.Feed(next, func(uint64) {}); !errors.Is(err, search.ErrClosed) {
		t.Error(err)
	}
	before := read // Feed waits for the reader, so that this is no race
	if before > 10 {
		t.Errorf("%d batches were read", before)
	}
}

// Of an ordinal that comes twice in one update the later session counts.
func TestUpdateTwice(t *testing.T) {
	ix := open(t, t.TempDir())
	defer shut(t, ix)
	first, second := someDocs(seeded(1), 0, 300), someDocs(seeded(2), 100, 200)
	for i := range second[:50] {
		second[i].Session.Erased = &idv.Erased{}
	}
	both := slices.Concat(first, second)
	update(t, ix, both, 1)
	w := world{}
	w.add(both)
	w.agree(t, ix, seeded(3), 100)
	if count, err := ix.Count(); err != nil || count != 250 {
		t.Errorf("%d sessions, %v", count, err)
	}
}
