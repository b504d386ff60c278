package source

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json/jsontext"

	"veridesk/backend/idv"
)

// Reading single JSON values leniently: a number or a yes/no given as text and
// a text given as a number are read; a missing value, null and (but for texts)
// "" mean that the portal did not say.

// unreadable says why a row or an item was rejected: where, and the reason in
// words that a person reads after the name of the place.
type unreadable struct {
	column string // a CSV column or a JSON path
	reason string
}

func (u *unreadable) Error() string {
	if u.column == "" {
		return u.reason
	}
	return u.column + ": " + u.reason
}

// idFault says why a session cannot be known by an ID, "" if it can.
func idFault(id string) string {
	switch {
	case id == "":
		return "is missing"
	case len(id) > idv.MaxSessionID:
		return fmt.Sprintf("is %d bytes long, and %d is the most", len(id), idv.MaxSessionID)
	default:
		return ""
	}
}

func (r *reading) text(path string, v raw) string {
	return r.words.keep(r.view(path, v))
}

// view is a text that does not outlive its page.
func (r *reading) view(path string, v raw) string {
	if v.isObject() || v.isArray() {
		r.fail(path, "is %s, not a text", kindOf(v))
		return ""
	}
	return looseText(v)
}

// loose reads any value as text.
func (r *reading) loose(v raw) string { return r.words.keep(looseText(v)) }

func (r *reading) flag(path string, v raw) *bool {
	switch v.kind() { // as nearly all are
	case jsontext.KindTrue:
		return new(true)
	case jsontext.KindFalse:
		return new(false)
	}
	b, ok := parseFlag(looseText(v))
	if !ok {
		r.fail(path, "is neither true nor false")
	}
	return b
}

// parseFlag reads yes and no in the spellings that portals and spreadsheets
// use. An empty text is neither, and readable.
func parseFlag(text string) (b *bool, ok bool) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "":
		return nil, true
	case "true", "yes", "1":
		return new(true), true
	case "false", "no", "0":
		return new(false), true
	default:
		return nil, false
	}
}

func (r *reading) number(path string, v raw) *int {
	text := strings.TrimSpace(looseText(v))
	if text == "" {
		return nil
	}
	n, ok := parseWhole(text)
	if !ok {
		r.fail(path, "is not a whole number")
		return nil
	}
	return &n
}

// parseWhole reads a whole number, which 7.0 and 7e0 are too.
func parseWhole(text string) (n int, ok bool) {
	if n, err := strconv.Atoi(text); err == nil {
		return n, true
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f != math.Trunc(f) || math.Abs(f) > math.MaxInt32 {
		return 0, false
	}
	return int(f), true
}

func (r *reading) float(path string, v raw) *float64 {
	text := strings.TrimSpace(looseText(v))
	if text == "" {
		return nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
		r.fail(path, "is not a number")
		return nil
	}
	return &f
}

func (r *reading) moment(path string, v raw) time.Time {
	text := strings.TrimSpace(r.view(path, v))
	if text == "" {
		return time.Time{}
	}
	t, ok := parseTime(text, dayOrder{})
	if !ok {
		r.fail(path, "%s is no date and time", quoted(text))
	}
	return t
}

func (r *reading) day(path string, v raw, century centuryFunc) idv.Date {
	text := strings.TrimSpace(r.view(path, v))
	if text == "" {
		return ""
	}
	d, ok := parseDay(text, dayOrder{}, century)
	if !ok {
		r.fail(path, "%s is no date", quoted(text))
	}
	return d
}

// texts reads a list of texts; one text alone is a list of one. An empty list
// is not nil: the portal said "none".
func (r *reading) texts(path string, v raw) []string {
	switch {
	case kindOf(v) == "":
		return nil
	case v.kind() == jsontext.KindString:
		return []string{r.loose(v)}
	case !v.isArray():
		r.fail(path, "is %s, not a list of texts", kindOf(v))
		return nil
	}
	texts := make([]string, 0, v.len())
	for _, item := range v.members() {
		if kindOf(item) != "" {
			texts = append(texts, r.loose(item))
		}
	}
	return texts
}
