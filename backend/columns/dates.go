package columns

import (
	"math"
	"math/bits"

	"github.com/RoaringBitmap/roaring/v2"
)

// span is a range of creation times in Unix milliseconds: from, and before.
type span struct{ from, before int64 }

// open reports whether it takes in every session.
func (s span) open() bool { return s.from == math.MinInt64 && s.before == math.MaxInt64 }

// created scans for who was created within the span; those without a creation
// time are in none.
func (s span) created(times []int64) *roaring.Bitmap {
	from := max(s.from, absent+1)
	if from >= s.before {
		return roaring.New()
	}
	// Without branches: they would be guessed wrong, and a million times. An
	// unsigned distance under the width is within.
	width := uint64(s.before) - uint64(from)
	words := make([]uint64, (len(times)+63)/64)
	for i, at := range times {
		_, in := bits.Sub64(uint64(at)-uint64(from), width, 0)
		said := uint64(at|-at) >> 63 // 0 is no time
		words[i/64] |= (in & said) << (i % 64)
	}
	return roaring.FromDense(words, false)
}
