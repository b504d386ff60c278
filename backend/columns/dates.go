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

// zoned is how many ordinals make a zone; whole words of a bitmap.
const zoned = 1 << 12

// zone is what is known of the creation times of zoned ordinals in a row. Sessions
// come about in the order in which they were created, so that most zones lie
// within a span or without, and need no look at each session.
type zone struct {
	least, most int64 // of all times that were ever there
	timed       int   // the sessions that have one
}

// has reports whether there is a creation time: it is that of a session, and known.
func has(created int64) bool { return created != absent && created != 0 }

// retime notes that a session's creation time changes.
func (z *zone) retime(from, to int64) {
	if has(from) {
		z.timed--
	}
	if !has(to) {
		return
	}
	if z.timed++; z.least == 0 && z.most == 0 {
		z.least, z.most = to, to
	}
	z.least, z.most = min(z.least, to), max(z.most, to)
}

// created is who was created within the span; those without a creation time are in
// none.
func (s span) created(r *rows) *roaring.Bitmap {
	s.from = max(s.from, absent+1)
	if s.from >= s.before {
		return roaring.New()
	}
	words := make([]uint64, (len(r.created)+63)/64)
	for i, zone := range r.zones {
		start := i * zoned
		times := r.created[start:min(start+zoned, len(r.created))]
		part := words[start/64:]
		switch {
		case zone.timed == 0 || zone.most < s.from || zone.least >= s.before:
		case zone.timed == zoned && zone.least >= s.from && zone.most < s.before:
			for at := range part[:zoned/64] {
				part[at] = math.MaxUint64
			}
		default:
			s.scan(times, part)
		}
	}
	return roaring.FromDense(words, false)
}

// scan sets the bits of the times within the span.
func (s span) scan(times []int64, words []uint64) {
	// Without branches: they would be guessed wrong, and often. An unsigned distance
	// under the width is within.
	width := uint64(s.before) - uint64(s.from)
	for i, at := range times {
		_, in := bits.Sub64(uint64(at)-uint64(s.from), width, 0)
		said := uint64(at|-at) >> 63 // 0 is no time
		words[i/64] |= (in & said) << (i % 64)
	}
}
