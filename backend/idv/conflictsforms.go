package idv

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The forms in which values of different places are compared.

// lookAlikes gives signs that readers take for each other one form.
var lookAlikes = strings.NewReplacer("O", "0", "I", "1", "B", "8", "S", "5")

// comparison knows the moment that completes two-digit years.
type comparison struct{ session time.Time }

// of is the forms of a field's value, none if it cannot be compared.
func (c comparison) of(field ConflictField, text string) []string {
	text = strings.ToUpper(strings.TrimSpace(text))
	form := ""
	switch field {
	case FieldFirstName, FieldLastName:
		return nameForms(text)
	case FieldBirthDate, FieldExpiration:
		form = c.dayForm(text, field == FieldBirthDate)
	case FieldSex:
		form = sexForm(text)
	case FieldNationality:
		form = nationalityForm(text)
	default:
		form = numberForm(text)
	}
	if form == "" {
		return nil
	}
	return []string{form}
}

// numberForm is a number without what people put between its signs.
func numberForm(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}

// dayForm reads a day in the portal's spellings. Others can be read two ways.
func (c comparison) dayForm(text string, birth bool) string {
	for _, layout := range [...]string{time.DateOnly, "02.01.2006"} {
		if t, err := time.Parse(layout, text); err == nil {
			return t.Format(time.DateOnly)
		}
	}
	t, err := time.Parse("01-02-06", text)
	if err != nil {
		return ""
	}
	year := ExpiryYear(t.Year()%100, c.session)
	if birth {
		year = BirthYear(t.Year()%100, int(t.Month()), t.Day(), c.session)
	}
	day, err := NewDate(year, int(t.Month()), t.Day())
	if err != nil {
		return ""
	}
	return string(day)
}

func sexForm(text string) string {
	switch text {
	case "M", "MALE":
		return "M"
	case "F", "FEMALE":
		return "F"
	}
	return ""
}

// nationalityForm is a three-letter code. Germany's has one letter in zones.
func nationalityForm(text string) string {
	text = strings.Trim(text, "<")
	if text == "D" {
		return "DEU"
	}
	if len(text) != 3 || strings.ContainsFunc(text, func(r rune) bool { return r < 'A' || r > 'Z' }) {
		return ""
	}
	return text
}

// Zones have plain letters only. Countries may choose between the spellings that
// ICAO 9303 part 3, section 6 recommends, so each is a form of its own.
var zoneSpellings = [...]*strings.Replacer{
	strings.NewReplacer(append(oneSpelling, "Ä", "AE", "Ö", "OE", "Ü", "UE", "Å", "AA", "Ø", "OE", "Ñ", "N")...),
	strings.NewReplacer(append(oneSpelling, "Ä", "A", "Ö", "O", "Ü", "U", "Å", "A", "Ø", "O", "Ñ", "N")...),
	strings.NewReplacer(append(oneSpelling, "Ä", "AE", "Ö", "OE", "Ü", "UXX", "Å", "AA", "Ø", "OE", "Ñ", "NXX")...),
}

// oneSpelling are the letters that have one spelling in zones and whose marks
// cannot be taken off.
var oneSpelling = []string{"ß", "SS", "ẞ", "SS", "Ə", "E", "Æ", "AE", "Œ", "OE", "Þ", "TH", "Ð", "D", "Đ", "D", "Ł", "L", "Ħ", "H", "Ŧ", "T", "Ŋ", "N", "Ĳ", "IJ"}

// nameForms are the spellings of a Latin name in a zone, words parted by blanks. A
// name in another script has none: romanisations differ too much to tell a slip.
func nameForms(name string) []string {
	name = norm.NFC.String(name)
	if strings.ContainsFunc(name, func(r rune) bool { return isLetter(r) && !unicode.Is(unicode.Latin, r) }) {
		return nil
	}
	forms := []string{}
	for _, spelling := range zoneSpellings {
		if form := plainWords(spelling.Replace(name)); form != "" {
			forms = append(forms, form)
		}
	}
	return forms
}

// plainWords takes the marks off letters and everything away that is no letter and
// no digit; blanks, hyphens and dots part words.
func plainWords(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case isLetter(r), unicode.IsDigit(r):
			return r
		case unicode.IsSpace(r), r == '-', r == '.', r == ',':
			return ' '
		}
		return -1
	}, norm.NFD.String(text))
	return strings.Join(strings.Fields(text), " ")
}

// isLetter leaves out the letters that only mark others, as in Oʻgʻli.
func isLetter(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Lm, r) }
