package columns

import (
	"cmp"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/idv"
)

// named are the values that a filter names, by dimension; spoofs and matches go
// their own way.
func named(f idv.Filter) map[dimension][]string {
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
	for _, names := range named(f) {
		if len(names) > 0 {
			return true
		}
	}
	return len(f.Spoofs) > 0 || f.Matches != idv.Matches{}
}

// wanted are the numbers of the values that fit, for each dimension in which the
// question's filter restricts something. They need not be of that dimension: a low
// match level fits as a possible spoof.
type wanted map[dimension][]uint32

func (v *values) wanted(q *Question) wanted {
	all := wanted{}
	for d, names := range named(q.Filter) {
		if len(names) > 0 {
			all[d] = v.named(d, names)
		}
	}
	if len(q.Filter.Spoofs) > 0 {
		all[spoofs] = v.suspect(q.Filter.Spoofs, q.Accepted)
	}
	if m := q.Filter.Matches; m != (idv.Matches{}) {
		all[matches] = v.within(m)
	}
	return all
}

// restrictions are who fits, dimension by dimension.
func (v *values) restrictions(wanted wanted) []*roaring.Bitmap {
	var all []*roaring.Bitmap
	for _, numbers := range wanted {
		all = append(all, v.any(numbers))
	}
	slices.SortFunc(all, func(a, b *roaring.Bitmap) int { // the products are small soon then
		return cmp.Compare(a.GetCardinality(), b.GetCardinality())
	})
	return all
}

// lacks gives, by shape, the dimensions in which it does not fit.
func (v *values) lacks(wanted wanted) []set {
	demanded, fits := set(0), make([]set, len(v.all))
	for d, numbers := range wanted {
		demanded |= d.alone()
		for _, number := range numbers {
			fits[number] |= d.alone()
		}
	}
	lacks := make([]set, len(v.shapes))
	if demanded == 0 {
		return lacks
	}
	for i := range v.shapes {
		met := set(0)
		for _, number := range v.shapes[i].numbers {
			met |= fits[number]
		}
		lacks[i] = demanded &^ met
	}
	return lacks
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
