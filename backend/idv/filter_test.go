package idv_test

import (
	"math"
	"reflect"
	"testing"
	"time"

	"veridesk/backend/idv"
)

func TestSpan(t *testing.T) {
	for _, c := range []struct {
		from, before string
		wantFrom     int64
		wantBefore   int64
	}{
		{"", "", math.MinInt64, math.MaxInt64},
		{"1970-01-01T04:00:01+04:00", "", 1000, math.MaxInt64},
		{"", "1970-01-01T00:00:02.5Z", math.MinInt64, 2500},
		{"1970-01-01T00:00:00.0001Z", "1970-01-01T00:00:00.0001Z", 1, 1}, // the millisecond 0 is earlier than both
		{"1969-12-31T23:59:59Z", "", -1000, math.MaxInt64},
	} {
		from, before, err := idv.Filter{From: c.from, Before: c.before}.Span()
		if err != nil || from != c.wantFrom || before != c.wantBefore {
			t.Errorf("%q to %q: %d, %d, %v; want %d, %d", c.from, c.before, from, before, err, c.wantFrom, c.wantBefore)
		}
	}
	for _, bad := range []idv.Filter{{From: "yesterday"}, {Before: "2025-01-01"}} {
		if _, _, err := bad.Span(); idv.AsError(err) == nil || idv.AsError(err).Code != idv.CodeInvalid {
			t.Errorf("%+v: %v", bad, err)
		}
	}
}

func TestNewFacts(t *testing.T) {
	s := idv.Session{
		ID: "a1", Outcome: idv.Failed, Environment: "Sandbox", Created: noon, Checked: ptr(true),
		Person:   idv.Person{FirstName: idv.Name{Latin: "NINO", Georgian: "ნინო"}, LastName: idv.Name{Georgian: "ბერიძე"}, PersonalNumber: "01001"},
		Document: idv.Document{Type: "PASSPORT", Number: "12AB"},
		Checks:   idv.Checks{Liveness: ptr(2), MatchLevel: ptr(9), DigitalSpoof: ptr(1), FullID: ptr(0)},
		Device:   idv.Device{Kind: "PC"}, Location: idv.Location{Country: "GE"},
		Tags:  []string{"PEP", "AGE", "PEP"},
		Extra: []idv.Field{{Key: "phone", Value: "+995 1"}, {Key: "branch", Value: "Vake"}},
	}
	want := idv.Facts{
		Created: noon.UnixMilli(), Outcome: idv.Failed, DocumentType: "passport", Digital: true, MatchLevel: 9,
		Liveness: idv.LivenessFailed, Environment: "Sandbox", Device: "PC", Country: "GE", Tags: []string{"AGE", "PEP"},
		Reviewed: true, FirstName: "NINO", LastName: "ბერიძე", PersonalNumber: "01001", DocumentNumber: "12AB",
		SessionID: "a1", Extra: "+995 1; Vake",
	}
	if got := idv.NewFacts(s); !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if s.Tags[0] != "PEP" {
		t.Error("the session's tags were sorted")
	}
	low, high := idv.NewFacts(idv.Session{Checks: idv.Checks{MatchLevel: ptr(-3)}}), idv.NewFacts(idv.Session{Checks: idv.Checks{MatchLevel: ptr(math.MaxInt)}})
	if low.MatchLevel != 0 || high.MatchLevel != 255 || low.Reviewed {
		t.Errorf("levels %d and %d, reviewed %v", low.MatchLevel, high.MatchLevel, low.Reviewed)
	}
	if f := idv.NewFacts(idv.Tombstone(s, idv.ByUser, time.Now())); f.FirstName+f.LastName+f.PersonalNumber+f.DocumentNumber+f.Extra+f.Country != "" {
		t.Errorf("a tombstone's facts tell of the person: %+v", f)
	}
}

func TestSpoofsOfFacts(t *testing.T) {
	for _, c := range []struct {
		facts    idv.Facts
		accepted int
		want     []idv.Spoof
	}{
		{idv.Facts{}, 5, []idv.Spoof{}}, // no level is no low level
		{idv.Facts{MatchLevel: 5}, 5, []idv.Spoof{}},
		{idv.Facts{MatchLevel: 4, NotFull: true, Digital: true}, 5, []idv.Spoof{idv.DigitalSpoof, idv.NotFullID, idv.LowFAR}},
	} {
		if got := c.facts.Spoofs(c.accepted); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.facts, got, c.want)
		}
	}
}
