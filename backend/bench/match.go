// The words of a text and the terms of a session, as the peers are given them:
// they do not have to know how names are folded and sounded.

package main

import (
	"slices"
	"strings"
	"unicode"

	"veridesk/backend/idv"
	"veridesk/backend/search"
)

// termsOf are a session's terms, of letters and digits only.
func termsOf(s idv.Session) []string { return search.Terms(s) }

// expression says what a session must have: a term that begins with prefix, or
// all or any of the parts. The zero one finds everything.
type expression struct {
	prefix   string
	all, any []expression
}

// expressionOf is what the text asks for, look-alikes aside: each of its words,
// where those of one chunk may be read as one.
func expressionOf(text string) expression {
	var chunks []expression
	for _, chunk := range strings.Fields(text) {
		runs := strings.FieldsFunc(chunk, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
		})
		chunks = append(chunks, readings(runs[:min(len(runs), maxRuns)]))
	}
	return expression{all: chunks}.plain()
}

// maxRuns keeps a chunk of many runs from having thousands of readings; a Session
// ID has five.
const maxRuns = 6

// readings are all the ways to read some of the runs as one.
func readings(runs []string) expression {
	var ways []expression
	for n := 1; n <= len(runs); n++ {
		words := search.Words(strings.Join(runs[:n], ""))
		if len(words) == 0 {
			continue // marks alone
		}
		way := expression{all: []expression{anyOf(words[0].Prefixes), readings(runs[n:])}}
		ways = append(ways, way.plain())
	}
	return expression{any: ways}.plain()
}

func anyOf(prefixes []string) expression {
	var any []expression
	for _, prefix := range prefixes {
		any = append(any, expression{prefix: prefix})
	}
	return expression{any: any}.plain()
}

// isZero tells what finds everything.
func (e expression) isZero() bool { return e.prefix == "" && len(e.all)+len(e.any) == 0 }

// plain leaves out what says nothing.
func (e expression) plain() expression {
	e.all = slices.DeleteFunc(e.all, expression.isZero)
	switch {
	case len(e.all) == 1 && len(e.any) == 0:
		return e.all[0]
	case len(e.any) == 1 && len(e.all) == 0:
		return e.any[0]
	}
	return e
}

// fts writes the expression as SQLite's FTS5 takes it.
func (e expression) fts() string {
	parts, sign := e.all, " AND "
	switch {
	case e.isZero():
		return ""
	case e.prefix != "":
		return `"` + e.prefix + `" *`
	case len(e.any) > 0:
		parts, sign = e.any, " OR "
	}
	var all []string
	for _, part := range parts {
		all = append(all, part.fts())
	}
	return "(" + strings.Join(all, sign) + ")"
}
