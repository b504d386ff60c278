package columns

import (
	"fmt"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// narrowing is what a filter leaves; nil is everything. It is not to be changed.
type narrowing struct {
	fits    *roaring.Bitmap
	without map[dimension]*roaring.Bitmap // for each that the filter names: what its other dimensions leave
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
		n.epoch, n.asked, n.last = c.epoch, asked, narrow(c.restrictions(q, span))
	}
	return n.last
}

// narrow computes what all restrictions leave, and all but one.
func narrow(restrictions []restriction) narrowing {
	// Leaving out one of each takes no more than three times as many steps if the
	// products from the front are kept.
	front := make([]*roaring.Bitmap, len(restrictions)+1)
	for i, r := range restrictions {
		front[i+1] = both(front[i], r.fits)
	}
	n := narrowing{front[len(restrictions)], map[dimension]*roaring.Bitmap{}}
	behind := (*roaring.Bitmap)(nil)
	for i := len(restrictions) - 1; i >= 0; i-- {
		n.without[restrictions[i].by] = both(front[i], behind)
		behind = both(behind, restrictions[i].fits)
	}
	return n
}
