package search_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"veridesk/backend/seal"
	"veridesk/backend/search"
)

func TestOtherKeyStartsAnew(t *testing.T) {
	dir, _ := filled(t)
	refill(t, dir, "another vault", otherVault(t))
}

// A clear index in the place of a sealed one is not taken for one.
func TestClearIndexStartsAnew(t *testing.T) {
	dir := t.TempDir()
	ix := openWith(t, dir, clearKeys{})
	update(t, ix, someDocs(seeded(1), 0, 50), 1)
	shut(t, ix)
	mustStartAnew(t, dir, "a clear index")
}

// An index moved to another generation's number has the wrong key.
func TestMovedGenerationStartsAnew(t *testing.T) {
	dir, _ := filled(t)
	old := generation(t, dir)
	number, err := strconv.Atoi(filepath.Base(old))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(old, filepath.Join(dir, strconv.Itoa(number+1))); err != nil {
		t.Fatal(err)
	}
	mustStartAnew(t, dir, "a moved generation")
}

// Only the newest generation counts, even if an older one is whole.
func TestNewerGenerationCounts(t *testing.T) {
	dir, _ := filled(t)
	number, err := strconv.Atoi(filepath.Base(generation(t, dir)))
	if err != nil {
		t.Fatal(err)
	}
	newer := filepath.Join(dir, strconv.Itoa(number+5))
	if err := os.Mkdir(newer, 0o700); err != nil {
		t.Fatal(err)
	}
	mustStartAnew(t, dir, "an empty newer generation")
	if now := generation(t, dir); now <= newer {
		t.Errorf("the new generation is %s after %s", now, newer)
	}
}

// A file of an older state of the same index, or of another segment, is refused.
func TestExchangedSegmentsAreNoticed(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for n := 0; len(paths) < 2; n++ { // until two closings make two segments
		ix := open(t, dir)
		update(t, ix, someDocs(seeded(9), n*50, n*50+50), uint64(n+1))
		shut(t, ix)
		var err error
		paths, err = filepath.Glob(filepath.Join(generation(t, dir), "store", "*.zap"))
		if err != nil || n == 50 {
			t.Fatal(paths, err)
		}
	}
	if err := errors.Join(
		os.Rename(paths[0], paths[0]+"x"), os.Rename(paths[1], paths[0]), os.Rename(paths[0]+"x", paths[1]),
		os.Remove(filepath.Join(generation(t, dir), "closed.sum")),
	); err != nil {
		t.Fatal(err)
	}
	mustBeNoticed(t, dir, "exchanged segments")
}

func TestDistrustStartsAnew(t *testing.T) {
	dir, _ := filled(t)
	ix := open(t, dir)
	ix.Distrust()
	if _, err := ix.Find(context.Background(), "be"); !errors.Is(err, search.ErrDoubt) {
		t.Errorf("Find: %v", err)
	}
	shut(t, ix)
	mustStartAnew(t, dir, "a distrusted index")
}

// With the keys locked the index does not open, and stays as it is.
func TestOpenLocked(t *testing.T) {
	keys := t.TempDir()
	made, _, err := seal.NewKeys(keys, nil).Create(seal.Secrets{Demo: true}, seal.Params{})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	ix := openWith(t, dir, made)
	update(t, ix, someDocs(seeded(1), 0, 50), 1)
	shut(t, ix)
	made.Close()
	if _, err := search.Open(dir, "archive", made); !errors.Is(err, seal.ErrLocked) {
		t.Errorf("Open with closed keys: %v", err)
	}
	ix = openWith(t, dir, unlock(t, keys))
	if ix.Fresh() || ix.Seq() != 1 {
		t.Errorf("unlocked: fresh %v, seq %d", ix.Fresh(), ix.Seq())
	}
}

func unlock(t *testing.T, keys string) *seal.Vault {
	t.Helper()
	vault, err := seal.NewKeys(keys, nil).Unlock(context.Background(), seal.Secrets{Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	return vault
}

// The keys are closed while batches are indexed and segments are written and
// merged: nothing breaks, nothing clear is written, and what was on disk opens
// again with the keys, or a new index begins.
func TestLockedWhileWriting(t *testing.T) {
	kept := 0
	rounds := often(5, 40)
	for round := range rounds {
		keys, dir := t.TempDir(), t.TempDir()
		made, _, err := seal.NewKeys(keys, nil).Create(seal.Secrets{Demo: true}, seal.Params{})
		if err != nil {
			t.Fatal(err)
		}
		ix := openWith(t, dir, made)
		w, markers := world{}, []string(nil)
		batch := func(seq uint64) []search.Doc {
			docs, more := marked(int(seq)*20, int(seq)*20+40)
			markers = append(markers, more...)
			return docs
		}
		for seq := uint64(1); ; seq++ {
			if seq == uint64(3+round*2) {
				go made.Close()
			}
			if err := ix.Update(batch(seq), seq); err != nil {
				if !errors.Is(err, seal.ErrLocked) || !search.Harmless(err) {
					t.Errorf("Update with closed keys: %v", err)
				}
				break
			}
		}
		if err := ix.Close(); err != nil && !errors.Is(err, seal.ErrLocked) {
			t.Errorf("Close with closed keys: %v", err)
		}
		if hits := clearWords(t, dir, markers); hits > 0 {
			t.Errorf("%d clear words", hits)
		}
		ix = openWith(t, dir, unlock(t, keys))
		for seq := uint64(1); seq <= ix.Seq(); seq++ {
			w.add(batch(seq))
		}
		if !ix.Fresh() {
			kept++
		}
		if ix.Seq() > 0 {
			w.agree(t, ix, seeded(1), 30)
		}
		update(t, ix, batch(ix.Seq()+1), ix.Seq()+1)
		shut(t, ix)
	}
	t.Logf("%d of %d indexes were kept", kept, rounds)
}
