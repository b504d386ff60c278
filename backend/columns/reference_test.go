package columns_test

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/columns"
	"veridesk/backend/idv"
)

// archive is the slow and obvious way to answer: every session is looked at.
type archive map[uint32]columns.Entry

// letters are names in their order; those of a line are the same by their letters.
var letters = [][]string{
	{"", "-", "'"},
	{"ANA", "Ana", "ána", "A'NA"},
	{"DE LA CRUZ", "De-la Cruz"},
	{"DELACRUZ"},
	{"JOSE", "José", "JOSÉ"},
	{"ŁUKASZ", "LUKASZ", "Lukasz"},
	{"ZURAB"},
	{"КЕТЕВАН", "Кетеван"},
	{"ЯНА"},
	{"ანა", "ᲐᲜᲐ"},
	{"ქეთევან"},
	{"ხვიჩა"},
}

func letterRank(name string) int {
	return slices.IndexFunc(letters, func(same []string) bool { return slices.Contains(same, name) })
}

// number is what a number is sorted by: its first twelve letters and digits.
func number(text string) string {
	kept := []rune{}
	for _, r := range strings.ToUpper(text) {
		if len(kept) < 12 && (unicode.IsDigit(r) || unicode.IsLetter(r)) {
			kept = append(kept, r)
		}
	}
	return string(kept)
}

func words(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsDigit(r) && !unicode.IsLetter(r)
	}), " ")
}

// key is what a session is sorted by, as a text; "" is no value.
func key(by idv.Order, e columns.Entry) string {
	f := e.Facts
	switch by {
	case idv.ByFinished:
		return when(e.Row.Finished)
	case idv.ByFirstName:
		return digits(letterRank(f.FirstName))
	case idv.ByLastName:
		return digits(letterRank(f.LastName))
	case idv.ByPersonalNumber:
		return number(f.PersonalNumber)
	case idv.ByDocumentNumber:
		return number(f.DocumentNumber)
	case idv.BySessionID:
		return number(f.SessionID)
	case idv.ByDocumentType:
		return f.DocumentType
	case idv.ByLiveness:
		return map[string]string{"": "", idv.LivenessPassed: "1", idv.LivenessFailed: "2"}[f.Liveness]
	case idv.ByVerified:
		return map[string]string{"Yes": "1", "Pending": "2", "No": "3"}[f.Outcome.ListWord()]
	case idv.ByMatchLevel:
		return digits(f.MatchLevel)
	case idv.ByExtra:
		return words(f.Extra)
	case idv.ByEnvironment:
		return f.Environment
	case idv.ByDevice:
		return f.Device
	case idv.ByCountry:
		return f.Country
	}
	return when(e.Row.Created)
}

func digits(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(1000 + n)
}

func when(t int64) string {
	if t == 0 {
		return ""
	}
	return strconv.FormatInt(5_000_000_000_000_000+t, 10)
}

// newer sorts sessions newest first.
func newer(a, b columns.Entry) int {
	left, right := key(idv.ByCreated, a), key(idv.ByCreated, b)
	return cmp.Or(cmp.Compare(right, left), cmp.Compare(b.Row.Ordinal, a.Row.Ordinal)) // "" is below all
}

func sorted(by idv.Sort, entries []columns.Entry) []columns.Entry {
	var valued, empty []columns.Entry
	for _, e := range entries {
		if key(by.By, e) == "" {
			empty = append(empty, e)
		} else {
			valued = append(valued, e)
		}
	}
	slices.SortFunc(valued, newer)
	slices.SortFunc(empty, newer)
	if by.By == idv.ByCreated {
		if by.Ascending {
			slices.Reverse(valued)
		}
		return append(valued, empty...)
	}
	slices.SortStableFunc(valued, func(a, b columns.Entry) int {
		if by.Ascending {
			return cmp.Compare(key(by.By, a), key(by.By, b))
		}
		return cmp.Compare(key(by.By, b), key(by.By, a))
	})
	return append(valued, empty...)
}

// fits reports whether a filter leaves a session in.
func fits(f idv.Filter, e columns.Entry, accepted int) bool {
	facts, m := e.Facts, f.Matches
	level := facts.MatchLevel
	switch {
	case len(f.Documents) > 0 && !slices.Contains(f.Documents, facts.DocumentType),
		len(f.Outcomes) > 0 && !slices.Contains(f.Outcomes, facts.Outcome),
		len(f.Liveness) > 0 && !slices.Contains(f.Liveness, facts.Liveness),
		len(f.Environments) > 0 && !slices.Contains(f.Environments, facts.Environment),
		len(f.Devices) > 0 && !slices.Contains(f.Devices, facts.Device),
		len(f.Countries) > 0 && !slices.Contains(f.Countries, facts.Country),
		len(f.Reviewed) > 0 && !slices.Contains(f.Reviewed, map[bool]string{true: "yes", false: "no"}[facts.Reviewed]),
		len(f.Spoofs) > 0 && !overlap(f.Spoofs, facts.Spoofs(accepted)),
		len(f.Tags) > 0 && !overlap(f.Tags, facts.Tags) && !(len(facts.Tags) == 0 && slices.Contains(f.Tags, "")):
		return false
	case level == 0 && m != idv.Matches{} && !m.None,
		level > 0 && (level < m.Min || m.Max > 0 && level > m.Max || m == idv.Matches{None: true}):
		return false
	}
	if f.From == "" && f.Before == "" {
		return true
	}
	at := time.UnixMilli(e.Row.Created)
	for _, end := range []struct {
		text  string
		after bool
	}{{f.From, false}, {f.Before, true}} {
		limit, err := time.Parse(time.RFC3339, end.text)
		if err == nil && (e.Row.Created == 0 || at.Before(limit) != end.after) {
			return false
		}
	}
	return true
}

