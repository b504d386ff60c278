package archive_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
)

// coin is a session that has failed or is verified.
func coin(i int, failed bool) idv.Session {
	outcome := idv.Verified
	if failed {
		outcome = idv.Failed
	}
	return idv.Session{
		ID: fmt.Sprintf("coin-%03d", i), Outcome: outcome, Created: time.Date(2025, 5, 1, 0, i, 0, 0, time.UTC),
		Person: idv.Person{FirstName: idv.Name{Latin: "NINO"}},
	}
}

// While sessions change, every answer is of one moment: what is filtered, what is
// counted and what the rows say agree.
func TestAnswersAreOfOneMoment(t *testing.T) {
	const coins, half = 200, 100
	a := open(t, t.TempDir())
	up := make([]bool, coins) // half of them have failed, at every moment
	var all batch
	for i := range up {
		up[i] = i < half
		all = append(all, coin(i, up[i]))
	}
	if _, err := a.Sync(t.Context(), all, nil); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for seq := uint64(0); ; {
				select {
				case <-done:
					return
				default:
					seq = mustBeOneMoment(t, a, seq, half)
				}
			}
		})
	}
	r := rand.New(rand.NewPCG(1, 1))
	for range 60 {
		var flipped batch
		for range 20 { // as many one way as the other
			i, j := r.IntN(coins), r.IntN(coins)
			if up[i] != up[j] {
				up[i], up[j] = up[j], up[i]
				flipped = append(flipped, coin(i, up[i]), coin(j, up[j]))
			}
		}
		if _, err := a.Sync(t.Context(), flipped, nil); err != nil {
			t.Error(err)
		}
	}
	close(done)
	readers.Wait()
}

func mustBeOneMoment(t *testing.T, a *archive.Archive, before uint64, half int) uint64 {
	page, err := a.Find(t.Context(), idv.Query{Filter: idv.Filter{Outcomes: []idv.Outcome{idv.Failed}}, Limit: idv.MaxLimit, Facets: true})
	if err != nil {
		t.Error(err)
		return before
	}
	for _, row := range page.Rows {
		if row.Outcome != idv.Failed {
			t.Errorf("a row of the failed ones is %s", row.Outcome)
		}
	}
	counts := map[string]int{}
	for _, c := range page.Facets.Outcomes {
		counts[c.Value] = c.Count
	}
	if page.Total != half || len(page.Rows) != half || counts["failed"] != half || counts["verified"] != half {
		t.Errorf("%d found, %d rows, counts %v; want %d", page.Total, len(page.Rows), counts, half)
	}
	if page.Seq < before {
		t.Errorf("change %d was seen after %d", page.Seq, before)
	}
	return page.Seq
}

// Without its index an archive answers all but text; whole IDs and numbers are
// found all the same.
func TestFiltersWithoutIndex(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	s := coin(1, true)
	s.Person.PersonalNumber = "01001000001"
	if _, err := a.Sync(t.Context(), batch{s, coin(2, false)}, nil); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	// A file where the index's folder should be keeps it from being made.
	if err := os.RemoveAll(filepath.Join(dir, "index")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "index"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	again, err := enter(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	for name, q := range map[string]idv.Query{
		"filter": {Filter: idv.Filter{Outcomes: []idv.Outcome{idv.Failed}}, Facets: true},
		"sorted": {Filter: idv.Filter{From: "2025-05-01T00:01:00Z", Before: "2025-05-01T00:02:00Z"}, Sort: idv.Sort{By: idv.ByLastName}},
		"ID":     {Text: " coin-001 "},
	} {
		q.Limit = 10
		page, err := again.Find(t.Context(), q)
		if err != nil || page.Total != 1 || page.Rows[0].SessionID != "coin-001" {
			t.Errorf("%s: %+v, %v", name, page, err)
		}
	}
}
