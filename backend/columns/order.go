package columns

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// place is what the order of the sessions goes by.
type place struct {
	ordinal uint32
	created int64
}

// newer sorts sessions: created last first, then the higher ordinal first.
func newer(a, b place) int {
	return cmp.Or(cmp.Compare(b.created, a.created), cmp.Compare(b.ordinal, a.ordinal))
}

// settle merges what has changed into a new order. The caller holds the lock.
func (c *Columns) settle() {
	if c.changed.IsEmpty() {
		return // another reader was first
	}
	moved := c.placesOf(c.changed)
	slices.SortFunc(moved, newer)
	kept := pick(c.order, denseOf(c.changed), 0, len(c.order))
	order := make([]uint32, 0, c.count)
	for _, to := range moved {
		at, _ := slices.BinarySearchFunc(kept, to, func(ordinal uint32, to place) int {
			return newer(place{ordinal, c.created[ordinal]}, to)
		})
		order = append(append(order, kept[:at]...), to.ordinal)
		kept = kept[at:]
	}
	c.order = append(order, kept...)
	c.changed = roaring.New()
}

// few is the number of sessions to each hit from which sorting the hits beats
// walking the whole order.
const few = 64

// newest needs the order settled. The caller holds the lock.
func (c *Columns) newest(found *roaring.Bitmap) Selection {
	if found == nil {
		return Selection{c.order}
	}
	if behind := uint64(len(c.created)); !found.IsEmpty() && uint64(found.Maximum()) >= behind {
		found = found.Clone() // without what would only make denseOf large
		found.RemoveRange(behind, 1<<32)
	}
	hits := found.GetCardinality()
	if hits*few < uint64(len(c.order)) {
		places := c.placesOf(found)
		slices.SortFunc(places, newer)
		ordinals := make([]uint32, len(places))
		for i, at := range places {
			ordinals[i] = at.ordinal
		}
		return Selection{ordinals}
	}
	return Selection{pick(c.order, denseOf(found), 1, int(hits))}
}

// pick lists, in their order, the ordinals that have this bit: at most so many.
func pick(order []uint32, bits dense, bit int, most int) []uint32 {
	// Every ordinal is written and the next one takes the place of those not
	// wanted: a branch here is guessed wrong half of the time.
	picked, n := make([]uint32, most+1), 0
	for _, ordinal := range order {
		picked[n] = ordinal
		n += 1 ^ bit ^ bits.bit(ordinal)
	}
	return picked[:n]
}

// placesOf lists the places of those ordinals that have a row; they must lie
// within created.
func (c *Columns) placesOf(ordinals *roaring.Bitmap) []place {
	places := make([]place, 0, ordinals.GetCardinality())
	for iterator := ordinals.Iterator(); iterator.HasNext(); {
		ordinal := iterator.Next()
		if created := c.created[ordinal]; created != absent {
			places = append(places, place{ordinal, created})
		}
	}
	return places
}

// dense is a bitmap as plain bits, for asking it a million times.
type dense []uint64

func denseOf(ordinals *roaring.Bitmap) dense { return ordinals.ToDense() }

// bit is 1 if the ordinal is in, else 0.
func (d dense) bit(ordinal uint32) int {
	if word := int(ordinal / 64); word < len(d) {
		return int(d[word] >> (ordinal % 64) & 1)
	}
	return 0
}

// Selection is an answer: sessions in their order. It stays as it is whatever
// happens to the Columns that gave it. The zero Selection is empty.
type Selection struct {
	ordinals []uint32 // shared with others: never changed
}

// Total is the number of sessions.
func (s Selection) Total() int { return len(s.ordinals) }

// Slice returns up to limit ordinals from offset on; none behind the end, or
// where either is negative.
func (s Selection) Slice(offset, limit int) []uint32 {
	if offset < 0 || offset >= len(s.ordinals) || limit <= 0 {
		return []uint32{}
	}
	return slices.Clone(s.ordinals[offset:][:min(limit, len(s.ordinals)-offset)])
}
