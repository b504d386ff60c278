package columns_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/columns"
	"veridesk/backend/idv"
)

// rowsOf are three sessions as stage 1 brings them; 1 is the newest, 3 has no row.
func rowsOf() []columns.Row {
	return []columns.Row{
		{Ordinal: 0, Created: 5, Finished: 9, Personal: 77, Document: 88, Flags: columns.Hold | columns.Wanted},
		{Ordinal: 1, Created: 9, Personal: 88}, {Ordinal: 2, Created: 5}, {Ordinal: 4, Document: 77},
	}
}

// loadRows brings rows as they were at a change of the store.
func loadRows(c *columns.Columns, seq uint64, rows []columns.Row) {
	highest := 0
	for _, row := range rows {
		highest = max(highest, int(row.Ordinal))
	}
	_ = c.Load(seq, func(upTo func(int), row func(columns.Row)) error {
		upTo(highest)
		for _, one := range rows {
			row(one)
		}
		return nil
	})
}

func mustFind(t *testing.T, c *columns.Columns, q columns.Question, want ...uint32) columns.Answer {
	t.Helper()
	a, err := c.Find(t.Context(), q)
	if err != nil || a.Total != len(want) || !slices.Equal(a.Ordinals, want) {
		t.Fatalf("%+v: %+v, %v, want %v", q, a, err, want)
	}
	return a
}

// What goes by rows alone is answered before the facts have come; the rest waits.
func TestStages(t *testing.T) {
	c := columns.New()
	loadRows(c, 7, rowsOf())
	if a := mustFind(t, c, columns.Question{Limit: 9}, 1, 2, 0, 4); a.Seq != 7 {
		t.Errorf("at %d", a.Seq)
	}
	mustFind(t, c, columns.Question{Limit: -1, Sort: idv.Sort{By: idv.ByFinished}}, 0, 1, 2, 4)
	mustFind(t, c, columns.Question{Limit: -1, Filter: idv.Filter{From: "1970-01-01T00:00:00.006Z"}}, 1)
	impatient, stop := context.WithCancel(t.Context())
	stop()
	for _, q := range []columns.Question{
		{Facets: true}, {Sort: idv.Sort{By: idv.ByCountry}}, {Filter: idv.Filter{Tags: []string{""}}}, {Filter: idv.Filter{Matches: idv.Matches{Min: 1}}},
	} {
		if _, err := c.Find(impatient, q); !errors.Is(err, context.Canceled) {
			t.Errorf("%+v was answered without facts: %v", q, err)
		}
	}
	var waiter sync.WaitGroup
	waiter.Go(func() { mustFind(t, c, columns.Question{Limit: -1, Sort: idv.Sort{By: idv.ByCountry}}, 4, 1, 2, 0) })
	c.Put(8, []columns.Entry{{Row: rowsOf()[1], Facts: idv.Facts{Country: "GE"}}})
	c.Fill(0, []idv.Facts{{}, {Country: "AA: Put has brought a later one"}, {}, {Country: "none: there is no row"}, {Country: "ZZ"}, {}})
	c.Filled(nil)
	waiter.Wait()
}

// Sessions whose facts never come are ones of which nothing is known.
func TestWithoutFacts(t *testing.T) {
	c := columns.New()
	loadRows(c, 1, rowsOf())
	c.Fill(0, []idv.Facts{{Country: "GE"}})
	c.Filled(nil)
	mustFind(t, c, columns.Question{Limit: -1, Filter: idv.Filter{Countries: []string{""}}}, 1, 2, 4)
	a := mustFind(t, c, columns.Question{Limit: 0, Offset: 9, Facets: true, Found: roaring.New()})
	if want := []idv.Count{{Value: "", Count: 0}, {Value: "GE", Count: 0}}; !slices.Equal(a.Facets.Countries, want) {
		t.Errorf("%v, want %v", a.Facets.Countries, want)
	}
}

func TestFactsThatCannotBeRead(t *testing.T) {
	c, damaged := columns.New(), errors.New("damaged")
	loadRows(c, 1, rowsOf())
	c.Filled(damaged)
	if _, err := c.Find(t.Context(), columns.Question{Facets: true}); !errors.Is(err, damaged) {
		t.Errorf("answered %v", err)
	}
	mustFind(t, c, columns.Question{Limit: -1}, 1, 2, 0, 4)
}

