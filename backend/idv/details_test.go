package idv_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"veridesk/backend/idv"
)

// What crosses to the window has no null and no key that may be missing.
func TestDetailsArePlain(t *testing.T) {
	var walk func(reflect.Type, string)
	walk = func(kind reflect.Type, path string) {
		switch kind.Kind() {
		case reflect.Struct:
			for i := range kind.NumField() {
				f := kind.Field(i)
				if tag := f.Tag.Get("json"); tag == "" || strings.Contains(tag, ",") || !f.IsExported() {
					t.Errorf("%s.%s has the tag %q", path, f.Name, tag)
				}
				walk(f.Type, path+"."+f.Name)
			}
		case reflect.Slice:
			walk(kind.Elem(), path)
		case reflect.String, reflect.Int, reflect.Bool, reflect.Uint32:
		default:
			t.Errorf("%s is a %s", path, kind)
		}
	}
	walk(reflect.TypeFor[idv.Details](), "Details")

	var full idv.Session
	fill(reflect.ValueOf(&full).Elem())
	for name, s := range map[string]idv.Session{
		"empty": {}, "full": full, "an attempt of nothing": {Attempts: []idv.Attempt{{}}},
		"a tombstone": idv.Tombstone(full, idv.ByRetention, noon),
	} {
		text, err := json.Marshal(idv.NewDetails(idv.Row{}, s, 5, noon))
		if err != nil || strings.Contains(string(text), "null") {
			t.Errorf("%s: %s, %v", name, text, err)
		}
	}
}

func TestSummary(t *testing.T) {
	s := agreeing()
	s.Person.FirstName.Georgian, s.Person.LastName.Georgian = "ანა", "ერიქსონი"
	s.Person.Nationality, s.Document.Issued = "D<<", "2002-04-16"
	s.Partner, s.Environment, s.Status, s.Outcome = "Example Bank", "Sandbox", "Failed", idv.Verified
	s.Verified, s.ManualVerified, s.ManualRejected, s.AwaitingAction = ptr(false), ptr(true), ptr(false), ptr(false)
	s.Agreed, s.Edited, s.Checked = ptr(true), ptr(false), ptr(true)
	s.Erased = &idv.Erased{At: noon}
	want := idv.Summary{
		FirstNameLatin: "Anna Maria", FirstNameGeorgian: "ანა", LastNameLatin: "Eriksson", LastNameGeorgian: "ერიქსონი",
		PersonalNumber: "ZE184226B", DocumentType: "PASSPORT", DocumentNumber: "L898902C3",
		BirthDate: "1974-08-12", Age: 35, IssueDate: "2002-04-16", ExpirationDate: "2012-04-15", Sex: "female", Nationality: "D",
		Company: "Example Bank", Environment: "Sandbox", Status: "Failed", Outcome: idv.Verified,
		Verified: idv.No, ManualVerified: idv.Yes, ManualRejected: idv.No, AwaitingAction: idv.No,
		Agreed: idv.Yes, Edited: idv.No, Checked: idv.Yes, ErasedAt: "2025-03-01T12:00:00.000Z",
	}
	if got := idv.NewDetails(idv.Row{}, s, 5, noon).Summary; got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if got := idv.NewDetails(idv.Row{}, idv.Session{}, 5, noon).Summary; got != (idv.Summary{Age: -1}) {
		t.Errorf("of nothing: %+v", got)
	}
}

func TestAge(t *testing.T) {
	for _, c := range []struct {
		birth, day string
		age        int
	}{
		{"2000-03-01", "2018-02-28", 17}, {"2000-03-01", "2018-03-01", 18}, {"2000-02-29", "2018-02-28", 17},
		{"2000-02-29", "2018-03-01", 18}, {"2018-03-01", "2018-03-01", 0}, {"2018-03-02", "2018-03-01", -1},
		{"", "2018-03-01", -1}, {"2000-02-30", "2018-03-01", -1}, {"1900-12-31", "2018-03-01", 117},
	} {
		day, err := time.Parse(time.DateOnly, c.day)
		if err != nil {
			t.Fatal(err)
		}
		s := idv.Session{Created: day, Person: idv.Person{BirthDate: idv.Date(c.birth)}}
		if got := idv.NewDetails(idv.Row{}, s, 5, noon).Summary.Age; got != c.age {
			t.Errorf("%s on %s: %d, want %d", c.birth, c.day, got, c.age)
		}
	}
}

