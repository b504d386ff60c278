package columns_test

import (
	"slices"
	"testing"

	"veridesk/backend/columns"
)

func TestRows(t *testing.T) {
	c := columns.New()
	rows := []columns.Row{
		{Ordinal: 3, Created: 5, Finished: 9, Personal: 77, Document: 88, Flags: columns.Hold | columns.Wanted},
		{Ordinal: 1, Created: 5, Personal: 88},
		{Ordinal: 9, Created: 7, Document: 99, Flags: columns.Erased},
	}
	c.Put(rows)
	for _, want := range rows {
		if got, ok := c.Row(want.Ordinal); !ok || got != want {
			t.Errorf("%+v, %v, want %+v", got, ok, want)
		}
	}
	for _, missing := range []uint32{0, 2, 10, 1 << 31} {
		if row, ok := c.Row(missing); ok {
			t.Errorf("there is a row %+v", row)
		}
	}
	c.Put([]columns.Row{{Ordinal: 3, Created: 5}})
	if got, _ := c.Row(3); got != (columns.Row{Ordinal: 3, Created: 5}) {
		t.Errorf("the row was not replaced: %+v", got)
	}
	erased := c.Where(func(r columns.Row) bool { return r.Flags.Has(columns.Erased) })
	if !slices.Equal(erased, []uint32{9}) {
		t.Errorf("erased %v", erased)
	}
	if all := c.Where(func(columns.Row) bool { return true }); !slices.Equal(all, []uint32{1, 3, 9}) {
		t.Errorf("all %v", all)
	}
}

func TestNumbered(t *testing.T) {
	c := columns.New()
	c.Put([]columns.Row{{Ordinal: 4, Personal: 7}, {Ordinal: 2, Document: 7}, {Ordinal: 3, Personal: 8}})
	if got := c.Numbered(7).ToArray(); !slices.Equal(got, []uint32{2, 4}) {
		t.Errorf("found %v", got)
	}
	if !c.Numbered(0).IsEmpty() || !c.Numbered(1).IsEmpty() {
		t.Error("no number found somebody")
	}
}
