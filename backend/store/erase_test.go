package store_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/store"
)

var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

// liquidated is a session as the portal sends it after it erased the data.
func liquidated(n int) idv.Session {
	return idv.Session{ID: id(n), Status: "Verified", Outcome: idv.Verified, Liquidated: ptr(true), Partner: "Example Bank"}
}

// get reads a session that has to be there.
func get(t *testing.T, s *store.Store, id string) idv.Session {
	t.Helper()
	got, err := s.Session(id)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// rich is a session of which something would be left if erasing forgot a place.
func rich(n int) idv.Session {
	s := full(n)
	s.ID = id(n)
	s.Unknown = map[string]string{"novelty": "1"}
	return s
}

// public is a row with what others than the store see of it.
func public(r store.Row) store.Row {
	return store.Row{
		Ordinal: r.Ordinal, Created: r.Created, Finished: r.Finished, Personal: r.Personal, Document: r.Document,
		Hold: r.Hold, Erased: r.Erased, Wanted: r.Wanted,
	}
}

func TestEraseLeavesATombstone(t *testing.T) {
	s := open(t, path(t))
	write(t, s, store.Batch{Sessions: []idv.Session{rich(0), rich(1), rich(2)}})
	photos := []store.Photo{{Name: "selfie-1", File: "aa/one"}, {Name: "front", File: "aa/two"}}
	if err := s.SetPhotos(id(1), photos, false); err != nil {
		t.Fatal(err)
	}
	result, err := s.Erase([]string{id(1)}, idv.ByUser, noon)
	if err != nil || result.Erased != 1 || !reflect.DeepEqual(result.Gone, []string{"aa/one", "aa/two"}) {
		t.Fatalf("%+v %v", result, err)
	}
	want := idv.Tombstone(rich(1), idv.ByUser, noon)
	if got := get(t, s, id(1)); !reflect.DeepEqual(got, want) {
		t.Errorf("what is left is %+v\nwant %+v", got, want)
	}
	row := store.Row{Ordinal: 2, Created: rich(1).Created.UnixMilli(), Erased: true}
	if got := public(rows(t, s)[1]); !reflect.DeepEqual(got, row) {
		t.Errorf("row %+v, want %+v", got, row)
	}
	changed := result.Changed[0]
	if got := public(changed.Row); !reflect.DeepEqual(got, row) || !reflect.DeepEqual(changed.Facts, idv.NewFacts(want)) {
		t.Errorf("changed row %+v, want %+v and the facts of a tombstone", changed, row)
	}
	if kept, err := s.Photos(2); len(kept) != 0 || err != nil {
		t.Errorf("photos %v %v", kept, err)
	}
	changes, err := s.Changes(3, 10)
	if err != nil || len(changes) != 1 || changes[0].Ordinal != 2 || changes[0].Session.Erased == nil {
		t.Errorf("changes %+v %v", changes, err)
	}
	if !s.Freed() {
		t.Error("nothing is said to be freed")
	}
	again, err := s.Erase([]string{id(1)}, idv.ByRetention, noon.Add(time.Hour))
	if err != nil || again.Unchanged != 1 || again.Erased != 0 {
		t.Errorf("erased again: %+v %v", again, err)
	}
}

func TestLatePagesDoNotResurrect(t *testing.T) {
	s := open(t, path(t))
	write(t, s, store.Batch{Sessions: sessions(0, 3)})
	if _, err := s.Erase([]string{id(0)}, idv.ByUser, noon); err != nil {
		t.Fatal(err)
	}
	write(t, s, store.Batch{Sessions: []idv.Session{liquidated(1)}})
	result := write(t, s, store.Batch{Sessions: []idv.Session{rich(0), rich(1), liquidated(0), liquidated(1)}})
	if result.Unchanged != 4 || len(result.Changed) != 0 {
		t.Errorf("late pages: %+v", result)
	}
	for _, n := range []int{0, 1} {
		if got := get(t, s, id(n)); got.Erased == nil || got.Person != (idv.Person{}) || got.MRZ != nil {
			t.Errorf("session %d is back: %+v", n, got)
		}
	}
	if err := s.SetPhotos(id(1), []store.Photo{{Name: "front", File: "late"}}, true); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("photos of a tombstone: %v", err)
	}
}

// TestThePortalLiquidates checks that times and outcome stay when the portal no
// longer says them, and that a session that is liquidated when it first comes
// is a tombstone at once.
func TestThePortalLiquidates(t *testing.T) {
	s := open(t, path(t))
	write(t, s, store.Batch{Sessions: sessions(0, 1)})
	bare := idv.Session{ID: id(0), Liquidated: ptr(true)}
	result := write(t, s, store.Batch{Sessions: []idv.Session{bare, liquidated(1)}})
	if result.Erased != 1 || result.Added != 1 || result.Updated != 0 || len(result.Changed) != 2 {
		t.Errorf("%+v", result)
	}
	got := get(t, s, id(0))
	if got.Erased == nil || got.Erased.Reason != idv.ByPortal || !got.Created.Equal(session(0).Created) || got.Outcome != idv.Verified || !got.IsLiquidated() {
		t.Errorf("left of the first: %+v", got)
	}
	if got := get(t, s, id(1)); !reflect.DeepEqual(got, idv.Tombstone(liquidated(1), idv.ByPortal, got.Erased.At)) {
		t.Errorf("left of the second: %+v", got)
	}
}

