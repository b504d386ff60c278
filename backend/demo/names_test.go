package demo

import (
	"strings"
	"testing"
	"unicode"
)

func TestSpellings(t *testing.T) {
	for _, c := range []struct{ word, language, latin string }{
		{"ყიფიანი", "", "QIPIANI"}, {"ღლონტი", "", "GHLONTI"}, {"მჭედლიშვილი", "", "MCHEDLISHVILI"}, {"კვარაცხელია", "", "KVARATSKHELIA"},
		{"ჟუჟუნა", "", "ZHUZHUNA"}, {"წიკლაური", "", "TSIKLAURI"}, {"ჯაფარიძე", "", "JAPARIDZE"}, {"ჰერა", "", "HERA"},
		{"ШЕВЧЕНКО", "uk", "SHEVCHENKO"}, {"ОЛЕНА", "uk", "OLENA"}, {"ГРИЦЕНКО", "uk", "HRYTSENKO"}, {"ЩЕРБАКОВА", "ru", "SHCHERBAKOVA"}, {"ЮЛИЯ", "ru", "IULIIA"},
		{"JÜRGEN", "", "JUERGEN"}, {"GROẞ", "", "GROSS"}, {"NÚÑEZ", "", "NUNEZ"}, {"ƏLİYEV", "", "ELIYEV"}, {"ŁUKASZ", "", "LUKASZ"}, {"O'BRIEN", "", "OBRIEN"}, {"ÅSA", "", "AASA"},
	} {
		if got := plainLatin(romanise(c.word, c.language)); got != c.latin {
			t.Errorf("%s: %s, want %s", c.word, got, c.latin)
		}
	}
	if s := georgianName("დავით"); s.en != "DAVIT" || s.ge != "დავითი" {
		t.Errorf("დავით: %+v", s)
	}
	if gendered("КОВАЛЬСКИЙ/-АЯ", true) != "КОВАЛЬСКАЯ" || gendered("ИВАНОВ/А", true) != "ИВАНОВА" || gendered("ИВАНОВ/А", false) != "ИВАНОВ" {
		t.Error("endings of family names")
	}
}

// Every name of the lists can be written in an MRZ, and no list is short or
// has a name twice.
func TestNameLists(t *testing.T) {
	check := func(list, language string, atLeast int) {
		seen := map[string]bool{}
		for _, word := range strings.Fields(list) {
			for _, female := range []bool{false, true} {
				latin := plainLatin(romanise(gendered(word, female), language))
				if strings.ContainsFunc(latin, func(r rune) bool { return !strings.ContainsRune("ABCDEFGHIJKLMNOPQRSTUVWXYZ-_", r) }) {
					t.Errorf("%s is %q in Latin", word, latin)
				}
			}
			if seen[word] {
				t.Errorf("%s stands twice", word)
			}
			seen[word] = true
		}
		if len(seen) < atLeast {
			t.Errorf("only %d names in %.40s", len(seen), list)
		}
	}
	check(georgianMen, "", 75)
	check(georgianWomen, "", 75)
	check(georgianFamilies, "", 200)
	for _, nation := range peoples {
		for _, list := range []string{nation.men, nation.women, nation.families} {
			check(list, nation.language, 5)
		}
	}
}

// Frequent names are frequent, rare ones come too.
func TestFrequencies(t *testing.T) {
	p := New(Options{Seed: 3})
	count := map[string]int{}
	for i := range uint32(50_000) {
		count[p.names.georgian.families.draw(p.chance(streamFace, i))]++
	}
	names := p.names.georgian.families.names
	if count[names[0]] < 3*count[names[20]] || len(count) != len(names) {
		t.Errorf("%s %d times, %s %d times, %d of %d names", names[0], count[names[0]], names[20], count[names[20]], len(count), len(names))
	}
	if !unicode.Is(unicode.Georgian, []rune(names[0])[0]) {
		t.Error("family names are not kept in Georgian")
	}
}

// Identities lead back to their sessions, and none is used twice.
func TestIdentities(t *testing.T) {
	p := New(Options{Sessions: 5000, Seed: -9})
	for i := range uint32(5000) {
		if found, ok := p.find(p.sessionID(i)); !ok || found != i {
			t.Fatalf("session %d is found as %d, %v", i, found, ok)
		}
	}
	for _, i := range []uint32{0, 1, 1 << 16, 1<<32 - 1} {
		if p.unscramble(p.scramble(i)) != i {
			t.Errorf("%d is not itself after scrambling and back", i)
		}
	}
}
