package search_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"veridesk/backend/idv"
	"veridesk/backend/search"
)

func TestWordsAreBounded(t *testing.T) {
	for _, text := range []string{strings.Repeat("ქ", 1_000_000), strings.Repeat("x", 1_000_000), strings.Repeat("中", 1_000_000)} {
		long := search.Words(text)
		if len(long) != 1 || len(long[0].Text) != 64 || len(long[0].Prefixes) > 16 {
			t.Errorf("a million letters make %d words", len(long))
		}
	}
	var many strings.Builder
	for i := range 1000 {
		many.WriteString(strings.Repeat(string(rune('a'+i%26)), 1+i/26) + " ")
	}
	if got := len(search.Words(many.String())); got != 32 {
		t.Errorf("a thousand words count as %d, want 32", got)
	}
}

func TestTerms(t *testing.T) {
	var s idv.Session
	s.ID = "E35D54AC-8bf8-4c55-9f0b-1a2b3c4d5e6f"
	s.Person.FirstName = idv.Name{Latin: "Ketevan", Georgian: "ქეთევან"}
	s.Person.LastName = idv.Name{Latin: "QVARATSKHELIA-BERIDZE", Georgian: "ყვარაცხელია ბერიძე"}
	s.Person.PersonalNumber = "01001000097"
	s.Document.Number = "12 IB-345"
	s.Extra = []idv.Field{
		{Key: "phoneNumber", Value: "+995 555 12 34"}, {Key: "customerId", Value: "C-0007 / A"}, {Key: "branch", Value: "Vake, ვაკე 2"},
	}
	want := []string{
		"e35d54ac8bf84c559f0b1a2b3c4d5e6f", "ketevan",
		"qvaratskhelia", "kvaratskhelia", "beridze", "qvaratskheliaberidze", "kvaratskheliaberidze",
		"01001000097", "12", "ib", "345", "12ib345",
		"995", "555", "34", "9955551234", "5551234", "1234",
		"c", "ts", "0007", "c0007", "a", "vake", "2",
	}
	slices.Sort(want)
	if got := search.Terms(s); !slices.Equal(got, want) {
		t.Errorf("Terms = %q\nwant    %q", got, want)
	}
	if got := search.Terms(idv.Session{}); len(got) != 0 {
		t.Errorf("an empty session has terms %q", got)
	}
	if got := search.Terms(idv.Tombstone(s, idv.ByUser, s.Created)); len(got) != 0 {
		t.Errorf("a tombstone has terms %q", got)
	}
}

func TestTermsAreBounded(t *testing.T) {
	var s idv.Session
	s.Person.FirstName.Latin = strings.Repeat("a b ", 1_000_000)
	s.Document.Number = strings.Repeat("7 ", 1_000_000)
	for range 1000 {
		s.Extra = append(s.Extra, idv.Field{Value: strings.Repeat("12 34-x", 1000)})
	}
	terms := search.Terms(s)
	if len(terms) > 1000 {
		t.Errorf("%d terms", len(terms))
	}
	for _, term := range terms {
		if utf8.RuneCountInString(term) > 64 {
			t.Errorf("%q is too long", term)
		}
	}
}

// FuzzMatches: any text has words, they are bounded, and what a session holds is
// found by its own text, unless that is cut or has no word.
func FuzzMatches(f *testing.F) {
	for _, seed := range []string{
		"Ქეთევან O'NEIL", "e35d54ac-8bf8", "ŉ ΐ ǰ ﬃ և ẞ", "\u202eabc\u202c", "a\xffb", "½ ℡ ㎏ Ⅷ",
		"+995 555 12 34 56", "Žižek ხვიჩა Хвича", "13 AB 5678", "ʼьъ", "中国 한국 ١٢٣", "xxxxxxxxx",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := search.Words(text)
		if len(words) > 32 {
			t.Fatalf("%d words", len(words))
		}
		for _, w := range words {
			for _, prefix := range append(w.Prefixes, w.Text) {
				if prefix == "" || utf8.RuneCountInString(prefix) > 64 {
					t.Fatalf("word %q is answered by %q", w.Text, w.Prefixes)
				}
			}
		}
		if utf8.RuneCountInString(text) > 60 || len(words) == 0 || len(words) == 32 {
			return
		}
		for _, s := range []idv.Session{
			{Person: idv.Person{LastName: idv.Name{Latin: text}}}, {Person: idv.Person{PersonalNumber: text}},
			{Document: idv.Document{Number: text}}, {Extra: []idv.Field{{Value: text}}},
		} {
			if exact, near := search.Matches(text, s); !exact || near {
				t.Fatalf("%q: terms %q are not found by words %+v", text, search.Terms(s), words)
			}
		}
	})
}
