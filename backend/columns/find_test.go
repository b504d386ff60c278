package columns_test

import (
	"errors"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"veridesk/backend/columns"
	"veridesk/backend/idv"
)

// draw makes up whatever a test needs.
type draw struct{ *rand.Rand }

func newDraw(seed uint64) draw { return draw{rand.New(rand.NewPCG(seed, 0))} }

func (r draw) in(of int) bool { return r.IntN(of) == 0 }

func pick[T any](r draw, from ...T) T { return from[r.IntN(len(from))] }

func (r draw) name() string { return pick(r, pick(r, letters...)...) }

// entry is a session of which many are alike: what an order does not tell apart
// must be told apart otherwise.
func (r draw) entry(ordinal uint32) columns.Entry {
	f := idv.Facts{
		Outcome:      pick(r, idv.Verified, idv.Verified, idv.Failed, idv.Rejected, idv.Pending, idv.Unfinished, ""),
		DocumentType: pick(r, "ID", "ID", "PASSPORT", "", "Residence card"),
		Digital:      r.in(9), NotFull: r.in(7), Reviewed: r.in(3), MatchLevel: pick(r, 0, 1, 2, 3, 4, 5, 6, 7, 9, 12),
		Liveness: pick(r, "passed", "failed", ""), Environment: pick(r, "Production", "Sandbox", ""),
		Device: pick(r, "PC", "Mobile", "", "Tablet"), Country: pick(r, "GE", "GE", "GE", "DE", "TR", ""),
		FirstName: r.name(), LastName: r.name(),
		PersonalNumber: pick(r, "", "01001000001", "01001000002", "0100-100 0001", "x1", "X-2"),
		DocumentNumber: pick(r, "", "13AB56789", "13ab 56789", "--", "A1234567890123", "A1234567890129"),
		SessionID:      pick(r, "3f2a-77", "3F2A78", "c0ffee00-0000-4000-8000-0000000000a1", "c0ffee00-0000-4000-8000-0000000000b2"),
		Extra:          pick(r, "", "", "Loan-1", "loan 1", "Loan-1; Tbilisi", "ლიზინგი", "loan-2", "!", "loan 1 t"),
	}
	for _, tag := range []string{"Blurry", "Glare", "Other person"} {
		if r.in(5) {
			f.Tags = append(f.Tags, tag)
		}
	}
	row := columns.Row{Ordinal: ordinal, Personal: r.Uint64N(50), Flags: columns.Flags(r.IntN(8))}
	row.Created, row.Finished = int64(r.IntN(120)-40)*1000, int64(r.IntN(100))*1000
	return columns.Entry{Row: row, Facts: f}
}

// erased is what stays of a session.
func erased(e columns.Entry) columns.Entry {
	e.Facts = idv.Facts{
		Outcome: e.Facts.Outcome, MatchLevel: e.Facts.MatchLevel, Liveness: e.Facts.Liveness,
		Environment: e.Facts.Environment, SessionID: e.Facts.SessionID,
	}
	e.Row.Personal, e.Row.Flags = 0, columns.Erased
	return e
}

func (r draw) filter() (f idv.Filter) {
	most := pick(r, 0, 1, 2, 3) // as a person would
	if r.in(10) {
		most = 11
	}
	for range most {
		switch r.IntN(11) {
		case 0:
			f.Documents = []string{pick(r, "ID", "PASSPORT", "", "Nothing")}
		case 1:
			f.Outcomes = []idv.Outcome{pick(r, idv.Verified, idv.Failed, ""), idv.Pending}
		case 2:
			f.Spoofs = pick(r, []idv.Spoof{"lowFar"}, []idv.Spoof{"digital"}, []idv.Spoof{"notFull", "lowFar"}, []idv.Spoof{"?"})
		case 3:
			f.Matches = idv.Matches{Min: r.IntN(6), Max: r.IntN(11), None: r.in(2)}
		case 4:
			f.Liveness = []string{pick(r, "passed", "failed", "")}
		case 5:
			f.From = time.UnixMilli(int64(r.IntN(120)-40) * 1000).UTC().Format(time.RFC3339)
		case 6:
			f.Before = time.UnixMilli(int64(r.IntN(120)-40) * 1000).UTC().Format(time.RFC3339)
		case 7:
			f.Environments = []string{pick(r, "Production", "Sandbox", "")}
		case 8:
			f.Tags = pick(r, []string{"Blurry"}, []string{"Glare", ""}, []string{"Other person", "Blurry"})
		case 9:
			f.Devices, f.Countries = []string{pick(r, "PC", "Mobile", ""), "Tablet"}, []string{pick(r, "GE", "DE", "")}
		case 10:
			f.Reviewed = pick(r, []string{"yes"}, []string{"no"}, []string{"yes", "no"}, []string{"perhaps"})
		}
	}
	return f
}

