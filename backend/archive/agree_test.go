package archive_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
	"veridesk/backend/search"
)

// The obvious way to answer a query: look at every session. The archive has to
// give the same total, order, page and counts.

// whole is what an archive holds, as the store has it.
type whole struct {
	sessions []entry
	accepted int
}

type entry struct {
	ordinal uint32
	session idv.Session
	facts   idv.Facts
}

// reference reads an archive session by session.
func reference(t *testing.T, a *archive.Archive, ids []string) whole {
	t.Helper()
	settings, err := a.Settings()
	s := whole{accepted: settings.AcceptedLevel}
	for _, id := range ids {
		session, getErr := a.Get(id)
		page, findErr := a.Find(t.Context(), idv.Query{Text: id, Limit: 1})
		if getErr != nil || findErr != nil || err != nil || len(page.Rows) != 1 || page.Rows[0].SessionID != id {
			t.Fatal(id, page.Total, getErr, findErr, err)
		}
		s.sessions = append(s.sessions, entry{page.Rows[0].Ordinal, session, idv.NewFacts(session)})
	}
	return s
}

// dimensions say of a session which values it has, by the name of the filter's field.
var dimensions = []struct {
	name   string
	of     func(f idv.Facts, accepted int) []string
	wanted func(f idv.Filter) []string
	closed []string // the whole vocabulary; nil what the archive has
	counts func(f idv.Facets) []idv.Count
}{
	{"documents", func(f idv.Facts, _ int) []string { return []string{f.DocumentType} }, func(f idv.Filter) []string { return f.Documents }, nil, func(f idv.Facets) []idv.Count { return f.Documents }},
	{"outcomes", func(f idv.Facts, _ int) []string { return []string{string(f.Outcome)} }, func(f idv.Filter) []string { return texts(f.Outcomes) }, []string{"verified", "failed", "rejected", "pending", "unfinished", ""}, func(f idv.Facets) []idv.Count { return f.Outcomes }},
	{"spoofs", func(f idv.Facts, accepted int) []string { return texts(f.Spoofs(accepted)) }, func(f idv.Filter) []string { return texts(f.Spoofs) }, []string{"digital", "notFull", "lowFar"}, func(f idv.Facets) []idv.Count { return f.Spoofs }},
	{"liveness", func(f idv.Facts, _ int) []string { return []string{f.Liveness} }, func(f idv.Filter) []string { return f.Liveness }, []string{"passed", "failed", ""}, func(f idv.Facets) []idv.Count { return f.Liveness }},
	{"environments", func(f idv.Facts, _ int) []string { return []string{f.Environment} }, func(f idv.Filter) []string { return f.Environments }, nil, func(f idv.Facets) []idv.Count { return f.Environments }},
	{"tags", func(f idv.Facts, _ int) []string { return orNone(f.Tags) }, func(f idv.Filter) []string { return f.Tags }, nil, func(f idv.Facets) []idv.Count { return f.Tags }},
	{"devices", func(f idv.Facts, _ int) []string { return []string{f.Device} }, func(f idv.Filter) []string { return f.Devices }, nil, func(f idv.Facets) []idv.Count { return f.Devices }},
	{"countries", func(f idv.Facts, _ int) []string { return []string{f.Country} }, func(f idv.Filter) []string { return f.Countries }, nil, func(f idv.Facets) []idv.Count { return f.Countries }},
	{"reviewed", func(f idv.Facts, _ int) []string {
		return []string{map[bool]string{true: "yes", false: "no"}[f.Reviewed]}
	}, func(f idv.Filter) []string { return f.Reviewed }, []string{"yes", "no"}, func(f idv.Facets) []idv.Count { return f.Reviewed }},
}

func texts[T ~string](words []T) (plain []string) {
	for _, word := range words {
		plain = append(plain, string(word))
	}
	return plain
}

func orNone(words []string) []string {
	if len(words) == 0 {
		return []string{""}
	}
	return words
}

// passes reports whether a session passes the filter, one dimension left out.
func (s whole) passes(x entry, f idv.Filter, but string) bool {
	from, before, _ := f.Span()
	if x.facts.Created < from || x.facts.Created >= before || x.facts.Created == 0 && (f.From != "" || f.Before != "") {
		return false
	}
	if but != "matches" && !inMatches(x.facts.MatchLevel, f.Matches) {
		return false
	}
	for _, d := range dimensions {
		wanted := d.wanted(f)
		if d.name == but || len(wanted) == 0 {
			continue
		}
		if !slices.ContainsFunc(d.of(x.facts, s.accepted), func(value string) bool { return slices.Contains(wanted, value) }) {
			return false
		}
	}
	return true
}

func inMatches(level int, m idv.Matches) bool {
	switch {
	case m == idv.Matches{}:
		return true
	case level == 0:
		return m.None
	case m.Min == 0 && m.Max == 0:
		return false
	}
	return level >= m.Min && (m.Max == 0 || level <= m.Max)
}

