package store_test

import (
	"reflect"
	"testing"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/store"
)

// TestRowsAcrossChunks writes more sessions than a chunk holds, and changes one
// in each chunk.
func TestRowsAcrossChunks(t *testing.T) {
	const many = 300
	s := open(t, path(t))
	for n := 0; n < many; n += 70 {
		write(t, s, store.Batch{Sessions: sessions(n, min(n+70, many))})
	}
	late := sessions(0, 0)
	for _, n := range []int{0, 30, 31, 254, 255, many - 1} {
		changed := session(n)
		changed.Finished = changed.Created.Add(time.Minute)
		late = append(late, changed)
	}
	result := write(t, s, store.Batch{Sessions: late})
	list := rows(t, s)
	if len(list) != many {
		t.Fatalf("%d rows", len(list))
	}
	for n, row := range list {
		if int(row.Ordinal) != n+1 || row.Created != session(n).Created.UnixMilli() {
			t.Fatalf("row of session %d: %+v", n, row)
		}
	}
	for i, want := range late {
		changed := result.Changed[i]
		row := store.Changed{Row: list[changed.Ordinal-1], Facts: idv.NewFacts(want)}
		if !reflect.DeepEqual(row, changed) || row.Finished != want.Finished.UnixMilli() {
			t.Errorf("changed row %+v, list has %+v", result.Changed[i], row)
		}
	}
}

func TestBlindNumbers(t *testing.T) {
	s := open(t, path(t))
	blind := func(number string) uint64 {
		t.Helper()
		n, err := s.Blind(number)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, none := range []string{"", " ", " - "} {
		if blind(none) != 0 {
			t.Errorf("%q is a number", none)
		}
	}
	for _, same := range []string{"17bb00001", " 17BB 00001", "17-BB-00001", "17‑bb\u00a000001"} {
		if blind(same) != blind("17BB00001") {
			t.Errorf("%q is another number", same)
		}
	}
	if blind("17BB00002") == blind("17BB00001") {
		t.Error("two numbers are one")
	}
	write(t, s, store.Batch{Sessions: sessions(0, 2)})
	row, want := rows(t, s)[1], session(1)
	if row.Personal != blind(want.Person.PersonalNumber) || row.Document != blind(want.Document.Number) {
		t.Errorf("row %+v", row)
	}
	other := open(t, path(t))
	if n, err := other.Blind("17BB00001"); err != nil || n == blind("17BB00001") {
		t.Errorf("another archive has the same token, %v", err)
	}
}

func TestOrdinal(t *testing.T) {
	s := open(t, path(t))
	write(t, s, store.Batch{Sessions: sessions(0, 3)})
	if ordinal, found, err := s.Ordinal(id(1)); ordinal != 2 || !found || err != nil {
		t.Errorf("%d %v %v", ordinal, found, err)
	}
	if ordinal, found, err := s.Ordinal("nobody"); ordinal != 0 || found || err != nil {
		t.Errorf("nobody: %d %v %v", ordinal, found, err)
	}
}
