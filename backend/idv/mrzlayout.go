package idv

import (
	"strings"
	"time"
)

// Where the fields stand in the three formats, and how each is read.

// The names of the fields, as the portal has them.
const (
	mrzCode           = "documentCode"
	mrzState          = "issuingState"
	mrzNumber         = "documentNumber"
	mrzBirth          = "birthDate"
	mrzSex            = "sex"
	mrzExpiry         = "expirationDate"
	mrzNationality    = "nationality"
	mrzOptional       = "optionalData" // of the first line of TD1
	mrzOptional2      = "optionalData2"
	mrzPersonalNumber = "personalNumber" // TD3 names its optional data so
	mrzComposite      = "composite"
	mrzLastName       = "lastName"
	mrzFirstName      = "firstName"
	mrzNames          = "names" // both, to be split
)

// mrzPlace is a field: its line, from sign to sign, and where its check digit
// stands in the same line (0: it has none).
type mrzPlace struct {
	field          string
	line, from, to int
	digit          int
}

type mrzLayout struct {
	codes  string // the first letter of the document code
	places []mrzPlace
	spans  []mrzPlace // what the composite digit protects; it is the last sign of its line
}

var mrzLayouts = map[MRZFormat]mrzLayout{
	TD1: {
		codes: "ACI",
		places: []mrzPlace{
			{mrzCode, 0, 0, 2, 0}, {mrzState, 0, 2, 5, 0}, {mrzNumber, 0, 5, 14, 14}, {mrzOptional, 0, 15, 30, 0},
			{mrzBirth, 1, 0, 6, 6}, {mrzSex, 1, 7, 8, 0}, {mrzExpiry, 1, 8, 14, 14}, {mrzNationality, 1, 15, 18, 0},
			{mrzOptional2, 1, 18, 29, 0}, {mrzComposite, 1, 29, 29, 29}, {mrzNames, 2, 0, 30, 0},
		},
		spans: []mrzPlace{{line: 0, from: 5, to: 30}, {line: 1, from: 0, to: 7}, {line: 1, from: 8, to: 15}, {line: 1, from: 18, to: 29}},
	},
	TD2: {
		codes: "ACI",
		places: []mrzPlace{
			{mrzCode, 0, 0, 2, 0}, {mrzState, 0, 2, 5, 0}, {mrzNames, 0, 5, 36, 0},
			{mrzNumber, 1, 0, 9, 9}, {mrzNationality, 1, 10, 13, 0}, {mrzBirth, 1, 13, 19, 19}, {mrzSex, 1, 20, 21, 0},
			{mrzExpiry, 1, 21, 27, 27}, {mrzOptional, 1, 28, 35, 0}, {mrzComposite, 1, 35, 35, 35},
		},
		spans: []mrzPlace{{line: 1, from: 0, to: 10}, {line: 1, from: 13, to: 20}, {line: 1, from: 21, to: 35}},
	},
	TD3: {
		codes: "P",
		places: []mrzPlace{
			{mrzCode, 0, 0, 2, 0}, {mrzState, 0, 2, 5, 0}, {mrzNames, 0, 5, 44, 0},
			{mrzNumber, 1, 0, 9, 9}, {mrzNationality, 1, 10, 13, 0}, {mrzBirth, 1, 13, 19, 19}, {mrzSex, 1, 20, 21, 0},
			{mrzExpiry, 1, 21, 27, 27}, {mrzPersonalNumber, 1, 28, 42, 42}, {mrzComposite, 1, 43, 43, 43},
		},
		spans: []mrzPlace{{line: 1, from: 0, to: 10}, {line: 1, from: 13, to: 20}, {line: 1, from: 21, to: 43}},
	},
}

// items reads the zone field by field.
func (z zone) items(session time.Time) []MRZItem {
	items := []MRZItem{}
	layout := mrzLayouts[z.format]
	long := z.longNumber()
	for _, place := range layout.places {
		raw := string(z.lines[place.line][place.from:place.to])
		switch {
		case place.field == mrzNames:
			items = append(items, nameItems(raw)...)
			continue
		case place.field == mrzNumber && long != "":
			items = append(items, digitItem(mrzNumber, raw+long[:len(long)-1], long[len(long)-1:]))
			continue
		case place.field == mrzOptional && long != "":
			raw = raw[len(long):]
		}
		item := newItem(place.field, raw, session)
		if place.field == mrzCode && !strings.Contains(layout.codes, raw[:1]) {
			item.Fault = MRZCode
		}
		if place.field == mrzComposite {
			raw = z.composite(layout)
		}
		if place.digit > 0 {
			item.check(raw, string(z.lines[place.line][place.digit]))
		}
		items = append(items, item)
	}
	return items
}

// composite is all that the last digit protects.
func (z zone) composite(layout mrzLayout) string {
	var b strings.Builder
	for _, span := range layout.spans {
		b.WriteString(string(z.lines[span.line][span.from:span.to]))
	}
	return b.String()
}

// longNumber is the rest of a document number of more than nine signs with its
// check digit: cards have it at the beginning of the optional data, and a filler
// in the digit's place (part 5). "" if the number is not long.
func (z zone) longNumber() string {
	var digit rune
	var optional []rune
	switch z.format {
	case TD1:
		digit, optional = z.lines[0][14], z.lines[0][15:30]
	case TD2:
		digit, optional = z.lines[1][9], z.lines[1][28:35]
	default:
		return ""
	}
	rest, _, _ := strings.Cut(string(optional), string(filler))
	odd := strings.ContainsFunc(rest, func(r rune) bool { return !isSign(r) })
	if digit != filler || len(rest) < 2 || odd {
		return ""
	}
	return rest
}
