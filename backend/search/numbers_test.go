package search_test

import (
	"testing"

	"veridesk/backend/idv"
	"veridesk/backend/search"
)

func numbered() idv.Session {
	return idv.Session{
		ID:       "e35d54ac-8bf8-4c55-9f0b-1a2b3c4d5e6f",
		Person:   idv.Person{FirstName: idv.Name{Latin: "NINO"}, PersonalNumber: "01001000097"},
		Document: idv.Document{Number: "13AB5678"},
		Extra:    []idv.Field{{Key: "phoneNumber", Value: "+995 555 12 34 56"}, {Key: "customerId", Value: "C-0012345"}},
	}
}

func TestNumbers(t *testing.T) {
	const exactly, nearly, not = 2, 1, 0
	for text, want := range map[string]int{
		"13AB5678": exactly, "13 AB 5678": exactly, "13-ab-5678": exactly, "13A B56": exactly, "nino 13 AB 5": exactly, "13 AB 5678 nino": exactly,
		"AB": not, "AB 13": not, "13 nino AB": not, "AB5678": not,
		"I3AB5678": nearly, "l3A85678": nearly, "13AB567B": nearly, "13 A8 S678": nearly, "nino 13A856": nearly, "13a8": not, "13A95678": not,
		"13AB56789":   not,
		"01001000097": exactly, "0100 1000 097": exactly, "O1OO1OOOO97": nearly, "o1001": nearly, "o100": not, "OIOOI": not,
		"e35d54ac-8bf8-4c55-9f0b-1a2b3c4d5e6f": exactly, "E35D54AC8BF84C559F0B1A2B3C4D5E6F": exactly, "e35d54ac 8bf8 4c55": exactly,
		"e3sd54ac-8bf8": nearly, "e35d54ac-88f8-4c55-9f0b-1a2b3c4d5e6f": nearly, "8bf8": not, "e35d54ac-8bf9": not,
		"+995 555 12 34 56": exactly, "995555123456": exactly, "555123456": exactly, "555 12 34 56": exactly, "12 34 56": exactly, "123456": exactly,
		"55512345G": not, "555I23456": nearly, "5551234567": not, "999": not,
		"C-0012345": exactly, "c0012345": exactly, "0012345": exactly, "C-OO12345": nearly, "C 0012345": exactly,
		"nino 995": exactly, "nina 995": not, "13AB5678 I3AB5678": nearly,
	} {
		got := not
		if exact, near := search.Matches(text, numbered()); exact {
			got = exactly
		} else if near {
			got = nearly
		}
		if got != want {
			t.Errorf("Matches(%q) = %d, want %d: %+v in %q", text, got, want, search.Words(text), search.Terms(numbered()))
		}
	}
}

// A near hit says what it was taken for.
func TestNear(t *testing.T) {
	for text, want := range map[string]string{
		"I3AB5678": "13AB5678", "nino 13 A8 5678": "13AB5678", "OI00I": "01001000097", "e3sd54ac": "e35d54ac-8bf8-4c55-9f0b-1a2b3c4d5e6f",
		"555I23456": "+995 555 12 34 56", "995-SSS": "+995 555 12 34 56", "C-OO123": "C-0012345",
		"13AB5678": "", "zzz": "", "": "", "I3AB5678 keti": "",
	} {
		if got := search.Near(text, numbered()); got != want {
			t.Errorf("Near(%q) = %q, want %q", text, got, want)
		}
	}
}
