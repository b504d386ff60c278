package columns

import (
	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/idv"
)

// placeOf is where a session stands in a list of what is found and, behind that,
// what is nearly found; -1 if it is neither.
func (c *Columns) placeOf(by idv.Sort, found, near *roaring.Bitmap, ordinal uint32) int {
	if _, ok := c.rows.row(ordinal); !ok {
		return -1
	}
	if found == nil || found.Contains(ordinal) {
		return c.placeAmong(by, found, ordinal)
	}
	if near.Contains(ordinal) {
		return c.countOf(found) + c.placeAmong(by, near, ordinal)
	}
	return -1
}

// placeAmong is the place of one of the hits among them; see list.
func (c *Columns) placeAmong(by idv.Sort, hits *roaring.Bitmap, ordinal uint32) int {
	if o := c.order(by.By); o != nil {
		return c.before(o, by.Ascending == (by.By == idv.ByCreated), hits, ordinal)
	}
	at := 0
	for _, group := range c.values.groups(by) {
		part := both(hits, c.values.any(group))
		if part == nil || part.Contains(ordinal) {
			return at + c.before(c.orders[0], false, part, ordinal)
		}
		at += c.countOf(part)
	}
	return at
}

// before counts the hits that stand before one of them. It compares each of them:
// it is asked for one row of a list whose archive has just moved, not for each key.
func (c *Columns) before(o *order, backward bool, hits *roaring.Bitmap, ordinal uint32) (n int) {
	if hits == nil {
		hits = c.rows.present
	}
	compare, own := o.comparer(backward), c.place(o, ordinal)
	for other := range roaring.Values(hits) {
		if compare(c.place(o, other), own) < 0 {
			n++
		}
	}
	return n
}
