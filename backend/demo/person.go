// The people who come, and the documents they bring.
package demo

import (
	"fmt"
	"strings"
	"time"
)

type person struct {
	first, last    spelling
	female         bool
	born           time.Time
	nationality    string // ICAO code
	personalNumber string // "" for some people from elsewhere
	document       document
	seed           uint64 // of the face
}

// person is who came in a session, the same in all sessions of the person.
func (p *Portal) person(pl plan) person {
	c := p.chance(streamPerson, pl.first)
	who := person{female: c.percent(52), seed: c.Uint64()}
	arrived, _ := p.arrival(pl.first)
	if pl.turns != 0 {
		arrived = pl.created // pending sessions are all recent
	}
	came := time.UnixMilli(arrived).UTC()
	who.born = came.AddDate(-age(c), 0, -c.IntN(365))
	if c.percent(88) {
		p.georgian(&who, c)
	} else {
		p.foreigner(&who, c)
	}
	who.document = newDocument(c, who, came)
	return who
}

// age is between 18 and 86, mostly of working years; a few are too young.
func age(c chance) int {
	if c.percent(1) {
		return c.between(14, 17)
	}
	return 18 + min(c.IntN(69), c.IntN(69))
}

func (p *Portal) georgian(who *person, c chance) {
	who.first = p.names.spelled[p.names.georgian.given(c, who.female)]
	who.last = p.names.spelled[p.names.georgian.families.draw(c)]
	who.nationality = "GEO"
	who.personalNumber = georgianNumber(c)
	switch n := c.IntN(100); {
	case n < 26: // read from the Latin side only
		who.first.ge, who.last.ge = "", ""
	case n < 29: // an old document without Latin spelling
		who.first.en, who.last.en = "", ""
	}
}

// georgianNumber is a personal number of 11 digits; the first two or three
// tell the place of registration.
func georgianNumber(c chance) string {
	prefix := one(c, []string{"010", "010", "010", "350", "600", "610", "620", "580", "590", "020", "033", "130", "240", "330", "400", "430"})
	return prefix + c.digits(8)
}

func (p *Portal) foreigner(who *person, c chance) {
	n := c.weighted(p.names.weights)
	nation, pools := peoples[n], p.names.foreign[n]
	first := pools.given(c, who.female)
	last := gendered(pools.families.draw(c), who.female)
	who.nationality = one(c, nation.codes)
	who.first = spelling{en: romanise(first, nation.language)}
	who.last = spelling{en: romanise(last, nation.language)}
	who.first.latin, who.last.latin = plainLatin(who.first.en), plainLatin(who.last.en)
	if nation.language != "" && c.percent(30) { // the Cyrillic line was read
		who.first.en, who.last.en = first, last
	}
	switch {
	case who.nationality == "GEO":
		who.personalNumber = georgianNumber(c)
	case c.percent(65):
		who.personalNumber = c.digits(11)
	}
}

// document is an identity document.
type document struct {
	kind            string // ID, PASSPORT, RESIDENCE_CARD, DRIVING_LICENSE
	number          string
	issued, expires time.Time
}

// The document types of the portal.
const (
	idCard        = "ID"
	passport      = "PASSPORT"
	residenceCard = "RESIDENCE_CARD"
	licence       = "DRIVING_LICENSE"
)

// card reports whether the document has a back side.
func (d document) card() bool { return d.kind != passport }

func newDocument(c chance, who person, came time.Time) document {
	d := document{kind: documentKind(c, who.nationality)}
	d.issued = came.AddDate(0, 0, -30-c.IntN(9*365)).Truncate(24 * time.Hour)
	if came.AddDate(-16, 0, 0).Before(who.born) { // the young have new documents
		d.issued = came.AddDate(0, 0, -30-c.IntN(300)).Truncate(24 * time.Hour)
	}
	d.expires = d.issued.AddDate(10, 0, -2)
	d.number = documentNumber(c, who.nationality, d)
	return d
}

func documentKind(c chance, nationality string) string {
	weights := []int{66, 31, 0, 3}
	if nationality != "GEO" {
		weights = []int{6, 78, 14, 2}
	}
	return []string{idCard, passport, residenceCard, licence}[c.weighted(weights)]
}

// documentNumber has two digits of the year, two letters and five digits on
// Georgian documents, and the shape of the country elsewhere.
func documentNumber(c chance, nationality string, d document) string {
	letters := func(from string, n int) string {
		var b strings.Builder
		for range n {
			b.WriteByte(from[c.IntN(len(from))])
		}
		return b.String()
	}
	switch {
	case nationality == "GEO" || d.kind != passport:
		return fmt.Sprintf("%02d", d.issued.Year()%100) + letters("AIB", 1) + letters("ABEGIKMO", 1) + c.digits(5)
	case nationality == "UKR":
		return letters("EFG", 1) + letters("ABCEHKMP", 1) + c.digits(6)
	case nationality == "TUR":
		return "U" + c.digits(8)
	case nationality == "D<<":
		return "C" + letters("0123456789CFGHJKLMNPRTVWXYZ", 8)
	case nationality == "ARM":
		return letters("AB", 1) + letters("KMNPR", 1) + c.digits(7)
	default:
		return c.digits(9)
	}
}
