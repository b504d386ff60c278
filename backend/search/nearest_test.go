package search_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"veridesk/backend/idv"
	"veridesk/backend/search"
)

// A common name and a rare one lie differently in the index.
func TestNearest(t *testing.T) {
	ix := open(t, t.TempDir())
	var docs []search.Doc
	for n := range 400 {
		s := idv.Session{ID: fmt.Sprintf("%08x", n*7919)}
		s.Person.FirstName = idv.Name{Latin: []string{"NINO", "GIORGI", "KETEVAN"}[n%3], Georgian: []string{"ნინო", "გიორგი", "ქეთევან"}[n%3]}
		s.Person.LastName.Latin = []string{"BERIDZE", "GELASHVILI"}[n%2]
		s.Person.PersonalNumber = fmt.Sprintf("01%09d", n)
		docs = append(docs, search.Doc{Ordinal: uint32(n), Session: s})
	}
	docs[8].Session.Person.LastName.Latin = "KVARATSKHELIA"
	docs[7].Session.Person.LastName.Latin = "QIPIANI"
	update(t, ix, docs, 1)
	for text, want := range map[string][]string{
		"Berizde": {"BERIDZE"}, "brridze": {"BERIDZE"}, "ბერიზძე": {"BERIDZE"}, "Kepiani": {"KIPIANI"}, "qipani": {"KIPIANI"}, "Kvarackelia": {"KVARATSKHELIA"}, "nin9": nil, "ketvan gelashvli": {"KETEVAN GELASHVILI"},
		"nino beridzr": {"nino BERIDZE"}, "Gela": nil, "zzzzzz": nil, "01999999999": nil, "Giorgi QIPIANI NINO": nil,
		"": nil, "...": nil, "\x00": nil, strings.Repeat("berizde ", 200): nil, strings.Repeat("q", 1_000_000): nil,
	} {
		got, err := ix.Nearest(context.Background(), text, 3)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("Nearest(%.30q) = %q, %v; want %q", text, got, err, want)
		}
		for _, offered := range got {
			if found, err := ix.Find(context.Background(), offered); err != nil || found.Exact.IsEmpty() {
				t.Errorf("%q is offered and finds %v, %v", offered, found.Exact, err)
			}
		}
	}
	if got, err := ix.Nearest(context.Background(), "berizde", 0); len(got) != 0 || err != nil {
		t.Errorf("none asked for: %q, %v", got, err)
	}
}