func TestReach(t *testing.T) {
	c := columns.New()
	impatient, stop := context.WithCancel(t.Context())
	stop()
	if err := c.Reach(impatient, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("reached what has not been: %v", err)
	}
	var waiter sync.WaitGroup
	waiter.Go(func() {
		if err := c.Reach(t.Context(), 5); err != nil || c.Seq() < 5 {
			t.Errorf("at %d: %v", c.Seq(), err)
		}
	})
	for seq := range uint64(6) {
		c.Put(seq, nil)
	}
	waiter.Wait()
	if c.Put(2, nil); c.Seq() != 5 {
		t.Errorf("went back to %d", c.Seq())
	}
}

func TestRows(t *testing.T) {
	c := columns.New()
	loadRows(c, 1, rowsOf())
	for _, want := range rowsOf() {
		if got, ok := c.Row(want.Ordinal); !ok || got != want {
			t.Errorf("%+v, %v, want %+v", got, ok, want)
		}
	}
	for _, missing := range []uint32{3, 5, 1 << 31} {
		if row, ok := c.Row(missing); ok {
			t.Errorf("there is a row %+v", row)
		}
		c.SetFlags(missing, columns.Hold)
	}
	c.SetFlags(2, columns.Erased)
	if got, _ := c.Row(2); got != (columns.Row{Ordinal: 2, Created: 5, Flags: columns.Erased}) {
		t.Errorf("flagged %+v", got)
	}
	if got := c.Flags([]uint32{1 << 31, 2, 1}); !slices.Equal(got, []columns.Flags{0, columns.Erased, 0}) {
		t.Errorf("flags %v", got)
	}
	if erased := c.Where(func(r columns.Row) bool { return r.Flags.Has(columns.Erased) }); !slices.Equal(erased, []uint32{2}) {
		t.Errorf("erased %v", erased)
	}
	if all := c.Where(func(columns.Row) bool { return true }); !slices.Equal(all, []uint32{0, 1, 2, 4}) || c.Len() != 4 {
		t.Errorf("all %v, Len %d", all, c.Len())
	}
	if got := c.Numbered(77).ToArray(); !slices.Equal(got, []uint32{0, 4}) || !c.Numbered(0).IsEmpty() || !c.Numbered(1).IsEmpty() {
		t.Errorf("numbered %v", got)
	}
}

// An answer is of one moment: all of a change or nothing of it, whatever it is
// sorted by. Each change here gives all sessions another country and first name.
func TestOneMoment(t *testing.T) {
	const sessions, changes = 200, 60
	c := columns.New()
	change := func(seq uint64) {
		entries := make([]columns.Entry, sessions)
		for i := range entries {
			row := columns.Row{Ordinal: uint32(i), Created: int64(i) + 1}
			if seq%2 == 1 {
				row.Created = sessions - int64(i)
			}
			name := string(rune('A' + (uint64(i)+seq)%26))
			entries[i] = columns.Entry{Row: row, Facts: idv.Facts{Country: string(rune('A' + seq)), FirstName: name, Extra: name}}
		}
		c.Put(seq, entries)
	}
	change(0)
	c.Filled(nil)
	var workers sync.WaitGroup
	for seed := range uint64(4) {
		workers.Go(func() {
			for r := newDraw(seed); c.Seq() < changes-1; {
				q := columns.Question{Sort: idv.Sort{By: pick(r, idv.Orders[:]...), Ascending: r.in(2)}, Limit: -1, Facets: true}
				mustBeOneMoment(t, c, q, sessions)
				c.Where(func(row columns.Row) bool { return row.Flags.Has(columns.Hold) })
				c.SetFlags(r.Uint32N(sessions), columns.Hold)
			}
		})
	}
	workers.Go(func() {
		if err := c.Warm(t.Context()); err != nil {
			t.Error(err)
		}
	})
	for seq := range uint64(changes) {
		change(seq)
	}
	workers.Wait()
}

func mustBeOneMoment(t *testing.T, c *columns.Columns, q columns.Question, sessions int) {
	a, err := c.Find(t.Context(), q)
	if err != nil || a.Total != sessions || len(a.Ordinals) != sessions {
		t.Errorf("%d of %d, %v", len(a.Ordinals), a.Total, err)
		return
	}
	country := idv.Count{Value: string(rune('A' + a.Seq)), Count: sessions}
	if !slices.Equal(a.Facets.Countries, []idv.Count{country}) {
		t.Errorf("at %d: %v", a.Seq, a.Facets.Countries)
	}
	if newest := a.Ordinals[0]; q.Sort == (idv.Sort{}) && (newest == 0) != (a.Seq%2 == 1) {
		t.Errorf("at %d the newest is %d", a.Seq, newest)
	}
}
