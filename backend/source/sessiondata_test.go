package source_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

func decode(t *testing.T, item string) idv.Record {
	t.Helper()
	record, err := source.DecodeSession([]byte(item))
	if err != nil {
		t.Fatalf("decode: %v", err)
	}
	return record
}

// with is a smallest session with more keys.
func with(keys string) string {
	return `{"sessionId":"s-1","createdAt":"2025-03-01T08:00:00.448Z",` + keys + `}`
}

func TestDecodeEveryKey(t *testing.T) {
	got := decode(t, string(compactSample(t, "verified.json"))).Session
	moment := func(text string) time.Time { return moment(t, text) }
	got.MRZ, got.Attempts = nil, nil
	no, yes := new(false), new(true)
	want := idv.Session{
		ID: "a1a6bcde-3a12-4c64-be02-ff05b7c1dce2", RecordID: "f065a1c284cc4549c1acc990", Environment: "Production",
		Status: "Verified", Outcome: idv.Verified, Verified: yes, ManualVerified: no, ManualRejected: no,
		AwaitingAction: no, Liquidated: no, Agreed: yes, Edited: no, Checked: no,
		LivenessFinished: yes, DocumentFinished: yes, ImagesDownloaded: no,
		Created: moment("2025-03-01T08:00:00.448Z"), Started: moment("2025-03-01T08:00:22.2Z"), Finished: moment("2025-03-01T08:00:52.164Z"),
		Person: idv.Person{
			FirstName: idv.Name{Latin: "JÜRGEN"}, LastName: idv.Name{Latin: "GROẞ"}, PersonalNumber: "86167370577",
			BirthDate: "1974-09-11", Sex: "male", Nationality: "D<<",
		},
		Document: idv.Document{Type: "ID", Number: "17IG87591", Issued: "2009-05-26", Expires: "2019-05-24"},
		Checks: idv.Checks{
			DocumentValid: yes, MRZValid: yes, FaceMatched: yes, Liveness: new(0), LivenessKind: new(0), MatchLevel: new(7),
			DigitalSpoof: new(0), FullID: new(0), Distance: new(0), ErrorMessage: "None",
		},
		Device: idv.Device{
			Kind: "Mobile", Vendor: "Apple", Model: "iPhone", OS: "iOS", Version: "14.2", Browser: "Firefox", ClientIP: "198.51.100.154",
		},
		Location: idv.Location{
			Country: "GE", Region: "TB", City: "Tbilisi", EU: "0", Timezone: "Asia/Tbilisi",
			Latitude: new(41.6959), Longitude: new(44.832), Metro: new(0), Area: new(100),
		},
		Events: []string{"LivenessPassed", "DocumentPassed", "SessionFinished"}, Tags: []string{},
		Extra:  []idv.Field{{Key: "phoneNumber", Value: "+995 592894455"}, {Key: "branch", Value: "Batumi"}},
		Photos: []string{"selfie-1", "selfie-2", "front", "back"},

		AttemptNumber: new(1), CompareAttempts: new(1), Interacting: yes, UsedThirdParty: no,
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("session\n got %+v\nwant %+v", got, want)
	}
}

