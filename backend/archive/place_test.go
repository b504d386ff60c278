package archive_test

import (
	"sync/atomic"
	"testing"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/demo"
	"veridesk/backend/idv"
)

// A list of what has failed, in which old sessions begin to fail while somebody
// looks at it: the place of each row of before is where the new list has it.
func TestPlaceAfterPendingTurnsFinal(t *testing.T) {
	var minutes atomic.Int64
	now := func() time.Time { return demo.Epoch.Add(time.Duration(minutes.Load()) * time.Minute) }
	url := serve(t, demo.New(demo.Options{Sessions: 500, Seed: 1, Key: "k", Now: now}))
	a := open(t, t.TempDir())
	if _, err := a.Sync(t.Context(), feed(t, url, "k"), nil); err != nil {
		t.Fatal(err)
	}
	failed := idv.Query{Filter: idv.Filter{Outcomes: []idv.Outcome{idv.Failed, idv.Rejected}}, Limit: idv.MaxLimit}
	before := mustFindPlace(t, a, failed, 0)
	pending := mustFindPlace(t, a, idv.Query{Filter: idv.Filter{Outcomes: []idv.Outcome{idv.Pending}}, Limit: 1}, 0).Rows[0].Ordinal
	minutes.Store(60)
	if _, err := a.Sync(t.Context(), feed(t, url, "k"), nil); err != nil {
		t.Fatal(err)
	}
	after := mustFindPlace(t, a, failed, 0)
	if after.Total <= before.Total {
		t.Fatalf("%d have failed, %d before: the test tests nothing", after.Total, before.Total)
	}
	moved := 0
	for i, row := range before.Rows {
		place := mustFindPlace(t, a, failed, row.Ordinal).Place
		if place < 0 || after.Rows[place].SessionID != row.SessionID {
			t.Fatalf("row %d is said to be at %d", i, place)
		}
		if place != i {
			moved++
		}
	}
	if moved == 0 {
		t.Error("no row has moved: the test tests nothing")
	}
	gone := idv.Query{Filter: idv.Filter{Outcomes: []idv.Outcome{idv.Pending}}}
	if place := mustFindPlace(t, a, gone, pending).Place; place != -1 {
		t.Errorf("a session that is not pending any more is at %d of the pending ones", place)
	}
}

func mustFindPlace(t *testing.T, a *archive.Archive, q idv.Query, around uint32) idv.Page {
	t.Helper()
	q.Around = around
	page, err := a.Find(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return page
}
