package idv_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"veridesk/backend/idv"
)

func ptr[T any](v T) *T { return &v }

var noon = time.Date(2025, 3, 1, 12, 0, 0, 0, time.UTC)

func TestOutcomeFromAPI(t *testing.T) {
	for name, c := range map[string]struct {
		session idv.Session
		want    idv.Outcome
		list    string
		csv     string
	}{
		"verified":                      {idv.Session{Status: "Verified", Verified: ptr(true)}, idv.Verified, "Yes", "TRUE"},
		"failed":                        {idv.Session{Status: "Failed", Verified: ptr(false)}, idv.Failed, "No", "FALSE"},
		"rejected by hand":              {idv.Session{Status: "Failed", ManualRejected: ptr(true)}, idv.Rejected, "No", "FALSE"},
		"verified by hand":              {idv.Session{Status: "Failed", ManualVerified: ptr(true)}, idv.Verified, "Yes", "TRUE"},
		"waits for a person":            {idv.Session{Status: "Not Finished", AwaitingAction: ptr(true)}, idv.Pending, "Pending", "FALSE"},
		"left by the person":            {idv.Session{Status: "Not Finished", AwaitingAction: ptr(false)}, idv.Unfinished, "Pending", "FALSE"},
		"a status of tomorrow, done":    {idv.Session{Status: "Expired", Verified: ptr(false), Finished: noon}, idv.Failed, "No", "FALSE"},
		"a status of tomorrow, ongoing": {idv.Session{Status: "Queued", Verified: ptr(false)}, idv.Pending, "Pending", "FALSE"},
		"nothing said":                  {idv.Session{}, idv.OutcomeUnknown, "Pending", ""},
	} {
		got := idv.OutcomeFromAPI(c.session)
		if got != c.want || got.ListWord() != c.list || got.CSVWord() != c.csv {
			t.Errorf("%s: %q, list %q, CSV %q; want %q, %q, %q", name, got, got.ListWord(), got.CSVWord(), c.want, c.list, c.csv)
		}
	}
}

