package source

import (
	"strings"
	"time"
	"unicode"

	"veridesk/backend/idv"
)

// Single cells of a row of the CSV export.

// rowReading reads the cells of a row and remembers the first that cannot be.
type rowReading struct {
	row    csvRow
	order  dayOrder
	failed error
}

func (r *rowReading) fail(column idv.Column, reason string) {
	if r.failed == nil {
		r.failed = &unreadable{column, reason}
	}
}

func (r *rowReading) person(session time.Time) idv.Person {
	return idv.Person{
		FirstName:      spelling(r.row.cell(idv.ColFirstName)),
		LastName:       spelling(r.row.cell(idv.ColLastName)),
		PersonalNumber: r.row.cell(idv.ColPersonalNumber),
		BirthDate:      r.day(idv.ColBirthDate, birthCentury(session)),
		Sex:            r.row.cell(idv.ColSex),
		Nationality:    r.row.cell(idv.ColNationality),
	}
}

// spelling puts the one spelling that a row has where it belongs.
func spelling(name string) idv.Name {
	if strings.ContainsFunc(name, func(c rune) bool { return unicode.Is(unicode.Georgian, c) }) {
		return idv.Name{Georgian: name}
	}
	return idv.Name{Latin: name}
}

func (r *rowReading) flag(column idv.Column) *bool {
	b, ok := parseFlag(r.row.cell(column))
	if !ok {
		r.fail(column, quoted(r.row.cell(column))+" is neither TRUE nor FALSE")
	}
	return b
}

func (r *rowReading) number(column idv.Column) *int {
	text := r.row.cell(column)
	if text == "" {
		return nil
	}
	n, ok := parseWhole(text)
	if !ok {
		r.fail(column, quoted(text)+" is not a whole number")
	}
	return &n
}

func (r *rowReading) moment(column idv.Column) time.Time {
	text := r.row.cell(column)
	if text == "" {
		return time.Time{}
	}
	t, ok := parseTime(text, r.order)
	if !ok {
		r.fail(column, quoted(text)+" is no date and time")
	}
	return t
}

func (r *rowReading) day(column idv.Column, century centuryFunc) idv.Date {
	text := r.row.cell(column)
	if text == "" {
		return ""
	}
	d, ok := parseDay(text, r.order, century)
	if !ok {
		r.fail(column, quoted(text)+" is no date")
	}
	return d
}

// parseExtra reads "key: value; key: value".
func parseExtra(text string) []idv.Field {
	if text == "" {
		return nil
	}
	var fields []idv.Field
	for part := range strings.SplitSeq(text, "; ") {
		key, value, ok := strings.Cut(part, ": ")
		if !ok {
			key, value = "", part
		}
		fields = append(fields, idv.Field{Key: key, Value: value})
	}
	return fields
}
