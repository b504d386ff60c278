package columns

import (
	"bytes"
	"slices"

	"veridesk/backend/idv"
)

// ranking is a session's rank in an order that is being built.
type ranking struct {
	rank    uint64
	ordinal uint32
}

// build makes an order from nothing. The caller holds writing.
func (c *Columns) build(o *order) []uint32 {
	all := sorted(c.newestFirst(o))
	if o.text != nil {
		o.tellApart(all)
	}
	entries := make([]uint32, len(all))
	for i, at := range all {
		entries[i] = at.ordinal
		if i == 0 || at.rank != all[i-1].rank || o.text != nil || o.by == idv.ByCreated {
			entries[i] = o.marked(entries, i)
		}
	}
	return entries
}

// newestFirst ranks all sessions, listed so that sorting by rank alone, if it
// leaves equals as they are, leaves them newest first.
func (c *Columns) newestFirst(o *order) []ranking {
	all := make([]ranking, 0, c.rows.count)
	if o.by == idv.ByCreated {
		for at := len(c.rows.created) - 1; at >= 0; at-- {
			if c.rows.created[at] != absent {
				all = append(all, ranking{o.rank(uint32(at)), uint32(at)})
			}
		}
		return all
	}
	newest := c.orders[0]
	c.settle(newest)
	for _, entry := range newest.entries {
		all = append(all, ranking{o.rank(entry &^ mark), entry &^ mark})
	}
	return all
}

// sorted sorts by rank and leaves equals as they are: byte by byte from the
// lowest, which takes a million a fifth of the time that comparing them does.
func sorted(all []ranking) []ranking {
	other := make([]ranking, len(all))
	for shift := 0; shift < 64; shift += 8 {
		var starts [257]int
		for i := range all {
			starts[int(byte(all[i].rank>>shift))+1]++
		}
		if slices.Contains(starts[1:], len(all)) {
			continue // the byte is the same in all
		}
		for i := range 255 {
			starts[i+1] += starts[i]
		}
		for _, at := range all {
			to := &starts[byte(at.rank>>shift)]
			other[*to] = at
			*to++
		}
		all, other = other, all
	}
	return all
}

// tellApart sorts sessions of the same rank by their whole text.
func (o *order) tellApart(all []ranking) {
	for start := 0; start < len(all) && all[start].rank != none; {
		end := start + 1
		for end < len(all) && all[end].rank == all[start].rank {
			end++
		}
		slices.SortStableFunc(all[start:end], func(a, b ranking) int {
			return bytes.Compare(o.text(a.ordinal), o.text(b.ordinal))
		})
		start = end
	}
}
