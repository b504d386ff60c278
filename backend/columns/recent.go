package columns

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// recent are the last changes, with the numbers that they brought: whoever knows all
// before need not look at a million rows.
type recent struct {
	since   uint64 // the changes of the store after this one are there
	numbers []numbers
}

// numbers stand for those of a session, as a change left them.
type numbers struct {
	seq, personal, document uint64
	ordinal                 uint32
}

// mostRecent is how many changes are kept; then the older half goes.
const mostRecent = 1 << 16

func (r *recent) add(seq uint64, entries []Entry) {
	for i := range entries {
		row := &entries[i].Row
		if len(r.numbers) == mostRecent {
			r.since = r.numbers[mostRecent/2-1].seq
			r.numbers = append(r.numbers[:0], r.numbers[mostRecent/2:]...)
		}
		r.numbers = append(r.numbers, numbers{seq, row.Personal, row.Document, row.Ordinal})
	}
}

// Numbered finds the sessions whose personal or document number is the one that
// the key stands for.
func (c *Columns) Numbered(key uint64) *roaring.Bitmap {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.rows.numbered(key)
}

// NumberedSince finds the same among the sessions that have changed after that change
// of the store. If that is long ago, others are found too.
func (c *Columns) NumberedSince(seq, key uint64) *roaring.Bitmap {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if seq < c.recent.since {
		return c.rows.numbered(key)
	}
	found := roaring.New()
	if key == 0 {
		return found
	}
	from, _ := slices.BinarySearchFunc(c.recent.numbers, seq+1, func(n numbers, seq uint64) int {
		return cmp.Compare(n.seq, seq)
	})
	for _, n := range c.recent.numbers[from:] {
		if (n.personal == key || n.document == key) && c.rows.hasNumber(n.ordinal, key) {
			found.Add(n.ordinal)
		}
	}
	return found
}

func (r *rows) numbered(key uint64) *roaring.Bitmap {
	found := roaring.New()
	if key == 0 {
		return found
	}
	for ordinal := range r.personal {
		if r.hasNumber(uint32(ordinal), key) {
			found.Add(uint32(ordinal))
		}
	}
	return found
}

// hasNumber reports whether one of a session's numbers is that now.
func (r *rows) hasNumber(ordinal uint32, key uint64) bool {
	return int(ordinal) < len(r.personal) && (r.personal[ordinal] == key || r.document[ordinal] == key)
}
