package idv

import (
	"strings"
	"time"
)

// The portal's list of fields of the machine-readable zone: shown beside ours, and
// taken in its place where there is no zone.

// digitSuffix ends the names of the portal's check digits.
const digitSuffix = "CheckDigit"

func portalFields(fields []MRZField) []PortalMRZ {
	list := []PortalMRZ{}
	for _, f := range fields {
		list = append(list, PortalMRZ{Label: f.Label, Field: f.Field, Value: f.Value, Valid: answer(f.Valid)})
	}
	return list
}

// fieldItems checks what can be checked without the zone: each digit that stands
// beside its field. What the composite digit protects is not known then.
func fieldItems(fields []MRZField, session time.Time) []MRZItem {
	items := []MRZItem{}
	digits := map[string]string{}
	for _, f := range fields {
		if of, ok := strings.CutSuffix(f.Field, digitSuffix); ok {
			digits[of] = strings.TrimSpace(f.Value)
		}
	}
	for _, f := range fields {
		of, isDigit := strings.CutSuffix(f.Field, digitSuffix)
		digit := digits[of]
		switch {
		case isDigit && of == mrzComposite:
			items = append(items, MRZItem{Field: mrzComposite, Digit: digit})
		case isDigit:
		default:
			items = append(items, fieldItem(f, digit, session))
		}
	}
	return items
}

// fieldItem reads one field. Sex and names are words here, and what has signs that
// no zone has is not as it stood there: such fields are taken as they are.
func fieldItem(f MRZField, digit string, session time.Time) MRZItem {
	text := strings.TrimSpace(f.Value)
	asIs := MRZItem{Field: f.Field, Raw: f.Value, Value: text, Digit: digit}
	switch f.Field {
	case mrzSex, mrzLastName, mrzFirstName:
		return asIs
	}
	if text == "" || strings.ContainsFunc(text, func(r rune) bool { return !isSign(r) }) {
		return asIs
	}
	item := newItem(f.Field, text, session)
	if digit != "" {
		item.check(text, digit)
	}
	return item
}

// portalOpinion joins the portal's flags of a field and of its check digit.
func portalOpinion(fields []MRZField, field string) Answer {
	opinion := NotSaid
	for _, f := range fields {
		if f.Field != field && f.Field != field+digitSuffix || f.Valid == nil {
			continue
		}
		if !*f.Valid {
			return No
		}
		opinion = Yes
	}
	return opinion
}