func (r draw) question(below uint32) columns.Question {
	q := columns.Question{
		Filter: r.filter(), Sort: idv.Sort{By: pick(r, idv.Orders[:]...), Ascending: r.in(2)},
		Accepted: r.IntN(9), Offset: pick(r, 0, 0, r.IntN(100)-1, r.IntN(int(below)+2)), Limit: pick(r, -1, 0, 1, 10, 50, 1000), Facets: r.in(3),
		Around: pick(r, 0, r.Uint32N(below+2)),
	}
	if share := pick(r, 0, 1, 2, 20, 100, 600); share > 0 { // some behind the last row
		q.Found = some(below+below/4, func() bool { return r.in(share) })
	}
	if q.Found != nil && r.in(3) {
		q.Near = some(below, func() bool { return r.in(10) })
		q.Near.AndNot(q.Found)
	}
	return q
}

// mustAgree asks both and compares the answers whole.
func mustAgree(t *testing.T, c *columns.Columns, w archive, q columns.Question) {
	t.Helper()
	got, err := c.Find(t.Context(), q)
	want := w.find(q)
	want.Seq = c.Seq()
	if err != nil || !reflect.DeepEqual(got, want) {
		at := 0
		for at < min(len(got.Ordinals), len(want.Ordinals)) && got.Ordinals[at] == want.Ordinals[at] {
			at++
		}
		got.Ordinals, want.Ordinals = got.Ordinals[at:min(at+9, len(got.Ordinals))], want.Ordinals[at:min(at+9, len(want.Ordinals))]
		t.Fatalf("%+v from %d for %d, filter %+v: from row %d on\ngot  %+v, %v\nwant %+v", q.Sort, q.Offset, q.Limit, q.Filter, at, got, err, want)
	}
}

// Total, order, page and every count agree with the slow way, while sessions
// come, change and are erased. Ordinals lie close together or far apart.
func TestAgreesWithScanning(t *testing.T) {
	for seed, apart := range []uint32{1, 1, 3, 977} {
		r, c, w := newDraw(uint64(seed)), columns.New(), archive{}
		loadRows(c, 0, nil)
		c.Filled(nil)
		below, last := uint32(20), columns.Question{}
		for seq := range uint64(25) {
			below += uint32(r.IntN(25))
			put := make([]columns.Entry, 0, 60)
			for range r.IntN(60) { // some twice in one change: the last one counts
				e := r.entry(r.Uint32N(below) * apart)
				if old, had := w[e.Row.Ordinal]; had && r.in(4) {
					e = erased(old)
				}
				put, w[e.Row.Ordinal] = append(put, e), e
			}
			c.Put(seq, put)
			if c.Len() != len(w) || c.Seq() != seq {
				t.Fatalf("Len %d, want %d; Seq %d, want %d", c.Len(), len(w), c.Seq(), seq)
			}
			mustAgree(t, c, w, last) // what is remembered of it is out of date
			for range 12 {
				last = r.question(below * apart)
				mustAgree(t, c, w, last)
			}
		}
	}
}

