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
	counts := func(d dimension) []idv.Count { return v.counts(narrow.arranged[d], held) }
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

// counted is how many sessions of a shape there are: in as few bytes as will do, for
// there are thousands of shapes.
type counted struct {
	shape    uint32
	sessions int32
}

// sortable is how many sessions are sooner sorted by their shape than counted in a
// list of all shapes.
const sortable = 200

// tally counts ordinals by their shape; nil is everything.
func (c *Columns) tally(ordinals *roaring.Bitmap) []counted {
	if ordinals != nil && c.countOf(ordinals) <= sortable {
		return c.tallyFew(ordinals)
	}
	tally := c.tallyMany(ordinals)
	all, n := make([]counted, len(tally)), 0
	for shape, sessions := range tally {
		if sessions > 0 {
			all[n] = counted{uint32(shape), sessions}
			n++
		}
	}
	return all[:n]
}

func (c *Columns) tallyFew(ordinals *roaring.Bitmap) (all []counted) {
	var shapes [sortable]uint32
	n := 0
	for ordinal := range roaring.Values(ordinals) {
		shapes[n] = c.rows.shape[ordinal]
		n++
	}
	slices.Sort(shapes[:n])
	for i, shape := range shapes[:n] {
		if i == 0 || shape != shapes[i-1] {
			all = append(all, counted{shape: shape})
		}
		all[len(all)-1].sessions++
	}
	return all
}

// tallyMany has a count for each shape.
func (c *Columns) tallyMany(ordinals *roaring.Bitmap) []int32 {
	shapes := c.values.shapes
	tally := make([]int32, len(shapes))
	total := c.countOf(ordinals)
	if ordinals != nil && total < len(c.rows.created)/64 { // fewer than words to go through
		c.countEach(tally, ordinals)
		return tally
	}
	if ordinals == nil || 2*total > c.rows.count {
		for i := range shapes {
			tally[i] = int32(shapes[i].sessions)
		}
	}
	if ordinals == nil {
		return tally
	}
	bits, each := denseOf(ordinals, len(c.rows.created)), int32(1)
	defer bits.giveBack()
	if 2*total > c.rows.count { // those that are not in are fewer
		bits.invert(len(c.rows.created))
		each = -1
	}
	c.count(tally, *bits, each)
	return tally
}

// countEach counts each ordinal. They are taken out of their set beforehand, many at a
// time, so that the processor fetches several shapes at once: a call for each takes more
// than twice as long.
func (c *Columns) countEach(tally []int32, ordinals *roaring.Bitmap) {
	var some [1024]uint32
	for members := ordinals.ManyIterator(); ; {
		n := members.NextMany(some[:])
		if n == 0 {
			return
		}
		for _, ordinal := range some[:n] {
			tally[c.rows.shape[ordinal]]++
		}
	}
}

// count adds so much for each ordinal to the tally of its shape.
func (c *Columns) count(tally []int32, ordinals dense, each int32) {
	shape := c.rows.shape
	for i, word := range ordinals {
		for ; word != 0; word &= word - 1 {
			tally[shape[i*64+bits.TrailingZeros64(word)]] += each
		}
	}
}

// share adds up, by the number of a value, those who have it and lack nothing but
// what its own dimension demands.
func (v *values) share(tally []counted, lacks []set) []int {
	held := make([]int, len(v.all))
	for _, t := range tally {
		lack := lacks[t.shape]
		if lack&(lack-1) != 0 {
			continue // lacking in two dimensions
		}
		for _, number := range v.shapes[t.shape].numbers {
			if lack == 0 || lack == v.all[number].in {
				held[number] += int(t.sessions)
			}
		}
	}
	return held
}

// suspects counts those who have one of these match levels and lack nothing but
// what the spoof reasons demand.
func (v *values) suspects(levels []uint32, tally []counted, lacks []set) (count int) {
	low := make([]bool, len(v.all))
	for _, number := range levels {
		low[number] = true
	}
	for _, t := range tally {
		if lacks[t.shape]&^spoofs.alone() != 0 {
			continue
		}
		for _, number := range v.shapes[t.shape].numbers {
			if low[number] {
				count += int(t.sessions)
			}
		}
	}
	return count
}

// counts are the counts of values.
func (v *values) counts(numbers []uint32, held []int) []idv.Count {
	counts := make([]idv.Count, 0, len(numbers)+1)
	for _, number := range numbers {
		counts = append(counts, idv.Count{Value: v.all[number].name, Count: held[number]})
	}
	return counts
}

// arranged are the values of each dimension in the order of their counts: of a closed one
// all as they are known, then what else the archive has; of an open one by the most
// sessions in the archive.
func (v *values) arranged() *[dimensions][]uint32 {
	var all [dimensions][]uint32
	for d := range dimensions {
		known := len(closed[d])
		others := slices.DeleteFunc(slices.Clone(v.of[d][known:]), func(number uint32) bool {
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
		all[d] = slices.Concat(v.of[d][:known], others)
	}
	return &all
}
