package columns

import (
	"bytes"
	"cmp"
	"slices"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/idv"
)

// order is all sessions in one order. It is settled when it is asked for, by
// merging what has changed into what was settled before.
type order struct {
	by   idv.Order
	rank func(ordinal uint32) uint64 // lower first; none has no value and is last
	text func(ordinal uint32) []byte // tells equal ranks apart; nil: nothing does

	// entries are ordinals, by rank and, in the same rank, newest first. A first
	// entry of a group of equals has the mark: whoever goes backwards must still
	// see each group forwards. Replaced, never changed; nil before it is asked for.
	entries []uint32
	valued  int             // the entries that have a value
	behind  int             // the first ordinal behind all that the entries may have
	pending *roaring.Bitmap // ordinals that entries lack or has at an old place
	asked   atomic.Bool     // since the last Put: the next one settles it in its own time
}

// mark is the bit of an entry that starts a group.
const mark = 1 << 31

// ranked are the orders that have entries of their own. The first is the one that
// the others fall back to.
var ranked = [...]idv.Order{
	idv.ByCreated, idv.ByFinished, idv.ByFirstName, idv.ByLastName,
	idv.ByPersonalNumber, idv.ByDocumentNumber, idv.BySessionID, idv.ByExtra,
}

func newOrders(r *rows) (orders [len(ranked)]*order) {
	for i, by := range ranked {
		orders[i] = &order{by: by, pending: roaring.New()}
	}
	for i, rank := range [...]func(uint32) uint64{
		r.newness,
		func(at uint32) uint64 { return timeRank(r.finished[at]) },
		func(at uint32) uint64 { return uint64(r.ranks[r.first[at]]) - 1 }, // no name has none
		func(at uint32) uint64 { return uint64(r.ranks[r.last[at]]) - 1 },
		func(at uint32) uint64 { return r.numbers[personalNumber][at] - 1 },
		func(at uint32) uint64 { return r.numbers[documentNumber][at] - 1 },
		func(at uint32) uint64 { return r.numbers[sessionID][at] - 1 },
		func(at uint32) uint64 { return textRank(r.texts.get(r.extra[at])) },
	} {
		orders[i].rank = rank
	}
	orders[len(orders)-1].text = func(at uint32) []byte { return r.texts.get(r.extra[at]) }
	return orders
}

// order is the one by that; nil if it has no entries of its own.
func (c *Columns) order(by idv.Order) *order {
	if at := slices.Index(ranked[:], by); at >= 0 {
		return c.orders[at]
	}
	return nil
}

// newness ranks sessions, created last first; of equal ones the higher ordinal
// is the newer.
func (r *rows) newness(at uint32) uint64 {
	if rank := timeRank(r.created[at]); rank != none {
		return ^rank
	}
	return none
}

// place is what a session's place in an order goes by.
type place struct {
	rank, newness uint64
	ordinal       uint32
}

func (c *Columns) place(o *order, ordinal uint32) place {
	return place{o.rank(ordinal), c.rows.newness(ordinal), ordinal}
}

func (c *Columns) placesOf(o *order, ordinals *roaring.Bitmap) []place {
	places := make([]place, 0, ordinals.GetCardinality())
	for ordinal := range roaring.Values(ordinals) {
		places = append(places, c.place(o, ordinal))
	}
	return places
}

// comparer sorts places; backward as the order descends.
func (o *order) comparer(backward bool) func(a, b place) int {
	way, newest := 1, 1
	if backward {
		way = -1
		if o.by == idv.ByCreated {
			newest = -1 // it has no equals: this is the order itself
		}
	}
	return func(a, b place) int {
		switch {
		case a.rank != b.rank && (a.rank == none || b.rank == none):
			return cmp.Compare(a.rank, b.rank)
		case a.rank != b.rank:
			return way * cmp.Compare(a.rank, b.rank)
		case a.rank == none:
		case o.text != nil:
			if told := bytes.Compare(o.text(a.ordinal), o.text(b.ordinal)); told != 0 {
				return way * told
			}
		case newest < 0:
			return cmp.Compare(a.ordinal, b.ordinal)
		}
		return cmp.Or(cmp.Compare(a.newness, b.newness), cmp.Compare(b.ordinal, a.ordinal))
	}
}
