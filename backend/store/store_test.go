package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"testing"

	"veridesk/backend/idv"
	"veridesk/backend/store"
)

func TestWriteCountsAndKeepsOrdinals(t *testing.T) {
	s := open(t, path(t))
	first := write(t, s, store.Batch{Sessions: sessions(0, 3)})
	if first.Added != 3 || len(first.Changed) != 3 || first.Pages <= 0 {
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
	keys := vault(t)
	s := openWith(t, file, keys)
	id := s.ID()
	write(t, s, store.Batch{Source: "feed", Cursor: "c", Sessions: sessions(0, 2),
		Rejected: []idv.Rejection{{File: "a.csv", Row: 3, Column: "Birth Date", Reason: "no such day", Raw: "x"}}})
	if err := errors.Join(s.SetSetting("n", 7), s.Close()); err != nil {
		t.Fatal(err)
	}
	s = openWith(t, file, keys)
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
	rows := rows(t, s)
	if len(rows) != 2 || rows[0].Ordinal != 1 || rows[0].Created != session(0).Created.UnixMilli() {
		t.Errorf("rows %+v", rows)
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
