package idv

import (
	"strconv"
	"strings"
	"time"
)

// Reading single fields of a machine-readable zone, and their check digits.

// weights are those of the check digits: ICAO 9303 part 3, section 4.9.
var weights = [...]int{7, 3, 1}

// checkDigit is the digit that protects a text; false if the text has a sign that
// no zone has.
func checkDigit(text string) (digit string, ok bool) {
	sum := 0
	for i, r := range []rune(text) {
		value := 0
		switch {
		case r == filler:
		case r >= '0' && r <= '9':
			value = int(r - '0')
		case r >= 'A' && r <= 'Z':
			value = int(r-'A') + 10
		default:
			return "", false
		}
		sum += value * weights[i%len(weights)]
	}
	return strconv.Itoa(sum % 10), true
}

// check compares the digit that stands in the zone with the one of the text. A
// field without content may have a filler for its digit.
func (i *MRZItem) check(text, digit string) {
	expected, ok := checkDigit(text)
	i.Digit, i.Expected, i.OK = digit, expected, No
	switch {
	case !ok:
		i.Fault = MRZCharacters
	case digit == expected, digit == string(filler) && strings.Trim(text, string(filler)) == "":
		i.OK = Yes
	}
}

func digitItem(field, raw, digit string) MRZItem {
	item := newItem(field, raw, time.Time{})
	item.check(raw, digit)
	return item
}

// newItem reads one field; session gives the century of a year.
func newItem(field, raw string, session time.Time) MRZItem {
	item := MRZItem{Field: field, Raw: raw, Value: plain(raw)}
	fits := isSign
	switch field {
	case mrzBirth, mrzExpiry:
		item.Value, item.Fault = mrzDay(field, raw, session)
		return item
	case mrzSex:
		item.Value, item.Fault = mrzSexWord(raw)
		return item
	case mrzState, mrzNationality, mrzLastName, mrzFirstName, mrzCode:
		fits = func(r rune) bool { return isSign(r) && (r < '0' || r > '9') }
	}
	if strings.ContainsFunc(raw, func(r rune) bool { return !fits(r) }) {
		item.Fault = MRZCharacters
	}
	return item
}

// plain is a field without its fillers: those inside it part words.
func plain(raw string) string {
	return strings.Join(strings.FieldsFunc(raw, func(r rune) bool { return r == filler }), " ")
}

// mrzDay reads yymmdd. Parts that are not known are fillers: no day then, and no
// fault (part 3).
func mrzDay(field, raw string, session time.Time) (value string, fault MRZFault) {
	if strings.ContainsFunc(raw, func(r rune) bool { return r != filler && (r < '0' || r > '9') }) {
		return plain(raw), MRZCharacters
	}
	if strings.ContainsRune(raw, filler) {
		return plain(raw), ""
	}
	number, err := strconv.Atoi(raw)
	if err != nil || len(raw) != len("yymmdd") {
		return raw, MRZDate
	}
	year, month, day := number/10000, number/100%100, number%100
	if field == mrzBirth {
		year = BirthYear(year, month, day, session)
	} else {
		year = ExpiryYear(year, session)
	}
	date, err := NewDate(year, month, day)
	if err != nil {
		return raw, MRZDate
	}
	return string(date), ""
}

// mrzSexWord is the portal's word; a filler is "not said".
func mrzSexWord(raw string) (value string, fault MRZFault) {
	switch raw {
	case "M":
		return "male", ""
	case "F":
		return "female", ""
	case "X", string(filler):
		return "", ""
	}
	return raw, MRZCharacters
}

// nameItems splits the names: the last name stands before two fillers.
func nameItems(raw string) []MRZItem {
	last, first, _ := strings.Cut(raw, "<<")
	cut := !strings.HasSuffix(raw, string(filler))
	items := []MRZItem{newItem(mrzLastName, last, time.Time{}), newItem(mrzFirstName, first, time.Time{})}
	for i := range items {
		items[i].Cut = cut
	}
	return items
}
