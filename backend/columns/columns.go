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
	Ordinal  uint32
	Created  int64  // Unix milliseconds, 0 none
	Finished int64  // Unix milliseconds, 0 none
	Personal uint64 // stands for the personal number, 0 none
	Document uint64 // stands for the document number, 0 none
	Flags    Flags
}

// Flags are a session's yes-or-no properties.
type Flags uint8

// The flags.
const (
	Hold   Flags = 1 << iota // under legal hold
	Erased                   // a tombstone
	Wanted                   // photos of it are still to be fetched
)

// Has reports whether all the flags are set.
func (f Flags) Has(flags Flags) bool { return f&flags == flags }

// absent marks the ordinals without a session. No session is that old.
const absent = math.MinInt64

// Columns holds the rows. Its methods may be called from several goroutines.
type Columns struct {
	mu       sync.RWMutex // guards everything below
	created  []int64      // by ordinal, as the next four; absent where there is no session
	finished []int64
	personal []uint64
	document []uint64
	flags    []Flags
	count    int             // the ordinals that are not absent
	order    []uint32        // newest first; replaced, never changed, so that answers may share it
	changed  *roaring.Bitmap // ordinals that order lacks or has at an old place
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
		c.finished[row.Ordinal], c.flags[row.Ordinal] = row.Finished, row.Flags
		c.personal[row.Ordinal], c.document[row.Ordinal] = row.Personal, row.Document
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
	have, want := len(c.created), int(ordinal)+1
	if want <= have {
		return
	}
	c.created = slices.Grow(c.created, want-have)[:want]
	for i := have; i < want; i++ {
		c.created[i] = absent
	}
	c.finished = lengthen(c.finished, want)
	c.personal = lengthen(c.personal, want)
	c.document = lengthen(c.document, want)
	c.flags = lengthen(c.flags, want)
}

// lengthen makes a slice that long; what is new is zero.
func lengthen[T any](s []T, want int) []T {
	have := len(s)
	s = slices.Grow(s, want-have)[:want]
	clear(s[have:])
	return s
}

// Row is the row of a session; false if there is none.
func (c *Columns) Row(ordinal uint32) (Row, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if int(ordinal) >= len(c.created) || c.created[ordinal] == absent {
		return Row{}, false
	}
	return c.row(ordinal), true
}

// row reads a row that is there. The caller holds mu.
func (c *Columns) row(ordinal uint32) Row {
	return Row{
		Ordinal: ordinal, Created: c.created[ordinal], Finished: c.finished[ordinal],
		Personal: c.personal[ordinal], Document: c.document[ordinal], Flags: c.flags[ordinal],
	}
}

// Where lists the ordinals of the rows that fit, ascending.
func (c *Columns) Where(fits func(Row) bool) []uint32 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	var found []uint32
	for ordinal, created := range c.created {
		if created != absent && fits(c.row(uint32(ordinal))) {
			found = append(found, uint32(ordinal))
		}
	}
	return found
}

// Numbered finds the sessions whose personal or document number is the one that
// the key stands for.
func (c *Columns) Numbered(key uint64) *roaring.Bitmap {
	c.mu.RLock()
	defer c.mu.RUnlock()
	found := roaring.New()
	if key == 0 {
		return found
	}
	for ordinal, personal := range c.personal {
		if personal == key || c.document[ordinal] == key {
			found.Add(uint32(ordinal))
		}
	}
	return found
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
