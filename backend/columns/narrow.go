package columns

import (
	"fmt"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// narrowing is what a filter leaves; nil is everything. It is not to be changed.
type narrowing struct {
	fits  *roaring.Bitmap // of all sessions
	dated *roaring.Bitmap // what its dates alone leave
	lacks []set           // by shape: the dimensions in which it does not fit

	arranged *[dimensions][]uint32 // the values, whatever the filter is
}

// narrowed remembers the last narrowing: while somebody types or scrolls, the
// filter stays as it is.
type narrowed struct {
	mu    sync.Mutex // guards the fields below
	epoch uint64     // of the columns
	asked string
	last  narrowing
}

// by is what the question's filter leaves. The caller holds mu of the columns.
func (n *narrowed) by(c *Columns, q *Question, span span) narrowing {
	n.mu.Lock()
	defer n.mu.Unlock()
	asked := fmt.Sprintf("%#v %d %v", q.Filter, q.Accepted, span)
	if n.epoch != c.epoch || n.asked != asked {
		arranged := n.last.arranged
		if n.epoch != c.epoch || arranged == nil {
			arranged = c.values.arranged()
		}
		n.epoch, n.asked, n.last = c.epoch, asked, c.narrow(q, span)
		n.last.arranged = arranged
	}
	return n.last
}

// narrow computes what the question's filter leaves.
func (c *Columns) narrow(q *Question, span span) (n narrowing) {
	wanted := c.values.wanted(q)
	n.lacks = c.values.lacks(wanted)
	if !span.open() {
		n.dated = span.created(&c.rows)
		n.fits = n.dated
	}
	for _, held := range c.values.restrictions(wanted) {
		n.fits = both(n.fits, held)
	}
	return n
}
