// The dimensions of a list, said once more and in the plainest way: a session's
// values in each, and which values a filter lets through.

package main

import (
	"slices"
	"strconv"

	"veridesk/backend/idv"
)

// dimension is one of the filter's fields.
type dimension struct {
	values func(f idv.Facts, accepted int) []string
	// open says that the filter restricts nothing here, and lets whether a session
	// with this value among its values passes if it does.
	open   func(f idv.Filter) bool
	lets   func(f idv.Filter, value string) bool
	counts func(*idv.Facets) *[]idv.Count
}

var dimensions = []dimension{
	words(func(f idv.Facts) string { return f.DocumentType },
		func(f idv.Filter) []string { return f.Documents }, func(f *idv.Facets) *[]idv.Count { return &f.Documents }),
	words(func(f idv.Facts) string { return string(f.Outcome) },
		func(f idv.Filter) []idv.Outcome { return f.Outcomes }, func(f *idv.Facets) *[]idv.Count { return &f.Outcomes }),
	many(func(f idv.Facts, accepted int) (values []string) {
		for _, spoof := range f.Spoofs(accepted) {
			values = append(values, string(spoof))
		}
		return values
	}, func(f idv.Filter) []idv.Spoof { return f.Spoofs }, func(f *idv.Facets) *[]idv.Count { return &f.Spoofs }),
	{
		func(f idv.Facts, _ int) []string { return []string{strconv.Itoa(f.MatchLevel)} },
		func(f idv.Filter) bool { return f.Matches == idv.Matches{} },
		within,
		func(f *idv.Facets) *[]idv.Count { return &f.Matches },
	},
	words(func(f idv.Facts) string { return f.Liveness },
		func(f idv.Filter) []string { return f.Liveness }, func(f *idv.Facets) *[]idv.Count { return &f.Liveness }),
	words(func(f idv.Facts) string { return f.Environment },
		func(f idv.Filter) []string { return f.Environments }, func(f *idv.Facets) *[]idv.Count { return &f.Environments }),
	many(func(f idv.Facts, _ int) []string {
		if len(f.Tags) == 0 {
			return []string{""}
		}
		return f.Tags
	}, func(f idv.Filter) []string { return f.Tags }, func(f *idv.Facets) *[]idv.Count { return &f.Tags }),
	words(func(f idv.Facts) string { return f.Device },
		func(f idv.Filter) []string { return f.Devices }, func(f *idv.Facets) *[]idv.Count { return &f.Devices }),
	words(func(f idv.Facts) string { return f.Country },
		func(f idv.Filter) []string { return f.Countries }, func(f *idv.Facets) *[]idv.Count { return &f.Countries }),
	words(reviewedWord,
		func(f idv.Filter) []string { return f.Reviewed }, func(f *idv.Facets) *[]idv.Count { return &f.Reviewed }),
}

// words is a dimension of which a session has one value.
func words[T ~string](value func(idv.Facts) string, wanted func(idv.Filter) []T, counts func(*idv.Facets) *[]idv.Count) dimension {
	return many(func(f idv.Facts, _ int) []string { return []string{value(f)} }, wanted, counts)
}

// many is a dimension of which a session may have no value, or several.
func many[T ~string](values func(idv.Facts, int) []string, wanted func(idv.Filter) []T, counts func(*idv.Facets) *[]idv.Count) dimension {
	return dimension{
		values,
		func(f idv.Filter) bool { return len(wanted(f)) == 0 },
		func(f idv.Filter, value string) bool { return slices.Contains(wanted(f), T(value)) },
		counts,
	}
}

func reviewedWord(f idv.Facts) string {
	if f.Reviewed {
		return idv.ReviewedYes
	}
	return idv.ReviewedNo
}

// within takes a match level in digits.
func within(f idv.Filter, value string) bool {
	level, _ := strconv.Atoi(value)
	switch m := f.Matches; {
	case level == 0:
		return m.None
	case m.Min == 0 && m.Max == 0:
		return false // only those without data
	default:
		return level >= m.Min && (m.Max == 0 || level <= m.Max)
	}
}
