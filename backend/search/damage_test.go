package search_test

import (
	"bytes"
	"context"
	"errors"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"veridesk/backend/search"
)

// often is how often a test repeats what it does; all of it when VERIDESK_TEST_ALL
// is set.
func often(some, all int) int {
	if os.Getenv("VERIDESK_TEST_ALL") == "1" {
		return all
	}
	return some
}

// Any bit of any file may be wrong: then there is an error or a new index, and
// never a wrong answer. Half of the time the index was not closed, so that its
// files have no checksum beside their own.
func TestFlippedBits(t *testing.T) {
	model := filepath.Join(t.TempDir(), "index")
	w, r := world{}, seeded(21)
	ix := open(t, model)
	for n := range 5 {
		docs := someDocs(r, n*60, n*60+80)
		update(t, ix, docs, uint64(n+1))
		w.add(docs)
		if n == 2 { // what comes from here on is in a file of its own
			shut(t, ix)
			ix = open(t, model)
		}
	}
	shut(t, ix)
	var noticed, unseen int
	for n := range often(60, 500) {
		dir := filepath.Join(t.TempDir(), "index")
		if err := os.CopyFS(dir, os.DirFS(model)); err != nil {
			t.Fatal(err)
		}
		closed := n%2 == 1
		if !closed {
			if err := os.Remove(filepath.Join(generation(t, dir), "closed.sum")); err != nil {
				t.Fatal(err)
			}
		}
		path := flipBit(t, r, dir, closed)
		if staysTrue(t, r, dir, w) {
			unseen++
		} else {
			noticed++
		}
		if t.Failed() {
			t.Fatalf("flip %d, in %s", n, path)
		}
	}
	// How many bytes mean nothing depends on how Bleve has merged: its list of
	// segments has free pages, and a segment that was merged away may still be there.
	t.Logf("%d noticed, %d without effect", noticed, unseen)
	if noticed*10 < unseen {
		t.Error("hardly a flip has an effect: the test shows too little")
	}
}

// flipBit leaves Bleve's list alone while no checksum covers it: bbolt follows what
// stands in a damaged inline bucket anywhere in the memory, which can end the
// process. Nothing but the checksum of a closed index protects from that.
func flipBit(t *testing.T, r *rand.Rand, dir string, closed bool) (path string) {
	t.Helper()
	paths := files(t, generation(t, dir))
	if !closed {
		paths = slices.DeleteFunc(paths, func(path string) bool { return filepath.Base(path) == "root.bolt" })
	}
	path = paths[r.IntN(len(paths))]
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[r.IntN(len(content))] ^= 1 << r.IntN(8)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// staysTrue asks and writes to a damaged index, and reports whether it never
// noticed. Every answer it gives must be right.
func staysTrue(t *testing.T, r *rand.Rand, dir string, w world) bool {
	t.Helper()
	ix := open(t, dir)
	defer shut(t, ix)
	if ix.Fresh() {
		return false
	}
	if seq := ix.Seq(); seq != 5 {
		t.Errorf("opened at change %d", seq)
	}
	ordinals := w.ordinals()
	ask := func() error {
		for range 20 {
			text := w.query(r, ordinals)
			found, err := ix.Find(context.Background(), text)
			if err != nil {
				return err
			}
			if exact, near := w.find(text); !found.All && !(found.Exact.Equals(exact) && found.Near.Equals(near)) {
				t.Errorf("Find(%q) = %v and %v, want %v and %v", text, found.Exact, found.Near, exact, near)
			}
		}
		return nil
	}
	err := ask()
	if err == nil { // have all of it read, and written anew
		err = errors.Join(ix.Update(tombstones(9_999), 6), ix.Purge(context.Background()), ask(), ix.Checked(context.Background()))
	}
	if err != nil && !errors.Is(err, search.ErrDoubt) {
		t.Errorf("a damaged index answers %v", err)
	}
	return err == nil
}

// An index that is opened, written to and closed again and again keeps all, and
// Bleve never has to go back to an older state.
func TestReopened(t *testing.T) {
	var said bytes.Buffer
	defer log.SetOutput(log.Writer())
	log.SetOutput(&said)
	dir, w, r := t.TempDir(), world{}, seeded(31)
	for n := range often(40, 500) {
		ix := open(t, dir)
		if ix.Fresh() != (n == 0) || ix.Seq() != uint64(n) {
			t.Fatalf("opening %d: fresh %v, seq %d", n, ix.Fresh(), ix.Seq())
		}
		from := r.IntN(400)
		docs := append(someDocs(r, from, from+30), tombstones(uint32(r.IntN(400)))...)
		update(t, ix, docs, uint64(n+1))
		w.add(docs)
		if n%20 == 0 {
			w.agree(t, ix, r, 20)
		}
		shut(t, ix)
	}
	ix := open(t, dir)
	w.agree(t, ix, r, 100)
	shut(t, ix)
	for line := range strings.Lines(said.String()) {
		if !strings.Contains(line, "got err removing file") { // it was removed twice, which harms nobody
			t.Errorf("Bleve says: %s", line)
		}
	}
}
