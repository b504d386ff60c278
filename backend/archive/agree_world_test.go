package archive_test

import (
	"context"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// The random world of agree_test.go: small vocabularies, so that values meet.

var (
	someFirst = []idv.Name{
		{Latin: "NINO", Georgian: "ნინო"}, {Latin: "KETEVAN", Georgian: "ქეთევან"}, {Georgian: "ხვიჩა"}, {Latin: "José"}, {Latin: "ХВИЧА"},
		{Latin: "O'NEIL"}, {Latin: "Anna-Maria"}, {}, {Latin: "Zhanna", Georgian: "ჟანა"}, {Latin: "TSITSINO", Georgian: "ციცინო"},
	}
	someLast = []idv.Name{
		{Latin: "BERIDZE", Georgian: "ბერიძე"}, {Latin: "KVARATSKHELIA", Georgian: "კვარაცხელია"}, {Latin: "Groß"}, {Latin: "ЧАВЧАВАДЗЕ"},
		{}, {Latin: "Van der Berg"}, {Latin: "GHVINJILIA", Georgian: "ღვინჯილია"},
	}
	someOutcomes = []idv.Outcome{idv.Verified, idv.Failed, idv.Rejected, idv.Pending, idv.Unfinished, idv.OutcomeUnknown}
	someTypes    = []string{"ID", "PASSPORT", "RESIDENCE", ""}
	someKinds    = []string{"PC", "Mobile", ""}
	someLands    = []string{"GE", "DE", "UA", "TR", ""}
	someWorlds   = []string{"Production", "Sandbox", ""}
	someTags     = []string{"PEP", "AGE", "FAKE"}
	someExtras   = []string{"+995 555 12 34 56", "Vake branch", "B8-00151", "ვაკე", ""}
)

func oneOf[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

// maybe is nil now and then.
func maybe[T any](r *rand.Rand, value T) *T {
	if r.IntN(5) == 0 {
		return nil
	}
	return &value
}

func randomSession(r *rand.Rand, id string) idv.Session {
	s := idv.Session{
		ID: id, Environment: oneOf(r, someWorlds), Outcome: oneOf(r, someOutcomes), Checked: maybe(r, r.IntN(2) == 0),
		Person:   idv.Person{FirstName: oneOf(r, someFirst), LastName: oneOf(r, someLast), PersonalNumber: fmt.Sprintf("0%010d", r.IntN(40)*2_500_011)},
		Document: idv.Document{Type: oneOf(r, someTypes), Number: randomNumber(r)},
		Checks:   idv.Checks{Liveness: maybe(r, r.IntN(3)), MatchLevel: maybe(r, r.IntN(10)), DigitalSpoof: maybe(r, r.IntN(2)), FullID: maybe(r, r.IntN(2))},
		Device:   idv.Device{Kind: oneOf(r, someKinds)}, Location: idv.Location{Country: oneOf(r, someLands)},
	}
	if r.IntN(9) > 0 {
		s.Created = someDay(r)
	}
	if !s.Created.IsZero() && r.IntN(3) > 0 {
		s.Finished = s.Created.Add(time.Duration(r.IntN(3)) * time.Minute)
	}
	for _, tag := range someTags {
		if r.IntN(6) == 0 {
			s.Tags = append(s.Tags, tag)
		}
	}
	if extra := oneOf(r, someExtras); extra != "" {
		s.Extra = []idv.Field{{Key: "note", Value: extra}, {Key: "n", Value: fmt.Sprint(r.IntN(20))}}
	}
	return s
}

// randomNumber is rich in signs that look alike.
func randomNumber(r *rand.Rand) string {
	if r.IntN(8) == 0 {
		return ""
	}
	number := make([]byte, 8)
	for i := range number {
		number[i] = oneOf(r, []byte("0O1IL8B5S2Z39A"))
	}
	return string(number)
}

// batch is a source of one batch.
type batch []idv.Session

func (b batch) Name() string { return "" }

func (b batch) Batches(context.Context, string) iter.Seq2[source.Batch, error] {
	return func(yield func(source.Batch, error) bool) {
		made := source.Batch{}
		for _, session := range b {
			made.Records = append(made.Records, idv.Record{Session: session})
		}
		yield(made, nil)
	}
}

// disturb adds and changes sessions, and erases or holds some; it gives the IDs
// that are there afterwards.
func disturb(t *testing.T, a *archive.Archive, r *rand.Rand, ids []string, round int) []string {
	t.Helper()
	var changed batch
	for range 1 + r.IntN(40) {
		if len(ids) < 120 {
			ids = append(ids, fmt.Sprintf("%08x-%04x-b8o0", r.Uint32(), len(ids)))
			changed = append(changed, randomSession(r, ids[len(ids)-1]))
		} else {
			changed = append(changed, randomSession(r, oneOf(r, ids)))
		}
	}
	if _, err := a.Sync(t.Context(), changed, nil); err != nil {
		t.Fatal(err)
	}
	if round%3 == 2 {
		if _, err := a.Erase(t.Context(), []string{oneOf(r, ids)}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.SetSettings(archive.Settings{AcceptedLevel: r.IntN(8)}); err != nil {
		t.Fatal(err)
	}
	return ids
}

// some draws values of a dimension: often none, now and then one that nobody has.
func some[T any](r *rand.Rand, share int, values ...T) (drawn []T) {
	if r.IntN(share) > 0 {
		return nil
	}
	for range 1 + r.IntN(2) {
		drawn = append(drawn, oneOf(r, values))
	}
	return drawn
}

func randomQuery(r *rand.Rand, s whole) idv.Query {
	q := idv.Query{Text: randomText(r, s), Offset: r.IntN(4) * r.IntN(30), Limit: r.IntN(60), Facets: r.IntN(2) == 0}
	q.Sort = idv.Sort{By: oneOf(r, idv.Orders[:]), Ascending: r.IntN(2) == 0}
	q.Filter = idv.Filter{
		Documents: some(r, 6, "ID", "passport", "RESIDENCE", "", "visa"),
		Outcomes:  some(r, 6, someOutcomes...),
		Spoofs:    some(r, 6, idv.DigitalSpoof, idv.NotFullID, idv.LowFAR),
		Liveness:  some(r, 6, "passed", "failed", ""), Environments: some(r, 6, "Production", "Sandbox", "", "Test"),
		Tags: some(r, 8, "PEP", "AGE", "FAKE", "", "SPAM"), Devices: some(r, 6, someKinds...),
		Countries: some(r, 6, someLands...), Reviewed: some(r, 6, "yes", "no"),
	}
	if r.IntN(4) == 0 {
		q.Filter.Matches = idv.Matches{Min: r.IntN(5), Max: r.IntN(2) * (3 + r.IntN(8)), None: r.IntN(3) == 0}
	}
	if r.IntN(5) == 0 {
		q.Filter.From = someDay(r).In(time.FixedZone("", 4*3600)).Format(time.RFC3339)
	}
	if r.IntN(8) == 0 {
		q.Only = some(r, 1, uint32(r.IntN(50)), uint32(r.IntN(50)))
	}
	if r.IntN(8) == 0 {
		q.Except = some(r, 1, uint32(r.IntN(50)), uint32(r.IntN(50)))
	}
	if r.IntN(5) == 0 {
		q.Filter.Before = someDay(r).Format(time.RFC3339)
	}
	return q
}

// randomText is the beginning of something that is there, perhaps with a slip of
// the pen, or two of them.
func randomText(r *rand.Rand, s whole) string {
	if r.IntN(3) == 0 {
		return ""
	}
	var words []string
	for range 1 + r.IntN(2) {
		p := oneOf(r, s.sessions).session
		extra := ""
		if len(p.Extra) > 0 {
			extra = oneOf(r, p.Extra).Value
		}
		words = append(words, slip(r, oneOf(r, []string{
			p.Person.FirstName.Latin, p.Person.FirstName.Georgian, p.Person.LastName.Latin, p.Person.LastName.Georgian,
			p.Person.PersonalNumber, p.Document.Number, p.ID, extra,
		})))
	}
	return strings.Join(words, " ")
}

// slip takes the beginning of a word, and now and then another sign for one.
func slip(r *rand.Rand, word string) string {
	letters := []rune(word)
	letters = letters[:min(len(letters), 1+r.IntN(12))]
	alike := []rune("0O1I8B5S2Zxkh- '")
	if len(letters) > 0 && r.IntN(4) == 0 {
		letters[r.IntN(len(letters))] = oneOf(r, alike)
	}
	if r.IntN(6) == 0 && len(letters) > 3 {
		letters = slices.Insert(letters, 2, oneOf(r, []rune{' ', '-'}))
	}
	return string(letters)
}
