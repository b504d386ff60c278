package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
	"veridesk/backend/store"
)

// open opens a store that is closed, opened again and checked when the test ends.
func open(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		again, err := store.Open(path)
		if err != nil {
			t.Fatalf("reopen: %v", err)
		}
		defer again.Close()
		if err := again.Check(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func path(t *testing.T) string { return filepath.Join(t.TempDir(), "archive.db") }

func ptr[T any](v T) *T { return &v }

func session(n int) idv.Session {
	return idv.Session{
		ID:       fmt.Sprintf("00000000-0000-4000-8000-%012d", n),
		Outcome:  idv.Verified,
		Created:  time.Date(2025, 3, 1, 8, 0, n, 448e6, time.UTC),
		Person:   idv.Person{FirstName: idv.Name{Latin: "NINO", Georgian: "ნინო"}, PersonalNumber: fmt.Sprintf("%011d", n)},
		Document: idv.Document{Type: "ID", Number: fmt.Sprintf("17BB%05d", n)},
		Checks:   idv.Checks{MatchLevel: ptr(7), Liveness: ptr(0)},
		Tags:     []string{},
	}
}

func sessions(from, to int) []idv.Session {
	var list []idv.Session
	for n := from; n < to; n++ {
		list = append(list, session(n))
	}
	return list
}

func write(t *testing.T, s *store.Store, b store.Batch) store.Result {
	t.Helper()
	result, err := s.Write(b)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestWriteCountsAndKeepsOrdinals(t *testing.T) {
	s := open(t, path(t))
	first := write(t, s, store.Batch{Sessions: sessions(0, 3)})
	if first.Added != 3 || len(first.Changed) != 3 {
		t.Fatalf("first batch: %+v", first)
	}
	changed := session(1)
	changed.Outcome, changed.Person.Sex = idv.Failed, "female"
	second := write(t, s, store.Batch{Sessions: []idv.Session{session(0), changed, session(3)}})
	if second.Added != 1 || second.Updated != 1 || second.Unchanged != 1 {
		t.Fatalf("second batch: %+v", second)
	}
	if second.Changed[0].Ordinal != first.Changed[1].Ordinal {
		t.Errorf("the changed session moved from ordinal %d to %d", first.Changed[1].Ordinal, second.Changed[0].Ordinal)
	}
	if seq, _ := s.Seq(); seq != 5 {
		t.Errorf("sequence number %d after 5 changes", seq)
	}
	for got, err := range s.Sessions([]uint32{second.Changed[0].Ordinal}) {
		if err != nil || got.Person.Sex != "female" || got.Outcome != idv.Failed || !got.Created.Equal(changed.Created) {
			t.Errorf("read back %+v, %v", got, err)
		}
	}
}

func TestDetailsAreKeptApartAndMerged(t *testing.T) {
	s := open(t, path(t))
	full := session(1)
	full.MRZ = []idv.MRZField{{Field: "sex", Value: "female", Valid: ptr(true)}}
	full.Attempts = []idv.Attempt{{MRZ: "P<GEO", Created: full.Created}}
	full.Unknown = map[string]string{"novelty": "[1]"}
	write(t, s, store.Batch{Sessions: []idv.Session{full}})
	brief := session(1) // as a CSV row brings it: no details
	brief.Partner = "Example Bank"
	write(t, s, store.Batch{Sessions: []idv.Session{brief}})
	full.Partner, full.Tags = brief.Partner, nil // an empty list is kept as none
	got, err := s.Session(full.ID)
	if err != nil || !reflect.DeepEqual(got, full) {
		t.Errorf("%v\n got %+v\nwant %+v", err, got, full)
	}
	for got, err := range s.Sessions([]uint32{1}) {
		if err != nil || got.Partner != brief.Partner || got.MRZ != nil || got.Attempts != nil || got.Unknown != nil {
			t.Errorf("in brief: %+v, %v", got, err)
		}
	}
	full.Unknown = map[string]string{"novelty": "[2]"}
	if r := write(t, s, store.Batch{Sessions: []idv.Session{full}}); r.Updated != 1 {
		t.Errorf("a change in the details alone: %+v", r)
	}
	if _, err := s.Session("nobody"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("no such session: %v", err)
	}
}

func TestChangesComeOnceEachInOrder(t *testing.T) {
	s := open(t, path(t))
	write(t, s, store.Batch{Sessions: sessions(0, 4)})
	late := session(1)
	late.Partner = "Example Bank"
	write(t, s, store.Batch{Sessions: []idv.Session{late}})
	var seqs []uint64
	var ids []string
	for after := uint64(0); ; {
		changes, err := s.Changes(after, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(changes) == 0 {
			break
		}
		for _, c := range changes {
			seqs, ids = append(seqs, c.Seq), append(ids, c.Session.ID)
		}
		after = seqs[len(seqs)-1]
	}
	want := fmt.Sprint([]uint64{1, 3, 4, 5}, []string{session(0).ID, session(2).ID, session(3).ID, session(1).ID})
	if got := fmt.Sprint(seqs, ids); got != want {
		t.Errorf("changes\n got %s\nwant %s", got, want)
	}
}

func TestFailedBatchLeavesNothing(t *testing.T) {
	s := open(t, path(t))
	write(t, s, store.Batch{Source: "feed", Cursor: "page 1", Sessions: sessions(0, 2)})
	bad := session(3)
	bad.ID = ""
	if _, err := s.Write(store.Batch{Source: "feed", Cursor: "page 2", Sessions: []idv.Session{session(2), bad}}); err == nil {
		t.Fatal("a session without an ID was taken")
	}
	cursor, err := s.Cursor("feed")
	if err != nil || cursor != "page 1" {
		t.Errorf("cursor %q, %v after a batch that failed", cursor, err)
	}
	if seq, _ := s.Seq(); seq != 2 {
		t.Errorf("sequence number %d, want 2", seq)
	}
}

func TestReopenKeepsEverything(t *testing.T) {
	file := path(t)
	s, err := store.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	id := s.ID()
	write(t, s, store.Batch{Source: "feed", Cursor: "c", Sessions: sessions(0, 2),
		Rejected: []idv.Rejection{{File: "a.csv", Row: 3, Column: "Birth Date", Reason: "no such day", Raw: "x"}}})
	if err := errors.Join(s.SetSetting("n", 7), s.Close()); err != nil {
		t.Fatal(err)
	}
	s = open(t, file)
	cursor, err1 := s.Cursor("feed")
	rejected, err2 := s.Rejected()
	var n int
	err3 := s.Setting("n", &n)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	if s.ID() != id || cursor != "c" || n != 7 || len(rejected) != 1 || rejected[0].Raw != "x" || rejected[0].Row != 3 {
		t.Errorf("id %v cursor %q setting %d rejected %+v", s.ID() == id, cursor, n, rejected)
	}
	created := map[uint32]int64{}
	if err := s.Created(func(ordinal uint32, ms int64) { created[ordinal] = ms }); err != nil {
		t.Fatal(err)
	}
	if len(created) != 2 || created[1] != session(0).Created.UnixMilli() {
		t.Errorf("created %v", created)
	}
}

func TestRejectedAgainIsKeptOnce(t *testing.T) {
	s := open(t, path(t))
	r := idv.Rejection{File: "a.csv", Row: 3, Reason: "no such day", Raw: "x"}
	write(t, s, store.Batch{Rejected: []idv.Rejection{r}})
	write(t, s, store.Batch{Rejected: []idv.Rejection{r}})
	if list, err := s.Rejected(); err != nil || len(list) != 1 {
		t.Errorf("%d kept, %v", len(list), err)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	held := filepath.Join(dir, "held.db")
	open(t, held)
	foreign, newer := filepath.Join(dir, "foreign.db"), filepath.Join(dir, "newer.db")
	edit(t, foreign, "shop", "next", "1")
	edit(t, newer, "meta", "schema", "\x00\x00\x00\x00\x00\x00\x00\x63")
	for name, c := range map[string]struct {
		path string
		code idv.Code
	}{
		"in use":            {held, idv.CodeInUse},
		"not a database":    {file("text.db", "hello, this is no database"), idv.CodeDamaged},
		"another program's": {foreign, idv.CodeDamaged},
		"a newer version's": {newer, idv.CodeNewer},
		"below a file":      {filepath.Join(file("plain", ""), "archive.db"), idv.CodeNotWritable},
		"a folder":          {dir, idv.CodeNotWritable},
	} {
		s, err := store.Open(c.path)
		if err == nil {
			s.Close()
		}
		if got := idv.AsError(err); got == nil || got.Code != c.code || got.Hint == "" {
			t.Errorf("%s: %v, want code %s", name, err, c.code)
		}
	}
}

// edit puts a value into a file with bbolt itself.
func edit(t *testing.T, path, bucket, key, value string) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists([]byte(bucket))
		return errors.Join(err, b.Put([]byte(key), []byte(value)))
	})
	if err := errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestCheckNamesTheDamagedSession(t *testing.T) {
	file := path(t)
	s, err := store.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	write(t, s, store.Batch{Sessions: sessions(0, 3)})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	edit(t, file, "sessions", "\x00\x00\x00\x02", "\xff not a record")
	s, err = store.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Check(); err == nil || !strings.Contains(err.Error(), "Session number 2") {
		t.Errorf("check: %v", err)
	}
	for _, err := range s.Sessions([]uint32{2}) {
		if err == nil {
			t.Error("a damaged session was read")
		}
	}
}

// TestDamagedFileIsAnError cuts the file and overwrites pages of it: whatever is
// read then is right or an error, and never the end of the process.
func TestDamagedFileIsAnError(t *testing.T) {
	whole := path(t)
	s, err := store.Open(whole)
	if err != nil {
		t.Fatal(err)
	}
	write(t, s, store.Batch{Sessions: sessions(0, 2000)})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	harms := map[string][]byte{"half of it": data[:len(data)/2], "the start": data[:5*4096]}
	for n := range 12 {
		harmed := slices.Clone(data)
		at := 3*4096 + n*(len(data)-20*4096)/12
		for i := range 12 * 4096 {
			harmed[at+i] = 0xff
		}
		harms[fmt.Sprintf("overwritten at %d", at)] = harmed
	}
	failed := 0
	for name, harmed := range harms {
		file := filepath.Join(t.TempDir(), "archive.db")
		if err := os.WriteFile(file, harmed, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := readAll(file); err != nil {
			failed++
			if e := idv.AsError(err); e.Code != idv.CodeDamaged {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if failed < len(harms)/2 {
		t.Errorf("only %d of %d damaged files were noticed", failed, len(harms))
	}
}

// readAll reads a store in every way that the app does.
func readAll(file string) error {
	s, err := store.Open(file)
	if err != nil {
		return err
	}
	defer s.Close()
	var ordinals []uint32
	if err := s.Created(func(ordinal uint32, _ int64) { ordinals = append(ordinals, ordinal) }); err != nil {
		return err
	}
	for _, err := range s.Sessions(ordinals) {
		if err != nil {
			return err
		}
	}
	_, err = s.Changes(0, 5000)
	_, err2 := s.Session(session(7).ID)
	if errors.Is(err2, store.ErrNotFound) {
		err2 = nil // its page is gone, and the file cannot tell
	}
	return errors.Join(err, err2)
}
