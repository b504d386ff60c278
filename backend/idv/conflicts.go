package idv

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// What in a session does not go together. A value that is missing, or that cannot
// be compared with certainty, is no conflict.

// AdultAge is the age in years from which a person is of age.
const AdultAge = 18

// Conflict is one thing that does not fit, in words for programs: the window has
// the sentences.
type Conflict struct {
	Kind     ConflictKind  `json:"kind"`
	Field    ConflictField `json:"field"`
	Values   []Field       `json:"values"` // Key: a Place; Value: what it says there, days as yyyy-mm-dd
	Severity Severity      `json:"severity"`
}

// ConflictKind is what is wrong.
type ConflictKind string

// The kinds.
const (
	Differs       ConflictKind = "differs"      // two places say different things
	LookAlike     ConflictKind = "lookAlike"    // they differ in O and 0, I and 1, B and 8, S and 5 only
	Expired       ConflictKind = "expired"      // the document, on the day of the session
	UnderAge      ConflictKind = "underAge"     // the person, on the day of the session
	OtherCountry  ConflictKind = "otherCountry" // the address is of another country than the person
	UnderAccepted ConflictKind = "underAccepted"
	OtherSession  ConflictKind = "otherSession" // attempts of other sessions are among this one's
	MRZOpinion    ConflictKind = "mrzOpinion"   // the portal and the check made here disagree
)

// ConflictField is what the conflict is about.
type ConflictField string

// The fields.
const (
	FieldDocumentNumber ConflictField = "documentNumber"
	FieldPersonalNumber ConflictField = "personalNumber"
	FieldFirstName      ConflictField = "firstName"
	FieldLastName       ConflictField = "lastName"
	FieldBirthDate      ConflictField = "birthDate"
	FieldExpiration     ConflictField = "expirationDate"
	FieldSex            ConflictField = "sex"
	FieldNationality    ConflictField = "nationality"
	FieldMatchLevel     ConflictField = "matchLevel"
	FieldSession        ConflictField = "sessionId"
	FieldMRZ            ConflictField = "mrz"
)

// Place is where a value of a conflict comes from.
type Place = string

// The places.
const (
	PlaceMRZ      Place = "mrz"
	PlacePrinted  Place = "printed"  // the portal's data of the document
	PlaceFront    Place = "front"    // what the portal read off the front side
	PlaceSession  Place = "session"  // the day of the session, or its match level
	PlaceAge      Place = "age"      // whole years
	PlaceAddress  Place = "address"  // the country of the client's address, two letters
	PlaceAccepted Place = "accepted" // the company's match level
	PlaceAttempt  Place = "attempt"  // the Session ID of an attempt
	PlacePortal   Place = "portal"   // yes or no, in the portal's opinion
	PlaceHere     Place = "here"     // yes or no, by the check made here
)

// Severity is how much a conflict speaks against the session.
type Severity string

// The severities, the gravest first.
const (
	SeverityFault Severity = "fault" // speaks against document or person
	SeverityDoubt Severity = "doubt" // likely a slip of a reader
	SeverityNote  Severity = "note"  // worth knowing
)

// newConflicts compares what the session says of itself; the day of the session is
// the day in the zone of now.
func newConflicts(s Session, check MRZCheck, accepted int, now time.Time) []Conflict {
	list := readings(s, check, asOf(s, now)).conflicts()
	if day, ok := dayOf(s, now.Location()); ok {
		list = append(list, dayConflicts(s, check, day)...)
	}
	list = append(list, countryConflict(s, check)...)
	if level := number(s.Checks.MatchLevel); level > 0 && level < accepted {
		list = append(list, Conflict{UnderAccepted, FieldMatchLevel, []Field{
			{PlaceSession, strconv.Itoa(level)}, {PlaceAccepted, strconv.Itoa(accepted)},
		}, SeverityFault})
	}
	if check.Portal != NotSaid && check.OK != NotSaid && check.Portal != check.OK {
		list = append(list, Conflict{MRZOpinion, FieldMRZ, []Field{
			{PlacePortal, string(check.Portal)}, {PlaceHere, string(check.OK)},
		}, SeverityDoubt})
	}
	list = append(list, otherSessions(s)...)
	slices.SortStableFunc(list, func(a, b Conflict) int { return cmp.Compare(a.Severity.rank(), b.Severity.rank()) })
	return list
}

func (s Severity) rank() int {
	return slices.Index([]Severity{SeverityFault, SeverityDoubt, SeverityNote}, s)
}

// dayConflicts are those of the day of the session.
func dayConflicts(s Session, check MRZCheck, day Date) []Conflict {
	list := []Conflict{}
	on := Field{PlaceSession, string(day)}
	if expires := firstDay(s.Document.Expires, check.item(mrzExpiry)); expires.Value != "" && expires.Value < string(day) {
		list = append(list, Conflict{Expired, FieldExpiration, []Field{expires, on}, SeverityFault})
	}
	birth := firstDay(s.Person.BirthDate, check.item(mrzBirth))
	if age := ageOn(Date(birth.Value), day); age >= 0 && age < AdultAge {
		list = append(list, Conflict{UnderAge, FieldBirthDate, []Field{birth, on, {PlaceAge, strconv.Itoa(age)}}, SeverityFault})
	}
	return list
}

// firstDay is the printed day, else the one of the zone; the zero Field for none.
func firstDay(printed Date, item MRZItem) Field {
	if isDay(string(printed)) {
		return Field{PlacePrinted, string(printed)}
	}
	if isDay(item.Value) {
		return Field{PlaceMRZ, item.Value}
	}
	return Field{}
}

func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// otherSessions names the other sessions whose attempts are among this one's.
func otherSessions(s Session) []Conflict {
	values := []Field{}
	for _, a := range s.Attempts {
		value := Field{PlaceAttempt, a.OtherSessionID}
		if a.OtherSessionID != "" && !slices.Contains(values, value) {
			values = append(values, value)
		}
	}
	if len(values) == 0 {
		return nil
	}
	return []Conflict{{OtherSession, FieldSession, values, SeverityNote}}
}
