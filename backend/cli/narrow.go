package cli

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"veridesk/backend/idv"
)

// The flags that narrow down and sort what search shows and export writes.

const narrowUsage = `[--from DATE] [--to DATE] [--status WORD,...] [--document TYPE,...]
  [--spoof WORD,...] [--level RANGE] [--liveness WORD,...] [--reviewed yes|no] [--environment WORD,...]
  [--tag WORD,...] [--device WORD,...] [--country CODE,...] [--sort COLUMN] [--ascending]`

const narrowHelp = `

A word in a list is one of several to be found; none stands for sessions without
that value. A DATE is a day of this computer's time zone, 2026-11-23, both days
included, or a moment, 2026-11-23T09:00:00Z. --status takes verified, failed,
rejected, pending, unfinished; --spoof digital, notFull, lowFar; --level one level,
a range like 1-3 or 5-, or none; --liveness passed, failed; --sort created,
finished, firstName, lastName, personalNumber, documentNumber, sessionId,
documentType, liveness, verified, matchLevel, extra, environment, device, country.`

// none is what the command line writes for the value that is not there.
const none = "none"

// narrow holds the flags until they are parsed.
type narrow struct {
	lists     map[string]*[]string
	from, to  *string
	level     *string
	sort      *string
	ascending *bool
}

func newNarrow(flags *pflag.FlagSet) *narrow {
	n := &narrow{
		lists: map[string]*[]string{},
		from:  flags.String("from", "", ""), to: flags.String("to", "", ""), level: flags.String("level", "", ""),
		sort: flags.String("sort", "", ""), ascending: flags.Bool("ascending", false, ""),
	}
	for _, name := range []string{"status", "document", "spoof", "liveness", "reviewed", "environment", "tag", "device", "country"} {
		n.lists[name] = flags.StringSlice(name, nil, "")
	}
	return n
}

// query makes the question of the flags and the text.
func (n *narrow) query(text []string, here *time.Location) (q idv.Query, err error) {
	q.Text = strings.Join(text, " ")
	if q.Filter, err = n.filter(here); err != nil {
		return q, err
	}
	q.Sort = idv.Sort{By: idv.Order(*n.sort), Ascending: *n.ascending}
	if q.Sort.By == "created" {
		q.Sort.By = idv.ByCreated
	}
	if !slices.Contains(idv.Orders[:], q.Sort.By) {
		return q, usage("There is no column %q to sort by; see: veridesk help search.", *n.sort)
	}
	return q, nil
}

func (n *narrow) filter(here *time.Location) (f idv.Filter, err error) {
	list := func(name string, known ...string) []string {
		words, wrong := n.words(name, known)
		if wrong != nil && err == nil {
			err = wrong
		}
		return words
	}
	f = idv.Filter{
		Documents:    list("document"),
		Outcomes:     as[idv.Outcome](list("status", string(idv.Verified), string(idv.Failed), string(idv.Rejected), string(idv.Pending), string(idv.Unfinished), none)),
		Spoofs:       as[idv.Spoof](list("spoof", string(idv.DigitalSpoof), string(idv.NotFullID), string(idv.LowFAR))),
		Liveness:     list("liveness", idv.LivenessPassed, idv.LivenessFailed, none),
		Environments: list("environment"), Tags: list("tag"), Devices: list("device"), Countries: list("country"),
		Reviewed: list("reviewed", idv.ReviewedYes, idv.ReviewedNo),
	}
	if err != nil {
		return f, err
	}
	if f.From, err = moment("--from", *n.from, 0, here); err != nil {
		return f, err
	}
	if f.Before, err = moment("--to", *n.to, 1, here); err != nil {
		return f, err
	}
	f.Matches, err = levels(*n.level)
	return f, err
}

// words are the values of a list; known are all that it may have, if any are given.
func (n *narrow) words(name string, known []string) (words []string, err error) {
	for _, word := range *n.lists[name] {
		if len(known) > 0 && !slices.Contains(known, word) {
			return nil, usage("--%s takes %s, not %q.", name, strings.Join(known, ", "), word)
		}
		if word == none {
			word = ""
		}
		words = append(words, word)
	}
	return words, nil
}

// as gives words their type.
func as[T ~string](words []string) (typed []T) {
	for _, word := range words {
		typed = append(typed, T(word))
	}
	return typed
}

// moment reads a date as the beginning of that day, so many days on.
func moment(flag, text string, days int, here *time.Location) (string, error) {
	if text == "" {
		return "", nil
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at.Format(time.RFC3339Nano), nil
	}
	day, err := time.ParseInLocation(time.DateOnly, text, here)
	if err != nil {
		return "", usage("%s takes a day like 2026-11-23 or a moment like 2026-11-23T09:00:00Z, not %q.", flag, text)
	}
	return day.AddDate(0, 0, days).Format(time.RFC3339), nil
}

// levels reads a level, a range of them, or none.
func levels(text string) (m idv.Matches, err error) {
	switch text {
	case "":
		return m, nil
	case none:
		return idv.Matches{None: true}, nil
	}
	low, high, isRange := strings.Cut(text, "-")
	if !isRange {
		high = low
	}
	for _, end := range []struct {
		text string
		to   *int
	}{{low, &m.Min}, {high, &m.Max}} {
		if end.text == "" {
			continue
		}
		if *end.to, err = strconv.Atoi(end.text); err != nil || *end.to < 1 {
			return m, badLevels(text)
		}
	}
	if m == (idv.Matches{}) || m.Max > 0 && m.Max < m.Min {
		return m, badLevels(text)
	}
	return m, nil
}

func badLevels(text string) error {
	return usage("--level takes a match level, a range like 1-3 or 5-, or none, not %q.", text)
}

// countsText lists the counts of a query, a dimension a line.
func countsText(f idv.Facets) string {
	var b strings.Builder
	for _, dimension := range []struct {
		name   string
		counts []idv.Count
	}{
		{"document", f.Documents}, {"status", f.Outcomes}, {"spoof", f.Spoofs}, {"level", f.Matches}, {"liveness", f.Liveness},
		{"reviewed", f.Reviewed}, {"environment", f.Environments}, {"tag", f.Tags}, {"device", f.Devices}, {"country", f.Countries},
	} {
		var parts []string
		for _, c := range dimension.counts {
			value := c.Value
			if value == "" {
				value = none
			}
			parts = append(parts, fmt.Sprintf("%s %d", value, c.Count))
		}
		fmt.Fprintf(&b, "%s: %s\n", dimension.name, strings.Join(parts, ", "))
	}
	return b.String()
}
