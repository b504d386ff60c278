package idv

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// What the window shows of one session, made from the session alone.

// Details is a session as its page shows it, in plain values: times are RFC 3339
// in UTC, days yyyy-mm-dd, lists never nil, and "" is what the portal did not say.
type Details struct {
	Row       Row              `json:"row"`
	Summary   Summary          `json:"summary"`
	Findings  Findings         `json:"findings"`
	Activity  Activity         `json:"activity"`
	Tags      []TagGroup       `json:"tags"`  // the portal's PEP info: its five groups, then what belongs to none
	Extra     []Field          `json:"extra"` // the company's own fields, in their order
	Notes     []string         `json:"notes"` // what people wrote at the portal
	Attempts  []AttemptDetails `json:"attempts"`
	MRZ       MRZCheck         `json:"mrz"`
	Conflicts []Conflict       `json:"conflicts"` // the gravest first
	Photos    []string         `json:"photos"`    // names of the photos that the portal had
	Unknown   []Field          `json:"unknown"`   // dotted path and raw JSON of what this version does not know

	// What only the archive knows: the photos of those that are not kept, and other
	// sessions of the same person, the newest of them, newest first, and how many
	// there are.
	Missing   []MissingPhoto `json:"missing"`
	Same      []Row          `json:"same"`
	SameTotal int            `json:"sameTotal"`
}

// MissingPhoto is one that the portal had and the archive does not.
type MissingPhoto struct {
	Name string   `json:"name"`
	Why  PhotoGap `json:"why"`
}

// PhotoGap is why a photo is not kept.
type PhotoGap string

// The gaps.
const (
	PhotoWaiting PhotoGap = "waiting" // it is still to be fetched
	PhotoGone    PhotoGap = "gone"    // the portal gave none that can be kept, and is not asked again
)

// Summary is who came with what, and what became of it.
type Summary struct {
	FirstNameLatin    string `json:"firstNameLatin"`
	FirstNameGeorgian string `json:"firstNameGeorgian"`
	LastNameLatin     string `json:"lastNameLatin"`
	LastNameGeorgian  string `json:"lastNameGeorgian"`
	PersonalNumber    string `json:"personalNumber"`
	DocumentType      string `json:"documentType"` // as the portal's API wrote it: ID, PASSPORT, ...
	DocumentNumber    string `json:"documentNumber"`
	BirthDate         string `json:"birthDate"`
	Age               int    `json:"age"` // whole years on the day of the session; -1 not known
	IssueDate         string `json:"issueDate"`
	ExpirationDate    string `json:"expirationDate"`
	Sex               string `json:"sex"`         // male, female, or as the portal wrote it
	Nationality       string `json:"nationality"` // ICAO code without its fillers: GEO, D

	Company     string  `json:"company"`
	Environment string  `json:"environment"`
	Status      string  `json:"status"` // the portal's own word
	Outcome     Outcome `json:"outcome"`

	Verified       Answer `json:"verified"`
	ManualVerified Answer `json:"manualVerified"`
	ManualRejected Answer `json:"manualRejected"`
	AwaitingAction Answer `json:"awaitingAction"`
	Agreed         Answer `json:"agreed"`
	Edited         Answer `json:"edited"`
	Checked        Answer `json:"checked"`
	Liquidated     Answer `json:"liquidated"`
	ErasedAt       string `json:"erasedAt"` // Row.Erased says why
}

// Answer is yes, no, or "" for not said.
type Answer string

// The answers.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	NotSaid Answer = ""
)

func answer(b *bool) Answer {
	switch {
	case b == nil:
		return NotSaid
	case *b:
		return Yes
	}
	return No
}

// NewDetails takes a session apart for its page. accepted is the lowest match
// level that the company takes. now decides the zone of "the day of the session",
// so it should be in the zone that the window shows times in; its moment counts
// only for the century of two-digit years where the session has no time.
func NewDetails(row Row, s Session, accepted int, now time.Time) Details {
	check := sessionMRZ(s, asOf(s, now))
	details := Details{
		Row: row, Summary: newSummary(s, now.Location()), Findings: newFindings(s.Checks, accepted), Activity: newActivity(s),
		Tags: tagGroups(s.Tags), Extra: filled(s.Extra), Notes: portalNotes(s.Unknown),
		Attempts: newAttempts(s, accepted, asOf(s, now)), MRZ: check,
		Conflicts: newConflicts(s, check, accepted, now),
		Photos:    filled(s.Photos), Unknown: sortedFields(s.Unknown),
		Missing: []MissingPhoto{}, Same: []Row{},
	}
	details.Row.Spoofs = filled(row.Spoofs)
	return details
}

func newSummary(s Session, zone *time.Location) Summary {
	p, d := s.Person, s.Document
	summary := Summary{
		FirstNameLatin: p.FirstName.Latin, FirstNameGeorgian: p.FirstName.Georgian,
		LastNameLatin: p.LastName.Latin, LastNameGeorgian: p.LastName.Georgian,
		PersonalNumber: p.PersonalNumber, DocumentType: d.Type, DocumentNumber: d.Number,
		BirthDate: string(p.BirthDate), Age: -1, IssueDate: string(d.Issued), ExpirationDate: string(d.Expires),
		Sex: p.Sex, Nationality: strings.Trim(p.Nationality, "<"),
		Company: s.Partner, Environment: s.Environment, Status: s.Status, Outcome: s.Outcome,
		Verified: answer(s.Verified), ManualVerified: answer(s.ManualVerified), ManualRejected: answer(s.ManualRejected),
		AwaitingAction: answer(s.AwaitingAction), Agreed: answer(s.Agreed),
		Edited: answer(s.Edited), Checked: answer(s.Checked), Liquidated: answer(s.Liquidated),
	}
	if day, ok := dayOf(s, zone); ok {
		summary.Age = ageOn(p.BirthDate, day)
	}
	if s.Erased != nil {
		summary.ErasedAt = FormatTime(s.Erased.At)
	}
	return summary
}

// filled is a copy of the list that is not nil.
func filled[T any](list []T) []T { return append([]T{}, list...) }

// sortedFields are the pairs of a map by their keys.
func sortedFields(pairs map[string]string) []Field {
	fields := []Field{}
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		fields = append(fields, Field{Key: key, Value: pairs[key]})
	}
	return fields
}
