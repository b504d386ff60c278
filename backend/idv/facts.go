package idv

import (
	"slices"
	"strings"
	"time"
)

// Facts are what filters, counts and orders go by: one small row a session. An
// archive keeps them beside its records, so that none of those has to be read.
type Facts struct {
	Created, Finished int64 // Unix milliseconds, 0 none
	Outcome           Outcome
	DocumentType      string // as in Row
	Digital, NotFull  bool   // the spoof reasons
	MatchLevel        int    // 0 no data; never negative, most 255
	Liveness          string // as in Row
	Environment       string
	Device            string // PC, Mobile, ...
	Country           string
	Tags              []string // sorted, each once
	Reviewed          bool     // a person has decided it or marked it as checked
	FirstName         string   // as in Row, and so on
	LastName          string
	PersonalNumber    string
	DocumentNumber    string
	SessionID         string
	Extra             string // the values, not the keys
}

// FactsVersion changes whenever NewFacts gives something else of the same session.
const FactsVersion = 1

// NewFacts takes a session's facts.
func NewFacts(s Session) Facts {
	f := Facts{
		Created: unixMilli(s.Created), Finished: unixMilli(s.Finished),
		Outcome: s.Outcome, DocumentType: documentTypeCell(s.Document.Type),
		Liveness: s.livenessWord(), Environment: s.Environment,
		Device: s.Device.Kind, Country: s.Location.Country, Reviewed: s.isReviewed(),
		FirstName: s.Person.FirstName.String(), LastName: s.Person.LastName.String(),
		PersonalNumber: s.Person.PersonalNumber, DocumentNumber: s.Document.Number,
		SessionID: s.ID, Extra: extraValues(s.Extra),
	}
	f.Tags = slices.Compact(slices.Sorted(slices.Values(s.Tags)))
	for _, spoof := range s.Spoofs() {
		f.Digital = f.Digital || spoof == DigitalSpoof
		f.NotFull = f.NotFull || spoof == NotFullID
	}
	if level := s.Checks.MatchLevel; level != nil {
		f.MatchLevel = min(max(0, *level), maxLevel)
	}
	return f
}

// maxLevel is the highest match level that facts tell from others; the scale
// ends at 7, other vendors' at 9.
const maxLevel = 255

// unixMilli is 0 for no time.
func unixMilli(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// extraValues are the values of the company's fields, as one text.
func extraValues(extra []Field) string {
	values := make([]string, len(extra))
	for i, field := range extra {
		values[i] = field.Value
	}
	return strings.Join(values, "; ")
}

// livenessWord is what a list says of the liveness check.
func (s Session) livenessWord() string {
	switch {
	case s.Checks.Liveness == nil:
		return ""
	case *s.Checks.Liveness == 0:
		return LivenessPassed
	}
	return LivenessFailed
}

// isReviewed reports whether a person has decided the session or marked it.
func (s Session) isReviewed() bool {
	for _, mark := range []*bool{s.Checked, s.ManualVerified, s.ManualRejected} {
		if mark != nil && *mark {
			return true
		}
	}
	return false
}

// Spoofs lists the spoof reasons of the facts, given the accepted match level.
func (f Facts) Spoofs(accepted int) []Spoof {
	found := []Spoof{}
	for _, reason := range []struct {
		is    bool
		spoof Spoof
	}{{f.Digital, DigitalSpoof}, {f.NotFull, NotFullID}, {f.MatchLevel > 0 && f.MatchLevel < accepted, LowFAR}} {
		if reason.is {
			found = append(found, reason.spoof)
		}
	}
	return found
}
