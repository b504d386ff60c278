package idv_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"veridesk/backend/idv"
)

// The examples of ICAO 9303 parts 4 to 6, and one card with a long number.
const (
	td1 = "I<UTOD231458907<<<<<<<<<<<<<<<" + "7408122F1204159UTO<<<<<<<<<<<6" + "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"
	td2 = "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<" + "D231458907UTO7408122F1204159<<<<<<<6"
	td3 = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<" + "L898902C36UTO7408122F1204159ZE184226B<<<<<10"

	longTD1 = "I<UTOD23145890<7349<<<<<<<<<<<" + "3407127M9507122UTO<<<<<<<<<<<2" + "STEVENSON<<PETER<JOHN<<<<<<<<<"
)

// mrzField is the field of a check, which must have it.
func mrzField(t *testing.T, check idv.MRZCheck, field string) idv.MRZItem {
	t.Helper()
	i := slices.IndexFunc(check.Items, func(item idv.MRZItem) bool { return item.Field == field })
	if i < 0 {
		t.Fatalf("no %s in %+v", field, check)
	}
	return check.Items[i]
}

func TestMRZFormats(t *testing.T) {
	for _, c := range []struct {
		text   string
		format idv.MRZFormat
		lines  int
		values map[string]string
		digits map[string]string
	}{
		{td1, idv.TD1, 3, map[string]string{"documentCode": "I", "issuingState": "UTO", "documentNumber": "D23145890", "optionalData": "", "birthDate": "1974-08-12",
			"sex": "female", "expirationDate": "2012-04-15", "nationality": "UTO", "optionalData2": "", "lastName": "ERIKSSON", "firstName": "ANNA MARIA"},
			map[string]string{"documentNumber": "7", "birthDate": "2", "expirationDate": "9", "composite": "6"}},
		{td2, idv.TD2, 2, map[string]string{"documentCode": "I", "issuingState": "UTO", "documentNumber": "D23145890", "optionalData": "", "birthDate": "1974-08-12",
			"sex": "female", "expirationDate": "2012-04-15", "nationality": "UTO", "lastName": "ERIKSSON", "firstName": "ANNA MARIA"},
			map[string]string{"documentNumber": "7", "birthDate": "2", "expirationDate": "9", "composite": "6"}},
		{td3, idv.TD3, 2, map[string]string{"documentCode": "P", "issuingState": "UTO", "documentNumber": "L898902C3", "personalNumber": "ZE184226B", "birthDate": "1974-08-12",
			"sex": "female", "expirationDate": "2012-04-15", "nationality": "UTO", "lastName": "ERIKSSON", "firstName": "ANNA MARIA"},
			map[string]string{"documentNumber": "6", "birthDate": "2", "expirationDate": "9", "personalNumber": "1", "composite": "0"}},
		{longTD1, idv.TD1, 3, map[string]string{"documentNumber": "D23145890734", "optionalData": "", "birthDate": "1934-07-12", "sex": "male",
			"expirationDate": "1995-07-12", "lastName": "STEVENSON", "firstName": "PETER JOHN"},
			map[string]string{"documentNumber": "9", "birthDate": "7", "expirationDate": "2", "composite": "2"}},
	} {
		check := idv.CheckMRZ(c.text, nil, noon)
		if check.OK != idv.Yes || check.Source != idv.MRZText || check.Format != c.format || len(check.Lines) != c.lines || len(check.Faults) > 0 {
			t.Errorf("%s: %+v", c.text, check)
			continue
		}
		for field, want := range c.values {
			if got := mrzField(t, check, field); got.Value != want || got.Fault != "" || got.Cut {
				t.Errorf("%s: %+v, want %q", field, got, want)
			}
		}
		for field, want := range c.digits {
			if got := mrzField(t, check, field); got.Digit != want || got.Expected != want || got.OK != idv.Yes {
				t.Errorf("%s: %+v, want digit %s", field, got, want)
			}
		}
	}
}

const signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"

// Any one sign that a digit protects, changed to one of another weight, is found:
// the weights 7, 3 and 1 have no factor in common with 10.
func TestEveryProtectedSignIsChecked(t *testing.T) {
	worth := func(r byte) int { return max(0, strings.IndexByte(signs[:36], r)) % 10 }
	for text, open := range map[string][][2]int{ // what no digit protects
		td1: {{0, 5}, {37, 38}, {45, 48}, {60, 90}},
		td2: {{0, 36}, {46, 49}, {56, 57}},
		td3: {{0, 44}, {54, 57}, {64, 65}},
	} {
		for at := range len(text) {
			if slices.ContainsFunc(open, func(span [2]int) bool { return at >= span[0] && at < span[1] }) {
				continue
			}
			for i := range len(signs) {
				changed := text[:at] + signs[i:i+1] + text[at+1:]
				if worth(signs[i]) != worth(text[at]) && idv.CheckMRZ(changed, nil, noon).OK != idv.No {
					t.Errorf("%s: %c at %d was not found", text, signs[i], at)
				}
			}
		}
	}
}

