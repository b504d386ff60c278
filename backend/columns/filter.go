package columns

import (
	"cmp"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/idv"
)

// restriction is what one dimension of a filter leaves.
type restriction struct {
	by   dimension // dimensions stands for the dates
	fits *roaring.Bitmap
}

// wanted are the values that a filter names, by dimension; spoofs and matches
// go their own way.
func wanted(f idv.Filter) map[dimension][]string {
	outcome := make([]string, len(f.Outcomes))
	for i, o := range f.Outcomes {
		outcome[i] = string(o)
	}
	return map[dimension][]string{
		documents: f.Documents, outcomes: outcome, liveness: f.Liveness, environments: f.Environments,
		tags: f.Tags, devices: f.Devices, countries: f.Countries, reviewed: f.Reviewed,
	}
}

// needsFacts reports whether a filter goes by more than the dates.
func needsFacts(f idv.Filter) bool {
	for _, names := range wanted(f) {
		if len(names) > 0 {
			return true
		}
	}
	return len(f.Spoofs) > 0 || f.Matches != idv.Matches{}
}

// restrictions are what a filter demands, one for each dimension that it names.
func (c *Columns) restrictions(q *Question, span span) []restriction {
	var all []restriction
	for d, names := range wanted(q.Filter) {
		if len(names) > 0 {
			all = append(all, restriction{d, c.values.any(c.values.named(d, names))})
		}
	}
	if len(q.Filter.Spoofs) > 0 {
		all = append(all, restriction{spoofs, c.values.any(c.values.suspect(q.Filter.Spoofs, q.Accepted))})
	}
	if m := q.Filter.Matches; m != (idv.Matches{}) {
		all = append(all, restriction{matches, c.values.any(c.values.within(m))})
	}
	if !span.open() {
		all = append(all, restriction{dimensions, span.created(c.rows.created)})
	}
	slices.SortFunc(all, func(a, b restriction) int { // the products are small soon then
		return cmp.Compare(a.fits.GetCardinality(), b.fits.GetCardinality())
	})
	return all
}

// named are the numbers of the values of these names; what nobody has has none.
func (v *values) named(d dimension, names []string) (numbers []uint32) {
	for _, name := range names {
		if number, known := v.number[d][name]; known {
			numbers = append(numbers, number)
		}
	}
	return numbers
}

// suspect are the numbers of what makes for one of the spoof reasons.
func (v *values) suspect(reasons []idv.Spoof, accepted int) (numbers []uint32) {
	for _, reason := range reasons {
		if reason == idv.LowFAR {
			numbers = append(numbers, v.levels(1, accepted-1)...)
			continue
		}
		numbers = append(numbers, v.named(spoofs, []string{string(reason)})...)
	}
	return numbers
}

// within are the numbers of the match levels that a range takes in.
func (v *values) within(m idv.Matches) (numbers []uint32) {
	from, to := max(1, m.Min), m.Max
	if to <= 0 {
		to = math.MaxInt
	}
	if m.None {
		numbers = v.levels(0, 0)
	}
	if m.None && m.Min <= 0 && m.Max <= 0 {
		return numbers
	}
	return append(numbers, v.levels(from, to)...)
}

// both is what is in both; nil is everything. Neither is changed.
func both(a, b *roaring.Bitmap) *roaring.Bitmap {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	}
	return roaring.And(a, b)
}
