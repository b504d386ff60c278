// What is asked: drawn from the sessions themselves, so that every question has
// an answer, with a fixed seed.

package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
	"unicode"

	"veridesk/backend/idv"
)

// question is one line of a table: queries of one kind.
type question struct {
	name    string
	queries []idv.Query
	bleve   bool // Bleve's own search can answer it
}

const (
	pageRows  = 50
	maxPrefix = 12
)

// draw draws queries.
type draw struct {
	*rand.Rand
	sessions []idv.Session // some of the archive's, none of them erased
	total    int           // of the archive
	tries    int           // queries of a line
}

// drawn is how many sessions questions are made from.
const drawn = 20_000

func newDraw(d *data, tries int) *draw {
	w := &draw{Rand: rand.New(rand.NewPCG(1, 1)), total: len(d.people), tries: tries}
	for _, rank := range w.Perm(len(d.people)) {
		if s := d.session(rank); s.Erased == nil {
			w.sessions = append(w.sessions, s)
		}
		if len(w.sessions) == drawn {
			break
		}
	}
	return w
}

// questions are all the lines but the orders.
func (w *draw) questions() []question {
	var all []question
	for length := 1; length <= maxPrefix; length++ {
		name := fmt.Sprintf("text of %d", length)
		all = append(all, w.line(name, true, func() idv.Query { return idv.Query{Text: w.prefix(length)} }))
	}
	return append(all,
		w.line("two words", true, func() idv.Query { return idv.Query{Text: w.twoWords()} }),
		w.line("whole personal number", true, func() idv.Query { return idv.Query{Text: w.number()} }),
		w.line("whole Session ID", true, func() idv.Query { return idv.Query{Text: w.session().ID} }),
		w.line("everything", false, func() idv.Query { return idv.Query{} }),
		w.line("1 filter", false, func() idv.Query { return idv.Query{Filter: w.filter(1)} }),
		w.line("3 filters", false, func() idv.Query { return idv.Query{Filter: w.filter(3)} }),
		w.line("text of 1, 3 filters", false, func() idv.Query { return idv.Query{Text: w.prefix(1), Filter: w.filter(3)} }),
		w.line("text of 3, 3 filters", false, func() idv.Query { return idv.Query{Text: w.prefix(3), Filter: w.filter(3)} }),
	)
}

func (w *draw) line(name string, bleve bool, query func() idv.Query) question {
	q := question{name: name, bleve: bleve}
	for range w.tries {
		one := query()
		one.Limit, one.Facets = pageRows, true
		q.queries = append(q.queries, one)
	}
	return q
}

// order are the questions for one order: its first page, and pages anywhere.
func (w *draw) order(sort idv.Sort) (first, deep question) {
	first.name, deep.name = string(sort.By), string(sort.By)
	for range max(1, w.tries/5) {
		query := idv.Query{Sort: sort, Limit: pageRows}
		first.queries = append(first.queries, query)
		query.Offset = w.IntN(max(1, w.total-pageRows))
		deep.queries = append(deep.queries, query)
	}
	return first, deep
}

func (w *draw) session() idv.Session { return w.sessions[w.IntN(len(w.sessions))] }

// prefix is what is typed so far of a word that somebody's session holds.
func (w *draw) prefix(length int) string {
	for {
		if word := w.word(w.session(), length); word != "" {
			return word
		}
	}
}

// word is the beginning of one of the session's words, "" if it is too short.
func (w *draw) word(s idv.Session, length int) string {
	p := s.Person
	texts := []string{p.FirstName.Latin, p.FirstName.Georgian, p.LastName.Latin, p.LastName.Georgian, p.PersonalNumber, s.Document.Number, s.ID}
	for _, field := range s.Extra {
		texts = append(texts, field.Value)
	}
	words := strings.Fields(texts[w.IntN(len(texts))])
	if len(words) == 0 {
		return ""
	}
	word := []rune(words[w.IntN(len(words))])
	if len(word) < length || !slices.ContainsFunc(word[:length], isSaid) {
		return ""
	}
	return string(word[:length])
}

// isSaid tells what is searched for from what stands between.
func isSaid(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func (w *draw) twoWords() string {
	for {
		p := w.session().Person
		first, last := []rune(p.FirstName.String()), []rune(p.LastName.String())
		if len(first) > 2 && len(last) > 2 {
			return string(first[:3]) + " " + string(last[:3])
		}
	}
}

func (w *draw) number() string {
	for {
		if number := w.session().Person.PersonalNumber; number != "" {
			return number
		}
	}
}

// filter restricts so many dimensions, dates among them, in a way that lets some
// session pass.
func (w *draw) filter(restricted int) (f idv.Filter) {
	s := w.session()
	facts := idv.NewFacts(s)
	year := time.Duration(w.IntN(365*24)+24) * time.Hour
	set := []func(){
		func() { f.Documents = []string{facts.DocumentType} },
		func() { f.Outcomes = []idv.Outcome{facts.Outcome, w.session().Outcome} },
		func() { f.Spoofs = []idv.Spoof{idv.DigitalSpoof, idv.NotFullID, idv.LowFAR}[w.IntN(3):] },
		func() { f.Matches = idv.Matches{Min: max(1, facts.MatchLevel-w.IntN(3)), None: facts.MatchLevel == 0} },
		func() { f.Liveness = []string{facts.Liveness} },
		func() { f.Environments = []string{facts.Environment} },
		func() { f.Tags = append(slices.Clone(facts.Tags), "")[:1] },
		func() { f.Devices = []string{facts.Device} },
		func() { f.Countries = []string{facts.Country, w.session().Location.Country} },
		func() { f.Reviewed = []string{reviewedWord(facts)} },
		func() { f.From, f.Before = idv.FormatTime(s.Created.Add(-year)), idv.FormatTime(s.Created.Add(year)) },
	}
	for _, i := range w.Perm(len(set))[:restricted] {
		set[i]()
	}
	return f
}
