package columns

import "github.com/RoaringBitmap/roaring/v2"

// dense is a bitmap as plain bits, for asking it a million times.
type dense []uint64

// denseOf is dense bits for the ordinals under below. Those must be all.
func denseOf(ordinals *roaring.Bitmap, below int) dense {
	d := make(dense, (below+63)/64)
	ordinals.WriteDenseTo(d)
	return d
}

// bit is 1 if the ordinal is in, else 0.
func (d dense) bit(ordinal uint32) int {
	return int(d[ordinal/64] >> (ordinal % 64) & 1)
}

// not turns it into those under below that were not in.
func (d dense) not(below int) dense {
	for i, word := range d {
		d[i] = ^word
	}
	if rest := below % 64; rest > 0 {
		d[len(d)-1] &= 1<<rest - 1
	}
	return d
}
