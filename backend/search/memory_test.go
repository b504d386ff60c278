package search_test

import (
	"context"
	"errors"
	"testing"

	"veridesk/backend/search"
)

func TestMemory(t *testing.T) {
	ix, err := search.OpenMemory("archive")
	if err != nil {
		t.Fatal(err)
	}
	w, r := world{}, seeded(8)
	if !ix.Fresh() || ix.Seq() != 0 || ix.Checked(context.Background()) != nil {
		t.Errorf("a new index: fresh %v, seq %d", ix.Fresh(), ix.Seq())
	}
	for n := range 12 { // more than may wait for a disk
		docs := someDocs(r, n*100, n*100+150)
		update(t, ix, docs, uint64(n+1))
		w.add(docs)
	}
	update(t, ix, tombstones(3, 5, 700), 13)
	w.add(tombstones(3, 5, 700))
	if err := ix.Purge(context.Background()); err != nil {
		t.Error(err)
	}
	w.agree(t, ix, r, 200)
	shut(t, ix)
	if _, err := ix.Find(context.Background(), "be"); !errors.Is(err, search.ErrClosed) {
		t.Errorf("a closed index answers %v", err)
	}
}
