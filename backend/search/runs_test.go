package search

import (
	"math/rand/v2"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"
)

// Whatever way documents are translated, one by one or run by run, they have the same
// ordinals: of numbers in long runs, in short ones, downwards and at random.
func TestRunsTranslateAlike(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 3))
	const many = 5000
	for name, next := range map[string]func(last uint32) uint32{
		"one run":    func(last uint32) uint32 { return last + 1 },
		"gaps":       func(last uint32) uint32 { return last + 1 + uint32(r.IntN(30)/29*70) },
		"pairs":      func(last uint32) uint32 { return last + 1 + last%2 },
		"downwards":  func(last uint32) uint32 { return last - 1 },
		"fresh runs": func(last uint32) uint32 { return last + 1 - uint32(r.IntN(200)/199*900) },
	} {
		c := content{numbers: make([]uint32, many)}
		last := uint32(10_000)
		for i := range c.numbers {
			last = next(last)
			c.numbers[i], c.highest = last, max(c.highest, last)
		}
		c.runs = runsOf(c.numbers)
		for _, one := range []int{1, 2, 3, 60, many} {
			documents := roaring.New()
			want := roaring.New()
			for document, ordinal := range c.numbers {
				if r.IntN(one) == 0 {
					documents.Add(uint32(document))
					want.Add(ordinal)
				}
			}
			got := translated([]*part{{content: &c}}, []*roaring.Bitmap{documents})
			if !got.Equals(want) {
				t.Errorf("%s, one of %d: %d ordinals, want %d", name, one, got.GetCardinality(), want.GetCardinality())
			}
		}
	}
}

// Runs cover every document once, in order.
func TestRunsAreWhole(t *testing.T) {
	numbers := []uint32{7, 8, 9, 0, 3, 4, 4, 5, 1}
	var back []uint32
	for i, r := range runsOf(numbers) {
		if int(r.document) != len(back) {
			t.Errorf("run %d begins at document %d", i, r.document)
		}
		for n := range r.length {
			back = append(back, r.ordinal+n)
		}
	}
	if len(runsOf(numbers)) != 5 || len(runsOf(nil)) != 0 {
		t.Errorf("%d runs", len(runsOf(numbers)))
	}
	for i := range numbers {
		if back[i] != numbers[i] {
			t.Fatalf("%v, want %v", back, numbers)
		}
	}
}
