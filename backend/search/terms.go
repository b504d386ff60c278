package search

import (
	"slices"
	"strings"

	"veridesk/backend/idv"
)

// How much of a session is indexed, so that no record can stall the search or
// fill the disk. Queries are cut in the same places.
const (
	maxText   = 1000 // characters of a field or of a query
	maxTerm   = 64   // characters of a term
	maxExtra  = 50   // extra fields
	maxGroups = 8    // groups of signs that are read as one number
)

// Terms are what a session is found by, each once: by the beginnings of these.
//
//   - Of its names, in every spelling, each word romanised, as it is written and
//     as it sounds (see sounds); and the words of one name written together.
//   - Of its personal number and document number, the groups of signs, and all
//     of them written together: "12 AB 345" is also "12ab345".
//   - Its Session ID written together. The groups of an ID are no words: they
//     would make every second session an answer to "be" or "de".
//   - Of the values of its extra fields, the words as those of names; what stands
//     without a blank between, written together; and a number in groups also
//     written together from each group on: "+995 555 12" is 995, 55512, 99555512
//     and so on.
//
// An erased session has none.
func Terms(s idv.Session) []string { return memory{}.terms(s) }

// memory keeps the terms of names and of other texts without digits, which come
// again and again in a batch.
type memory map[remembered][]string

type remembered struct {
	text  string
	extra bool // read as the value of an extra field, not as a name
}

func (m memory) terms(s idv.Session) []string {
	if s.Erased != nil {
		return nil
	}
	t := terms{make([]string, 0, usual)}
	for _, name := range []string{
		s.Person.FirstName.Latin, s.Person.FirstName.Georgian,
		s.Person.LastName.Latin, s.Person.LastName.Georgian,
	} {
		t.known(m, remembered{name, false}, t.name)
	}
	t.number(s.Person.PersonalNumber)
	t.number(s.Document.Number)
	t.plain(together(split(s.ID)))
	for _, field := range s.Extra[:min(len(s.Extra), maxExtra)] {
		t.known(m, remembered{field.Value, true}, t.extra)
	}
	slices.Sort(t.all)
	return slices.Compact(t.all)
}

// usual is room for the terms of most sessions.
const usual = 16

// terms gathers a session's.
type terms struct{ all []string }

// known adds what reading the text adds, which is remembered.
func (t *terms) known(m memory, what remembered, read func(text string)) {
	if known, ok := m[what]; ok {
		t.all = append(t.all, known...)
		return
	}
	before := len(t.all)
	read(what.text)
	if !hasDigit(what.text) {
		m[what] = slices.Clone(t.all[before:])
	}
}

func (t *terms) plain(term string) {
	if term != "" {
		t.all = append(t.all, term)
	}
}

// spoken adds a word as it is written and, if it is all letters, as it sounds.
func (t *terms) spoken(p piece) {
	t.plain(p.written)
	if !hasDigit(p.written) {
		for _, sound := range sounds(p.spoken) {
			t.plain(clip(sound, maxTerm))
		}
	}
}

func (t *terms) name(text string) {
	pieces := split(text)
	for _, p := range pieces {
		t.spoken(p)
	}
	if len(pieces) > 1 {
		t.spoken(joined(pieces))
	}
}

func (t *terms) number(text string) {
	pieces := split(text)
	for _, p := range pieces {
		t.plain(p.written)
	}
	t.plain(together(pieces))
}

func (t *terms) extra(text string) {
	pieces := split(text)
	for i, p := range pieces {
		t.spoken(p)
		if i > 0 && pieces[i-1].chunk == p.chunk {
			continue
		}
		if whole := chunkFrom(pieces[i:]); len(whole) > 1 {
			t.spoken(joined(whole))
		}
	}
	for i := range pieces {
		t.plain(together(groupsFrom(pieces[i:])))
	}
}

// chunkFrom is the first pieces, those with no blank between.
func chunkFrom(pieces []piece) []piece {
	n := 1
	for n < len(pieces) && pieces[n].chunk == pieces[0].chunk {
		n++
	}
	return pieces[:min(n, maxGroups)]
}

// groupsFrom is the first pieces as long as each holds a digit, if two or more.
func groupsFrom(pieces []piece) []piece {
	n := 0
	for n < min(len(pieces), maxGroups) && hasDigit(pieces[n].written) {
		n++
	}
	if n < 2 {
		return nil
	}
	return pieces[:n]
}

func hasDigit(word string) bool { return strings.ContainsAny(word, "0123456789") }
