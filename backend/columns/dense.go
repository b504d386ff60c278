package columns

import (
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// dense is a bitmap as plain bits, for asking it a million times.
type dense []uint64

// usedDense are those given back: a question needs two of the size of the archive.
var usedDense = sync.Pool{New: func() any { return new(dense) }}

// denseOf is dense bits for the ordinals under below. Those must be all. It is to
// be given back.
func denseOf(ordinals *roaring.Bitmap, below int) *dense {
	d, words := usedDense.Get().(*dense), (below+63)/64
	*d = slices.Grow((*d)[:0], words)[:words]
	clear(*d)
	ordinals.WriteDenseTo(*d)
	return d
}

func (d *dense) giveBack() { usedDense.Put(d) }

// bit is 1 if the ordinal is in, else 0.
func (d dense) bit(ordinal uint32) int {
	return int(d[ordinal/64] >> (ordinal % 64) & 1)
}

// invert turns it into those under below that were not in.
func (d dense) invert(below int) {
	for i, word := range d {
		d[i] = ^word
	}
	if rest := below % 64; rest > 0 {
		d[len(d)-1] &= 1<<rest - 1
	}
}
