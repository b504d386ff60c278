package columns_test

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/columns"
	"veridesk/backend/idv"
)

const sessions = 1_000_000

// crowd makes sessions shaped like a bank's: some ten thousand names, numbers of
// which hardly two are alike, most sessions alike in the rest, four in ten with
// fields of the company's own.
type crowd struct {
	draw
	names []string
}

func newCrowd(seed uint64) crowd {
	r := newDraw(seed)
	names := make([]string, 12_000)
	for i := range names {
		name := make([]byte, 4+r.IntN(8))
		for at := range name {
			name[at] = byte('A' + r.IntN(26))
		}
		names[i] = string(name)
	}
	return crowd{r, names}
}

func (r crowd) session(ordinal uint32) columns.Entry {
	f := idv.Facts{
		Outcome:      often(r.draw, 88, idv.Verified, idv.Failed, idv.Failed, idv.Failed, idv.Unfinished, idv.Pending, idv.Rejected),
		DocumentType: often(r.draw, 58, "ID", "PASSPORT", "PASSPORT", "PASSPORT", "", "DRIVING_LICENSE", "RESIDENCE_CARD"),
		Digital:      r.in(100), NotFull: r.in(80), Reviewed: r.in(20), MatchLevel: often(r.draw, 70, 7, 6, 5, 5, 4, 0, 3, 2),
		Liveness: often(r.draw, 98, "passed", "failed", ""), Environment: often(r.draw, 99, "Production", "Sandbox"),
		Device: often(r.draw, 76, "Mobile", "PC", "PC", ""), Country: often(r.draw, 90, "GE", "", "TR", "DE", "US", fmt.Sprintf("%c%c", 'A'+r.IntN(6), 'A'+r.IntN(6))),
		FirstName: r.names[int(r.ExpFloat64()*500)%len(r.names)], LastName: r.names[int(r.ExpFloat64()*2000)%len(r.names)],
		PersonalNumber: fmt.Sprintf("%011d", r.IntN(1e9)), DocumentNumber: fmt.Sprintf("%02dAB%05d", r.IntN(100), r.IntN(1e5)),
		SessionID: fmt.Sprintf("%08x-%04x-4%03x", r.Uint32(), r.IntN(1<<16), r.IntN(1<<12)),
	}
	if r.IntN(10) < 4 {
		f.Extra = fmt.Sprintf("LOAN-%04d-%06d; branch Tbilisi %02d; M", r.IntN(10_000), r.IntN(1e6), r.IntN(40))
	}
	if r.in(80) {
		f.Tags = []string{pick(r.draw, "Blurry", "Glare", "Other person", "Expired")}
	}
	row := columns.Row{Ordinal: ordinal, Personal: r.Uint64(), Document: r.Uint64()}
	row.Created = 1_600_000_000_000 + int64(ordinal)*60_000 + r.Int64N(1e9)
	row.Finished = row.Created + r.Int64N(600_000)
	return columns.Entry{Row: row, Facts: f}
}

// often is the first in so many of a hundred cases, else one of the rest.
func often[T any](r draw, percent int, first T, rest ...T) T {
	if r.IntN(100) < percent {
		return first
	}
	return pick(r, rest...)
}

// heap is what is in use after a collection.
func heap() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// million is columns with a million sessions, made ready; it says what that took.
func million(b *testing.B) (*columns.Columns, crowd) {
	r, c := newCrowd(3), columns.New()
	empty := heap()
	rows, facts := make([]columns.Row, sessions), make([]idv.Facts, sessions)
	for i := range rows {
		e := r.session(uint32(i))
		rows[i], facts[i] = e.Row, e.Facts
	}
	start := time.Now()
	lap := func(what string) {
		b.Logf("%s in %v", what, time.Since(start).Round(time.Millisecond))
		start = time.Now()
	}
	loadRows(c, 1, rows)
	lap("loaded")
	ask(b, c, columns.Question{Limit: 50})
	lap("first list")
	for first := 0; first < sessions; first += 1024 {
		c.Fill(uint32(first), facts[first:min(first+1024, sessions)])
	}
	c.Filled(nil)
	lap("filled")
	if err := c.Warm(b.Context()); err != nil {
		b.Fatal(err)
	}
	lap("warm")
	rows, facts = nil, nil
	b.Logf("%.1f bytes a session", float64(heap()-empty)/sessions)
	return c, r
}

func ask(b *testing.B, c *columns.Columns, q columns.Question) {
	if _, err := c.Find(b.Context(), q); err != nil {
		b.Fatal(err)
	}
}

// hits are one in so many of the sessions, found by a text.
func hits(r draw, n int) *roaring.Bitmap {
	found := roaring.New()
	for range n {
		found.Add(r.Uint32N(sessions))
	}
	return found
}

