package columns_test

import (
	"cmp"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/columns"
)

// rows is what columns ought to hold: the moment of creation by ordinal.
type rows map[uint32]int64

func (w rows) newest(found *roaring.Bitmap) []uint32 {
	ordinals := []uint32{}
	for ordinal := range w {
		if found == nil || found.Contains(ordinal) {
			ordinals = append(ordinals, ordinal)
		}
	}
	slices.SortFunc(ordinals, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(w[b], w[a]), cmp.Compare(b, a))
	})
	return ordinals
}

// some makes rows with many equal moments, some without one and some before 1970.
func some(r *rand.Rand, n, below int) []columns.Row {
	made := make([]columns.Row, n)
	for i := range made {
		made[i] = columns.Row{Ordinal: uint32(r.IntN(below)), Created: int64(r.IntN(200) - 20)}
	}
	return made
}

func TestAgreesWithSorting(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 0))
	c, w := columns.New(), rows{}
	for round := range 60 {
		if round%7 != 3 { // now and then ask twice without a change
			put := some(r, r.IntN(300), 100+40*round)
			c.Put(put)
			for _, row := range put {
				w[row.Ordinal] = row.Created
			}
		}
		if c.Len() != len(w) {
			t.Fatalf("round %d: Len = %d, want %d", round, c.Len(), len(w))
		}
		for _, share := range []int{0, 1, 2, 10, 1000} {
			found := roaring.New()
			for ordinal := range uint32(3000) {
				if share > 0 && r.IntN(share) == 0 {
					found.Add(ordinal)
				}
			}
			if share == 0 {
				found = nil
			}
			mustHold(t, c.Newest(found), w.newest(found), r)
		}
	}
}

func mustHold(t *testing.T, got columns.Selection, want []uint32, r *rand.Rand) {
	t.Helper()
	if got.Total() != len(want) || !slices.Equal(got.Slice(0, len(want)), want) {
		t.Fatalf("%d ordinals %v\nwant %d %v", got.Total(), got.Slice(0, 20), len(want), want[:min(20, len(want))])
	}
	offset, limit := r.IntN(len(want)+2), r.IntN(100)
	page := want[min(offset, len(want)):]
	page = page[:min(limit, len(page))]
	if !slices.Equal(got.Slice(offset, limit), page) {
		t.Fatalf("Slice(%d, %d) = %v, want %v", offset, limit, got.Slice(offset, limit), page)
	}
}

func TestSliceAtTheEdges(t *testing.T) {
	c := columns.New()
	c.Put([]columns.Row{{Ordinal: 0, Created: 5}, {Ordinal: 1, Created: 9}, {Ordinal: 2, Created: 5}})
	s := c.Newest(nil)
	for _, e := range []struct {
		offset, limit int
		want          []uint32
	}{
		{0, 10, []uint32{1, 2, 0}}, {1, 1, []uint32{2}}, {2, 1 << 62, []uint32{0}},
		{3, 1, []uint32{}}, {1 << 62, 1, []uint32{}}, {0, 0, []uint32{}}, {-1, 2, []uint32{}}, {0, -1, []uint32{}},
	} {
		if got := s.Slice(e.offset, e.limit); got == nil || !slices.Equal(got, e.want) {
			t.Errorf("Slice(%d, %d) = %v, want %v", e.offset, e.limit, got, e.want)
		}
	}
	if empty := columns.New().Newest(nil); empty.Total() != 0 || len(empty.Slice(0, 5)) != 0 {
		t.Error("new columns are not empty")
	}
	if far := roaring.BitmapOf(2, 77, 4_000_000_000); c.Newest(far).Total() != 1 {
		t.Error("ordinals without a row were counted")
	}
}

// A selection stays as it is while rows come and change, and a caller's change
// of a page reaches nobody.
func TestSelectionsStay(t *testing.T) {
	c := columns.New()
	c.Put(some(rand.New(rand.NewPCG(2, 0)), 500, 1000))
	s := c.Newest(nil)
	before := s.Slice(0, s.Total())
	clear(s.Slice(0, 10))
	var workers sync.WaitGroup
	for seed := range uint64(4) {
		workers.Go(func() {
			r := rand.New(rand.NewPCG(seed, 1))
			for range 50 {
				c.Put(some(r, 20, 1000))
				if all, n := c.Newest(nil), c.Len(); all.Total() > n {
					t.Errorf("%d of %d sessions listed", all.Total(), n)
				}
				c.Newest(roaring.BitmapOf(1, 2, 3)).Slice(0, 3)
			}
		})
	}
	workers.Wait()
	if !slices.Equal(before, s.Slice(0, s.Total())) {
		t.Error("the selection has changed")
	}
}

func million() *columns.Columns {
	r := rand.New(rand.NewPCG(3, 0))
	c, put := columns.New(), make([]columns.Row, 1_000_000)
	for i := range put {
		put[i] = columns.Row{Ordinal: uint32(i), Created: 1_600_000_000_000 + int64(i)*60_000 + r.Int64N(1e9)}
	}
	c.Put(put)
	c.Newest(nil)
	return c
}

// BenchmarkMillion answers from a million rows.
func BenchmarkMillion(b *testing.B) {
	c := million()
	half, thousand := roaring.New(), roaring.New()
	for i := uint32(0); i < 1_000_000; i += 2 {
		half.Add(i)
		if i%1000 == 0 {
			thousand.Add(i)
		}
	}
	r := rand.New(rand.NewPCG(4, 0))
	for name, found := range map[string]*roaring.Bitmap{"all": nil, "half": half, "thousand": thousand} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				s := c.Newest(found)
				s.Slice(r.IntN(s.Total()), 100)
			}
		})
	}
	b.Run("put 500", func(b *testing.B) {
		for b.Loop() {
			c.Put(some(r, 500, 1_000_000))
		}
	})
	b.Run("put 500 and list", func(b *testing.B) {
		c := million()
		for b.Loop() {
			c.Put(some(r, 500, 1_000_000))
			c.Newest(nil)
		}
	})
	b.Run("load", func(b *testing.B) {
		for b.Loop() {
			million()
		}
	})
}