func TestDecodeMRZAndAttempts(t *testing.T) {
	got := decode(t, string(compactSample(t, "verified.json"))).Session
	if len(got.MRZ) != 13 || len(got.Attempts) != 1 {
		t.Fatalf("%d MRZ fields and %d attempts, want 13 and 1", len(got.MRZ), len(got.Attempts))
	}
	wantMRZ := idv.MRZField{Label: "Last name", Field: "lastName", Value: "GROẞ", Valid: new(true)}
	if !reflect.DeepEqual(got.MRZ[11], wantMRZ) {
		t.Errorf("MRZ field 11: %+v", got.MRZ[11])
	}
	wantAttempt := idv.Attempt{
		Created: moment(t, "2025-03-01T08:00:50.143Z"), Success: new(true), Photos: 2,
		Checks: idv.Checks{MatchLevel: new(7), DigitalSpoof: new(0), FullID: new(0), Liveness: new(0), MRZValid: new(true)},
		Read: map[string]string{
			"firstName.en": "JÜRGEN", "firstName.ge": "", "lastName.en": "GROẞ", "lastName.ge": "",
			"birthDate": "09-11-74", "expirationDate": "05-24-19", "sex": "male", "nationality": "D<<",
			"documentNumber": "17IG87591", "personalNumber": "86167370577", "issueDate": "26.05.2009",
		},
		MRZ:       "IDGEO17IG87591286167370577<<<<7409118M1905249D<<<<<<<<<<<<<1GROSS<<JUERGEN<<<<<<<<<<<<<<<<",
		FrontData: map[string]string{"personalNumber": "86167370577", "documentNumber": "171G87591"},
		BackData:  map[string]string{"dateOfIssue": "26.05.2009"},
	}
	if !reflect.DeepEqual(got.Attempts[0], wantAttempt) {
		t.Errorf("attempt\n got %+v\nwant %+v", got.Attempts[0], wantAttempt)
	}
}

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestDecodePhotos(t *testing.T) {
	record := decode(t, with(`"identity":{"selfieImages":["https://m.invalid/1",null,"https://m.invalid/3"],"frontImageUrl":"https://m.invalid/f","backImageUrl":null}`))
	want := []idv.Photo{
		{Name: "selfie-1", URL: "https://m.invalid/1"}, {Name: "selfie-3", URL: "https://m.invalid/3"}, {Name: "front", URL: "https://m.invalid/f"},
	}
	if !reflect.DeepEqual(record.Photos, want) {
		t.Errorf("photos %+v", record.Photos)
	}
	if got := strings.Join(record.Session.Photos, " "); got != "selfie-1 selfie-3 front" {
		t.Errorf("names %q", got)
	}
}

// TestDecodeSamples reads each published sample and asserts what is special in it.
func TestDecodeSamples(t *testing.T) {
	tests := []struct {
		file    string
		outcome idv.Outcome
		holds   func(s idv.Session) bool
	}{
		{"verified.json", idv.Verified, func(s idv.Session) bool { return s.Unknown == nil && s.Written == nil }},
		{"liquidated.json", idv.Verified, func(s idv.Session) bool {
			return s.IsLiquidated() && s.Person == (idv.Person{}) && *s.Checks.MatchLevel == 7 && s.Photos == nil
		}},
		{"liveness.json", idv.Failed, func(s idv.Session) bool {
			return *s.Checks.Liveness == 2 && *s.Checks.LivenessKind == 2 && s.Person.FirstName.Georgian == "დავითი" && s.Document.Type == "PASSPORT"
		}},
		{"notfull.json", idv.Failed, func(s idv.Session) bool { return reflect.DeepEqual(s.Spoofs(), []idv.Spoof{idv.NotFullID}) }},
		{"pending.json", idv.Pending, func(s idv.Session) bool {
			return *s.AwaitingAction && s.Finished.IsZero() && s.Device.Vendor == "" && s.Device.Kind == "PC"
		}},
		{"rejected.json", idv.Rejected, func(s idv.Session) bool {
			return reflect.DeepEqual(s.Tags, []string{"Fake", "MRZ issue"}) && len(s.Photos) == 3 && s.Person.BirthDate == "1941-08-23"
		}},
		{"sparse.json", idv.OutcomeUnknown, func(s idv.Session) bool {
			return reflect.DeepEqual(s.Unknown, map[string]string{"newKeyOfTomorrow": `{"a":[1,2]}`}) && s.Tags == nil && s.Verified == nil
		}},
		{"spoof.json", idv.Failed, func(s idv.Session) bool {
			return reflect.DeepEqual(s.Spoofs(), []idv.Spoof{idv.DigitalSpoof}) && s.Attempts[0].FrontData["documentNumber"] == "178879537" &&
				s.Extra[1].Value == `Kutaisi "Center"`
		}},
		{"unfinished.json", idv.Unfinished, func(s idv.Session) bool {
			return s.Person.BirthDate == "2000-04-11" && s.Document.Expires == "2026-03-04"
		}},
	}
	for _, tt := range tests {
		t.Run(tt.file, func(t *testing.T) {
			s := decode(t, string(compactSample(t, tt.file))).Session
			if s.Outcome != tt.outcome {
				t.Errorf("outcome %q, want %q", s.Outcome, tt.outcome)
			}
			if !tt.holds(s) {
				t.Errorf("session %+v", s)
			}
		})
	}
}

