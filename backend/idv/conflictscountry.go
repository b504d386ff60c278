package idv

import (
	"strings"

	"golang.org/x/text/language"
)

// Where the person is from against where the client's address is.

// countryConflict compares the country of the client's address with the person's.
func countryConflict(s Session, check MRZCheck) []Conflict {
	person := Field{PlacePrinted, strings.Trim(s.Person.Nationality, "<")}
	if nationalityForm(person.Value) == "" {
		person = Field{PlaceMRZ, check.item(mrzNationality).Value}
	}
	of := countryOf(nationalityForm(strings.ToUpper(person.Value)))
	at := strings.ToUpper(strings.TrimSpace(s.Location.Country))
	if of == "" || len(at) != 2 || of == at {
		return nil
	}
	return []Conflict{{OtherCountry, FieldNationality, []Field{person, {PlaceAddress, at}}, SeverityNote}}
}

// zoneCountries are the codes that only zones have (ICAO 9303 part 3, section 5).
var zoneCountries = map[string]string{"GBD": "GB", "GBN": "GB", "GBO": "GB", "GBP": "GB", "GBS": "GB", "RKS": "XK"}

// countryOf is the two-letter code of a three-letter one, "" for who has no country.
func countryOf(nationality string) string {
	if country, ok := zoneCountries[nationality]; ok {
		return country
	}
	region, err := language.ParseRegion(nationality)
	if err != nil || !region.IsCountry() {
		return ""
	}
	return region.String()
}
