package search_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"veridesk/backend/idv"
	"veridesk/backend/search"
)

func TestWordsFold(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"KETEVAN", "ketevan"},
		{"ᲥᲔᲗᲔᲕᲐᲜ", "ქეთევან"}, // Mtavruli, the Georgian capitals
		{"ქეთევან", "ქეთევან"},
		{"JOSÉ", "jose"},
		{"Jose\u0301", "jose"},
		{"Straße", "strasse"},
		{"STRAẞE", "strasse"},
		{"Işıl", "isil"},
		{"İSTANBUL", "istanbul"},
		{"Łukasz", "lukasz"},
		{"Søren", "soren"},
		{"Đorđe", "dorde"},
		{"Ægir", "aegir"},
		{"Þór", "thor"},
		{"Фёдор", "федор"},
		{"ЧАЙКОВСКИЙ", "чаиковскии"},
		{"ΣΊΣΥΦΟΣ", "σισυφοσ"},
		{"ＡＢＣ１２３", "abc123"}, // full width
		{"ﬁnn", "finn"},
		{"\u200fKETEVAN\u200e", "ketevan"},
		{"KETE\u00adVAN", "ketevan"},
		{"\ufeff01001", "01001"},
	} {
		words := search.Words(c.text)
		if len(words) != 1 || words[0].Joined != c.want || words[0].Parts != nil {
			t.Errorf("Words(%q) = %+v, want %q alone", c.text, words, c.want)
		}
	}
}

func TestWordsSplit(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string // joined=part+part
	}{
		{"", nil},
		{" \t\u00a0\n", nil},
		{"*** -- '", nil},
		{"\x00\x1b\x7f", nil},
		{"nino beridze", []string{"nino", "beridze"}},
		{"nino NINO Nino", []string{"nino"}},
		{"O'Neil", []string{"oneil=o+neil"}},
		{"O´Neil", []string{"oneil=o+neil"}},
		{"beridze,nino", []string{"beridzenino=beridze+nino"}},
		{"e35d54ac-8bf8", []string{"e35d54ac8bf8=e35d54ac+8bf8"}},
		{"a-bc ab-c", []string{"abc=a+bc", "abc=ab+c"}},
		{"ok\xff\xfebad", []string{"okbad=ok+bad"}},
	} {
		var got []string
		for _, w := range search.Words(c.text) {
			text := w.Joined
			if w.Parts != nil {
				text += "=" + strings.Join(w.Parts, "+")
			}
			got = append(got, text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Words(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

func TestWordsAreBounded(t *testing.T) {
	long := search.Words(strings.Repeat("ქ", 1_000_000))
	if len(long) != 1 || utf8.RuneCountInString(long[0].Joined) != 64 {
		t.Errorf("a million letters make %d words", len(long))
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
	s.Person.LastName = idv.Name{Latin: "KVARATSKHELIA-BERIDZE", Georgian: "კვარაცხელია ბერიძე"}
	s.Person.PersonalNumber = "01001000097"
	s.Document.Number = "12 IB-345"
	want := []string{
		"e35d54ac8bf84c559f0b1a2b3c4d5e6f", "ketevan", "ქეთევან",
		"kvaratskhelia", "beridze", "kvaratskheliaberidze",
		"კვარაცხელია", "ბერიძე", "კვარაცხელიაბერიძე",
		"01001000097", "12", "ib", "345", "12ib345",
	}
	slices.Sort(want)
	if got := search.Terms(s); !slices.Equal(got, want) {
		t.Errorf("Terms = %q\nwant    %q", got, want)
	}
	if got := search.Terms(idv.Session{}); len(got) != 0 {
		t.Errorf("an empty session has terms %q", got)
	}
	s.Person.FirstName.Latin = strings.Repeat("a b ", 1_000_000)
	if got := len(search.Terms(s)); got > 600 {
		t.Errorf("a name of a million words makes %d terms", got)
	}
}

// What is folded stays as it is when it is folded again, letter by letter: else
// a term could not be found by its own spelling.
func TestFoldIsStable(t *testing.T) {
	for r := rune(0); r <= 0xffff; r++ {
		for _, w := range search.Words(string(r)) {
			for _, part := range append(w.Parts, w.Joined) {
				if again := search.Words(part); len(again) != 1 || again[0].Joined != part {
					t.Fatalf("%U folds to %q, and that to %+v", r, part, again)
				}
			}
		}
	}
}

// FuzzWords: any text has words, they are bounded, made of letters and digits
// only, and what is folded once stays as it is.
func FuzzWords(f *testing.F) {
	for _, seed := range []string{"Ქეთევან O'NEIL", "e35d54ac-8bf8", "ŉ ΐ ǰ ﬃ և ẞ", "\u202eabc\u202c", "a\xffb", "½ ℡ ㎏ Ⅷ"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		words := search.Words(text)
		if len(words) > 32 {
			t.Fatalf("%d words", len(words))
		}
		for _, w := range words {
			for _, part := range append(w.Parts, w.Joined) {
				again := search.Words(part)
				if len(again) != 1 || again[0].Joined != part || again[0].Parts != nil {
					t.Fatalf("%q is read again as %+v", part, again)
				}
				if utf8.RuneCountInString(part) > 64 {
					t.Fatalf("%q is too long", part)
				}
			}
		}
		// A name is found by its own text, unless that is cut or has no word.
		if utf8.RuneCountInString(text) <= 60 {
			var s idv.Session
			s.Person.FirstName.Latin = text
			if terms := search.Terms(s); !answers(line(terms), words) {
				t.Fatalf("%q: terms %q do not answer words %+v", text, terms, words)
			}
		}
	})
}

// line writes terms so that each has a blank before it.
func line(terms []string) string { return " " + strings.Join(terms, " ") }

// answers is the slow, obvious meaning of a search over a line of terms.
func answers(terms string, words []search.Word) bool {
	begins := func(prefix string) bool { return strings.Contains(terms, " "+prefix) }
	for _, w := range words {
		parts := len(w.Parts) > 0
		for _, part := range w.Parts {
			parts = parts && begins(part)
		}
		if !parts && !begins(w.Joined) {
			return false
		}
	}
	return true
}
