package columns_test

import (
	"fmt"
	"strings"
	"testing"

	"veridesk/backend/columns"
	"veridesk/backend/idv"
)

// mustSort lists sessions that have those values, given in their order, and
// brings them in the opposite one. Equal neighbours are joined by "=".
func mustSort(t *testing.T, by idv.Order, set func(*idv.Facts, string), values ...string) {
	t.Helper()
	c := columns.New()
	c.Filled(nil)
	want, wantBack := []uint32{}, []uint32{}
	ordinal := uint32(0)
	for _, line := range values {
		same := strings.Split(line, "=")
		group := []uint32{}
		for _, value := range same {
			e := columns.Entry{Row: columns.Row{Ordinal: ordinal, Created: 1000 - int64(ordinal)}}
			set(&e.Facts, value)
			c.Put(uint64(ordinal), []columns.Entry{e})
			group = append(group, ordinal)
			ordinal++
		}
		want, wantBack = append(want, group...), append(group, wantBack...)
	}
	mustFind(t, c, columns.Question{Limit: -1, Sort: idv.Sort{By: by, Ascending: true}}, want...)
	mustFind(t, c, columns.Question{Limit: -1, Sort: idv.Sort{By: by}}, wantBack...)
}

func TestNamesSortByTheirLetters(t *testing.T) {
	for by, set := range map[idv.Order]func(*idv.Facts, string){
		idv.ByFirstName: func(f *idv.Facts, name string) { f.FirstName = name },
		idv.ByLastName:  func(f *idv.Facts, name string) { f.LastName = name },
	} {
		mustSort(t, by, set,
			"ABE", "Ángela=ANGELA=angela", "D'ARC=DARC", "DE WIT=de-Wit", "DEAN", "Łukasz=lukasz", "MÜLLER=Muller", "MULLIGAN", "O’NEIL=ONEIL", "ÖZ=oz",
			"Straße=STRASSE", "ZOE", "Алёна=Алена", "ЯНА", "ანა=ᲐᲜᲐ", "ბაჩო", "ჰამლეტ", "王")
	}
}

func TestNumbersSortByTwelveSigns(t *testing.T) {
	for by, set := range map[idv.Order]func(*idv.Facts, string){
		idv.ByPersonalNumber: func(f *idv.Facts, number string) { f.PersonalNumber = number },
		idv.ByDocumentNumber: func(f *idv.Facts, number string) { f.DocumentNumber = number },
		idv.BySessionID:      func(f *idv.Facts, number string) { f.SessionID = number },
	} {
		mustSort(t, by, set,
			"0", "00", "01001000001=01-001 000001", "01001000001A", "1", "123456789012=1234567890123=123456789012-9", "12AB=12ab",
			"9", "A", "AB", "B", "ZZZZZZZZZZZZ=zzzzzzzzzzzzz", "Ж=ß=中", "ЖЖ")
	}
}

func TestExtraSortsByItsWords(t *testing.T) {
	long := strings.Repeat("x", 48) // all that counts
	mustSort(t, idv.ByExtra, func(f *idv.Facts, extra string) { f.Extra = extra },
		"0", "+995 555 12", "+995 555 123", "a\xffb=A-B", "AZ=az=[az]", "Branch 7; LOAN-1=branch 7: loan 1", "branch 70", "loan-2026-000123=LOAN/2026/000123 ",
		"loan-2026-000124", long[1:], long+"="+long+"1="+long+" 0", "Z=z", "École=ÉCOLE", "Я=я", "ლიზინგი=ᲚᲘᲖᲘᲜᲒᲘ")
}

// What a value was is forgotten when it changes, however often: nothing of it
// is left among what others are sorted by.
func TestExtraChangesAgainAndAgain(t *testing.T) {
	c, w, r := columns.New(), archive{}, newDraw(5)
	c.Filled(nil)
	for seq := range uint64(400) {
		e := columns.Entry{Row: columns.Row{Ordinal: r.Uint32N(90), Created: 1}}
		e.Facts.Extra = strings.Repeat(fmt.Sprintf("%c%d ", 'a'+r.IntN(3), r.IntN(12)), r.IntN(12))
		w[e.Row.Ordinal] = e
		c.Put(seq, []columns.Entry{e})
		if seq%4 == 0 {
			mustAgree(t, c, w, columns.Question{Limit: -1, Sort: idv.Sort{By: idv.ByExtra, Ascending: true}})
		}
	}
}
