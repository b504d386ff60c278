// Package columns keeps one compact row a session in memory and answers what a
// list needs at once, at a million sessions: the order, the exact total and the
// rows at any offset. The rows are derived from the archive's sessions.
package columns

import (
	"math"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// Row is what is known here of a session.
type Row struct {
	Ordinal uint32
	Created int64 // Unix milliseconds, 0 none
}

// absent marks the ordinals without a session. No session is that old.
const absent = math.MinInt64

// Columns holds the rows. Its methods may be called from several goroutines.
type Columns struct {
	mu      sync.RWMutex    // guards everything below
	created []int64         // by ordinal; absent where there is no session
	count   int             // the ordinals that are not absent
	order   []uint32        // newest first; replaced, never changed, so that answers may share it
	changed *roaring.Bitmap // ordinals that order lacks or has at an old place
}

// New returns empty columns.
func New() *Columns {
	return &Columns{changed: roaring.New()}
}

// Put adds or replaces rows. Ordinals are dense, as the archive gives them: the
// memory goes by the highest. The order is brought up to date by the next Newest.
func (c *Columns) Put(rows []Row) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, row := range rows {
		c.grow(row.Ordinal)
		at := &c.created[row.Ordinal]
		if *at == row.Created {
			continue
		}
		if *at == absent {
			c.count++
		}
		*at = row.Created
		c.changed.Add(row.Ordinal)
	}
}

func (c *Columns) grow(ordinal uint32) {
	have := len(c.created)
	if int(ordinal) < have {
		return
	}
	c.created = slices.Grow(c.created, int(ordinal)+1-have)[:ordinal+1]
	for i := have; i < len(c.created); i++ {
		c.created[i] = absent
	}
}

// Len is the number of sessions.
func (c *Columns) Len() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.count
}

// Newest lists the found sessions, created last first, and of those created at
// the same moment the higher ordinal first. nil finds all; ordinals that have no
// row are left out.
func (c *Columns) Newest(found *roaring.Bitmap) Selection {
	c.mu.RLock()
	if c.changed.IsEmpty() {
		defer c.mu.RUnlock()
		return c.newest(found)
	}
	c.mu.RUnlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.settle()
	return c.newest(found)
}
