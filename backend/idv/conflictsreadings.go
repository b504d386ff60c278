package idv

import (
	"strings"
	"time"
)

// Comparing the zone with what is printed and with what was read off the front side.

// reading is one value in one place, with the forms it is compared by: two readings
// agree if any form of the one is a form of the other.
type reading struct {
	Field
	forms []string
	cut   bool // the end may be missing
}

// compared are the readings of one field.
type compared struct {
	field    ConflictField
	readings []reading
}

type readingList []compared

// frontKeys are the keys under which front sides have the fields.
var frontKeys = map[ConflictField][]string{
	FieldDocumentNumber: {"documentNumber"},
	FieldPersonalNumber: {"personalNumber"},
	FieldLastName:       {"lastName", "lastName.en"},
	FieldFirstName:      {"firstName", "firstName.en"},
	FieldBirthDate:      {"birthDate", "dateOfBirth"},
	FieldExpiration:     {"expirationDate", "dateOfExpiry"},
	FieldSex:            {"sex"},
	FieldNationality:    {"nationality"},
}

// readings are all values that can be compared, in the order that they are shown.
func readings(s Session, check MRZCheck, session time.Time) readingList {
	p, d := s.Person, s.Document
	front := frontData(s.Attempts)
	forms := comparison{session: session}
	list := readingList{}
	for _, row := range []struct {
		field   ConflictField
		mrz     MRZItem
		printed string
	}{
		{FieldDocumentNumber, check.item(mrzNumber), d.Number},
		{FieldPersonalNumber, check.personalNumber(p.PersonalNumber), p.PersonalNumber},
		{FieldLastName, check.item(mrzLastName), p.LastName.Latin},
		{FieldFirstName, check.item(mrzFirstName), p.FirstName.Latin},
		{FieldBirthDate, check.item(mrzBirth), string(p.BirthDate)},
		{FieldExpiration, check.item(mrzExpiry), string(d.Expires)},
		{FieldSex, check.item(mrzSex), p.Sex},
		{FieldNationality, check.item(mrzNationality), strings.Trim(p.Nationality, "<")},
	} {
		c := compared{field: row.field}
		c.add(PlaceMRZ, row.mrz.Value, forms.of(row.field, row.mrz.Value), row.mrz.Cut)
		c.add(PlacePrinted, row.printed, forms.of(row.field, row.printed), false)
		for _, key := range frontKeys[row.field] {
			c.add(PlaceFront, front[key], forms.of(row.field, front[key]), false)
		}
		list = append(list, c)
	}
	return list
}

// add takes a reading that can be compared.
func (c *compared) add(place Place, text string, forms []string, cut bool) {
	if len(forms) > 0 {
		c.readings = append(c.readings, reading{Field{place, strings.TrimSpace(text)}, forms, cut})
	}
}

// frontData is what was read off the front side in the best attempt that read it.
func frontData(attempts []Attempt) map[string]string {
	best := bestAttempt(attempts, func(a Attempt) bool { return len(a.FrontData) > 0 })
	if best < 0 {
		return nil
	}
	return attempts[best].FrontData
}

// personalNumber is the field of the zone that holds the printed personal number.
// Georgian documents have it in their optional data. Other countries keep what
// they like there: only what is as long as the printed number can be one.
func (c MRZCheck) personalNumber(printed string) MRZItem {
	item := c.item(mrzPersonalNumber)
	if item.Value == "" {
		item = c.item(mrzOptional)
	}
	if c.item(mrzState).Value != "GEO" && len(item.Value) != len(printed) {
		return MRZItem{}
	}
	return item
}

// conflicts are the fields whose readings do not all agree.
func (l readingList) conflicts() []Conflict {
	list := []Conflict{}
	for _, c := range l {
		switch {
		case c.agree(func(form string) string { return form }):
		case c.agree(lookAlikes.Replace):
			list = append(list, Conflict{LookAlike, c.field, c.values(), SeverityDoubt})
		default:
			list = append(list, Conflict{Differs, c.field, c.values(), SeverityFault})
		}
	}
	return list
}

func (c compared) values() []Field {
	values := []Field{}
	for _, r := range c.readings {
		values = append(values, r.Field)
	}
	return values
}

// agree compares each reading with each, by their forms as fold makes them.
func (c compared) agree(fold func(string) string) bool {
	for i, a := range c.readings {
		for _, b := range c.readings[:i] {
			if !a.agrees(b, fold) {
				return false
			}
		}
	}
	return true
}

func (r reading) agrees(other reading, fold func(string) string) bool {
	for _, a := range r.forms {
		for _, b := range other.forms {
			a, b := fold(a), fold(b)
			if joined(a) == joined(b) || r.cut && begins(b, a) || other.cut && begins(a, b) {
				return true
			}
		}
	}
	return false
}

// begins reports whether start is a name that was cut to fit: its end or the ends
// of its words are missing (ICAO 9303 part 4).
func begins(name, start string) bool {
	if strings.HasPrefix(joined(name), joined(start)) {
		return true
	}
	words, cut := strings.Fields(name), strings.Fields(start)
	if len(cut) > len(words) {
		return false
	}
	for i, word := range cut {
		if !strings.HasPrefix(words[i], word) {
			return false
		}
	}
	return true
}

func joined(words string) string { return strings.ReplaceAll(words, " ", "") }