func TestDecodeUnknownKeysAtEveryLevel(t *testing.T) {
	s := decode(t, with(`"a":{"b": [1, 2]},"identity":{"c":null},"info":{"firstName":{"ru":"Ю"}},
		"details":{"d":"x","userAgent":{"e":1},"mrzDetails":[{},{"f":true}],
		"documentAttempts":[{"g":1,"data":{"h":2,"info":{"kept":"as read"}},"details":{"i":3}}],"location":{"j":{}}},
		"extra":[{"key":"k","value":"v","type":"text"}],"partner":{"name":"Example Bank","id":7}`)).Session
	want := map[string]string{
		"a": `{"b":[1,2]}`, "identity.c": "null", "info.firstName.ru": `"Ю"`, "details.d": `"x"`, "details.userAgent.e": "1",
		"details.mrzDetails[1].f": "true", "details.documentAttempts[0].g": "1", "details.documentAttempts[0].data.h": "2",
		"details.documentAttempts[0].details.i": "3", "details.location.j": "{}", "extra[0].type": `"text"`, "partner.id": "7",
	}
	if !reflect.DeepEqual(s.Unknown, want) {
		t.Errorf("unknown\n got %v\nwant %v", s.Unknown, want)
	}
	if s.Attempts[0].Read["kept"] != "as read" || s.Partner != "Example Bank" {
		t.Errorf("read %v, partner %q", s.Attempts[0].Read, s.Partner)
	}
}

func TestDecodeLenientScalars(t *testing.T) {
	s := decode(t, `{"sessionId":12345678901234567890,"createdAt":"2025-03-01T08:00:00.448Z","verified":"TRUE","isAgreed":1,"edited":"",
		"liveness":"2","info":{"personalNumber":1717155156,"documentNumber":1.50},"details":{"matchLevel":7.0,"attempts":" 3 ",
		"documentValid":"no","location":{"ll":["41.5",44],"eu":0}},"events":"one","tags":[]}`).Session
	switch {
	case s.ID != "12345678901234567890", s.Person.PersonalNumber != "1717155156", s.Document.Number != "1.50":
		t.Errorf("texts %q %q %q", s.ID, s.Person.PersonalNumber, s.Document.Number)
	case !*s.Verified, !*s.Agreed, s.Edited != nil, *s.Checks.DocumentValid:
		t.Error("a flag is wrong")
	case *s.Checks.LivenessKind != 2, *s.Checks.MatchLevel != 7, *s.AttemptNumber != 3:
		t.Error("a number is wrong")
	case *s.Location.Latitude != 41.5, *s.Location.Longitude != 44, s.Location.EU != "0":
		t.Errorf("location %+v", s.Location)
	case len(s.Events) != 1, s.Tags == nil:
		t.Errorf("events %v, tags %v", s.Events, s.Tags)
	}
}

func TestDecodeExtra(t *testing.T) {
	want := []idv.Field{{Key: "phone", Value: "+995 1"}, {Key: "n", Value: "7"}}
	for _, shape := range []string{
		`[{"key":"phone","value":"+995 1"},{"key":"n","value":7}]`,
		`[{"name":"phone","value":"+995 1"},{"value":7,"name":"n"}]`,
		`[{"label":"phone","value":"+995 1"},null,{"label":"n","value":"7"}]`,
		`[{"phone":"+995 1","n":7}]`,
		`[{"phone":"+995 1"},{"n":"7"}]`,
		`{"phone":"+995 1","n":7}`,
	} {
		if got := decode(t, with(`"extra":`+shape)).Session.Extra; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v", shape, got)
		}
	}
	got := decode(t, with(`"extra":[{"key":"a","value":{"b": [true]}},{"key":"c","value":null}]`)).Session.Extra
	if want := []idv.Field{{Key: "a", Value: `{"b":[true]}`}, {Key: "c"}}; !reflect.DeepEqual(got, want) {
		t.Errorf("values that are no texts: %v", got)
	}
}

