package columns_test

import (
	"testing"
	"time"

	"veridesk/backend/columns"
	"veridesk/backend/idv"
)

// TestDatesOfManyInTheirOrder has so many sessions, created nearly one after the
// other, that spans take in whole stretches of them or pass them by.
func TestDatesOfManyInTheirOrder(t *testing.T) {
	r, c, w := newDraw(8), columns.New(), archive{}
	moment := func(ordinal int) int64 { return int64(ordinal-3000) * 1000 }
	for ordinal := range uint32(9_000) {
		e := r.entry(ordinal)
		e.Row.Created = moment(int(ordinal)) + r.Int64N(9000)
		w[ordinal] = e
	}
	load(c, w)
	ask := func() {
		for range 6 {
			from := r.IntN(4_000) - 500
			q := columns.Question{Limit: 3, Facets: true, Filter: idv.Filter{
				From:   idv.FormatTime(time.UnixMilli(moment(from))),
				Before: idv.FormatTime(time.UnixMilli(moment(from + r.IntN(9_000)))),
			}}
			mustAgree(t, c, w, q)
		}
	}
	ask()
	changed := make([]columns.Entry, 0, 300)
	for range cap(changed) {
		e := r.entry(r.Uint32N(9_000))
		e.Row.Created = pick(r, 0, moment(r.IntN(18_000)))
		w[e.Row.Ordinal] = e
		changed = append(changed, e)
	}
	c.Put(2, changed)
	ask()
}