func overlap[T comparable](a, b []T) bool {
	return slices.ContainsFunc(a, func(v T) bool { return slices.Contains(b, v) })
}

// find answers a question.
func (w archive) find(q columns.Question) columns.Answer {
	a := columns.Answer{Ordinals: []uint32{}, Flags: []columns.Flags{}}
	var found, near []columns.Entry
	for at, e := range w {
		switch {
		case !fits(q.Filter, e, q.Accepted):
		case q.Found == nil || q.Found.Contains(at):
			found = append(found, e)
		case q.Near != nil && q.Near.Contains(at):
			near = append(near, e)
		}
	}
	all := append(sorted(q.Sort, found), sorted(q.Sort, near)...)
	a.Total, a.Near = len(all), len(near)
	a.Place = slices.IndexFunc(all, func(e columns.Entry) bool { return q.Around > 0 && e.Row.Ordinal == q.Around })
	from := min(max(0, q.Offset), len(all))
	to := len(all)
	if q.Limit >= 0 {
		to = min(to, from+min(q.Limit, len(all)))
	}
	for _, e := range all[from:to] {
		a.Ordinals = append(a.Ordinals, e.Row.Ordinal)
		a.Flags = append(a.Flags, e.Row.Flags)
	}
	if q.Facets {
		a.Facets = w.facets(q)
	}
	return a
}

// facets asks once for every value that there is.
func (w archive) facets(q columns.Question) (f idv.Facets) {
	count := func(name string, narrow func(*idv.Filter)) idv.Count {
		narrowed := columns.Question{Found: q.Found, Near: q.Near, Filter: q.Filter, Accepted: q.Accepted}
		narrow(&narrowed.Filter)
		n := 0
		for at, e := range w {
			in := q.Found == nil || q.Found.Contains(at) || q.Near != nil && q.Near.Contains(at)
			if in && fits(narrowed.Filter, e, q.Accepted) {
				n++
			}
		}
		return idv.Count{Value: name, Count: n}
	}
	for _, v := range []idv.Outcome{"verified", "failed", "rejected", "pending", "unfinished", ""} {
		f.Outcomes = append(f.Outcomes, count(string(v), func(f *idv.Filter) { f.Outcomes = []idv.Outcome{v} }))
	}
	for _, v := range []idv.Spoof{"digital", "notFull", "lowFar"} {
		f.Spoofs = append(f.Spoofs, count(string(v), func(f *idv.Filter) { f.Spoofs = []idv.Spoof{v} }))
	}
	for _, v := range w.levels() {
		range1 := idv.Matches{Min: v, Max: v, None: v == 0}
		f.Matches = append(f.Matches, count(strconv.Itoa(v), func(f *idv.Filter) { f.Matches = range1 }))
	}
	for _, v := range []string{"passed", "failed", ""} {
		f.Liveness = append(f.Liveness, count(v, func(f *idv.Filter) { f.Liveness = []string{v} }))
	}
	for _, v := range []string{"yes", "no"} {
		f.Reviewed = append(f.Reviewed, count(v, func(f *idv.Filter) { f.Reviewed = []string{v} }))
	}
	for _, open := range []struct {
		to     *[]idv.Count
		of     func(idv.Facts) []string
		narrow func(*idv.Filter) *[]string
	}{
		{&f.Documents, func(f idv.Facts) []string { return []string{f.DocumentType} }, func(f *idv.Filter) *[]string { return &f.Documents }},
		{&f.Environments, func(f idv.Facts) []string { return []string{f.Environment} }, func(f *idv.Filter) *[]string { return &f.Environments }},
		{&f.Devices, func(f idv.Facts) []string { return []string{f.Device} }, func(f *idv.Filter) *[]string { return &f.Devices }},
		{&f.Countries, func(f idv.Facts) []string { return []string{f.Country} }, func(f *idv.Filter) *[]string { return &f.Countries }},
		{&f.Tags, tagsOf, func(f *idv.Filter) *[]string { return &f.Tags }},
	} {
		*open.to = []idv.Count{}
		for _, v := range w.byMost(open.of) {
			*open.to = append(*open.to, count(v, func(f *idv.Filter) { *open.narrow(f) = []string{v} }))
		}
	}
	return f
}

func tagsOf(f idv.Facts) []string {
	if len(f.Tags) == 0 {
		return []string{""}
	}
	return f.Tags
}

// byMost are the values that there are, those of most sessions first.
func (w archive) byMost(of func(idv.Facts) []string) []string {
	most := map[string]int{}
	for _, e := range w {
		for _, v := range of(e.Facts) {
			most[v]++
		}
	}
	values := []string{}
	for v := range most {
		values = append(values, v)
	}
	slices.SortFunc(values, func(a, b string) int { return cmp.Or(most[b]-most[a], cmp.Compare(a, b)) })
	return values
}

// levels are the match levels of the scale, and those above it that there are.
func (w archive) levels() []int {
	levels := []int{0, 1, 2, 3, 4, 5, 6, 7}
	for _, e := range w {
		levels = append(levels, e.Facts.MatchLevel)
	}
	slices.Sort(levels)
	return slices.Compact(levels)
}

// some are about one in so many ordinals.
func some(below uint32, in func() bool) *roaring.Bitmap {
	found := roaring.New()
	for ordinal := range below {
		if in() {
			found.Add(ordinal)
		}
	}
	return found
}
