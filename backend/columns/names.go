package columns

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// names knows every name and its place among the others. Names of the same
// letters have one place: case, marks, apostrophes and hyphens do not tell names
// apart. The order is the Unicode Collation Algorithm's, without regard to any
// one language.
type names struct {
	places map[string]uint32 // where codes has a name as it is written
	codes  []uint32          // 0 has no letters
	keys   []string          // collation keys, by code
	sorted []uint32          // codes in the order of their keys
	fresh  []fresh           // noted since learn

	collator *collate.Collator
	buffer   collate.Buffer
}

// fresh is a name not met before.
type fresh struct {
	place uint32
	key   string
}

func newNames() *names {
	return &names{
		places: map[string]uint32{"": 0}, codes: []uint32{0}, keys: []string{""},
		collator: collate.New(language.Und, collate.Loose),
	}
}

// note takes a name down if it is a new one, and gives the place that its code has
// after learn.
func (n *names) note(name string) (place uint32) {
	place, known := n.places[name]
	if known {
		return place
	}
	place = uint32(len(n.codes))
	n.codes = append(n.codes, 0)
	n.places[strings.Clone(name)] = place // not what it was cut from
	if key := n.key(name); key != "" {
		n.fresh = append(n.fresh, fresh{place, key})
	}
	return place
}

// key is what a name is sorted by.
func (n *names) key(name string) string {
	letters := strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r):
			return unicode.ToLower(r) // the collation tables do not know Georgian capitals
		case unicode.IsMark(r), unicode.IsDigit(r):
			return r
		case unicode.IsSpace(r), unicode.Is(unicode.Pd, r):
			return ' '
		}
		return -1
	}, name))
	defer n.buffer.Reset()
	return string(n.collator.KeyFromString(&n.buffer, letters))
}

// learn gives the names noted their codes, and ranks all names anew if need be.
// Ranks that were given out are not changed.
func (n *names) learn(ranks []uint32) []uint32 {
	if len(n.fresh) == 0 {
		return ranks
	}
	slices.SortFunc(n.fresh, func(a, b fresh) int { return cmp.Compare(a.key, b.key) })
	merged, rest := make([]uint32, 0, len(n.sorted)+len(n.fresh)), n.sorted
	for _, name := range n.fresh {
		at, _ := slices.BinarySearchFunc(rest, name.key, func(code uint32, key string) int {
			return cmp.Compare(n.keys[code], key)
		})
		merged, rest = append(merged, rest[:at]...), rest[at:]
		switch {
		case len(rest) > 0 && n.keys[rest[0]] == name.key:
			n.codes[name.place] = rest[0]
			continue
		case len(merged) == 0 || n.keys[merged[len(merged)-1]] != name.key:
			merged = append(merged, uint32(len(n.keys)))
			n.keys = append(n.keys, name.key)
		}
		n.codes[name.place] = merged[len(merged)-1]
	}
	n.fresh = n.fresh[:0]
	if len(n.keys) == len(ranks) {
		return ranks
	}
	n.sorted = append(merged, rest...)
	return n.ranks()
}

// ranks are the places of the names, from 1, by code; 0 is no name's.
func (n *names) ranks() []uint32 {
	ranks := make([]uint32, len(n.keys))
	for place, code := range n.sorted {
		ranks[code] = uint32(place) + 1
	}
	return ranks
}
