package columns

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"veridesk/backend/idv"
)

// groups are the numbers of the values that a list by value goes through, group
// by group. Those without a value are the last group.
func (v *values) groups(by idv.Sort) [][]uint32 {
	if by.By == idv.ByVerified {
		return turned(v.verdicts(), by.Ascending)
	}
	d, empty := grouped[by.By].by, grouped[by.By].empty
	numbers, last := []uint32{}, []uint32{}
	for _, number := range v.of[d] {
		if v.all[number].name == empty {
			last = append(last, number)
			continue
		}
		numbers = append(numbers, number)
	}
	slices.SortFunc(numbers, func(a, b uint32) int { return v.compare(d, a, b) })
	groups := make([][]uint32, 0, len(numbers)+1)
	for _, number := range numbers {
		groups = append(groups, []uint32{number})
	}
	return append(turned(groups, by.Ascending), last)
}

// grouped are the orders that go value by value: by what, and what is no value.
var grouped = map[idv.Order]struct {
	by    dimension
	empty string
}{
	idv.ByDocumentType: {documents, ""},
	idv.ByLiveness:     {liveness, ""},
	idv.ByMatchLevel:   {matches, "0"},
	idv.ByEnvironment:  {environments, ""},
	idv.ByDevice:       {devices, ""},
	idv.ByCountry:      {countries, ""},
}

// compare sorts values: liveness as it is closed, levels as numbers, the rest by
// their letters.
func (v *values) compare(d dimension, a, b uint32) int {
	switch left, right := v.all[a], v.all[b]; d {
	case liveness:
		return cmp.Compare(a, b)
	case matches:
		return v.byLevel(a, b)
	default:
		return cmp.Or(
			cmp.Compare(strings.ToLower(left.name), strings.ToLower(right.name)), cmp.Compare(left.name, right.name),
		)
	}
}

// verdicts are the outcomes by the word that the list has for them.
func (v *values) verdicts() [][]uint32 {
	words := []string{idv.Verified.ListWord(), idv.Pending.ListWord(), idv.Failed.ListWord()}
	groups := make([][]uint32, len(words))
	for _, number := range v.of[outcomes] {
		at := slices.Index(words, idv.Outcome(v.all[number].name).ListWord())
		groups[at] = append(groups[at], number)
	}
	return groups
}

// turned is groups the other way round unless they ascend.
func turned(groups [][]uint32, ascending bool) [][]uint32 {
	if !ascending {
		slices.Reverse(groups)
	}
	return groups
}

// byLevel compares match levels, which are numbers.
func (v *values) byLevel(a, b uint32) int {
	left, _ := strconv.Atoi(v.all[a].name)
	right, _ := strconv.Atoi(v.all[b].name)
	return cmp.Compare(left, right)
}
