package search_test

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"veridesk/backend/idv"
	"veridesk/backend/search"
)

// Synthetic names in the scripts that the archive meets, with what is hard in
// them: marks, apostrophes, hyphens, letters that fold to two.
var (
	firstParts = []string{"ke", "te", "van", "nino", "gi", "or", "da", "vit", "jo", "sé", "zo", "ë", "øy", "ma", "ri", "am", "şe", "ıl", "ß", "łu"}
	lastParts  = []string{"be", "ridze", "kva", "rats", "khe", "lia", "o'", "neil", "dze", "shvili", "mc", "gra", "th", "žiž", "ek", "nov", "ska"}
	georgian   = []string{"ქე", "თე", "ვან", "ნი", "ნო", "გი", "ორ", "ბე", "რიძე", "კვა", "ლია", "შვილი", "ᲐᲑ", "ძე"}
	cyrillic   = []string{"Ке", "те", "ван", "Ив", "ан", "ова", "Фё", "дор", "чай", "ский"}
)

// someone makes the n-th session of a seeded run.
func someone(r *rand.Rand, n int) idv.Session {
	s := idv.Session{ID: uuid(r)}
	s.Person.FirstName = idv.Name{Latin: name(r, firstParts), Georgian: name(r, georgian)}
	s.Person.LastName = idv.Name{Latin: name(r, lastParts), Georgian: name(r, georgian)}
	if r.IntN(5) == 0 {
		s.Person.LastName = idv.Name{Latin: name(r, cyrillic)}
	}
	s.Person.PersonalNumber = fmt.Sprintf("%02d%03d%06d", r.IntN(60)+1, r.IntN(200), n)
	s.Document.Number = fmt.Sprintf("%02dI%c%05d", r.IntN(30), 'A'+r.IntN(26), r.IntN(100000))
	s.Extra = extras(r, s.Person.FirstName.Latin)
	switch r.IntN(20) {
	case 0:
		s.Person, s.Document = idv.Person{}, idv.Document{} // liquidated
	case 1:
		s.Document.Number = s.Document.Number[:2] + " " + s.Document.Number[2:4] + "-" + s.Document.Number[4:]
	}
	return s
}

// extras are a company's own fields: phones and references in groups, words, and
// now and then the name once more.
func extras(r *rand.Rand, name string) []idv.Field {
	phone := fmt.Sprintf("5%08d", r.IntN(100_000_000))
	some := []idv.Field{
		{Key: "phone", Value: "+995 " + phone}, {Key: "phone", Value: fmt.Sprintf("+995 %s %s %s", phone[:3], phone[3:6], phone[6:])},
		{Key: "branch", Value: "Tbilisi, Vake-2"}, {Key: "customer", Value: fmt.Sprintf("CLIENT-%07d", r.IntN(10_000_000))},
		{Key: "operator", Value: name}, {Key: "comment", Value: "დარეკა 2 times / нет ответа"}, {Key: "empty"},
	}
	return some[:r.IntN(len(some)+1)]
}

func name(r *rand.Rand, parts []string) string {
	var b strings.Builder
	for i := range 1 + r.IntN(4) {
		if i > 0 && r.IntN(12) == 0 {
			b.WriteString([]string{"-", " ", "'"}[r.IntN(3)])
		}
		b.WriteString(parts[r.IntN(len(parts))])
	}
	if r.IntN(2) == 0 {
		return strings.ToUpper(b.String())
	}
	return b.String()
}

func uuid(r *rand.Rand) string {
	a, b := r.Uint64(), r.Uint64()
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", a>>32, a>>16&0xffff, a&0xffff, b>>48, b&0xffffffffffff)
}

func someDocs(r *rand.Rand, from, to int) []search.Doc {
	var docs []search.Doc
	for n := from; n < to; n++ {
		docs = append(docs, search.Doc{Ordinal: uint32(n), Session: someone(r, n)})
	}
	return docs
}