// What an archive brings when it opens agrees too, and what changes afterwards: its
// sessions lie on both sides of where a bitmap begins a new container, with gaps.
func TestAgreesAfterAStart(t *testing.T) {
	const below = 2<<16 + 50
	r, c, w := newDraw(11), columns.New(), archive{}
	for _, border := range []uint32{0, 1 << 16, 2 << 16} {
		for ordinal := max(border, 150) - 150; ordinal < min(border+150, below); ordinal++ {
			if !r.in(5) {
				w[ordinal] = r.entry(ordinal)
			}
		}
	}
	load(c, w)
	for seq := range uint64(40) {
		for range 12 {
			mustAgree(t, c, w, r.question(below))
		}
		e := r.entry(r.Uint32N(below))
		w[e.Row.Ordinal] = e
		c.Put(2+seq, []columns.Entry{e})
	}
}

// Every order, both ways, whole: hits that are few, many and all.
func TestEveryOrder(t *testing.T) {
	r, c, w := newDraw(7), columns.New(), archive{}
	for ordinal := range uint32(3000) {
		w[ordinal] = r.entry(ordinal)
	}
	load(c, w)
	for _, by := range idv.Orders {
		for _, ascending := range []bool{false, true} {
			for _, share := range []int{0, 1, 3, 1000} {
				q := columns.Question{Sort: idv.Sort{By: by, Ascending: ascending}, Limit: -1}
				if share > 0 {
					q.Found = some(3000, func() bool { return r.in(share) })
				}
				for range 3 {
					q.Around = r.Uint32N(3000)
					mustAgree(t, c, w, q)
				}
			}
		}
	}
}

// A few hits among many are sorted by themselves: many of them equals.
func TestFewAmongMany(t *testing.T) {
	const many = 20_000
	r, c, w := newDraw(8), columns.New(), archive{}
	for ordinal := range uint32(many) {
		w[ordinal] = r.entry(ordinal)
	}
	load(c, w)
	for _, by := range idv.Orders {
		for range 8 {
			few := some(many, func() bool { return r.in(many / 30) })
			for _, ascending := range []bool{false, true} {
				mustAgree(t, c, w, columns.Question{Found: few, Sort: idv.Sort{By: by, Ascending: ascending}, Offset: r.IntN(3), Limit: -1})
			}
		}
	}
}

// load brings sessions as an archive does when it opens.
func load(c *columns.Columns, w archive) {
	var rows []columns.Row
	var facts []idv.Facts
	for _, ordinal := range slices.Sorted(maps.Keys(w)) {
		rows = append(rows, w[ordinal].Row)
		facts = append(facts, make([]idv.Facts, int(ordinal)-len(facts))...)
		facts = append(facts, w[ordinal].Facts)
	}
	loadRows(c, 1, rows)
	for first := 0; first < len(facts); first += 100 {
		c.Fill(uint32(first), facts[first:min(first+100, len(facts))])
	}
	c.Filled(nil)
}

func TestMatchLevels(t *testing.T) {
	c := columns.New()
	for level := range 10 {
		c.Put(uint64(level), []columns.Entry{{Row: columns.Row{Ordinal: uint32(9 - level)}, Facts: idv.Facts{MatchLevel: level}}})
	}
	c.Filled(nil)
	for m, want := range map[idv.Matches][]uint32{
		{}:                             {9, 8, 7, 6, 5, 4, 3, 2, 1, 0},
		{Min: 7}:                       {2, 1, 0},
		{Max: 2}:                       {8, 7},
		{Min: 3, Max: 4}:               {6, 5},
		{Min: 3, Max: 4, None: true}:   {9, 6, 5},
		{None: true}:                   {9},
		{Min: 4, Max: 3}:               {},
		{Min: -1, Max: 1}:              {8},
		{Min: -1, Max: -1, None: true}: {9},
	} {
		mustFind(t, c, columns.Question{Limit: -1, Filter: idv.Filter{Matches: m}}, want...)
	}
}

func TestQuestionsThatCannotBeAnswered(t *testing.T) {
	c := columns.New()
	c.Filled(nil)
	for _, q := range []columns.Question{
		{Sort: idv.Sort{By: "shoe size"}},
		{Filter: idv.Filter{From: "yesterday"}},
	} {
		_, err := c.Find(t.Context(), q)
		if failed := (*idv.Error)(nil); !errors.As(err, &failed) || failed.Code != idv.CodeInvalid || failed.Hint == "" {
			t.Errorf("%+v: %v", q, err)
		}
	}
}
