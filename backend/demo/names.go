// Drawing names with realistic frequencies.
package demo

import (
	"slices"
	"strings"
)

// pool is a list of names with their cumulated weights: the second name comes
// less often than the first and so on, as in a real register (Zipf's law).
type pool struct {
	names []string
	upTo  []int
}

func newPool(list string) pool {
	p := pool{names: strings.Fields(list)}
	for i, name := range p.names {
		p.names[i] = strings.ReplaceAll(name, "_", " ")
	}
	sum := 0
	for rank := range p.names {
		sum += 1_000_000 / (rank + 4)
		p.upTo = append(p.upTo, sum)
	}
	return p
}

func (p pool) draw(c chance) string {
	n := c.IntN(p.upTo[len(p.upTo)-1])
	i, _ := slices.BinarySearch(p.upTo, n+1)
	return p.names[i]
}

// pools are the names of one people.
type pools struct{ men, women, families pool }

func (p pools) given(c chance, female bool) string {
	if female {
		return p.women.draw(c)
	}
	return p.men.draw(c)
}

type names struct {
	georgian pools
	spelled  map[string]spelling // every Georgian name
	foreign  []pools             // in the order of peoples
	weights  []int
}

func newNames() names {
	n := names{georgian: pools{newPool(georgianMen), newPool(georgianWomen), newPool(georgianFamilies)}, spelled: map[string]spelling{}}
	for _, list := range []pool{n.georgian.men, n.georgian.women, n.georgian.families} {
		for _, name := range list.names {
			n.spelled[name] = georgianName(name)
		}
	}
	for _, nation := range peoples {
		n.foreign = append(n.foreign, pools{newPool(nation.men), newPool(nation.women), newPool(nation.families)})
		n.weights = append(n.weights, nation.weight)
	}
	return n
}

// spelling is one name as the portal gives it and as an MRZ needs it.
type spelling struct {
	en, ge string // as on the document; either may be empty
	latin  string // always there
}

// georgianName spells a name that is kept in Georgian.
func georgianName(word string) spelling {
	s := spelling{latin: romanise(word, ""), ge: word}
	if !strings.ContainsRune("აეიოუ", lastRune(word)) {
		s.ge += "ი"
	}
	s.en = s.latin
	return s
}

func lastRune(word string) rune {
	runes := []rune(word)
	return runes[len(runes)-1]
}

// gendered gives the family name its ending for women: see people.
func gendered(family string, female bool) string {
	name, ending, ok := strings.Cut(family, "/")
	switch {
	case !ok || !female:
		return name
	case strings.HasPrefix(ending, "-"):
		runes := []rune(name)
		return string(runes[:len(runes)-2]) + ending[1:]
	default:
		return name + ending
	}
}