func TestOddMRZ(t *testing.T) {
	lines := td3[:44] + "\r\n" + td3[44:] + "\n"
	for name, c := range map[string]struct {
		text   string
		format idv.MRZFormat
		ok     idv.Answer
		faults []idv.MRZFault
	}{
		"nothing":                  {"", "", idv.NotSaid, []idv.MRZFault{}},
		"blanks only":              {" \n ", "", idv.NotSaid, []idv.MRZFault{}},
		"lines apart":              {lines, idv.TD3, idv.Yes, []idv.MRZFault{}},
		"lower case":               {strings.ToLower(td3), idv.TD3, idv.Yes, []idv.MRZFault{idv.MRZLowerCase}},
		"blanks between":           {td1[:30] + " " + td1[30:60] + " " + td1[60:], idv.TD1, idv.Yes, []idv.MRZFault{idv.MRZBlanks}},
		"blanks for fillers":       {strings.ReplaceAll(td3, "<", " "), idv.TD3, idv.Yes, []idv.MRZFault{idv.MRZBlanks}},
		"a sign missing":           {td3[1:], "", idv.No, []idv.MRZFault{idv.MRZLength}},
		"a sign too many":          {td1 + "<", "", idv.No, []idv.MRZFault{idv.MRZLength}},
		"a sign moved to line one": {td1[:31] + "\n" + td1[31:60] + "\n" + td1[60:], "", idv.No, []idv.MRZFault{idv.MRZLength}},
		"the last line missing":    {td1[:60], "", idv.No, []idv.MRZFault{idv.MRZLines}},
		"one line of a passport":   {td3[44:], "", idv.No, []idv.MRZFault{idv.MRZLines}},
		"another script":           {strings.Replace(td3, "C", "С", 1), idv.TD3, idv.No, []idv.MRZFault{idv.MRZCharacters}},
		"not text":                 {strings.Replace(td3, "C", "\xff", 1), idv.TD3, idv.No, []idv.MRZFault{idv.MRZCharacters}},
		"a visa":                   {"V" + td3[1:], "", idv.NotSaid, []idv.MRZFault{idv.MRZLayout}},
		"an old French card":       {"IDFRA" + td2[5:], "", idv.NotSaid, []idv.MRZFault{idv.MRZLayout}},
		"another code":             {"X" + td3[1:], idv.TD3, idv.No, []idv.MRZFault{}},
		"a digit in the name":      {strings.Replace(td3, "ANNA", "4NNA", 1), idv.TD3, idv.No, []idv.MRZFault{}},
		"a letter for the digit":   {td3[:87] + "O", idv.TD3, idv.No, []idv.MRZFault{}},
		"an odd sex":               {td3[:64] + "8" + td3[65:], idv.TD3, idv.No, []idv.MRZFault{}},
		"sex not said":             {td3[:64] + "<" + td3[65:], idv.TD3, idv.Yes, []idv.MRZFault{}},
	} {
		check := idv.CheckMRZ(c.text, nil, noon)
		if check.Format != c.format || check.OK != c.ok || !reflect.DeepEqual(check.Faults, c.faults) {
			t.Errorf("%s: %s, ok %q, faults %q; want %s, %q, %q", name, check.Format, check.OK, check.Faults, c.format, c.ok, c.faults)
		}
	}
}

// A day that is not in the calendar is a fault even if its digit fits; one of
// which parts are not known is none. A field without content may lack its digit.
func TestMRZDays(t *testing.T) {
	impossible := td1Born(t, "7402304")
	if got := mrzField(t, impossible, "birthDate"); got.Fault != idv.MRZDate || got.Value != "740230" || got.OK != idv.Yes || impossible.OK != idv.No {
		t.Errorf("30 February: %+v", got)
	}
	unknown := td1Born(t, "74<<<<1")
	if got := mrzField(t, unknown, "birthDate"); got.Fault != "" || got.Value != "74" || unknown.OK != idv.Yes {
		t.Errorf("a year without a day: %+v", got)
	}
	empty := idv.CheckMRZ(td3[:72]+strings.Repeat("<", 15)+"6", nil, noon)
	if got := mrzField(t, empty, "personalNumber"); got.OK != idv.Yes || got.Digit != "<" || got.Expected != "0" {
		t.Errorf("no personal number: %+v", got)
	}
	full := idv.CheckMRZ(td3[:5]+"NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K"+td3[44:], nil, noon)
	if got := mrzField(t, full, "firstName"); !got.Cut || got.Value != "CHAYAPA DEJTHAMRONG K" {
		t.Errorf("a name that fills its field: %+v", got)
	}
}

// td1Born is the card with another birth date, its digit, and the last digit that fits.
func td1Born(t *testing.T, birth string) idv.MRZCheck {
	t.Helper()
	for _, digit := range signs[:10] {
		check := idv.CheckMRZ(td1[:30]+birth+td1[37:59]+string(digit)+td1[60:], nil, noon)
		if mrzField(t, check, "composite").OK == idv.Yes {
			return check
		}
	}
	t.Fatalf("no digit fits %s", birth)
	return idv.MRZCheck{}
}

