package columns

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/idv"
)

// facets counts what each value would leave of what the text finds, alone in its
// dimension and with the other restrictions as they are: shape by shape, for they
// are far fewer than sessions.
func (c *Columns) facets(q *Question, text *roaring.Bitmap, narrow narrowing) idv.Facets {
	v := &c.values
	tally := c.tally(both(text, narrow.dated))
	held := v.share(tally, narrow.lacks)
	counts := func(d dimension) []idv.Count { return v.counts(d, held) }
	f := idv.Facets{
		Documents: counts(documents), Outcomes: counts(outcomes), Matches: counts(matches),
		Liveness: counts(liveness), Environments: counts(environments), Tags: counts(tags),
		Devices: counts(devices), Countries: counts(countries), Reviewed: counts(reviewed),
		Spoofs: counts(spoofs),
	}
	low := v.suspects(v.levels(1, q.Accepted-1), tally, narrow.lacks)
	f.Spoofs = append(f.Spoofs, idv.Count{Value: string(idv.LowFAR), Count: low})
	return f
}

// tally counts ordinals by their shape; nil is everything.
func (c *Columns) tally(ordinals *roaring.Bitmap) []int {
	shapes := c.values.shapes
	tally := make([]int, len(shapes))
	total := c.countOf(ordinals)
	if ordinals != nil && total < len(c.rows.created)/64 { // fewer than words to go through
		ordinals.Iterate(func(ordinal uint32) bool {
			tally[c.rows.shape[ordinal]]++
			return true
		})
		return tally
	}
	if ordinals == nil {
		for i := range shapes {
			tally[i] = shapes[i].sessions
		}
		return tally
	}
	bits := denseOf(ordinals, len(c.rows.created))
	defer bits.giveBack()
	if 2*total <= c.rows.count {
		c.count(tally, *bits, 1)
		return tally
	}
	bits.invert(len(c.rows.created)) // those that are not in are fewer
	for i := range shapes {
		tally[i] = shapes[i].sessions
	}
	c.count(tally, *bits, -1)
	return tally
}

// count adds so much for each ordinal to the tally of its shape.
func (c *Columns) count(tally []int, ordinals dense, each int) {
	shape := c.rows.shape
	for i, word := range ordinals {
		for ; word != 0; word &= word - 1 {
			tally[shape[i*64+bits.TrailingZeros64(word)]] += each
		}
	}
}

// share adds up, by the number of a value, those who have it and lack nothing but
// what its own dimension demands.
func (v *values) share(tally []int, lacks []set) []int {
	held := make([]int, len(v.all))
	for i, sessions := range tally {
		lack := lacks[i]
		if sessions == 0 || lack&(lack-1) != 0 {
			continue // nobody, or lacking in two dimensions
		}
		for _, number := range v.shapes[i].numbers {
			if lack == 0 || lack == v.all[number].in {
				held[number] += sessions
			}
		}
	}
	return held
}

// suspects counts those who have one of these match levels and lack nothing but
// what the spoof reasons demand.
func (v *values) suspects(levels []uint32, tally []int, lacks []set) (count int) {
	low := make([]bool, len(v.all))
	for _, number := range levels {
		low[number] = true
	}
	for i, sessions := range tally {
		if sessions == 0 || lacks[i]&^spoofs.alone() != 0 {
			continue
		}
		for _, number := range v.shapes[i].numbers {
			if low[number] {
				count += sessions
			}
		}
	}
	return count
}

// counts are the counts of a dimension's values: of a closed one all in their
// order, then what else the archive has; of an open one by the most sessions in
// the archive.
func (v *values) counts(d dimension, held []int) []idv.Count {
	known := v.of[d][:len(closed[d])]
	others := slices.DeleteFunc(slices.Clone(v.of[d][len(known):]), func(number uint32) bool {
		return v.all[number].held.IsEmpty()
	})
	slices.SortFunc(others, func(a, b uint32) int {
		if d == matches {
			return v.byLevel(a, b)
		}
		return cmp.Or(
			cmp.Compare(v.all[b].held.GetCardinality(), v.all[a].held.GetCardinality()),
			cmp.Compare(v.all[a].name, v.all[b].name),
		)
	})
	counts := make([]idv.Count, 0, len(v.of[d])+1)
	for _, numbers := range [][]uint32{known, others} {
		for _, number := range numbers {
			counts = append(counts, idv.Count{Value: v.all[number].name, Count: held[number]})
		}
	}
	return counts
}
