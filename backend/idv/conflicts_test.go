package idv_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"veridesk/backend/idv"
)

// agreeing is a session in which everything fits: the example of ICAO 9303 part 4
// in a year when it was valid.
func agreeing() idv.Session {
	return idv.Session{
		ID: "s-1", Created: time.Date(2010, 3, 1, 22, 30, 0, 0, time.UTC),
		Person: idv.Person{
			FirstName: idv.Name{Latin: "Anna Maria"}, LastName: idv.Name{Latin: "Eriksson"}, PersonalNumber: "ZE184226B",
			BirthDate: "1974-08-12", Sex: "female", Nationality: "UTO",
		},
		Document: idv.Document{Type: "PASSPORT", Number: "L898902C3", Expires: "2012-04-15"},
		Checks:   idv.Checks{MRZValid: ptr(true), MatchLevel: ptr(5)},
		Attempts: []idv.Attempt{{Success: ptr(true), MRZ: td3, FrontData: map[string]string{
			"documentNumber": "l898902 c3", "personalNumber": "ZE184226B", "firstName": "ANNA MARIA", "lastName.en": "Eriksson",
			"birthDate": "12.08.1974", "dateOfExpiry": "04-15-12", "sex": "F", "nationality": "UTO",
		}}},
	}
}

func conflictsOf(s idv.Session) []idv.Conflict {
	return idv.NewDetails(idv.Row{}, s, 5, noon).Conflicts
}