func TestDecodeKeepsThePortalsSpelling(t *testing.T) {
	s := decode(t, `{"sessionId":"s","createdAt":"2025-03-01T12:00:00.448+04:00","finishedAt":"2025-03-01 08:10:00",
		"info":{"birthDate":"1974-09-11","expirationDate":"05-24-29","issueDate":"2019-05-24"}}`).Session
	want := map[string]string{
		idv.ColBirthDate: "1974-09-11", idv.ColCreated: "2025-03-01T12:00:00.448+04:00", idv.ColCompleted: "2025-03-01 08:10:00",
	}
	if !reflect.DeepEqual(s.Written, want) {
		t.Errorf("written %v", s.Written)
	}
	if !s.Created.Equal(time.Date(2025, 3, 1, 8, 0, 0, 448e6, time.UTC)) || s.Created.Location() != time.UTC {
		t.Errorf("created %v", s.Created)
	}
	if s.Document.Issued != "2019-05-24" || s.Document.Expires != "2029-05-24" {
		t.Errorf("document %+v", s.Document)
	}
}

func TestDecodeUnreadable(t *testing.T) {
	tests := []struct{ item, want string }{
		{`{`, "is not JSON"},
		{`{"sessionId":"s","createdAt":"2025-03-01T08:00:00Z"} x`, "is not JSON"},
		{`null`, "is not a JSON object"},
		{`["sessionId"]`, "is not a JSON object"},
		{`{}`, "sessionId: is missing"},
		{`{"sessionId":" ","createdAt":"2025-03-01T08:00:00Z"}`, "sessionId: is missing"},
		{`{"sessionId":"s","createdAt":"yesterday"}`, `createdAt: "yesterday" is no date and time`},
		{with(`"info":{"birthDate":"13-45-74"}`), `info.birthDate: "13-45-74" is no date`},
		{with(`"info":{"birthDate":"02-29-23"}`), `info.birthDate: "02-29-23" is no date`},
		{with(`"info":{"issueDate":"31.02.2020"}`), `info.issueDate: "31.02.2020" is no date`},
		{with(`"info":"x"`), "info: is a text, not an object"},
		{with(`"info":{"sex":{}}`), "info.sex: is an object, not a text"},
		{with(`"verified":"perhaps"`), "verified: is neither true nor false"},
		{with(`"details":{"mrzDetails":{}}`), "details.mrzDetails: is an object, not a list"},
		{with(`"details":{"mrzDetails":[{},{"valid":[]}]}`), "details.mrzDetails[1].valid: is neither true nor false"},
		{with(`"details":{"documentAttempts":[{"createdAt":"x"}]}`), `details.documentAttempts[0].createdAt: "x" is no date and time`},
		{with(`"details":{"matchLevel":1.5}`), "details.matchLevel: is not a whole number"},
		{with(`"details":{"livenessStatus":"passed"}`), "details.livenessStatus: is not a whole number"},
		{with(`"details":{"digitalSpoofStatus":{}}`), "details.digitalSpoofStatus: is not a whole number"},
		{with(`"finishedAt":{}`), "finishedAt: is an object, not a text"},
		{with(`"details":"x"`), "details: is a text, not an object"},
		{`{"sessionId":"` + strings.Repeat("x", 257) + `"}`, "sessionId: is 257 bytes long, and 256 is the most"},
		{with(`"tags":{}`), "tags: is an object, not a list of texts"},
	}
	for _, tt := range tests {
		_, err := source.DecodeSession([]byte(tt.item))
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.item, err, tt.want)
		}
	}
}

