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
type world map[uint32][]string // a session's terms by its ordinal

func (w world) add(docs []search.Doc) {
	for _, doc := range docs {
		if delete(w, doc.Ordinal); doc.Session.Erased == nil {
			w[doc.Ordinal] = search.Terms(doc.Session)
		}
	}
}

func (w world) find(text string) (exact, near *roaring.Bitmap) {
	exact, near = roaring.New(), roaring.New()
	asked := search.Ask(text)
	for ordinal, terms := range w {
		switch is, like := asked.Answer(terms); {
		case is:
			exact.Add(ordinal)
		case like:
			near.Add(ordinal)
		}
	}
	return exact, near
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
		terms := w[ordinal]
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
		case 4:
			word = alike.Replace(word)
		}
		words = append(words, word)
	}
	return strings.Join(words, []string{" ", "  ", "\t", ", ", "-"}[r.IntN(5)])
}

// alike exchanges signs that look alike.
var alike = strings.NewReplacer("0", "o", "1", "I", "b", "8", "5", "S", "2", "z", "o", "0", "8", "B")

func (w world) ordinals() []uint32 { return slices.Sorted(maps.Keys(w)) }

// agree asks the index and the world a number of random queries.
func (w world) agree(t *testing.T, ix *search.Index, r *rand.Rand, queries int) {
	t.Helper()
	if count, err := ix.Count(); err != nil || count != uint64(len(w)) {
		t.Fatalf("Count = %d, %v; want %d", count, err, len(w))
	}
	ordinals, hits, nears := w.ordinals(), 0, 0
	for range queries {
		text := w.query(r, ordinals)
		found, err := ix.Find(context.Background(), text)
		if err != nil {
			t.Fatalf("Find(%q): %v", text, err)
		}
		if found.All != (strings.TrimSpace(text) == "") {
			t.Fatalf("Find(%q): all is %v", text, found.All)
		}
		exact, near := w.find(text)
		if !found.Exact.Equals(exact) || !found.Near.Equals(near) {
			t.Fatalf("Find(%q): %v and nearly %v; want %v and %v", text, found.Exact, found.Near, exact, near)
		}
		if !exact.IsEmpty() {
			hits++
		}
		if !near.IsEmpty() {
			nears++
		}
	}
	if hits < queries/4 || nears < queries/50 {
		t.Errorf("only %d of %d queries had a hit, and %d a near one: the test asks too little", hits, queries, nears)
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
