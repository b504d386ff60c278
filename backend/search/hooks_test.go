package search

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// opened is an index of one session, its folder and its keys.
func opened(t *testing.T) (ix *Index, dir string, keys seal.Keyring) {
	t.Helper()
	keys, _, err := seal.NewKeys(t.TempDir(), nil).Create(seal.Secrets{Demo: true}, seal.Params{})
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	ix = reopened(t, dir, keys)
	if err := ix.Update([]Doc{{Ordinal: 7, Session: idv.Session{ID: "seven"}}}, 1); err != nil {
		t.Fatal(err)
	}
	return ix, dir, keys
}

func reopened(t *testing.T, dir string, keys seal.Keyring) *Index {
	t.Helper()
	ix, err := Open(dir, "archive", keys)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

// The hooks never let Bleve write or read a file in clear: not of a folder that
// they do not know, not after Close, and not when a file claims to be clear.
func TestHooksRefuse(t *testing.T) {
	ix, _, _ := opened(t)
	file := filepath.Join(ix.generation.dir, storeDir, "000000000009.zap")
	hook, process, err := writerFor([]byte(file))
	if err != nil || hook == "" || process == nil {
		t.Fatalf("writer of an open index: %q, %v", hook, err)
	}
	if _, err := readerFor(hook, []byte(file)); err != nil {
		t.Errorf("reader of an open index: %v", err)
	}
	if _, err := readerFor("", []byte(filepath.Join("elsewhere", metaFile))); err == nil {
		t.Error("a clear file elsewhere is read")
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, filepath.Join("elsewhere", metaFile), "elsewhere"} {
		if hook, _, err := writerFor([]byte(path)); err == nil {
			t.Errorf("%s can be written, by %q", path, hook)
		}
		if _, err := readerFor("veridesk-00000000", []byte(path)); err == nil {
			t.Errorf("%s can be read", path)
		}
	}
}

// A key that fails in the middle of a file gives no clear byte to Bleve.
func TestSealNeverGivesClear(t *testing.T) {
	ix, _, keys := opened(t)
	file := filepath.Join(ix.generation.dir, storeDir, "000000000009.zap")
	_, process, err := writerFor([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	keys.Close()
	for _, b := range process([]byte("clear as day")) {
		if b != 0 {
			t.Fatal("not zero")
		}
	}
	if _, err := readerFor(ix.generation.hook, []byte(file)); !errors.Is(err, seal.ErrLocked) {
		t.Errorf("the file can be opened: %v", err)
	}
	if err := ix.Update(nil, 2); !errors.Is(err, seal.ErrLocked) || !Harmless(err) {
		t.Errorf("Update: %v", err)
	}
}

// A key that is used up ends the index; the next one has another key.
func TestExhaustedKey(t *testing.T) {
	ix, dir, keys := opened(t)
	ix.generation.box.Resume(1 << 32)
	err := ix.Update([]Doc{{Ordinal: 8, Session: idv.Session{ID: "eight"}}}, 2)
	for range 100 {
		if err != nil {
			break
		}
		err = ix.settle(context.Background())
	}
	if !errors.Is(err, ErrDoubt) || !errors.Is(err, seal.ErrExhausted) {
		t.Errorf("Update with a used up key: %v", err)
	}
	if err := ix.Close(); err != nil {
		t.Error(err)
	}
	next := reopened(t, dir, keys)
	if !next.Fresh() || next.generation.box.ID() == ix.generation.box.ID() {
		t.Error("the key is used again")
	}
}

// What a key has sealed is counted over runs, also over one that was killed.
func TestUseIsCounted(t *testing.T) {
	ix, dir, keys := opened(t)
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	used := ix.generation.box.Used()
	number, err := strconv.ParseUint(filepath.Base(ix.generation.dir), 10, 32)
	if err != nil {
		t.Fatal(err)
	}
	box, err := keys.Box(seal.Index, uint32(number))
	if err != nil || box.Used() != used || used < 10 {
		t.Fatalf("used %d of %d, %v", box.Used(), used, err)
	}
	if err := os.Remove(filepath.Join(ix.generation.dir, sumFile)); err != nil { // as when killed
		t.Fatal(err)
	}
	ix = reopened(t, dir, keys)
	if now := ix.generation.box.Used(); now < afterCrash || ix.Fresh() {
		t.Errorf("after a crash %d are counted", now)
	}
	ix.generation.box.Resume(nearlyAll)
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	if ix = reopened(t, dir, keys); !ix.Fresh() {
		t.Error("a key that is nearly used up is used on")
	}
}

// The filler of a Purge that was killed goes with the next write.
func TestFillerIsRemoved(t *testing.T) {
	ix, dir, keys := opened(t)
	if err := ix.writeAgain(putFiller); err != nil {
		t.Fatal(err)
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	ix = reopened(t, dir, keys)
	if found, err := ix.Find(context.Background(), "se"); err != nil || found.Exact.GetCardinality() != 1 {
		t.Errorf("Find beside the filler: %v, %v", found, err)
	}
	if err := ix.Checked(context.Background()); err != nil {
		t.Error(err)
	}
	if err := ix.write(2, nothing); err != nil {
		t.Fatal(err)
	}
	if count, err := ix.Count(); count != 1 || err != nil {
		t.Errorf("%d sessions, %v", count, err)
	}
}

// Files are merged only when those found on opening are good.
func TestMergeNeedsTheCheck(t *testing.T) {
	made, dir, keys := opened(t)
	if err := made.Close(); err != nil {
		t.Fatal(err)
	}
	ix := reopened(t, dir, keys)
	if err := ix.Checked(t.Context()); err != nil {
		t.Fatal(err)
	}
	snapshot, err := snapshotOf(ix.bleve)
	if err != nil {
		t.Fatal(err)
	}
	defer snapshot.Close()
	stats, err := ix.scorch()
	if err != nil {
		t.Fatal(err)
	}
	over, running, open := make(chan struct{}), make(chan struct{}), make(chan struct{})
	close(over)
	for _, c := range []struct {
		name    string
		check   check
		closing chan struct{}
		want    error
	}{
		{"closed before its end", check{done: running}, over, segment.ErrClosed},
		{"damaged", check{done: over, err: ErrDoubt}, open, segment.ErrClosed},
		{"good", check{done: over}, open, nil},
	} {
		ix.generation.check = c.check
		path := filepath.Join(ix.generation.dir, storeDir, "ffffffff.zap")
		files := []segment.Segment{snapshot.Segments()[0].Segment()}
		merged, _, err := maker.MergeUsing(files, []*roaring.Bitmap{nil}, path, c.closing, stats, nil)
		if !errors.Is(err, c.want) || (merged != nil) != (c.want == nil) {
			t.Errorf("%s: %v, %v, want %v", c.name, merged, err, c.want)
		}
	}
}
