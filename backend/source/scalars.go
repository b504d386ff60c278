package source

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

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

// reading goes through one item and remembers the first value that cannot be
// read and everything that it has no place for.
type reading struct {
	failed  *unreadable
	unknown map[string]string

	list  string // while in an element of a list: the list's path,
	index int    // and the element's place
}

// within makes the paths that follow relative to an element of a list; list ""
// ends that.
func (r *reading) within(list string, index int) { r.list, r.index = list, index }

func (r *reading) path(path string) string {
	if r.list == "" {
		return path
	}
	return fmt.Sprintf("%s[%d].%s", r.list, r.index, path)
}

func (r *reading) fail(path, format string, args ...any) {
	if r.failed == nil {
		r.failed = &unreadable{r.path(path), fmt.Sprintf(format, args...)}
	}
}

// keep files a value that this version does not know under its path.
func (r *reading) keep(path string, v raw) {
	if r.unknown == nil {
		r.unknown = map[string]string{}
	}
	r.unknown[strings.Clone(r.path(path))] = compact(v)
}

// lesser reads a value that a session can do without. One of an impossible kind
// does not reject the session: it is kept as unknown, and the field stays unset.
func lesser[T any](r *reading, path string, v raw, read func(path string, v raw) T) T {
	before := r.failed
	value := read(path, v)
	if r.failed == before {
		return value
	}
	r.failed = before
	r.keep(path, v)
	return *new(T)
}

func (r *reading) text(path string, v raw) string {
	if v.Type == gjson.JSON {
		r.fail(path, "is %s, not a text", kindOf(v))
		return ""
	}
	return looseText(v)
}

func (r *reading) flag(path string, v raw) *bool {
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
	text := strings.TrimSpace(r.text(path, v))
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
	text := strings.TrimSpace(r.text(path, v))
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
	case v.Type == gjson.String:
		return []string{looseText(v)}
	case !v.IsArray():
		r.fail(path, "is %s, not a list of texts", kindOf(v))
		return nil
	}
	texts := []string{}
	v.ForEach(func(_, item raw) bool {
		if kindOf(item) != "" {
			texts = append(texts, looseText(item))
		}
		return true
	})
	return texts
}
