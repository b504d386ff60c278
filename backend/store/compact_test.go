package store_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"sync"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
	"veridesk/backend/store"
)

func TestCompactKeepsEverything(t *testing.T) {
	w := makeWorld(t, 600)
	s, err := store.Open(w.file, w.keys)
	if err != nil {
		t.Fatal(err)
	}
	write(t, s, store.Batch{Sessions: sessions(5000, 7000)})
	if _, err := s.Erase(ids(5000, 7000), idv.ByRetention, noon); err != nil {
		t.Fatal(err)
	}
	before, listed := size(t, w.file), rows(t, s)
	seq, err1 := s.Seq()
	length, root, err2 := s.Checkpoint()
	var last idv.Progress
	err3 := s.Compact(t.Context(), func(p idv.Progress) { last = p })
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	if s.Freed() || size(t, w.file) >= before {
		t.Errorf("freed %v, %d bytes before and %d after", s.Freed(), before, size(t, w.file))
	}
	if last != (idv.Progress{Phase: idv.PhaseCleaning, Done: 2600, Total: 2600}) {
		t.Errorf("reported last %+v", last)
	}
	seqAfter, err1 := s.Seq()
	lengthAfter, rootAfter, err2 := s.Checkpoint()
	if err := errors.Join(err1, err2); err != nil || seqAfter != seq || lengthAfter != length || rootAfter != root || !reflect.DeepEqual(rows(t, s), listed) {
		t.Errorf("something else is there, %v", err)
	}
	write(t, s, store.Batch{Sessions: sessions(7000, 7001)}) // it can be written to
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	check(t, w.file, w.keys)
}

func size(t *testing.T, path string) int64 {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Size()
}

func TestCompactStops(t *testing.T) {
	file := path(t)
	s := open(t, file)
	write(t, s, store.Batch{Sessions: sessions(0, 100)})
	if _, err := s.Erase(ids(0, 10), idv.ByUser, noon); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := s.Compact(ctx, silent); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	if _, err := os.Lstat(file + ".new"); !os.IsNotExist(err) || !s.Freed() {
		t.Errorf("a file is left over (%v), freed %v", err, s.Freed())
	}
	if list := rows(t, s); len(list) != 100 {
		t.Errorf("%d rows", len(list))
	}
}

