package columns

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/idv"
)

// facets counts what each value would leave of what the text finds, alone in its
// dimension and with the other restrictions as they are. What all restrictions
// leave of it is hits.
func (c *Columns) facets(q *Question, text, hits *roaring.Bitmap, narrow narrowing) idv.Facets {
	base, all := c.base(text), c.counter(hits)
	count := func(d dimension) counter {
		if others, named := narrow.without[d]; named {
			return base(others)
		}
		return all
	}
	counts := func(d dimension) []idv.Count { return c.counts(d, count(d)) }
	f := idv.Facets{
		Documents: counts(documents), Outcomes: counts(outcomes), Matches: counts(matches),
		Liveness: counts(liveness), Environments: counts(environments), Tags: counts(tags),
		Devices: counts(devices), Countries: counts(countries), Reviewed: counts(reviewed),
	}
	suspected, low := count(spoofs), idv.Count{Value: string(idv.LowFAR)}
	for _, level := range c.values.levels(1, q.Accepted-1) {
		low.Count += suspected(level)
	}
	f.Spoofs = append(c.counts(spoofs, suspected), low)
	return f
}

// counter counts who has a value, by its number.
type counter func(number uint32) int

// Up to one in so many of all sessions are counted session by session; up to one
// in fewer by who is not among them: lists of numbers, which their own bitmaps
// would be then, take ten times as long as bits to be compared with each value.
const (
	tallied = 200
	flipped = 12
)

// base gives counters within what the text finds and a filter leaves; nil text is
// everything.
func (c *Columns) base(text *roaring.Bitmap) func(fits *roaring.Bitmap) counter {
	hits, below := c.countOf(text), len(c.rows.created)
	if hits*tallied < c.rows.count || hits*flipped >= c.rows.count {
		return func(fits *roaring.Bitmap) counter { return c.counter(both(text, fits)) }
	}
	found := denseOf(text, below)
	return func(fits *roaring.Bitmap) counter {
		if fits == nil {
			return c.counterBut(slices.Clone(found).not())
		}
		return c.counterBut(denseOf(fits, below).and(found).not())
	}
}

// counter counts within ordinals; nil is everything.
func (c *Columns) counter(ordinals *roaring.Bitmap) counter {
	all := c.values.all
	if ordinals == nil {
		return func(number uint32) int { return int(all[number].held.GetCardinality()) }
	}
	switch hits := c.countOf(ordinals); {
	case hits*tallied < c.rows.count:
		tally := c.tally(ordinals)
		return func(number uint32) int { return tally[number] }
	case hits*flipped < c.rows.count:
		return c.counterBut(denseOf(ordinals, len(c.rows.created)).not())
	}
	return func(number uint32) int { return int(ordinals.AndCardinality(all[number].held)) }
}

// counterBut counts all but some ordinals.
func (c *Columns) counterBut(ordinals dense) counter {
	all, others := c.values.all, roaring.FromDense(ordinals, false)
	return func(number uint32) int {
		held := all[number].held
		return int(held.GetCardinality() - others.AndCardinality(held))
	}
}

// tally counts values session by session.
func (c *Columns) tally(base *roaring.Bitmap) []int {
	tally := make([]int, len(c.values.all))
	for ordinal := range roaring.Values(base) {
		for _, number := range c.values.shapes[c.rows.shape[ordinal]] {
			tally[number]++
		}
	}
	return tally
}

// counts are the counts of a dimension's values: of a closed one all in their
// order, then what else the archive has; of an open one by the most sessions in
// the archive.
func (c *Columns) counts(d dimension, count counter) []idv.Count {
	v := &c.values
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
			counts = append(counts, idv.Count{Value: v.all[number].name, Count: count(number)})
		}
	}
	return counts
}
