package columns

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/idv"
)

// few is the number of sessions to each hit from which sorting the hits beats
// walking through all sessions in their order.
const few = 512

// list is a stretch of the hits, in order; nil hits are everything.
func (c *Columns) list(by idv.Sort, hits *roaring.Bitmap, offset, limit int) []uint32 {
	o := c.order(by.By)
	if o == nil {
		return c.listByValue(by, hits, offset, limit)
	}
	return c.listIn(o, by.Ascending == (by.By == idv.ByCreated), hits, offset, limit)
}

// listIn lists hits in the order of entries, or backward.
func (c *Columns) listIn(o *order, backward bool, hits *roaring.Bitmap, offset, limit int) []uint32 {
	total := c.countOf(hits)
	limit = max(0, min(limit, total-offset))
	switch {
	case limit == 0:
		return []uint32{}
	case hits != nil && total*few < len(o.entries):
		places := c.placesOf(o, hits)
		slices.SortFunc(places, o.comparer(backward))
		page := make([]uint32, 0, limit)
		for _, place := range places[offset:][:limit] {
			page = append(page, place.ordinal)
		}
		return page
	}
	w := walk{entries: o.entries, valued: o.valued, page: make([]uint32, 0, limit)}
	if hits != nil {
		bits := denseOf(hits, len(c.rows.created))
		defer bits.giveBack()
		w.hits = *bits
	}
	if backward {
		return w.backward(offset)
	}
	w.collect(w.entries[w.seek(w.entries, offset):], 0)
	return w.page
}

// listByValue lists hits value by value, newest first within each.
func (c *Columns) listByValue(by idv.Sort, hits *roaring.Bitmap, offset, limit int) []uint32 {
	page := []uint32{}
	for _, group := range c.values.groups(by) {
		if len(page) >= limit {
			break
		}
		part := both(hits, c.values.any(group))
		if n := c.countOf(part); offset >= n {
			offset -= n
			continue
		}
		page = append(page, c.listIn(c.orders[0], false, part, offset, limit-len(page))...)
		offset = 0
	}
	return page
}
