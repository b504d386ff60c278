// The machine-readable zone (ICAO 9303 parts 3 to 5) of a drawn document.
package demo

import (
	"strings"
	"time"
)

// mrz is a zone and what was read from it.
type mrz struct {
	text   string // all lines joined
	code   string // ID or P
	digits [4]string
	// wrong is the check digit that does not fit, by its place in digits; -1: none.
	wrong int
}

// The check digits, by their place in mrz.digits.
const (
	digitNumber = iota
	digitBirth
	digitExpiry
	digitComposite
)

// newMRZ writes the zone of the person's document. A wrong check digit of 0 to
// 3 is one higher than it should be.
func newMRZ(who person, wrong int) mrz {
	m := mrz{code: "ID", wrong: wrong}
	if who.document.kind == passport {
		m.code = "P"
	}
	number := filled(who.document.number, 9)
	birth, expiry := mrzDate(who.born), mrzDate(who.document.expires)
	m.digits = [4]string{m.digit(digitNumber, number), m.digit(digitBirth, birth), m.digit(digitExpiry, expiry)}
	sex := "M"
	if who.female {
		sex = "F"
	}
	if m.code == "P" {
		m.passport(who, number+m.digits[0], birth+m.digits[1], sex, expiry+m.digits[2])
	} else {
		m.card(who, number+m.digits[0], birth+m.digits[1], sex, expiry+m.digits[2])
	}
	return m
}

// card is the three lines of 30 of size TD1.
func (m *mrz) card(who person, number, birth, sex, expiry string) {
	optional := filled(who.personalNumber, 15)
	m.digits[digitComposite] = m.digit(digitComposite, number+optional+birth+expiry)
	m.text = m.code + who.nationality + number + optional +
		birth + sex + expiry + who.nationality + filled("", 11) + m.digits[digitComposite] +
		mrzNames(who, 30)
}

// passport is the two lines of 44 of size TD3.
func (m *mrz) passport(who person, number, birth, sex, expiry string) {
	optional := filled(who.personalNumber, 14)
	optional += optionalDigit(optional)
	m.digits[digitComposite] = m.digit(digitComposite, number+birth+expiry+optional)
	m.text = filled(m.code, 2) + who.nationality + mrzNames(who, 39) +
		number + who.nationality + birth + sex + expiry + optional + m.digits[digitComposite]
}

func (m *mrz) digit(place int, field string) string {
	n := checkDigit(field)
	if place == m.wrong {
		n = (n + 1) % 10
	}
	return string(rune('0' + n))
}

// optionalDigit stays a filler when there is nothing to check.
func optionalDigit(field string) string {
	if strings.Trim(field, "<") == "" {
		return "<"
	}
	return string(rune('0' + checkDigit(field)))
}

// checkDigit weighs the characters 7, 3, 1: part 3, section 4.9.
func checkDigit(field string) int {
	sum := 0
	for i, r := range []byte(field) {
		value := 0
		switch {
		case r >= '0' && r <= '9':
			value = int(r - '0')
		case r >= 'A' && r <= 'Z':
			value = int(r-'A') + 10
		}
		sum += value * [3]int{7, 3, 1}[i%3]
	}
	return sum % 10
}

// fillers are what a zone has in place of blanks and hyphens.
var fillers = strings.NewReplacer(" ", "<", "-", "<")

func mrzNames(who person, width int) string {
	return filled(fillers.Replace(who.last.latin+"--"+who.first.latin), width)
}

func mrzDate(t time.Time) string { return t.Format("060102") }

// filled makes the field exactly that wide.
func filled(field string, width int) string {
	if len(field) >= width {
		return field[:width]
	}
	return field + strings.Repeat("<", width-len(field))
}
