package source

import (
	"strings"
	"time"

	"veridesk/backend/idv"
)

// Days and moments in the spellings that portals and spreadsheets use:
//
//	yyyy-mm-dd   dd.mm.yyyy           one meaning each
//	mm-dd-yy     mm/dd/yyyy           or day first, see dayOrder
//
// A time of day may follow after a blank or a T. A moment without a zone is UTC:
// the portal's own times are.

// dayOrder says, for the two spellings that can be read both ways, whether the
// day comes first. The zero value is the portal's own order, the month first.
type dayOrder struct {
	slash bool // mm/dd/yyyy
	dash  bool // mm-dd-yy
}

// centuryFunc completes a two-digit year.
type centuryFunc func(yy, month, day int) int

// asOf is the moment that the century of two-digit years is judged from: the
// session's, or now where the portal gives no time at all.
func asOf(s idv.Session) time.Time {
	for _, t := range []time.Time{s.Created, s.Started, s.Finished} {
		if !t.IsZero() {
			return t
		}
	}
	return time.Now()
}

func birthCentury(session time.Time) centuryFunc {
	return func(yy, month, day int) int { return idv.BirthYear(yy, month, day, session) }
}

func expiryCentury(session time.Time) centuryFunc {
	return func(yy, _, _ int) int { return idv.ExpiryYear(yy, session) }
}

// parseDay reads a day. A moment in RFC 3339 counts as the day that it names.
func parseDay(text string, order dayOrder, century centuryFunc) (idv.Date, bool) {
	w, ok := splitDay(text)
	if !ok {
		return "", false
	}
	if w.rest != "" {
		if _, ok := parseISO(text); !ok {
			return "", false
		}
	}
	year, month, day := w.ordered(order)
	if w.shortYear {
		year = century(year, month, day)
	}
	date, err := idv.NewDate(year, month, day)
	return date, err == nil
}

// plainBlanks undoes the typography that browsers put before AM and PM.
var plainBlanks = strings.NewReplacer("\u202f", " ", "\u00a0", " ")

// parseTime reads a moment, in UTC.
func parseTime(text string, order dayOrder) (time.Time, bool) {
	w, ok := splitDay(text)
	switch {
	case !ok || w.shortYear || w.rest == "":
		return time.Time{}, false
	case w.shape == shapeISO:
		return parseISO(text)
	}
	year, month, day := w.ordered(order)
	if _, err := idv.NewDate(year, month, day); err != nil {
		return time.Time{}, false
	}
	clock := strings.ToUpper(strings.TrimSpace(plainBlanks.Replace(w.rest[1:])))
	for _, layout := range [...]string{"15:04:05", "15:04", "3:04:05 PM", "3:04 PM"} {
		if t, err := time.Parse(layout, clock); err == nil {
			return time.Date(year, time.Month(month), day, t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC), true
		}
	}
	return time.Time{}, false
}

// parseISO reads RFC 3339 and its looser cousins with a blank for the T,
// without seconds, or without a zone.
func parseISO(text string) (time.Time, bool) {
	if len(text) > 10 && text[10] == ' ' {
		text = text[:10] + "T" + text[11:]
	}
	for _, layout := range [...]string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04"} {
		if t, err := time.Parse(layout, text); err == nil {
			t = t.UTC()
			return t, !t.IsZero() && t.Year() >= 1 && t.Year() <= 9999
		}
	}
	return time.Time{}, false
}

type dayShape int

const (
	shapeISO dayShape = iota
	shapeDot
	shapeSlash
	shapeDash
)

// writtenDay is a day as it was written, not yet understood.
type writtenDay struct {
	numbers   [3]int
	shape     dayShape
	shortYear bool
	rest      string // what follows, from the T or the blank on
}

// splitDay takes the three numbers at the beginning of a text apart.
func splitDay(text string) (w writtenDay, ok bool) {
	var digits [3]int
	var sep byte
	at := 0
	for i := range 3 {
		start := at
		for at < len(text) && at-start < 4 && text[at] >= '0' && text[at] <= '9' {
			w.numbers[i] = w.numbers[i]*10 + int(text[at]-'0')
			at++
		}
		digits[i] = at - start
		switch {
		case digits[i] == 0:
			return w, false
		case i == 2:
		case at == len(text) || i == 1 && text[at] != sep:
			return w, false
		default:
			sep = text[at]
			at++
		}
	}
	w.rest = strings.TrimPrefix(text[at:], ",") // as browsers write: 3/1/2025, 8:00 AM
	if w.rest != "" && w.rest[0] != 'T' && w.rest[0] != ' ' {
		return w, false
	}
	return w, w.setShape(sep, digits)
}

func (w *writtenDay) setShape(sep byte, digits [3]int) bool {
	if sep == '-' && digits == [3]int{4, 2, 2} {
		w.shape = shapeISO
		return true
	}
	w.shortYear = digits[2] == 2
	if digits[0] > 2 || digits[1] > 2 || digits[2] != 2 && digits[2] != 4 {
		return false
	}
	switch sep {
	case '.':
		w.shape = shapeDot
	case '/':
		w.shape = shapeSlash
	case '-':
		w.shape = shapeDash
		return w.shortYear
	default:
		return false
	}
	return true
}

func (w writtenDay) ordered(order dayOrder) (year, month, day int) {
	a, b, c := w.numbers[0], w.numbers[1], w.numbers[2]
	switch {
	case w.shape == shapeISO:
		return a, b, c
	case w.shape == shapeDot, w.shape == shapeSlash && order.slash, w.shape == shapeDash && order.dash:
		return c, b, a
	default:
		return c, a, b
	}
}