// In the portal's three status numbers 0 is good; here yes means what the name says.
func TestFindings(t *testing.T) {
	none := idv.Findings{Accepted: 5, Distance: -1}
	for name, c := range map[string]struct {
		checks idv.Checks
		change func(*idv.Findings)
	}{
		"nothing said": {idv.Checks{}, func(*idv.Findings) {}},
		"all good": {idv.Checks{DocumentValid: ptr(true), MRZValid: ptr(true), FaceMatched: ptr(true), Liveness: ptr(0), LivenessKind: ptr(0),
			MatchLevel: ptr(5), DigitalSpoof: ptr(0), FullID: ptr(0), Distance: ptr(0), ErrorMessage: "None"}, func(f *idv.Findings) {
			*f = idv.Findings{LivenessPassed: idv.Yes, LivenessStatus: "0", LivenessKind: "0", DocumentValid: idv.Yes, MRZValid: idv.Yes, FaceMatched: idv.Yes,
				DigitalSpoof: idv.No, FullID: idv.Yes, MatchLevel: 5, FAR: "1/10,000", Accepted: 5, UnderAccepted: idv.No}
		}},
		"all bad": {idv.Checks{DocumentValid: ptr(false), MRZValid: ptr(false), FaceMatched: ptr(false), Liveness: ptr(2), LivenessKind: ptr(1),
			MatchLevel: ptr(4), DigitalSpoof: ptr(1), FullID: ptr(1), Distance: ptr(3), ErrorMessage: "Data mismatch"}, func(f *idv.Findings) {
			*f = idv.Findings{LivenessPassed: idv.No, LivenessStatus: "2", LivenessKind: "1", DocumentValid: idv.No, MRZValid: idv.No, FaceMatched: idv.No,
				DigitalSpoof: idv.Yes, FullID: idv.No, MatchLevel: 4, FAR: "1/1,000", Accepted: 5, UnderAccepted: idv.Yes, Distance: 3, ErrorMessage: "Data mismatch"}
		}},
		"no match data":            {idv.Checks{MatchLevel: ptr(0)}, func(*idv.Findings) {}},
		"a level of other vendors": {idv.Checks{MatchLevel: ptr(9)}, func(f *idv.Findings) { f.MatchLevel, f.UnderAccepted = 9, idv.No }},
		"a level that is none":     {idv.Checks{MatchLevel: ptr(-3)}, func(*idv.Findings) {}},
	} {
		want := none
		c.change(&want)
		if got := idv.NewDetails(idv.Row{}, idv.Session{Checks: c.checks}, 5, noon).Findings; got != want {
			t.Errorf("%s:\ngot  %+v\nwant %+v", name, got, want)
		}
	}
}

