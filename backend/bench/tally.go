// Counts by combination: for a database that can group and knows nothing of
// facets. It says how many of the found sessions have each combination of values;
// total and facets follow from that alone, whatever is filtered.

package main

import (
	"fmt"
	"slices"

	"veridesk/backend/idv"
)

// combination is a session's values in each dimension, as codes.
type combination [][]int

// combinations are those that the archive has.
type combinations struct {
	all   []combination
	words [][]string // by dimension and code
	known map[string]int
}

func newCombinations() *combinations {
	return &combinations{words: make([][]string, len(dimensions)), known: map[string]int{}}
}

// of gives the number of a session's combination.
func (cs *combinations) of(f idv.Facts, accepted int) int {
	c := make(combination, len(dimensions))
	for i, d := range dimensions {
		for _, value := range d.values(f, accepted) {
			code := slices.Index(cs.words[i], value)
			if code < 0 {
				code = len(cs.words[i])
				cs.words[i] = append(cs.words[i], value)
			}
			c[i] = append(c[i], code)
		}
	}
	key := fmt.Sprint(c)
	number, found := cs.known[key]
	if !found {
		number = len(cs.all)
		cs.known[key] = number
		cs.all = append(cs.all, c)
	}
	return number
}

// tally adds up one answer.
type tally struct {
	of     *combinations
	open   []bool   // by dimension: nothing is filtered
	lets   [][]bool // by dimension and code: passes the filter
	total  int
	counts [][]int // by dimension and code
}

func (cs *combinations) tally(f idv.Filter) *tally {
	t := &tally{of: cs}
	for i, d := range dimensions {
		lets := make([]bool, len(cs.words[i]))
		for code, word := range cs.words[i] {
			lets[code] = d.lets(f, word)
		}
		t.open, t.lets = append(t.open, d.open(f)), append(t.lets, lets)
		t.counts = append(t.counts, make([]int, len(lets)))
	}
	return t
}

// add counts n sessions of one combination.
func (t *tally) add(number, n int) {
	c := t.of.all[number]
	only, pass := t.stopped(c)
	if pass {
		t.total += n
	}
	for i, codes := range c {
		if !pass && only != i {
			continue // another dimension stops them
		}
		for _, code := range codes {
			t.counts[i][code] += n
		}
	}
}

// stopped says whether the filter lets the combination pass; if not, which
// dimension alone stops it, or -1 if there are several.
func (t *tally) stopped(c combination) (only int, pass bool) {
	only = -1
	for i, codes := range c {
		if t.open[i] || slices.ContainsFunc(codes, func(code int) bool { return t.lets[i][code] }) {
			continue
		}
		if only >= 0 {
			return -1, false
		}
		only = i
	}
	return only, only < 0
}

// passing are the combinations that the filter lets pass.
func (t *tally) passing() (numbers []int) {
	for number, c := range t.of.all {
		if _, pass := t.stopped(c); pass {
			numbers = append(numbers, number)
		}
	}
	return numbers
}

// facets are the counts that are not 0.
func (t *tally) facets() (all idv.Facets) {
	for i, d := range dimensions {
		list := d.counts(&all)
		for code, n := range t.counts[i] {
			if n > 0 {
				*list = append(*list, idv.Count{Value: t.of.words[i][code], Count: n})
			}
		}
	}
	return all
}
