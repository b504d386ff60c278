package search

// What a search means, the slow and obvious way: the index must give the same.

import (
	"slices"
	"strings"

	"veridesk/backend/idv"
)

// Matches reports whether a text finds a session. It does if its words, read in
// some way, are all answered by terms of the session. A word is answered exactly
// by a term that begins with it, and nearly by one that begins with what only
// looks like it. The session is found exactly if there is a way in which every
// word is; near is true if it is found, but not exactly. A text without any word
// finds nothing; a blank one is no question, see Find.
func Matches(text string, s idv.Session) (exact, near bool) { return Ask(text).Answer(Terms(s)) }

// Question is a text that has been read once, to be put to many sessions.
type Question struct {
	words    int
	readings []reading
}

// Ask reads a text.
func Ask(text string) Question {
	pieces := query(text)
	return Question{len(pieces), readings(pieces)}
}

// Answer tells of a session with these terms what Matches tells.
func (q Question) Answer(terms []string) (exact, near bool) {
	if q.words == 0 {
		return false, false
	}
	var exactly, anyhow [maxWords + 1]bool // up to a word
	exactly[0], anyhow[0] = true, true
	for _, r := range q.readings {
		if !anyhow[r.from] {
			continue
		}
		is, like := r.answeredBy(terms)
		exactly[r.to] = exactly[r.to] || exactly[r.from] && is
		anyhow[r.to] = anyhow[r.to] || is || like
	}
	exact = exactly[q.words]
	return exact, !exact && anyhow[q.words]
}

// answeredBy reports whether one of the terms answers the words, and how.
func (r reading) answeredBy(terms []string) (exactly, nearly bool) {
	for _, term := range terms {
		begins := func(prefix string) bool { return strings.HasPrefix(term, prefix) }
		exactly = exactly || slices.ContainsFunc(r.exact, begins)
		nearly = nearly || r.near != "" && beginsLike(term, r.near)
	}
	return exactly, nearly
}

// Near is the value of a session that a text only looks like, as it stands there
// ("13AB5678" for "13A85678"); "" unless the session is found only nearly.
func Near(text string, s idv.Session) string {
	if _, near := Matches(text, s); !near {
		return ""
	}
	terms := Terms(s)
	for _, r := range Ask(text).readings {
		if exactly, nearly := r.answeredBy(terms); exactly || !nearly {
			continue
		}
		for _, value := range valuesOf(s) {
			if _, nearly := r.answeredBy(Terms(value.session)); nearly {
				return value.text
			}
		}
	}
	return ""
}

// value is one value of a session, and a session that holds nothing else.
type value struct {
	text    string
	session idv.Session
}

func valuesOf(s idv.Session) []value {
	values := []value{
		{s.Document.Number, idv.Session{Document: idv.Document{Number: s.Document.Number}}},
		{s.Person.PersonalNumber, idv.Session{Person: idv.Person{PersonalNumber: s.Person.PersonalNumber}}},
		{s.ID, idv.Session{ID: s.ID}},
	}
	for _, field := range s.Extra[:min(len(s.Extra), maxExtra)] {
		values = append(values, value{field.Value, idv.Session{Extra: []idv.Field{field}}})
	}
	for _, name := range []idv.Name{s.Person.FirstName, s.Person.LastName} {
		for _, text := range []string{name.Latin, name.Georgian} {
			values = append(values, value{text, idv.Session{Person: idv.Person{FirstName: idv.Name{Latin: text}}}})
		}
	}
	return values
}
