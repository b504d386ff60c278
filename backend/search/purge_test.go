package search_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	zap "github.com/blevesearch/zapx/v17"

	"veridesk/backend/search"
)

// wordsOnDisk lists the terms of every segment's file, opened with the index's
// keys: it has to be open. Files come and go meanwhile.
func wordsOnDisk(t *testing.T, dir string) map[string]bool {
	t.Helper()
	for {
		if words, err := tryWordsOnDisk(t, dir); err == nil {
			return words
		}
	}
}

func tryWordsOnDisk(t *testing.T, dir string) (map[string]bool, error) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(generation(t, dir), "store", "*.zap"))
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	words := map[string]bool{}
	for _, path := range paths {
		s, err := new(zap.ZapPlugin).Open(path)
		if err != nil {
			return nil, err
		}
		for _, field := range s.Fields() {
			dictionary, err := s.Dictionary(field)
			if err != nil {
				t.Fatal(err)
			}
			terms := dictionary.AutomatonIterator(nil, nil, nil)
			for entry, err := terms.Next(); entry != nil; entry, err = terms.Next() {
				if err != nil {
					t.Fatal(err)
				}
				words[entry.Term] = true
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return words, nil
}

func ofSession(words map[string]bool, number string) (found []string) {
	for word := range words {
		if strings.Contains(word, "quux"+number+"zyx") {
			found = append(found, word)
		}
	}
	return found
}

// Purge removes what was erased from the files, of one segment as of several.
func TestPurge(t *testing.T) {
	for _, batches := range []int{1, 7} {
		dir := t.TempDir()
		ix := open(t, dir)
		w := world{}
		for n := range batches {
			docs, _ := marked(n*50, n*50+50)
			update(t, ix, docs, uint64(n+1))
			w.add(docs)
			if err := ix.Purge(context.Background()); err != nil { // each batch is a segment
				t.Fatal(err)
			}
		}
		gone := []uint32{17, 33}
		update(t, ix, tombstones(gone...), 20)
		// With several segments Bleve may merge, and drop them, by itself.
		if batches == 1 && len(ofSession(wordsOnDisk(t, dir), "00017")) == 0 {
			t.Fatal("the words are gone before Purge: the test shows nothing")
		}
		renamed, _ := marked(90_004, 90_005)
		renamed[0].Ordinal = 4
		update(t, ix, renamed, 21)
		w.add(tombstones(gone...))
		w.add(renamed)
		if err := ix.Purge(context.Background()); err != nil {
			t.Fatal(err)
		}
		words := wordsOnDisk(t, dir)
		for _, number := range []string{"00017", "00033", "00004"} {
			if left := ofSession(words, number); len(left) > 0 {
				t.Errorf("%d batches: left on disk: %q", batches, left)
			}
		}
		if len(ofSession(words, "00018")) == 0 || len(ofSession(words, "90004")) == 0 {
			t.Error("a living session's words are gone")
		}
		w.agree(t, ix, seeded(3), 50)
		shut(t, ix)
		ix = open(t, dir)
		w.agree(t, ix, seeded(4), 50)
		if ix.Fresh() || ix.Seq() != 21 {
			t.Errorf("reopened: fresh %v, seq %d", ix.Fresh(), ix.Seq())
		}
		shut(t, ix)
	}
}

func TestPurgeBesideUpdates(t *testing.T) {
	dir := t.TempDir()
	ix := open(t, dir)
	w := world{}
	docs, _ := marked(0, 400)
	update(t, ix, docs, 1)
	w.add(docs)
	update(t, ix, tombstones(7), 2)
	delete(w, 7)
	var updates sync.WaitGroup
	updates.Go(func() {
		for n := range 30 {
			docs, _ := marked(100+n*5, 110+n*5)
			if err := ix.Update(docs, uint64(n+3)); err != nil {
				t.Error(err)
			}
			w.add(docs)
		}
	})
	if err := ix.Purge(context.Background()); err != nil {
		t.Error(err)
	}
	updates.Wait()
	if left := ofSession(wordsOnDisk(t, dir), "00007"); len(left) > 0 {
		t.Errorf("left on disk: %q", left)
	}
	w.agree(t, ix, seeded(5), 50)
}

func TestPurgeStops(t *testing.T) {
	ix := open(t, t.TempDir())
	docs, _ := marked(0, 50)
	update(t, ix, docs, 1)
	update(t, ix, tombstones(7), 2)
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if err := ix.Purge(cancelled); !errors.Is(err, context.Canceled) || !search.Harmless(err) {
		t.Errorf("Purge after cancel: %v", err)
	}
	if err := ix.Purge(context.Background()); err != nil {
		t.Errorf("Purge after a cancelled one: %v", err)
	}
	shut(t, ix)
	if err := ix.Purge(context.Background()); err == nil || !search.Harmless(err) {
		t.Errorf("Purge of a closed index: %v", err)
	}
}
