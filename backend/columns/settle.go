package columns

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/idv"
)

// settled reports whether the order is up to date.
func (o *order) settled() bool { return o.entries != nil && o.pending.IsEmpty() }

// settle brings an order up to date. The caller holds writing but not mu: others
// go on reading what they have.
func (c *Columns) settle(o *order) {
	var entries []uint32
	switch {
	case o.settled():
		return
	case o.entries == nil:
		entries = c.build(o)
	default:
		kept, moved := o.entries, c.placesOf(o, o.pending)
		if int(o.pending.Minimum()) < o.behind { // not all of them are new
			gone := denseOf(o.pending, len(c.rows.created))
			kept = without(kept, *gone)
			gone.giveBack()
		}
		slices.SortFunc(moved, o.comparer(false))
		entries = c.merge(o, kept, moved)
	}
	valued, _ := slices.BinarySearchFunc(entries, uint64(none), func(entry uint32, none uint64) int {
		return cmp.Compare(o.rank(entry&^mark), none)
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	o.entries, o.valued, o.pending = entries, valued, roaring.New()
	o.behind = len(c.rows.created)
}

// merge puts places among the entries that were kept.
func (c *Columns) merge(o *order, kept []uint32, places []place) []uint32 {
	entries, compare := make([]uint32, 0, c.rows.count), o.comparer(false)
	add := func(run ...uint32) {
		if seam := len(entries); len(run) > 0 {
			entries = append(entries, run...)
			entries[seam] = o.marked(entries, seam)
		}
	}
	for _, to := range places {
		at, _ := slices.BinarySearchFunc(kept, to, func(entry uint32, to place) int {
			return compare(c.place(o, entry&^mark), to)
		})
		add(kept[:at]...)
		add(to.ordinal)
		kept = kept[at:]
	}
	add(kept...)
	return entries
}

// marked is the entry there, with the mark if it starts a group. Each session is
// a group of its own where the order is that of newness.
func (o *order) marked(entries []uint32, at int) uint32 {
	entry := entries[at] &^ mark
	if at == 0 || o.by == idv.ByCreated {
		return entry | mark
	}
	before := entries[at-1] &^ mark
	if o.rank(before) == o.rank(entry) && (o.text == nil || bytes.Equal(o.text(before), o.text(entry))) {
		return entry
	}
	return entry | mark
}

// without is the entries less some ordinals. The mark of one that goes is handed
// on to the next.
func without(entries []uint32, gone dense) []uint32 {
	// Every entry is written and the next one takes the place of those that go: a
	// branch here is guessed wrong half of the time.
	kept, n, handed := make([]uint32, len(entries)+1), 0, uint32(0)
	for _, entry := range entries {
		entry |= handed
		goes := gone.bit(entry &^ mark)
		kept[n] = entry
		n += 1 ^ goes
		handed = entry & mark & -uint32(goes)
	}
	return kept[:n]
}