// TestCompactWhileInUse reads, writes and erases while the file is replaced
// again and again: what was written meanwhile is there.
func TestCompactWhileInUse(t *testing.T) {
	s := open(t, path(t))
	write(t, s, store.Batch{Sessions: sessions(0, 500)})
	done, written := make(chan struct{}), 500
	var busy sync.WaitGroup
	for _, work := range []func() error{
		func() error { _, err := s.Session(id(3)); return err },
		func() error { return s.Rows(func(int) {}, func(store.Row) {}) },
		func() error { _, err := s.Changes(0, 100); return err },
		func() error {
			return s.Facts(t.Context(), func(uint32, []idv.Facts) ([]idv.Facts, error) { return nil, nil })
		},
		func() error {
			return s.Look(func(l *store.Look) error { _, err := l.Sessions([]uint32{1, 400}); return err })
		},
		func() error {
			_, err := s.Write(store.Batch{Sessions: sessions(written, written+1)})
			written++
			return err
		},
		func() error { _, err := s.Erase(ids(490, 500), idv.ByUser, noon); return err },
	} {
		busy.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if err := work(); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for range 8 {
		if err := s.Compact(t.Context(), silent); err != nil {
			t.Error(err)
		}
	}
	close(done)
	busy.Wait()
	for n := range written {
		if _, err := s.Session(id(n)); err != nil {
			t.Fatalf("session %d of %d: %v", n, written, err)
		}
	}
}

// TestOpenWaitsForACompaction opens the file a second time while it is
// replaced: who comes second gets the new file or none, never the old one.
func TestOpenWaitsForACompaction(t *testing.T) {
	file, keys := path(t), vault(t)
	for n := range 20 {
		first, err := store.Open(file, keys)
		if err != nil {
			t.Fatal(err)
		}
		opened := make(chan *store.Store)
		go func() {
			for {
				second, err := store.Open(file, keys)
				if e := idv.AsError(err); e == nil || e.Code != idv.CodeInUse {
					opened <- second
					return
				}
			}
		}()
		time.Sleep(time.Duration(n) * time.Millisecond) // it may wait for the lock by now, or not yet
		err = errors.Join(first.Compact(t.Context(), silent), first.Close())
		second := <-opened
		if err != nil || second == nil {
			t.Fatal(err)
		}
		write(t, second, store.Batch{Sessions: sessions(n, n+1)})
		if err := second.Close(); err != nil {
			t.Fatal(err)
		}
	}
	s := openWith(t, file, keys)
	if list := rows(t, s); len(list) != 20 {
		t.Errorf("%d of 20 sessions are there", len(list))
	}
}

func TestLeftoverOfACompactionGoes(t *testing.T) {
	file := path(t)
	if err := os.WriteFile(file+".new", []byte("half a file"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, file)
	if _, err := os.Lstat(file + ".new"); !os.IsNotExist(err) {
		t.Errorf("it is still there, %v", err)
	}
}

func TestSnapshotOpens(t *testing.T) {
	w := makeWorld(t, 50)
	s := openWith(t, w.file, w.keys)
	var copied bytes.Buffer
	n, err := s.Snapshot(&copied)
	if err != nil || n != int64(copied.Len()) {
		t.Fatalf("%d bytes, %d said, %v", copied.Len(), n, err)
	}
	write(t, s, store.Batch{Sessions: sessions(0, 10)})
	again := &world{file: filepath.Join(t.TempDir(), "copy.db"), keys: w.keys, want: w.want}
	if err := os.WriteFile(again.file, copied.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	if refused := again.read(t, "the copy"); refused > 0 {
		t.Errorf("%d reads of the copy were refused", refused)
	}
	check(t, again.file, w.keys)
}

func TestCheckPages(t *testing.T) {
	w := makeWorld(t, 50)
	if err := store.CheckPages(w.file); err != nil {
		t.Errorf("a whole file: %v", err)
	}
	held, err := store.Open(w.file, w.keys)
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, "a file in use", store.CheckPages(w.file), idv.CodeInUse)
	if err := held.Close(); err != nil {
		t.Fatal(err)
	}
	wantCode(t, "no database", store.CheckPages(os.Args[0]), idv.CodeDamaged)
}

func TestScrubCounts(t *testing.T) {
	w := makeWorld(t, 300)
	s := openWith(t, w.file, w.keys)
	var last idv.Progress
	found, err := s.Scrub(t.Context(), func(p idv.Progress) { last = p })
	if err != nil || found.Sessions != 300 || len(found.Damaged) > 0 {
		t.Errorf("%+v %v", found, err)
	}
	if last != (idv.Progress{Phase: idv.PhaseChecking, Done: 300, Total: 300}) {
		t.Errorf("reported last %+v", last)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if want := len(w.values(t)) + 1; found.Values != want { // the state is the one more
		t.Errorf("%d values opened, %d there", found.Values, want)
	}
}

// A damaged page may say that a value is a bucket. It is found, however often the
// pages lead round in it, and no compaction makes an empty value of it.
func TestBucketAmongValues(t *testing.T) {
	for _, bucket := range []string{"sessions", "rows", "audit", "settings"} {
		w := makeWorld(t, 50)
		edit(t, w.file, func(tx *bolt.Tx) error {
			_, err := tx.Bucket([]byte(bucket)).CreateBucket([]byte("within"))
			return err
		})
		s, err := store.Open(w.file, w.keys)
		if err != nil {
			t.Fatal(err)
		}
		found, err := s.Scrub(t.Context(), silent)
		if err != nil || len(found.Damaged) == 0 {
			t.Errorf("in %s: %+v, %v", bucket, found, err)
		}
		wantCode(t, "compacting "+bucket, s.Compact(t.Context(), silent), idv.CodeDamaged)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