// Without a zone, what the portal listed is checked as far as it goes.
func TestMRZFromFields(t *testing.T) {
	field := func(name, value string, valid bool) idv.MRZField {
		return idv.MRZField{Label: "the " + name, Field: name, Value: value, Valid: &valid}
	}
	fields := []idv.MRZField{
		field("documentNumber", "L898902C3", true), field("documentNumberCheckDigit", "6", false),
		field("birthDate", "740812", true), field("birthDateCheckDigit", "3", true),
		field("expirationDate", "04-15-12", true), field("expirationDateCheckDigit", "9", true),
		field("sex", "female", true), field("nationality", "D<<", true), field("firstName", "ÄNNE", true),
		field("compositeCheckDigit", "0", true), {Field: "newKey", Value: "ünknown"},
	}
	check := idv.CheckMRZ("", fields, noon)
	if check.Source != idv.MRZFields || check.OK != idv.No || check.Format != "" || len(check.Lines) != 0 {
		t.Errorf("%+v", check)
	}
	want := []idv.MRZItem{
		{Field: "documentNumber", Raw: "L898902C3", Value: "L898902C3", Digit: "6", Expected: "6", OK: idv.Yes, Portal: idv.No},
		{Field: "birthDate", Raw: "740812", Value: "1974-08-12", Digit: "3", Expected: "2", OK: idv.No, Portal: idv.Yes},
		{Field: "expirationDate", Raw: "04-15-12", Value: "04-15-12", Digit: "9", Portal: idv.Yes},
		{Field: "sex", Raw: "female", Value: "female", Portal: idv.Yes},
		{Field: "nationality", Raw: "D<<", Value: "D", Portal: idv.Yes},
		{Field: "firstName", Raw: "ÄNNE", Value: "ÄNNE", Portal: idv.Yes},
		{Field: "composite", Digit: "0", Portal: idv.Yes},
		{Field: "newKey", Raw: "ünknown", Value: "ünknown"},
	}
	if !reflect.DeepEqual(check.Items, want) {
		t.Errorf("got  %+v\nwant %+v", check.Items, want)
	}
	if got := check.PortalFields; len(got) != len(fields) || got[1] != (idv.PortalMRZ{Label: "the documentNumberCheckDigit", Field: "documentNumberCheckDigit", Value: "6", Valid: idv.No}) {
		t.Errorf("%+v", got)
	}
	if whole := idv.CheckMRZ("", fields[:1], noon); whole.OK != idv.NotSaid {
		t.Errorf("a list without digits is not checked, but %q", whole.OK)
	}
	if broken := idv.CheckMRZ(td3[:80], fields[:1], noon); broken.Source != idv.MRZFields || broken.OK != idv.No || len(broken.Lines) != 1 {
		t.Errorf("a broken zone is shown and counts, though the fields stand in: %+v", broken)
	}
}

// FuzzMRZ: no panic; what is said to be right is whole and of signs of a zone;
// every text that goes to the window is text; checked again, it says the same.
func FuzzMRZ(f *testing.F) {
	for _, text := range []string{td1, td2, td3, longTD1, td1[:60], strings.ToLower(td3), "V" + td3[1:], strings.ReplaceAll(td2, "<", " "), "I<UTOD23145890<73é9<<<<<<<<<<" + td1[30:]} {
		f.Add(text, "birthDate", "740812", "2")
	}
	f.Add("", "documentNumber", "é<", "<")
	f.Add("\x00", "expirationDate", "+11111", "")
	f.Fuzz(func(t *testing.T, text, field, value, digit string) {
		fields := []idv.MRZField{{Field: field, Value: value}, {Field: field + "CheckDigit", Value: digit}}
		check := idv.CheckMRZ(text, fields, noon)
		if check.OK == idv.Yes && strings.Trim(strings.ToUpper(strings.Join(check.Lines, "")), signs) != "" && !slices.Contains(check.Faults, idv.MRZBlanks) {
			t.Errorf("right, but of %q", check.Lines)
		}
		for _, item := range check.Items {
			if item.OK == idv.Yes && item.Digit != item.Expected && item.Digit != "<" {
				t.Errorf("%+v", item)
			}
			if utf8.ValidString(text) && utf8.ValidString(value) && !utf8.ValidString(item.Raw+item.Value) {
				t.Errorf("no text any more: %+v", item)
			}
		}
		if check.Source == idv.MRZText && len(check.Lines) > 0 {
			again := idv.CheckMRZ(strings.Join(check.Lines, "\n"), fields, noon)
			if again.OK != check.OK || again.Format != check.Format {
				t.Errorf("%q is %q of %s, then %q of %s", text, check.OK, check.Format, again.OK, again.Format)
			}
		}
		if _, err := json.Marshal(check); err != nil {
			t.Error(err)
		}
	})
}
