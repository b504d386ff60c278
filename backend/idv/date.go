package idv

import (
	"fmt"
	"time"
)

// Date is a calendar day as yyyy-mm-dd, or "" where there is none. It has no
// zone: a birthday is the same day everywhere.
type Date string

// NewDate checks that the day exists.
func NewDate(year, month, day int) (Date, error) {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != day || year < 1 || year > 9999 {
		return "", fmt.Errorf("no such day: %04d-%02d-%02d", year, month, day)
	}
	return Date(t.Format(time.DateOnly)), nil
}

// Short writes the day as the portal does: mm-dd-yy.
func (d Date) Short() string {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return ""
	}
	return t.Format("01-02-06")
}

// BirthYear gives the century to a two-digit year of birth: the latest year
// that puts the birth on or before the day of the session.
func BirthYear(yy, month, day int, session time.Time) int {
	year := session.Year() - session.Year()%100 + yy
	if time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).After(session) {
		year -= 100
	}
	return year
}

// ExpiryYear gives the century to a two-digit year of expiry: documents are
// valid for some ten or twenty years, so it is the year nearest to the session.
func ExpiryYear(yy int, session time.Time) int {
	year := session.Year() - session.Year()%100 + yy
	switch {
	case year-session.Year() >= 50:
		return year - 100
	case session.Year()-year > 50:
		return year + 100
	default:
		return year
	}
}

// FormatTime writes a moment as the portal does: RFC 3339 in UTC with at least
// milliseconds, or "" for none.
func FormatTime(t time.Time) string {
	switch {
	case t.IsZero():
		return ""
	case t.Nanosecond()%int(time.Millisecond) != 0:
		return t.UTC().Format(time.RFC3339Nano)
	default:
		return t.UTC().Format("2006-01-02T15:04:05.000Z07:00")
	}
}
