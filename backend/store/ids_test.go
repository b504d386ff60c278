package store

import (
	"encoding/binary"
	"math/rand/v2"
	"slices"
	"testing"

	"veridesk/backend/seal"
)

// TestIDTable compares a table, made at once and grown, with a map. Many tokens begin
// alike, also with what stands at the table's end.
func TestIDTable(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	token := func() (token seal.Token) {
		head := random.Uint32()
		if random.IntN(3) == 0 {
			head |= 0xffff_fff0
		}
		binary.BigEndian.PutUint32(token[:], head)
		return token
	}
	want := map[seal.Token][]uint32{}
	var first []idEntry
	for ordinal := uint32(1); ordinal <= 700; ordinal++ {
		token := token()
		want[token] = append(want[token], ordinal)
		first = append(first, newIDEntry(token, ordinal))
	}
	table := newIDTable(first)
	for ordinal := uint32(701); ordinal <= 9000; ordinal++ {
		token := token()
		want[token] = append(want[token], ordinal)
		table.add(newIDEntry(token, ordinal))
	}
	for token, ordinals := range want {
		got := table.candidates(token)
		if slices.Sort(got); !slices.Equal(got, ordinals) {
			t.Fatalf("%x: %v, want %v", token[:4], got, ordinals)
		}
	}
	for range 1000 {
		if token := token(); len(table.candidates(token)) != len(want[token]) {
			t.Fatalf("%x was found", token[:4])
		}
	}
}