// BenchmarkMillion answers questions of a million sessions.
func BenchmarkMillion(b *testing.B) {
	c, r := million(b)
	filters := map[string]idv.Filter{
		"no filter":     {},
		"one filter":    {Outcomes: []idv.Outcome{idv.Verified}},
		"three filters": {Documents: []string{"ID"}, Matches: idv.Matches{Min: 3, Max: 6}, Spoofs: []idv.Spoof{idv.LowFAR}},
		"dates":         {From: "2020-12-01T00:00:00Z", Before: "2021-12-01T00:00:00Z"},
		"all filters": {
			Documents: []string{"ID", "PASSPORT"}, Outcomes: []idv.Outcome{idv.Verified, idv.Failed}, Matches: idv.Matches{Min: 1, None: true},
			Liveness: []string{"passed", ""}, From: "2020-12-01T00:00:00Z", Environments: []string{"Production"},
			Tags: []string{"", "Glare"}, Devices: []string{"PC", "Mobile"}, Countries: []string{"GE", "AA"}, Reviewed: []string{"no"},
			Spoofs: []idv.Spoof{idv.LowFAR, idv.NotFullID},
		},
	}
	for _, n := range []int{-1, 0, 100, 3_000, 10_000, 60_000, 500_000} {
		text := (*roaring.Bitmap)(nil)
		if n >= 0 {
			text = hits(r.draw, n)
		}
		for name, filter := range filters {
			run(b, fmt.Sprintf("text %d/%s", n, name), c, func() columns.Question {
				return columns.Question{Found: text, Filter: filter, Accepted: 5, Limit: 50, Facets: true}
			})
		}
		run(b, fmt.Sprintf("text %d/another filter each time", n), c, func() columns.Question {
			return columns.Question{Found: text, Filter: r.filter(), Accepted: 5, Limit: 50, Facets: true}
		})
	}
}

// filter narrows by three dimensions, dates one time in three.
func (r crowd) filter() (f idv.Filter) {
	set := []func(){
		func() { f.Documents = []string{pick(r.draw, "ID", "PASSPORT", "")} },
		func() { f.Outcomes = []idv.Outcome{idv.Verified, pick(r.draw, idv.Failed, idv.Pending)} },
		func() { f.Spoofs = []idv.Spoof{pick(r.draw, idv.LowFAR, idv.DigitalSpoof, idv.NotFullID)} },
		func() { f.Matches.Min = 1 + r.IntN(7) },
		func() { f.Liveness = []string{"passed"} },
		func() { f.Tags = []string{pick(r.draw, "", "Glare", "Blurry")} },
		func() { f.Devices = []string{pick(r.draw, "PC", "Mobile")} },
		func() { f.Countries = []string{"GE", pick(r.draw, "", "TR", "AA")} },
		func() {
			from := time.UnixMilli(1_600_000_000_000).Add(time.Duration(r.IntN(sessions)) * time.Minute)
			f.From, f.Before = idv.FormatTime(from), idv.FormatTime(from.AddDate(0, 1+r.IntN(12), 0))
		},
	}
	for _, i := range r.Perm(len(set))[:3] {
		set[i]()
	}
	return f
}

// BenchmarkOrders lists the first page and one anywhere, in every order.
func BenchmarkOrders(b *testing.B) {
	c, r := million(b)
	half := idv.Filter{Liveness: []string{"passed"}}
	for _, by := range idv.Orders {
		for _, up := range []bool{true, false} {
			sort := idv.Sort{By: by, Ascending: up}
			for name, filter := range map[string]idv.Filter{"": {}, " filtered": half} {
				run(b, fmt.Sprintf("%s %v%s", by, up, name), c, func() columns.Question {
					return columns.Question{Filter: filter, Sort: sort, Limit: 50}
				})
				run(b, fmt.Sprintf("%s %v%s deep", by, up, name), c, func() columns.Question {
					return columns.Question{Filter: filter, Sort: sort, Limit: 50, Offset: r.IntN(600_000)}
				})
			}
			few := hits(r.draw, 1900)
			run(b, fmt.Sprintf("%s %v few", by, up), c, func() columns.Question {
				return columns.Question{Found: few, Sort: sort, Limit: 50}
			})
		}
	}
}

// run asks again and again and reports how long the slowest took.
func run(b *testing.B, name string, c *columns.Columns, question func() columns.Question) {
	b.Run(name, func(b *testing.B) {
		var took []time.Duration
		for b.Loop() {
			q, start := question(), time.Now()
			ask(b, c, q)
			took = append(took, time.Since(start))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[0].Microseconds()), "µs-min")
		b.ReportMetric(float64(took[len(took)/2].Microseconds()), "µs-p50")
		b.ReportMetric(float64(took[len(took)*95/100].Microseconds()), "µs-p95")
		b.ReportMetric(float64(took[len(took)-1].Microseconds()), "µs-max")
	})
}

// BenchmarkPut brings 500 sessions, most of them new, while others search.
func BenchmarkPut(b *testing.B) {
	c, r := million(b)
	next := uint32(sessions)
	put := func() {
		entries := make([]columns.Entry, 500)
		for i := range entries {
			ordinal := next
			if next++; i%10 == 0 {
				ordinal = r.Uint32N(next)
			}
			entries[i] = r.session(ordinal)
		}
		c.Put(uint64(next), entries)
	}
	b.Run("alone", func(b *testing.B) {
		for b.Loop() {
			put()
		}
	})
	b.Run("one list", func(b *testing.B) {
		for b.Loop() {
			ask(b, c, columns.Question{Limit: 50, Facets: true})
			put()
		}
	})
	b.Run("all orders in use", func(b *testing.B) {
		for b.Loop() {
			for _, by := range idv.Orders {
				ask(b, c, columns.Question{Limit: 50, Sort: idv.Sort{By: by}})
			}
			put()
		}
	})
	stop, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		every(50*time.Millisecond, stop, put)
	}()
	q := rand.New(rand.NewPCG(9, 0))
	run(b, "searching meanwhile", c, func() columns.Question {
		return columns.Question{Limit: 50, Facets: true, Filter: idv.Filter{Liveness: []string{"passed"}}, Offset: q.IntN(1000)}
	})
	close(stop)
	<-done
}

func every(d time.Duration, stop chan struct{}, do func()) {
	for tick := time.NewTicker(d); ; {
		select {
		case <-stop:
			return
		case <-tick.C:
			do()
		}
	}
}
