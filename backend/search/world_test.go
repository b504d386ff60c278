package search_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/seal"
	"veridesk/backend/search"
)

// world is what an index ought to hold, and answers by looking at every session.
type world map[uint32]string // a line of the session's terms by its ordinal

func (w world) add(docs []search.Doc) {
	for _, doc := range docs {
		if delete(w, doc.Ordinal); doc.Session.Erased != nil {
			continue
		}
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

func (w world) ordinals() []uint32 { return slices.Sorted(maps.Keys(w)) }

// agree asks the index and the world a number of random queries.
func (w world) agree(t *testing.T, ix *search.Index, r *rand.Rand, queries int) {
	t.Helper()
	if count, err := ix.Count(); err != nil || count != uint64(len(w)) {
		t.Fatalf("Count = %d, %v; want %d", count, err, len(w))
	}
	ordinals, hits := w.ordinals(), 0
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

// sameVault is the vault of every test that does not ask for another.
var sameVault struct {
	once  sync.Once
	vault *seal.Vault
}

func vault(t testing.TB) *seal.Vault {
	sameVault.once.Do(func() { sameVault.vault = otherVault(t) })
	return sameVault.vault
}

func otherVault(t testing.TB) *seal.Vault {
	t.Helper()
	made, _, err := seal.NewKeys(t.TempDir(), nil).Create(seal.Secrets{Demo: true}, seal.Params{})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func open(t *testing.T, dir string) *search.Index {
	t.Helper()
	return openWith(t, dir, vault(t))
}

func openWith(t *testing.T, dir string, keys seal.Keyring) *search.Index {
	t.Helper()
	ix, err := search.Open(dir, "archive", keys)
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
