package columns_test

import (
	"slices"
	"testing"

	"veridesk/backend/columns"
)

// Whoever knows all up to a change is told of later ones, with the numbers that the
// sessions have now.
func TestNumberedSince(t *testing.T) {
	c := columns.New()
	loadRows(c, 3, []columns.Row{{Ordinal: 1, Personal: 77}, {Ordinal: 2, Document: 77}})
	c.Filled(nil)
	put := func(seq uint64, rows ...columns.Row) {
		entries := make([]columns.Entry, len(rows))
		for i, row := range rows {
			entries[i].Row = row
		}
		c.Put(seq, entries)
	}
	check := func(seq, key uint64, want ...uint32) {
		t.Helper()
		if got := c.NumberedSince(seq, key).ToArray(); !slices.Equal(got, want) {
			t.Errorf("with %d since change %d: %v, want %v", key, seq, got, want)
		}
	}
	put(5, columns.Row{Ordinal: 3, Personal: 77}, columns.Row{Ordinal: 4, Document: 77})
	put(8, columns.Row{Ordinal: 4, Document: 88}, columns.Row{Ordinal: 1, Personal: 88})
	check(0, 77, 2, 3) // before what it remembers: all
	check(2, 77, 2, 3)
	check(3, 77, 3)
	check(5, 77)
	check(5, 88, 1, 4)
	check(8, 88)
	check(3, 0)

	// More changes than it remembers.
	for seq := uint64(9); seq < 9+70; seq++ {
		many := make([]columns.Row, 1000)
		for i := range many {
			many[i] = columns.Row{Ordinal: uint32(10 + i), Personal: seq}
		}
		put(seq, many...)
	}
	check(3, 77, 2, 3)
	check(5, 88, 1, 4)
	if got := c.NumberedSince(77, 78).GetCardinality(); got != 1000 {
		t.Errorf("%d found of the last change", got)
	}
	check(78, 78)
}