// A step without a time stays where it belongs; one that was not taken is told too.
func TestSteps(t *testing.T) {
	at := func(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }
	s := idv.Session{
		Created: at(0), Started: at(1), Finished: at(5), Agreed: ptr(true), Verified: ptr(false),
		LivenessFinished: ptr(true), DocumentFinished: ptr(false), Checks: idv.Checks{Liveness: ptr(1)},
		Attempts: []idv.Attempt{
			{Created: at(-30), OtherSessionID: "s-0", Success: ptr(false), Error: "Image is too dark"},
			{Created: at(4), Success: ptr(true), Error: "None"}, {Created: at(3)}, {},
		},
		Erased: &idv.Erased{At: at(9)},
	}
	want := []idv.Step{
		{Kind: idv.StepAttempt, At: "2025-03-01T11:30:00.000Z", Done: idv.Yes, Passed: idv.No, Attempt: 1, Error: "Image is too dark", SessionID: "s-0"},
		{Kind: idv.StepCreated, At: "2025-03-01T12:00:00.000Z", Done: idv.Yes},
		{Kind: idv.StepStarted, At: "2025-03-01T12:01:00.000Z", Done: idv.Yes, Passed: idv.Yes},
		{Kind: idv.StepLiveness, Done: idv.Yes, Passed: idv.No},
		{Kind: idv.StepAttempt, At: "2025-03-01T12:03:00.000Z", Done: idv.Yes, Attempt: 3},
		{Kind: idv.StepAttempt, At: "2025-03-01T12:04:00.000Z", Done: idv.Yes, Passed: idv.Yes, Attempt: 2},
		{Kind: idv.StepAttempt, Done: idv.Yes, Attempt: 4},
		{Kind: idv.StepDocument, Done: idv.No},
		{Kind: idv.StepFinished, At: "2025-03-01T12:05:00.000Z", Done: idv.Yes, Passed: idv.No},
		{Kind: idv.StepErased, At: "2025-03-01T12:09:00.000Z", Done: idv.Yes},
	}
	if got := idv.NewDetails(idv.Row{}, s, 5, noon).Activity.Steps; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestActivity(t *testing.T) {
	s := idv.Session{
		ID: "s-1", RecordID: "r-1", Events: []string{"LivenessPassed"}, AttemptNumber: ptr(2), CompareAttempts: ptr(1),
		Interacting: ptr(true), UsedThirdParty: ptr(false),
		Device: idv.Device{Kind: "Mobile", Vendor: "Apple", Model: "iPhone", OS: "iOS", Version: "14.2", Browser: "Safari", ClientIP: "192.0.2.1"},
		Location: idv.Location{Country: "GE", Region: "TB", City: "Tbilisi", EU: "0", Timezone: "Asia/Tbilisi",
			Latitude: ptr(41.6959), Longitude: ptr(-44.8), Area: ptr(100)},
	}
	want := idv.Activity{
		Steps: []idv.Step{}, Events: []string{"LivenessPassed"}, SessionID: "s-1", RecordID: "r-1",
		AttemptNumber: 2, CompareAttempts: 1, Interacting: idv.Yes, UsedThirdParty: idv.No,
		Device: idv.DeviceFacts{
			Kind: "Mobile", Vendor: "Apple", Model: "iPhone", OS: "iOS", Version: "14.2", Browser: "Safari", IP: "192.0.2.1",
			Country: "GE", Region: "TB", City: "Tbilisi", EU: "0", Timezone: "Asia/Tbilisi", Coordinates: "41.6959, -44.8", Area: 100,
		},
	}
	if got := idv.NewDetails(idv.Row{}, s, 5, noon).Activity; !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func TestTagsNotesAndUnknown(t *testing.T) {
	s := idv.Session{
		Tags:    []string{"pep", "Fake ", "Tag of tomorrow", "tag of Tomorrow", ""},
		Unknown: map[string]string{"notes": `["seen","", {"text":"x"}, null]`, "note": `"called <b>"`, "details.notes": `7`, "a.b": `{"c":1}`},
	}
	d := idv.NewDetails(idv.Row{}, s, 5, noon)
	given := []string{}
	for _, group := range d.Tags {
		for _, mark := range group.Tags {
			if mark.Given {
				given = append(given, group.Group+"/"+mark.Tag)
			}
		}
	}
	if want := []string{"Compromised person/PEP", "Suspected fraud/Fake", "/Tag of tomorrow"}; !reflect.DeepEqual(given, want) || len(d.Tags) != 6 {
		t.Errorf("tags %q in %d groups, want %q", given, len(d.Tags), want)
	}
	if groups := idv.NewDetails(idv.Row{}, idv.Session{}, 5, noon).Tags; len(groups) != 5 || len(groups[3].Tags) != 4 {
		t.Errorf("the portal's list is %+v", groups)
	}
	if want := []string{"seen", `{"text":"x"}`, "called <b>", "7"}; !reflect.DeepEqual(d.Notes, want) {
		t.Errorf("notes %q, want %q", d.Notes, want)
	}
	unknown := []idv.Field{{Key: "a.b", Value: `{"c":1}`}, {Key: "details.notes", Value: "7"},
		{Key: "note", Value: `"called <b>"`}, {Key: "notes", Value: s.Unknown["notes"]}}
	if !reflect.DeepEqual(d.Unknown, unknown) {
		t.Errorf("unknown keys %+v", d.Unknown)
	}
}

func TestAttemptDetails(t *testing.T) {
	s := idv.Session{Attempts: []idv.Attempt{{
		Created: noon, Success: ptr(true), Error: "None", Checks: idv.Checks{Liveness: ptr(0), MRZValid: ptr(false)},
		Read: map[string]string{"sex": "female", "firstName.en": "ANNA"}, MRZ: td3, FrontText: "front", BackText: "back",
		FrontData: map[string]string{"b": "2", "a": "1"}, BackData: map[string]string{"c": "3"}, Photos: 2, OtherSessionID: "s-0",
	}}}
	got := idv.NewDetails(idv.Row{}, s, 5, noon).Attempts[0]
	if got.MRZ.OK != idv.Yes || got.MRZ.Portal != idv.No || got.MRZ.Attempt != 1 {
		t.Errorf("its zone: %+v", got.MRZ)
	}
	got.MRZ = idv.MRZCheck{}
	want := idv.AttemptDetails{
		Number: 1, At: "2025-03-01T12:00:00.000Z", Success: idv.Yes, OtherSession: "s-0", Photos: 2,
		Findings:  idv.Findings{LivenessPassed: idv.Yes, LivenessStatus: "0", MRZValid: idv.No, Accepted: 5, Distance: -1},
		Read:      []idv.Field{{Key: "firstName.en", Value: "ANNA"}, {Key: "sex", Value: "female"}},
		FrontText: "front", BackText: "back",
		FrontData: []idv.Field{{Key: "a", Value: "1"}, {Key: "b", Value: "2"}}, BackData: []idv.Field{{Key: "c", Value: "3"}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