// TestDecodeWithoutTheLesser: a value that a session can do without does not
// reject it; the field stays unset and what came is kept.
func TestDecodeWithoutTheLesser(t *testing.T) {
	plain := decode(t, `{"sessionId":"s-1","createdAt":"2025-03-01T08:00:00.448Z"}`).Session
	for path, value := range map[string]string{
		"_id": `{"$oid":"1"}`, "partner": `["x"]`, "company.name": `{}`, "isAgreed": `"2025-03-01"`, "edited": `"perhaps"`, "checked": `[1]`,
		"isImagesDownloaded": `2`, "events": `{"a":1}`,
		"details.attempts": `"first"`, "details.compareAttempts": `1.5`, "details.isInteracting": `"perhaps"`, "details.usedThirdParty": `{}`,
		"details.levenshteinDiff": `"far"`, "details.clientIp": `["198.51.100.1"]`,
		"details.userAgent": `"Mozilla/5.0"`, "details.userAgent.os": `{"name":"iOS"}`, "details.userAgent.browser": `[]`,
		"details.location": `"Tbilisi"`, "details.location.country": `{}`, "details.location.city": `["Tbilisi"]`,
		"details.location.metro": `"none"`, "details.location.area": `[100]`,
		"details.location.ll": `[1]`,
	} {
		lacking(t, plain, path, value)
	}
	for _, ll := range []string{`"41.7,44.8"`, `["x",44]`, `[41,null]`, `[1,2,3]`, `{"lat":1,"lon":2}`, `7`} {
		lacking(t, plain, "details.location.ll", ll)
	}
	s := decode(t, with(`"details":{"documentAttempts":[{},{"images":{"front":1},"details":{"levenshteinDiff":[]},
		"data":{"mrzString":["a","b"],"frontImageText":{},"backImageText":[1],"frontImageData":"x","backImageData":7}}]}`)).Session
	at := "details.documentAttempts[1]."
	want := map[string]string{
		at + "images": `{"front":1}`, at + "details.levenshteinDiff": "[]", at + "data.mrzString": `["a","b"]`, at + "data.frontImageText": "{}",
		at + "data.backImageText": "[1]", at + "data.frontImageData": `"x"`, at + "data.backImageData": "7",
	}
	if !reflect.DeepEqual(s.Unknown, want) || !reflect.DeepEqual(s.Attempts[1], s.Attempts[0]) {
		t.Errorf("unknown %v\nattempt %+v", s.Unknown, s.Attempts[1])
	}
}

// lacking decodes a session with one more value, and holds it to be the plain
// one but for what is kept as unknown.
func lacking(t *testing.T, plain idv.Session, path, value string) {
	t.Helper()
	keys := strings.Split(path, ".")
	object := value
	for i := len(keys) - 1; i > 0; i-- {
		object = `{"` + keys[i] + `":` + object + `}`
	}
	got := decode(t, with(`"`+keys[0]+`":`+object)).Session
	if want := map[string]string{path: value}; !reflect.DeepEqual(got.Unknown, want) {
		t.Errorf("%s: kept %v, want %v", path, got.Unknown, want)
	}
	got.Unknown = nil
	if !reflect.DeepEqual(got, plain) {
		t.Errorf("%s: %s\n got %+v\nwant %+v", path, value, got, plain)
	}
}

// TestDecodeSurvivesAnyMissingKey takes each key of the full sample away, and
// sets it to null, in turn.
func TestDecodeSurvivesAnyMissingKey(t *testing.T) {
	var item map[string]any
	unmarshal(t, compactSample(t, "verified.json"), &item)
	check := func() {
		text := marshal(t, item)
		if _, err := source.DecodeSession(text); err != nil && err.Error() != "sessionId: is missing" {
			t.Errorf("%v in %s", err, text)
		}
	}
	var walk func(value any)
	walk = func(value any) {
		switch value := value.(type) {
		case map[string]any:
			for key, inner := range value {
				walk(inner)
				value[key] = nil
				check()
				delete(value, key)
				check()
				value[key] = inner
			}
		case []any:
			for _, inner := range value {
				walk(inner)
			}
		}
	}
	walk(item)
}

// TestDecodeWithoutCreationTime: what has no time of its own is still a session.
func TestDecodeWithoutCreationTime(t *testing.T) {
	s := decode(t, `{"sessionId":"s","finishedAt":"2024-06-01T08:10:00Z","info":{"birthDate":"01-02-23"}}`).Session
	if !s.Created.IsZero() || s.Person.BirthDate != "2023-01-02" {
		t.Errorf("created %v, born %s", s.Created, s.Person.BirthDate)
	}
}