func TestEraseIsAllOrNothing(t *testing.T) {
	s := open(t, path(t))
	write(t, s, store.Batch{Sessions: sessions(0, 1200)})
	if _, err := s.SetHold([]string{id(1100)}, true); err != nil {
		t.Fatal(err)
	}
	_, err := s.Erase(append(ids(0, 1000), "nobody"), idv.ByUser, noon)
	wantCode(t, "unknown", err, idv.CodeNotFound)
	if err == nil || !strings.Contains(err.Error(), "nobody") {
		t.Errorf("unknown: %v", err)
	}
	_, err = s.Erase(ids(0, 1200), idv.ByUser, noon)
	wantCode(t, "under hold", err, idv.CodeInvalid)
	if err == nil || !strings.Contains(err.Error(), id(1100)) {
		t.Errorf("under hold: %v", err)
	}
	if n := erased(rows(t, s)); n != 0 {
		t.Errorf("%d were erased all the same", n)
	}
	result, err := s.Erase(ids(0, 1100), idv.ByRetention, noon)
	if err != nil || result.Erased != 1100 || len(result.Changed) != 1100 || erased(rows(t, s)) != 1100 {
		t.Errorf("%d erased, %v", result.Erased, err)
	}
}

func erased(rows []store.Row) (n int) {
	for _, row := range rows {
		if row.Erased {
			n++
		}
	}
	return n
}

func TestHoldKeepsWhatThePortalLiquidates(t *testing.T) {
	s := open(t, path(t))
	write(t, s, store.Batch{Sessions: []idv.Session{rich(0), rich(1)}})
	result, err := s.SetHold([]string{id(0)}, true)
	if err != nil || result.Updated != 1 || !result.Changed[0].Hold || !rows(t, s)[0].Hold {
		t.Fatalf("%+v %v", result, err)
	}
	write(t, s, store.Batch{Sessions: []idv.Session{liquidated(0), rich(1)}})
	want := rich(0)
	want.Liquidated = ptr(true)
	if got := get(t, s, id(0)); !reflect.DeepEqual(got.Person, want.Person) || !got.IsLiquidated() || got.Erased != nil || len(got.Attempts) != 2 {
		t.Errorf("under hold: %+v", got)
	}
	if row := rows(t, s)[0]; !row.Hold || row.Wanted || row.Erased {
		t.Errorf("row under hold: %+v", row)
	}
	if again := write(t, s, store.Batch{Sessions: []idv.Session{liquidated(0)}}); again.Unchanged != 1 {
		t.Errorf("liquidated again: %+v", again)
	}
	lifted, err := s.SetHold([]string{id(0)}, false)
	if err != nil || lifted.Erased != 1 || get(t, s, id(0)).Erased.Reason != idv.ByPortal || rows(t, s)[0].Hold {
		t.Errorf("lifted: %+v %v", lifted, err)
	}
	if nothing, err := s.SetHold([]string{id(0), id(1)}, false); err != nil || nothing.Unchanged != 2 {
		t.Errorf("nothing to lift: %+v %v", nothing, err)
	}
	_, err = s.SetHold([]string{id(1), "nobody"}, true)
	wantCode(t, "unknown", err, idv.CodeNotFound)
	if rows(t, s)[1].Hold {
		t.Error("half of a hold was kept")
	}
}

// TestWhatIsErasedIsLogged reads the audit log of holds and erasures.
func TestWhatIsErasedIsLogged(t *testing.T) {
	s := open(t, path(t))
	write(t, s, store.Batch{Sessions: sessions(0, 3), Audit: []store.Entry{{At: noon, Action: "sync", Detail: map[string]string{"added": "3"}}}})
	_, err1 := s.SetHold([]string{id(2)}, true)
	_, err2 := s.Erase([]string{id(0)}, idv.ByUser, noon)
	write(t, s, store.Batch{Sessions: []idv.Session{liquidated(1), liquidated(2)}})
	_, err3 := s.SetHold([]string{id(2)}, false)
	entries, err4 := s.Audit(0, 100)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, fmt.Sprint(e.Number, " ", e.Action, " ", strings.TrimPrefix(e.Object, id(0)[:len(id(0))-1]), e.Detail["reason"]))
	}
	want := []string{"1 sync ", "2 hold 2", "3 erase 0user", "4 erase 1portal", "5 release 2", "6 erase 2portal"}
	if !slices.Equal(got, want) {
		t.Errorf("logged\n %q\nwant\n %q", got, want)
	}
}