func TestOutcomeFromCSV(t *testing.T) {
	for want, got := range map[idv.Outcome]idv.Outcome{
		idv.Verified:       idv.OutcomeFromCSV(ptr(true), false),
		idv.Failed:         idv.OutcomeFromCSV(ptr(false), true),
		idv.Pending:        idv.OutcomeFromCSV(ptr(false), false),
		idv.OutcomeUnknown: idv.OutcomeFromCSV(nil, true),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestTwoDigitYears(t *testing.T) {
	for _, c := range []struct{ got, want int }{
		{idv.BirthYear(74, 9, 11, noon), 1974},
		{idv.BirthYear(25, 3, 1, noon), 2025}, // born on the day
		{idv.BirthYear(25, 3, 2, noon), 1925}, // a day later: a hundred years old
		{idv.BirthYear(0, 4, 11, noon), 2000},
		{idv.ExpiryYear(19, noon), 2019},
		{idv.ExpiryYear(35, noon), 2035},
		{idv.ExpiryYear(99, noon), 1999},
		{idv.ExpiryYear(2, time.Date(1998, 1, 1, 0, 0, 0, 0, time.UTC)), 2002},
	} {
		if c.got != c.want {
			t.Errorf("got %d, want %d", c.got, c.want)
		}
	}
}

func TestDate(t *testing.T) {
	if d, err := idv.NewDate(2024, 2, 29); err != nil || d != "2024-02-29" || d.Short() != "02-29-24" {
		t.Errorf("leap day: %q %q %v", d, d.Short(), err)
	}
	for _, bad := range [][3]int{{2025, 2, 29}, {2025, 13, 1}, {2025, 0, 1}, {0, 1, 1}, {10000, 1, 1}} {
		if d, err := idv.NewDate(bad[0], bad[1], bad[2]); err == nil {
			t.Errorf("%v was taken as %s", bad, d)
		}
	}
	if idv.Date("").Short() != "" {
		t.Error("no day has a text")
	}
}

func TestFormatTime(t *testing.T) {
	for want, moment := range map[string]time.Time{
		"":                               {},
		"2025-03-01T12:00:00.000Z":       noon,
		"2025-03-01T12:00:00.448Z":       noon.Add(448 * time.Millisecond),
		"2025-03-01T12:00:00.448123Z":    noon.Add(448123 * time.Microsecond),
		"2025-03-01T12:00:00.000000001Z": noon.Add(1).In(time.FixedZone("", 4*3600)),
	} {
		if got := idv.FormatTime(moment); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestCellsPreferThePortalsSpelling(t *testing.T) {
	s := idv.Session{
		ID: "s", Outcome: idv.Verified, Created: noon,
		Person:   idv.Person{FirstName: idv.Name{Georgian: "ნინო"}, BirthDate: "1974-09-11"},
		Document: idv.Document{Type: "PASSPORT"},
		Checks:   idv.Checks{MatchLevel: ptr(0), DocumentValid: ptr(false)},
		Extra:    []idv.Field{{Key: "phone", Value: "+995 555 12 34 56"}, {Value: "loose"}},
	}
	s.KeepWritten(map[idv.Column]string{
		idv.ColCreated: "01.03.2025 12:00", idv.ColBirthDate: "09-11-74", idv.ColModel: "",
	})
	if want := map[string]string{idv.ColCreated: "01.03.2025 12:00"}; !reflect.DeepEqual(s.Written, want) {
		t.Errorf("kept %v, want %v", s.Written, want)
	}
	want := map[idv.Column]string{
		idv.ColFirstName: "ნინო", idv.ColLastName: "", idv.ColBirthDate: "09-11-74", idv.ColVerified: "TRUE",
		idv.ColDocumentValid: "FALSE", idv.ColLiveness: "", idv.ColMatchLevel: "0", idv.ColCreated: "01.03.2025 12:00",
		idv.ColExtra: "phone: +995 555 12 34 56; loose", idv.ColDocumentType: "passport", idv.ColSessionID: "s",
	}
	for i, cell := range idv.Cells(s) {
		if text, ok := want[idv.Columns[i]]; ok && text != cell {
			t.Errorf("%s: %q, want %q", idv.Columns[i], cell, text)
		}
	}
}

func rich() idv.Session {
	return idv.Session{
		ID: "s", Outcome: idv.Verified, Created: noon, Finished: noon.Add(time.Minute), Partner: "Example Bank",
		Person:   idv.Person{FirstName: idv.Name{Latin: "NINO", Georgian: "ნინო"}, PersonalNumber: "01001"},
		Attempts: []idv.Attempt{{MRZ: "P<GEO"}}, Photos: []string{"selfie-1"}, Tags: []string{"PEP"},
		Written: map[string]string{idv.ColCreated: "01.03.2025 12:00", idv.ColPartner: "EXAMPLE BANK"},
	}
}

func TestMerge(t *testing.T) {
	t.Run("what the newcomer does not say is kept", func(t *testing.T) {
		in := idv.Session{ID: "s", Outcome: idv.Failed, Created: noon, Person: idv.Person{FirstName: idv.Name{Latin: "NANA"}}}
		got := idv.Merge(rich(), in)
		want := rich()
		want.Outcome, want.Person.FirstName.Latin = idv.Failed, "NANA"
		want.Written = map[string]string{idv.ColPartner: "EXAMPLE BANK"} // the time was said again, plainly
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got  %+v\nwant %+v", got, want)
		}
	})
	t.Run("an empty list is said, a missing one is not", func(t *testing.T) {
		if got := idv.Merge(rich(), idv.Session{ID: "s", Tags: []string{}}); len(got.Tags) != 0 || len(got.Photos) != 1 {
			t.Errorf("tags %v photos %v", got.Tags, got.Photos)
		}
	})
	t.Run("final stays final", func(t *testing.T) {
		for _, late := range []idv.Outcome{idv.Pending, idv.Unfinished} {
			if got := idv.Merge(rich(), idv.Session{ID: "s", Outcome: late, Partner: "Late"}); !reflect.DeepEqual(got, rich()) {
				t.Errorf("%s undid a final outcome: %+v", late, got)
			}
		}
		pending := idv.Session{ID: "s", Outcome: idv.Pending}
		if got := idv.Merge(pending, rich()); got.Outcome != idv.Verified {
			t.Errorf("pending did not turn final: %q", got.Outcome)
		}
	})
	t.Run("a CSV row does not undo a finer outcome", func(t *testing.T) {
		for _, fine := range []idv.Outcome{idv.Failed, idv.Rejected, idv.Pending, idv.Unfinished} {
			old := idv.Session{ID: "s", Status: "as the feed says", Outcome: fine}
			for _, coarse := range []idv.Outcome{idv.Failed, idv.Pending} {
				if got := idv.Merge(old, idv.Session{ID: "s", Outcome: coarse}); got.Outcome != fine {
					t.Errorf("%s became %s by a row that says FALSE", fine, got.Outcome)
				}
			}
			want := fine
			if !fine.Final() {
				want = idv.Verified
			}
			if got := idv.Merge(old, idv.Session{ID: "s", Outcome: idv.Verified}); got.Outcome != want {
				t.Errorf("%s became %s by a row that says TRUE, want %s", fine, got.Outcome, want)
			}
		}
		byHand := idv.Session{ID: "s", Status: "Failed", ManualVerified: ptr(true), Outcome: idv.Verified, Person: idv.Person{Sex: "female"}}
		got := idv.Merge(byHand, idv.Session{ID: "s", Outcome: idv.Failed, Partner: "Example Bank", Person: idv.Person{Sex: "male", Nationality: "GEO"}})
		if got.Outcome != idv.Verified || got.Person.Sex != "female" || got.Partner != "Example Bank" || got.Person.Nationality != "GEO" {
			t.Errorf("an old row undid what the feed said: %+v", got)
		}
		row := idv.Session{ID: "s", Outcome: idv.Pending}
		if got := idv.Merge(row, idv.Session{ID: "s", Outcome: idv.Failed}); got.Outcome != idv.Failed {
			t.Errorf("a later row did not end a pending one: %s", got.Outcome)
		}
	})
	t.Run("liquidated stays erased", func(t *testing.T) {
		erased := idv.Session{ID: "s", Outcome: idv.Verified, Liquidated: ptr(true)}
		if got := idv.Merge(rich(), erased); !reflect.DeepEqual(got, erased) {
			t.Errorf("personal data survived: %+v", got)
		}
		if got := idv.Merge(erased, rich()); !reflect.DeepEqual(got, erased) {
			t.Errorf("came back to life: %+v", got)
		}
	})
	t.Run("neither side is changed", func(t *testing.T) {
		old, in := rich(), rich()
		in.Written = map[string]string{idv.ColModel: "x"}
		idv.Merge(old, in)
		if !reflect.DeepEqual(old, rich()) || len(in.Written) != 1 {
			t.Error("Merge wrote into its arguments")
		}
	})
}

func TestNewRow(t *testing.T) {
	row := idv.NewRow(7, idv.Session{ID: "s", Photos: []string{"front"}})
	if row.Spoofs == nil || row.Selfie != "" || row.Liveness != "" || row.Verified != "Pending" || row.FirstName != "" {
		t.Errorf("sparse session: %+v", row)
	}
	row = idv.NewRow(7, idv.Session{
		Checks:  idv.Checks{Liveness: ptr(2), MatchLevel: ptr(9), DigitalSpoof: ptr(1), FullID: ptr(1)},
		Outcome: idv.Rejected,
	})
	if row.Liveness != "failed" || row.MatchLevel != 9 || len(row.Spoofs) != 2 || row.Verified != "No" {
		t.Errorf("suspect session: %+v", row)
	}
}

func TestAsError(t *testing.T) {
	own := &idv.Error{Code: idv.CodeRefused, Message: "No."}
	for want, err := range map[idv.Code]error{
		idv.CodeRefused:   fmt.Errorf("sync: %w", errors.Join(own, nil)),
		idv.CodeCancelled: fmt.Errorf("sync: %w", context.Canceled),
		idv.CodeInternal:  errors.New("secret detail"),
	} {
		got := idv.AsError(err)
		if got.Code != want || strings.Contains(got.Message+got.Hint, "secret") {
			t.Errorf("%v became %+v", err, got)
		}
	}
	if idv.AsError(nil) != nil {
		t.Error("no error became one")
	}
}

func TestLogsHoldNoPersonalData(t *testing.T) {
	var b strings.Builder
	s := rich()
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "session", s, "person", s.Person, "photo", idv.Photo{Name: "front", URL: "https://signed"})
	for _, secret := range []string{"NINO", "ნინო", "01001", "signed"} {
		if strings.Contains(b.String(), secret) {
			t.Errorf("the log tells %q: %s", secret, b.String())
		}
	}
}

func TestMeterReportsTheLastCount(t *testing.T) {
	var got []idv.Progress
	m := idv.NewMeter(func(p idv.Progress) { got = append(got, p) })
	for n := range 1000 {
		m.Count(idv.Progress{Phase: idv.PhaseReading, Done: n})
	}
	m.Count(idv.Progress{Phase: idv.PhaseIndexing, Done: 0}) // a new phase is told at once
	m.Count(idv.Progress{Phase: idv.PhaseIndexing, Done: 1})
	m.Close()
	m.Close()
	if n := len(got); n < 3 || n > 100 || got[n-1].Done != 1 || got[n-2].Phase != idv.PhaseIndexing {
		t.Errorf("%d reports, the last %+v", n, got[n-1])
	}
	idv.NewMeter(nil).Count(idv.Progress{})
}

func TestTombstone(t *testing.T) {
	at := time.Date(2026, 5, 4, 3, 2, 1, 0, time.FixedZone("", 3600))
	stone := idv.Tombstone(rich(), idv.ByUser, at)
	if stone.ID != rich().ID || stone.Outcome != rich().Outcome || !stone.Created.Equal(rich().Created) || !stone.Erased.At.Equal(at) {
		t.Errorf("the tombstone does not tell what it should: %+v", stone)
	}
	if !reflect.ValueOf(stone.Person).IsZero() || !reflect.ValueOf(stone.Document).IsZero() || stone.Extra != nil || stone.Written != nil || stone.Unknown != nil {
		t.Errorf("the tombstone tells of the person: %+v", stone)
	}
	if again := idv.Merge(stone, rich()); !reflect.DeepEqual(again, stone) {
		t.Errorf("a late page brought it back: %+v", again)
	}
	if row := idv.NewRow(1, stone); row.Erased != idv.ByUser || row.FirstName != "" {
		t.Errorf("row %+v", row)
	}
}
