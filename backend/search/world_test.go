package search_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/search"
)

// world is what an index ought to hold, and answers by looking at every session.
type world map[uint32]string // a line of the session's terms by its ordinal

func (w world) add(docs []search.Doc) {
	for _, doc := range docs {
		w[doc.Ordinal] = line(search.Terms(doc.Session))
	}
}

func (w world) find(text string) *roaring.Bitmap {
	found, words := roaring.New(), search.Words(text)
	for ordinal, terms := range w {
		if answers(terms, words) {
			found.Add(ordinal)
		}
	}
	return found
}

// query asks for the beginnings of one to three terms, mostly of one session,
// written as people do.
func (w world) query(r *rand.Rand, ordinals []uint32) string {
	var words []string
	ordinal := ordinals[r.IntN(len(ordinals))]
	for range 1 + r.IntN(3) {
		if r.IntN(8) == 0 {
			ordinal = ordinals[r.IntN(len(ordinals))]
		}
		terms := strings.Fields(w[ordinal])
		if len(terms) == 0 {
			continue
		}
		term := []rune(terms[r.IntN(len(terms))])
		word := string(term[:min(len(term), 1+r.IntN(12))])
		switch r.IntN(6) {
		case 0:
			word = strings.ToUpper(word)
		case 1:
			word = word + "-"
		case 2:
			at := r.IntN(len(term))
			word = string(term[:at]) + "-" + string(term[at:])
		case 3:
			word += "x"
		}
		words = append(words, word)
	}
	return strings.Join(words, []string{" ", "  ", "\t", ", ", "-"}[r.IntN(5)])
}

// agree asks the index and the world a number of random queries.
func (w world) agree(t *testing.T, ix *search.Index, r *rand.Rand, queries int) {
	t.Helper()
	if count, err := ix.Count(); err != nil || count != uint64(len(w)) {
		t.Fatalf("Count = %d, %v; want %d", count, err, len(w))
	}
	ordinals := make([]uint32, 0, len(w))
	for ordinal := range w {
		ordinals = append(ordinals, ordinal)
	}
	slices.Sort(ordinals)
	hits := 0
	for range queries {
		text := w.query(r, ordinals)
		found, all, err := ix.Find(context.Background(), text)
		if err != nil {
			t.Fatalf("Find(%q): %v", text, err)
		}
		if all != (len(search.Words(text)) == 0) || all != (found == nil) {
			t.Fatalf("Find(%q): all is %v, found %v", text, all, found)
		}
		if all {
			continue
		}
		want := w.find(text)
		if !found.Equals(want) {
			t.Fatalf("Find(%q): %d hits %v, want %d %v", text, found.GetCardinality(), found, want.GetCardinality(), want)
		}
		if !want.IsEmpty() {
			hits++
		}
	}
	if hits < queries/4 {
		t.Errorf("only %d of %d queries had a hit: the test asks too little", hits, queries)
	}
}

func seeded(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

func open(t *testing.T, dir string) *search.Index {
	t.Helper()
	ix, err := search.Open(dir, "archive")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

func update(t *testing.T, ix *search.Index, docs []search.Doc, seq uint64) {
	t.Helper()
	if err := ix.Update(docs, seq); err != nil {
		t.Fatal(err)
	}
}

func shut(t *testing.T, ix *search.Index) {
	t.Helper()
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
}