// found marks the sessions that a text finds, and of those the near ones.
type found struct{ exact, near map[uint32]bool }

// text looks for a text; a whole Session ID is a look-up and finds that session alone.
func (s whole) text(text string) found {
	f := found{map[uint32]bool{}, map[uint32]bool{}}
	id := strings.TrimSpace(text)
	known := slices.ContainsFunc(s.sessions, func(x entry) bool { return x.session.ID == id })
	for _, x := range s.sessions {
		exact, near := id == "" || x.session.ID == id, false
		if !exact && !known {
			exact, near = search.Matches(text, x.session)
		}
		f.exact[x.ordinal], f.near[x.ordinal] = exact, near && !exact
	}
	return f
}

// chosen leaves of what a text finds what the query has chosen by hand.
func (f found) chosen(q idv.Query) found {
	for _, part := range []map[uint32]bool{f.exact, f.near} {
		for ordinal := range part {
			if len(q.Only) > 0 && !slices.Contains(q.Only, ordinal) || slices.Contains(q.Except, ordinal) {
				delete(part, ordinal)
			}
		}
	}
	return f
}

// find answers a query.
func (s whole) find(q idv.Query, f found) (exact, near []entry) {
	for _, x := range s.sessions {
		switch {
		case !s.passes(x, q.Filter, ""):
		case f.exact[x.ordinal]:
			exact = append(exact, x)
		case f.near[x.ordinal]:
			near = append(near, x)
		}
	}
	for _, part := range [][]entry{exact, near} {
		slices.SortFunc(part, func(a, b entry) int { return compare(a, b, q.Sort) })
	}
	return exact, near
}

// compare puts two sessions in the order of a list.
func compare(a, b entry, by idv.Sort) int {
	newest := cmp.Or(cmp.Compare(b.facts.Created, a.facts.Created), cmp.Compare(b.ordinal, a.ordinal))
	if by.By == idv.ByCreated && by.Ascending && a.facts.Created != 0 && b.facts.Created != 0 {
		return -newest // of the same moment, the higher ordinal is newer
	}
	order := func(x, y string) int {
		switch {
		case x == y:
			return newest
		case x == "" || y == "":
			return cmp.Compare(y, x) // none comes last, whichever way
		case by.Ascending:
			return cmp.Compare(x, y)
		}
		return cmp.Compare(y, x)
	}
	return order(sortKey(a.facts, by.By), sortKey(b.facts, by.By))
}

// sortKey is a text that sorts as the value does; "" is no value.
func sortKey(f idv.Facts, by idv.Order) string {
	moment := func(at int64) string {
		if at == 0 {
			return ""
		}
		return fmt.Sprintf("%020d", at)
	}
	switch by {
	case idv.ByCreated:
		return moment(f.Created)
	case idv.ByFinished:
		return moment(f.Finished)
	case idv.ByFirstName:
		return place(f.FirstName)
	case idv.ByLastName:
		return place(f.LastName)
	case idv.ByPersonalNumber:
		return twelve(f.PersonalNumber)
	case idv.ByDocumentNumber:
		return twelve(f.DocumentNumber)
	case idv.BySessionID:
		return twelve(f.SessionID)
	case idv.ByDocumentType:
		return strings.ToLower(f.DocumentType)
	case idv.ByLiveness:
		return map[string]string{"passed": "1", "failed": "2"}[f.Liveness]
	case idv.ByVerified:
		return map[string]string{"Yes": "1", "Pending": "2", "No": "3"}[f.Outcome.ListWord()]
	case idv.ByMatchLevel:
		return strings.TrimLeft(fmt.Sprintf("%03d", f.MatchLevel), "0")
	case idv.ByExtra:
		return letters(f.Extra)
	case idv.ByEnvironment:
		return f.Environment
	case idv.ByDevice:
		return f.Device
	}
	return f.Country
}

// inOrder are the names of this world as they sort: the Unicode Collation
// Algorithm puts Latin before Cyrillic before Georgian.
var inOrder = []string{
	"Anna-Maria", "BERIDZE", "GHVINJILIA", "Groß", "José", "KETEVAN", "KVARATSKHELIA", "NINO", "O'NEIL",
	"TSITSINO", "Van der Berg", "Zhanna", "ХВИЧА", "ЧАВЧАВАДЗЕ", "ხვიჩა",
}

// place is where a name comes among the others; "" for none.
func place(name string) string {
	at := slices.Index(inOrder, name)
	if at < 0 {
		return ""
	}
	return fmt.Sprintf("%02d", at)
}