func TestNoConflict(t *testing.T) {
	for name, change := range map[string]func(*idv.Session){
		"all agrees":           func(*idv.Session) {},
		"nothing known":        func(s *idv.Session) { *s = idv.Session{} },
		"no zone":              func(s *idv.Session) { s.Attempts[0].MRZ, s.Checks.MRZValid = "", nil },
		"no front":             func(s *idv.Session) { s.Attempts[0].FrontData = nil },
		"nothing printed":      func(s *idv.Session) { s.Person, s.Document = idv.Person{}, idv.Document{} },
		"a name in Georgian":   func(s *idv.Session) { s.Person.FirstName = idv.Name{Georgian: "ანა"} },
		"Cyrillic for Latin":   func(s *idv.Session) { s.Person.LastName.Latin = "Эрикссон" },
		"marks":                func(s *idv.Session) { s.Person.LastName.Latin = "Érikşson" },
		"sex not said":         func(s *idv.Session) { s.Person.Sex = "x"; delete(s.Attempts[0].FrontData, "sex") },
		"a country in words":   func(s *idv.Session) { s.Attempts[0].FrontData["nationality"] = "Utopia" },
		"a day in two ways":    func(s *idv.Session) { s.Attempts[0].FrontData["birthDate"] = "11/12/74" },
		"other optional data":  func(s *idv.Session) { s.Person.PersonalNumber, s.Attempts[0].FrontData = "01001012345", nil },
		"no match data":        func(s *idv.Session) { s.Checks.MatchLevel = ptr(0) },
		"expires on the day":   func(s *idv.Session) { s.Created = time.Date(2012, 4, 15, 23, 59, 0, 0, time.UTC) },
		"no country of anyone": func(s *idv.Session) { s.Location.Country = "GE" }, // Utopia is none
	} {
		s := agreeing()
		change(&s)
		if got := conflictsOf(s); len(got) != 0 || got == nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestConflicts(t *testing.T) {
	front := func(key, value string) func(*idv.Session) {
		return func(s *idv.Session) { s.Attempts[0].FrontData = map[string]string{key: value} }
	}
	for name, c := range map[string]struct {
		change   func(*idv.Session)
		kind     idv.ConflictKind
		field    idv.ConflictField
		severity idv.Severity
		values   string
	}{
		"number":      {front("documentNumber", "L898902C4"), idv.Differs, idv.FieldDocumentNumber, idv.SeverityFault, "mrz=L898902C3 printed=L898902C3 front=L898902C4"},
		"look-alikes": {front("documentNumber", "LB9B9O2C3"), idv.LookAlike, idv.FieldDocumentNumber, idv.SeverityDoubt, "mrz=L898902C3 printed=L898902C3 front=LB9B9O2C3"},
		"one look-alike, one not": {front("documentNumber", "LB98902C4"), idv.Differs, idv.FieldDocumentNumber, idv.SeverityFault,
			"mrz=L898902C3 printed=L898902C3 front=LB98902C4"},
		"personal number": {front("personalNumber", "ZE184226"), idv.Differs, idv.FieldPersonalNumber, idv.SeverityFault, "mrz=ZE184226B printed=ZE184226B front=ZE184226"},
		"I for 1":         {front("personalNumber", "ZEI84226B"), idv.LookAlike, idv.FieldPersonalNumber, idv.SeverityDoubt, "mrz=ZE184226B printed=ZE184226B front=ZEI84226B"},
		"S for 5":         {front("lastName", "ERIK55ON"), idv.LookAlike, idv.FieldLastName, idv.SeverityDoubt, "mrz=ERIKSSON printed=Eriksson front=ERIK55ON"},
		"S for 5, in the zone": {func(s *idv.Session) {
			s.Attempts[0].MRZ = strings.Replace(td3, "ERIKSSON", "ERIK5SON", 1)
			s.Checks.MRZValid = nil
		},
			idv.LookAlike, idv.FieldLastName, idv.SeverityDoubt, "mrz=ERIK5SON printed=Eriksson front=Eriksson"},
		"first name":       {func(s *idv.Session) { s.Person.FirstName.Latin = "Anne" }, idv.Differs, idv.FieldFirstName, idv.SeverityFault, "mrz=ANNA MARIA printed=Anne front=ANNA MARIA"},
		"birth date":       {front("dateOfBirth", "08-13-74"), idv.Differs, idv.FieldBirthDate, idv.SeverityFault, "mrz=1974-08-12 printed=1974-08-12 front=08-13-74"},
		"expiry":           {front("expirationDate", "2013-04-15"), idv.Differs, idv.FieldExpiration, idv.SeverityFault, "mrz=2012-04-15 printed=2012-04-15 front=2013-04-15"},
		"sex":              {front("sex", "male"), idv.Differs, idv.FieldSex, idv.SeverityFault, "mrz=female printed=female front=male"},
		"nationality":      {front("nationality", "D<<"), idv.Differs, idv.FieldNationality, idv.SeverityFault, "mrz=UTO printed=UTO front=D<<"},
		"expired":          {func(s *idv.Session) { s.Created = time.Date(2012, 4, 16, 0, 0, 0, 0, time.UTC) }, idv.Expired, idv.FieldExpiration, idv.SeverityFault, "printed=2012-04-15 session=2012-04-16"},
		"expired, by zone": {func(s *idv.Session) { s.Created, s.Document.Expires = noon, "" }, idv.Expired, idv.FieldExpiration, idv.SeverityFault, "mrz=2012-04-15 session=2025-03-01"},
		"under age": {func(s *idv.Session) { s.Person.BirthDate, s.Attempts, s.Checks.MRZValid = "1992-03-02", nil, nil },
			idv.UnderAge, idv.FieldBirthDate, idv.SeverityFault, "printed=1992-03-02 session=2010-03-01 age=17"},
		"match level":         {func(s *idv.Session) { s.Checks.MatchLevel = ptr(4) }, idv.UnderAccepted, idv.FieldMatchLevel, idv.SeverityFault, "session=4 accepted=5"},
		"opinion of the zone": {func(s *idv.Session) { s.Attempts[0].MRZ = td3[:87] + "1" }, idv.MRZOpinion, idv.FieldMRZ, idv.SeverityDoubt, "portal=yes here=no"},
		"country": {func(s *idv.Session) { s.Person.Nationality, s.Attempts, s.Location.Country = "D<<", nil, "ge" },
			idv.OtherCountry, idv.FieldNationality, idv.SeverityNote, "printed=D address=GE"},
		"another session's attempt": {func(s *idv.Session) {
			s.Attempts = append(s.Attempts, idv.Attempt{OtherSessionID: "s-0"}, idv.Attempt{OtherSessionID: "s-0"})
		},
			idv.OtherSession, idv.FieldSession, idv.SeverityNote, "attempt=s-0"},
	} {
		s := agreeing()
		c.change(&s)
		got := conflictsOf(s)
		want := idv.Conflict{Kind: c.kind, Field: c.field, Values: []idv.Field{}, Severity: c.severity}
		for _, value := range strings.Split(strings.ReplaceAll(c.values, "ANNA MARIA", "ANNA_MARIA"), " ") {
			place, text, _ := strings.Cut(value, "=")
			want.Values = append(want.Values, idv.Field{Key: place, Value: strings.ReplaceAll(text, "_", " ")})
		}
		if !reflect.DeepEqual(got, []idv.Conflict{want}) {
			t.Errorf("%s:\ngot  %+v\nwant %+v", name, got, want)
		}
	}
}

// The zone has no marks; each country writes them in one of a few ways.
func TestNamesInZones(t *testing.T) {
	for _, c := range []struct {
		printed, zone string
		agrees        bool
	}{
		{"JÜRGEN", "JUERGEN", true}, {"JÜRGEN", "JURGEN", true}, {"Jürgen", "JUXXRGEN", true}, {"JU\u0308RGEN", "JUERGEN", true},
		{"JÜRGEN", "JORGEN", false}, {"GROẞ", "GROSS", true}, {"Groß", "GROSS", true}, {"Müller-Lüdenscheidt", "MUELLER<LUEDENSCHEIDT", true},
		{"NÚÑEZ", "NUNEZ", true}, {"NÚÑEZ", "NUNXXEZ", true}, {"ƏLİYEVA", "ELIYEVA", true}, {"IŞIK", "ISIK", true}, {"ışık", "ISIK", true},
		{"SØRENSEN", "SOERENSEN", true}, {"SØRENSEN", "SORENSEN", true}, {"Ångström", "AANGSTROEM", true}, {"Łukasz", "LUKASZ", true},
		{"O'Connor", "OCONNOR", true}, {"Oʻgʻli", "OGLI", true}, {"de la Cruz", "DE<LA<CRUZ", true}, {"de la Cruz", "DELA<CRUZ", true}, {"Beridze", "BERIDSE", false},
		{"Papandropoulous Alexopoulos Konstantinou", "PAPANDROPOULOUS<ALEXOPOULOS<KONSTANTINO", true}, // to the field's end
		{"Papandropoulous Alexopoulos Konstantinou", "PAPANDROPOULOUS<ALEXOPOU<KONSTANTINOUAA", false},
		{"Papandropoulous Alexopoulos Konstantinou", "PAPANDROPOULO<ALEXOPOULO<KONSTANTINOU<<", false}, // there was room
		{"Nilavadhanananda Ratchanok Phanumas Kru", "NILAVADHANANANDA<RATCHANO<PHANUMAS<KRUX", false},
		{"Nilavadhanananda Ratchanokwan Phanumass", "NILAVADHANANANDA<RATCHANOKWA<<PHANUMASS", true},
		{"Dingo Potoroo Bennelong Wooloomooloo", "DINGO<POTOROO<BENNELO<WOOLOOMO<<AAAAAAA", true}, // each word cut
		{"Dingo Potoroo Bennelong", "DINGO<POTOROO<BENNELO<WOOLOOMO<<AAAAAAA", false},
	} {
		s := idv.Session{Person: idv.Person{LastName: idv.Name{Latin: c.printed}}}
		zone := c.zone + strings.Repeat("<", 39-len(c.zone))
		s.Attempts = []idv.Attempt{{MRZ: td3[:5] + zone + td3[44:]}}
		differs := slices.ContainsFunc(conflictsOf(s), func(got idv.Conflict) bool {
			return got.Field == idv.FieldLastName && got.Kind == idv.Differs
		})
		if differs == c.agrees {
			t.Errorf("%s against %s: differs %v", c.printed, c.zone, differs)
		}
	}
}

// Passports name countries that no address has, and people without one.
func TestCountries(t *testing.T) {
	for nationality, same := range map[string]string{
		"D<<": "DE", "DEU": "DE", "GEO": "GE", "GBR": "GB", "GBD": "GB", "GBN": "GB", "RKS": "XK", "USA": "US", "TWN": "TW",
		"XXA": "", "XXB": "", "XXC": "", "XXX": "", "UNO": "", "EUE": "", "UTO": "", "ZZZ": "", "": "",
	} {
		for _, address := range []string{"GE", "DE", "GB", "XK", "US", "TW"} {
			s := idv.Session{Person: idv.Person{Nationality: nationality}, Location: idv.Location{Country: address}}
			got := conflictsOf(s)
			if differs := same != "" && same != address; (len(got) == 1 && got[0].Kind == idv.OtherCountry) != differs {
				t.Errorf("%s at an address in %s: %+v", nationality, address, got)
			}
		}
	}
}

// Georgian documents have the personal number in their optional data; what others
// have there is compared only where it could be one.
func TestPersonalNumberInZone(t *testing.T) {
	for _, c := range []struct {
		state, printed string
		differs        bool
	}{{"UTO", "ZE184226C", true}, {"UTO", "ZE184226", false}, {"GEO", "ZE184226", true}, {"GEO", "ZE184226B", false}, {"GEO", "", false}} {
		s := idv.Session{Attempts: []idv.Attempt{{MRZ: td3[:2] + c.state + td3[5:]}}}
		s.Person.PersonalNumber = c.printed
		differs := slices.ContainsFunc(conflictsOf(s), func(got idv.Conflict) bool { return got.Field == idv.FieldPersonalNumber })
		if differs != c.differs {
			t.Errorf("%s of %s: differs %v", c.printed, c.state, differs)
		}
	}
}

// The session's day is a day of the zone that the window shows: 22:30 UTC is
// tomorrow in Tbilisi.
func TestDayOfSession(t *testing.T) {
	tbilisi := time.FixedZone("+04", 4*60*60)
	s := agreeing()
	s.Person.BirthDate, s.Attempts, s.Checks.MRZValid = "1992-03-02", nil, nil
	s.Document.Expires = "2010-03-01"
	for zone, want := range map[*time.Location][]idv.ConflictKind{time.UTC: {idv.UnderAge}, tbilisi: {idv.Expired}} {
		got := []idv.ConflictKind{}
		for _, c := range idv.NewDetails(idv.Row{}, s, 5, noon.In(zone)).Conflicts {
			got = append(got, c.Kind)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %q, want %q", zone, got, want)
		}
	}
}

// Only attempts of the session itself tell of its document, the last good one first.
func TestWhichAttemptCounts(t *testing.T) {
	early, late := noon, noon.Add(time.Minute)
	bad := td3[:87] + "1"
	for name, c := range map[string]struct {
		attempts []idv.Attempt
		attempt  int
		ok       idv.Answer
	}{
		"none":                  {nil, 0, idv.NotSaid},
		"the last":              {[]idv.Attempt{{MRZ: bad, Created: early}, {MRZ: td3, Created: late}}, 2, idv.Yes},
		"the last by its time":  {[]idv.Attempt{{MRZ: td3, Created: late}, {MRZ: bad, Created: early}}, 1, idv.Yes},
		"a good one":            {[]idv.Attempt{{MRZ: td3, Created: early, Success: ptr(true)}, {MRZ: bad, Created: late}}, 1, idv.Yes},
		"one that read a zone":  {[]idv.Attempt{{MRZ: bad}, {MRZ: " ", Success: ptr(true)}}, 1, idv.No},
		"another session's not": {[]idv.Attempt{{MRZ: bad}, {MRZ: td3, Success: ptr(true), OtherSessionID: "s-0"}}, 1, idv.No},
	} {
		for i := range c.attempts {
			c.attempts[i].Checks.MRZValid = ptr(i+1 == c.attempt)
		}
		d := idv.NewDetails(idv.Row{}, idv.Session{Attempts: c.attempts}, 5, noon)
		if want := c.attempt > 0; (d.MRZ.Portal == idv.Yes) != want {
			t.Errorf("%s: the portal's opinion of another attempt", name)
		}
		says := idv.NewDetails(idv.Row{}, idv.Session{Attempts: c.attempts, Checks: idv.Checks{MRZValid: ptr(false)}}, 5, noon)
		if says.MRZ.Portal != idv.No {
			t.Errorf("%s: the portal's opinion of the session counts first", name)
		}
		if d.MRZ.Attempt != c.attempt || d.MRZ.OK != c.ok {
			t.Errorf("%s: attempt %d, ok %q; want %d, %q", name, d.MRZ.Attempt, d.MRZ.OK, c.attempt, c.ok)
		}
	}
}

// The gravest conflict stands first.
func TestConflictOrder(t *testing.T) {
	s := agreeing()
	s.Attempts[0].FrontData["documentNumber"] = "LB98902C3"
	s.Checks.MatchLevel = ptr(1)
	s.Attempts = append(s.Attempts, idv.Attempt{OtherSessionID: "s-0"})
	got := []idv.Severity{}
	for _, c := range conflictsOf(s) {
		got = append(got, c.Severity)
	}
	if want := []idv.Severity{idv.SeverityFault, idv.SeverityDoubt, idv.SeverityNote}; !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
