package search_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"veridesk/backend/idv"
	"veridesk/backend/search"
)

func named(text string) idv.Session {
	return idv.Session{Person: idv.Person{LastName: idv.Name{Latin: text}}}
}

// Each spelling of a name finds each other one, and so does every beginning of
// the usual spellings, as it is typed.
func TestSpellingsMeet(t *testing.T) {
	for _, spellings := range [][]string{
		{"KETEVAN", "ქეთევან", "Кетеван", "ᲥᲔᲗᲔᲕᲐᲜ", "Qetevan", "k'et'evan", "K’ETEVAN", "kʼetʼevan", "Kétéván", "ＫＥＴＥＶＡＮ", "\u200fKETE\u00adVAN\u200e"},
		{"KHVICHA", "ხვიჩა", "Хвича", "Xvicha", "Hvicha", "Khvitcha", "Xviča"},
		{"QIPIANI", "ყიფიანი", "Кипиани", "KIPIANI", "Kifiani", "Qiphiani", "q'ipiani"},
		{"GHVINJILIA", "ღვინჯილია", "Гвинджилия", "Gvinjilia", "Ghvindzhilia"},
		{"CHKHEIDZE", "ჩხეიძე", "Чхеидзе", "Chxeidze", "Tchkheidze", "Čxeidze"},
		{"TSERETELI", "წერეთელი", "Церетели", "Cereteli", "Ts'eret'eli", "Tseretheli"},
		{"JORJOLIANI", "ZHORZHOLIANI", "ჟორჟოლიანი", "Жоржолиани", "Žoržoliani"},
		{"DZIDZIGURI", "ძიძიგური", "Дзидзигури"},
		{"IURI", "იური", "Юрий", "Yuri", "Yury"},
		{"NATALIA", "ნატალია", "Наталья", "Nataliya", "Natalya"},
		{"ANA", "ანა", "Анна", "Anna"},
		{"ALEKSANDRE", "ალექსანდრე", "Alexandre", "Alexandré"},
		{"JOSÉ", "JOSE", "Jose\u0301"}, {"Straße", "STRAẞE", "strasse"}, {"Işıl", "ISIL"}, {"İSTANBUL", "istanbul"},
		{"Łukasz", "LUKASZ"}, {"Søren", "soren"}, {"Ægir", "aegir"}, {"Þór", "thor"}, {"Фёдор", "ФЕДОР"}, {"Čapek", "CAPEK"}, {"Čapek", "Chapek"},
		{"MƏMMƏDOV", "MEMMEDOV"}, {"Хачатрян", "Խաչատրյան"},
	} {
		for _, kept := range spellings {
			for _, typed := range spellings {
				if exact, _ := search.Matches(typed, named(kept)); !exact {
					t.Errorf("%s does not find %s: %q in %q", typed, kept, search.Words(typed), search.Terms(named(kept)))
				}
			}
			everyBeginning(t, spellings[0], kept)
			everyBeginning(t, kept, kept)
		}
	}
}

func everyBeginning(t *testing.T, typed, kept string) {
	t.Helper()
	for end := range typed {
		if len(search.Words(typed[:end])) == 0 {
			continue
		}
		if exact, _ := search.Matches(typed[:end], named(kept)); !exact {
			t.Errorf("%s is lost on the way, at %s: %q in %q", kept, typed[:end], search.Words(typed[:end]), search.Terms(named(kept)))
		}
	}
}

func TestNamesAreToldApart(t *testing.T) {
	for _, c := range []struct{ typed, kept string }{
		{"kh", "KETEVAN"}, {"sha", "SALOME"}, {"cho", "TSOTNE"}, {"ja", "ZAZA"}, {"t", "CHABUKA"}, {"z", "JABA"},
		{"ketevana", "KETEVAN"}, {"etevan", "KETEVAN"}, {"nino", "NINA"}, {"giorgi", "GIORGADZE"},
	} {
		if exact, near := search.Matches(c.typed, named(c.kept)); exact || near {
			t.Errorf("%s finds %s", c.typed, c.kept)
		}
	}
}

// However a name is spelt, what is found by more letters was found by fewer, but
// for the first, which stands for itself alone.
func TestTypingNeverLoses(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 0))
	letters := strings.Split("a e i o u k q x h kh gh g c ts tz ch tch z zh dz dzh dj d j t th p ph f s sh y v w n nn š ž č", " ")
	for range 20_000 {
		var b strings.Builder
		for range 2 + r.IntN(5) {
			b.WriteString(letters[r.IntN(len(letters))])
		}
		kept, name := named(b.String()), []rune(b.String())
		for end := 2; end <= len(name); end++ {
			if exact, _ := search.Matches(string(name[:end]), kept); !exact {
				typed := string(name[:end])
				t.Fatalf("%s is lost at %s: %q in %q", b.String(), typed, search.Words(typed), search.Terms(kept))
			}
		}
	}
}

// The other way round: what is typed in another spelling is not lost behind the
// letters that found it.
func TestOtherSpellingsAreNotLost(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 0))
	ways := [][]string{
		{"kh", "x", "h"}, {"gh", "g"}, {"q", "k"}, {"ts", "c", "tz"}, {"ch", "tch", "č"}, {"zh", "j", "dj", "dzh", "ž"}, {"dz"}, {"f", "p", "ph"},
		{"t", "th"}, {"i", "y"}, {"v", "w"}, {"a"}, {"e"}, {"o"}, {"u"}, {"n", "nn"}, {"r"}, {"sh", "š"}, {"m"}, {"d"},
	}
	for range 20_000 {
		var kept, typed []string
		for range 2 + r.IntN(4) {
			way := ways[r.IntN(len(ways))]
			kept, typed = append(kept, way[r.IntN(len(way))], "a"), append(typed, way[r.IntN(len(way))], "a")
		}
		session, name := named(strings.Join(kept, "")), []rune(strings.Join(typed, ""))
		for end := len([]rune(typed[0])) + 1; end <= len(name); end++ {
			if exact, _ := search.Matches(string(name[:end]), session); !exact {
				t.Fatalf("%q does not find %q at %q: %q in %q", typed, kept, string(name[:end]), search.Words(string(name[:end])), search.Terms(session))
			}
		}
	}
}

// Bench and archive read the words of a text: several words, each by itself.
func TestWords(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string // word=prefix,prefix
	}{
		{"", nil}, {" \t\u00a0\n", nil}, {"*** -- '", nil}, {"\x00\x1b\x7f", nil},
		{"Nino  BERIDZE", []string{"nino=nino", "beridze=beridze"}},
		{"O'Neil", []string{"o=o", "neil=neil"}},
		{"x", []string{"x=kh,ks,x"}},
		{"კვ 01-b", []string{"kv=kv", "01=01", "b=b"}},
	} {
		var got []string
		for _, w := range search.Words(c.text) {
			got = append(got, w.Text+"="+strings.Join(w.Prefixes, ","))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Words(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}