// letters are a text's letters and digits, case aside.
func letters(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// twelve are a number's first twelve letters and digits.
func twelve(number string) string {
	kept := strings.Map(func(r rune) rune {
		if r = unicode.ToUpper(r); r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			return r
		}
		return -1
	}, number)
	return kept[:min(12, len(kept))]
}

// counts counts the values of a dimension among what the text finds, under all
// other filters.
func (s whole) counts(q idv.Query, f found, name string, of func(entry) []string, values []string) []idv.Count {
	counted := map[string]int{}
	for _, x := range s.sessions {
		if s.passes(x, q.Filter, name) && (f.exact[x.ordinal] || f.near[x.ordinal]) {
			for _, value := range of(x) {
				counted[value]++
			}
		}
	}
	counts := []idv.Count{}
	for _, value := range values {
		counts = append(counts, idv.Count{Value: value, Count: counted[value]})
	}
	return counts
}

// known are the values that the archive has of a dimension, the most first.
func (s whole) known(of func(entry) []string) []string {
	total := map[string]int{}
	for _, x := range s.sessions {
		for _, value := range of(x) {
			total[value]++
		}
	}
	values := make([]string, 0, len(total))
	for value := range total {
		values = append(values, value)
	}
	slices.SortFunc(values, func(a, b string) int { return cmp.Or(cmp.Compare(total[b], total[a]), cmp.Compare(a, b)) })
	return values
}

// TestAgreesWithAScan asks thousands of random questions while sessions come,
// change, are held and erased.
func TestAgreesWithAScan(t *testing.T) {
	queries := 600
	if os.Getenv("VERIDESK_TEST_ALL") != "" {
		queries = 10_000
	}
	r := rand.New(rand.NewPCG(4, 20))
	a := open(t, t.TempDir())
	var ids []string
	asked, found, near := 0, 0, 0
	for round := 0; asked < queries; round++ {
		ids = disturb(t, a, r, ids, round)
		s := reference(t, a, ids)
		for range 100 {
			q := randomQuery(r, s)
			page := mustAgree(t, a, s, q)
			asked, found, near = asked+1, found+page.Total, near+page.Near
		}
	}
	if found < queries || near == 0 {
		t.Errorf("%d queries found %d sessions, %d of them near: the test asks nothing", asked, found, near)
	}
}

// mustAgree asks both, and compares.
func mustAgree(t *testing.T, a *archive.Archive, s whole, q idv.Query) idv.Page {
	t.Helper()
	page, err := a.Find(t.Context(), q)
	if err != nil {
		t.Fatalf("%+v: %v", query(q), err)
	}
	f := s.text(q.Text).chosen(q)
	exact, near := s.find(q, f)
	want := append(exact, near...)
	var got, wanted []string
	for _, row := range page.Rows {
		got = append(got, row.SessionID)
	}
	for _, x := range want[min(q.Offset, len(want)):min(q.Offset+q.Limit, len(want))] {
		wanted = append(wanted, x.session.ID)
	}
	if page.Total != len(want) || page.Near != len(near) || !slices.Equal(got, wanted) {
		t.Fatalf("%+v\ntotal %d near %d %v\nwant  %d near %d %v", query(q), page.Total, page.Near, got, len(want), len(near), wanted)
	}
	for i, row := range page.Rows {
		if (row.Near != "") != (q.Offset+i >= len(exact)) {
			t.Fatalf("%+v: row %d says it looks like %q", query(q), i, row.Near)
		}
	}
	if q.Facets {
		mustCount(t, s, q, f, page.Facets)
	}
	return page
}

// query is a Query that prints itself.
type query idv.Query

func mustCount(t *testing.T, s whole, q idv.Query, f found, got idv.Facets) {
	t.Helper()
	for _, d := range dimensions {
		of := func(x entry) []string { return d.of(x.facts, s.accepted) }
		values := d.closed
		if values == nil {
			values = s.known(of)
		}
		if want := s.counts(q, f, d.name, of, values); !slices.Equal(d.counts(got), want) {
			t.Fatalf("%+v: %s\n%v, want\n%v", query(q), d.name, d.counts(got), want)
		}
	}
	level := func(x entry) []string { return []string{strconv.Itoa(x.facts.MatchLevel)} }
	for _, count := range got.Matches {
		if want := s.counts(q, f, "matches", level, []string{count.Value}); want[0] != count {
			t.Fatalf("%+v: matches %v, want %v", query(q), count, want[0])
		}
	}
	for _, value := range s.known(level) {
		if !slices.ContainsFunc(got.Matches, func(c idv.Count) bool { return c.Value == value }) {
			t.Fatalf("no count of match level %s", value)
		}
	}
}

// someDay is around when the sessions were made.
func someDay(r *rand.Rand) time.Time {
	return time.Date(2025, time.Month(1+r.IntN(3)), 1+r.IntN(28), r.IntN(24), r.IntN(3), 0, 0, time.UTC)
}
