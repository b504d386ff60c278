package columns

import (
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/idv"
)

// Question is what a list asks. The zero Question is everything, newest first,
// of which it wants to see nothing.
type Question struct {
	Found    *roaring.Bitmap // what the text finds; nil: everything
	Near     *roaring.Bitmap // what it finds only nearly: none of Found; may be nil
	Filter   idv.Filter
	Sort     idv.Sort
	Accepted int // the match level from which on a company accepts, for idv.LowFAR
	Offset   int // under 0 counts as 0
	Limit    int // under 0: all
	Facets   bool
	Around   uint32 // a session whose place in the list is asked; 0 none
}

// Answer is the answer to a Question, as everything was at one moment.
type Answer struct {
	Seq      uint64 // the change of the store that it has seen
	Total    int
	Near     int      // how many of the Total are of Question.Near: the last ones
	Ordinals []uint32 // from Offset on, never nil; the asker's own
	Flags    []Flags  // theirs
	Facets   idv.Facets
	Place    int // of Question.Around, from 0; -1 it is not in the list, or was not asked for
}

// Find answers a question. One that goes by facts waits until stage 2 is over,
// or ctx is. Ordinals without a row are left out. Dates that cannot be read and
// an unknown order are an idv.Error of CodeInvalid.
func (c *Columns) Find(ctx context.Context, q Question) (Answer, error) {
	from, before, err := q.Filter.Span()
	if err != nil {
		return Answer{}, err
	}
	if !slices.Contains(idv.Orders[:], q.Sort.By) {
		return Answer{}, &idv.Error{
			Code:    idv.CodeInvalid,
			Message: fmt.Sprintf("A list cannot be sorted by %q.", q.Sort.By),
			Hint:    "Sort by one of the list's columns.",
		}
	}
	if err := c.ready(ctx, &q); err != nil {
		return Answer{}, err
	}
	c.lookAt(q.Sort.By)
	defer c.mu.RUnlock()
	return c.answer(&q, span{from, before}), nil
}

// ready waits for the facts if the question needs any.
func (c *Columns) ready(ctx context.Context, q *Question) error {
	known := q.Sort.By == idv.ByCreated || q.Sort.By == idv.ByFinished
	if known && !q.Facets && !needsFacts(q.Filter) {
		return ctx.Err()
	}
	if err := c.await(ctx, func() bool { return c.whole }); err != nil {
		return err
	}
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.fault
}

// entriesFor is the order whose entries a list by that order walks through.
func (c *Columns) entriesFor(by idv.Order) *order {
	if o := c.order(by); o != nil {
		return o
	}
	return c.orders[0] // value by value, newest first
}

// lookAt locks mu for reading, at a moment when the order is settled.
func (c *Columns) lookAt(by idv.Order) {
	o := c.entriesFor(by)
	for {
		c.mu.RLock()
		if o.asked.Store(true); o.settled() {
			return
		}
		c.mu.RUnlock()
		c.writing.Lock()
		c.settle(o)
		c.writing.Unlock()
	}
}

// answer needs mu held and the order settled.
func (c *Columns) answer(q *Question, span span) Answer {
	narrow := c.narrowed.by(c, q, span)
	found, near := c.listed(q.Found), roaring.New()
	text := found
	if found != nil && q.Near != nil && !q.Near.IsEmpty() {
		near = c.listed(q.Near)
		text = roaring.Or(found, near)
	}
	hits := both(text, narrow.fits)
	a := Answer{Seq: c.seq.Load(), Total: c.countOf(hits), Place: -1}
	exact := hits
	if !near.IsEmpty() {
		exact, near = both(found, narrow.fits), both(near, narrow.fits)
		a.Near = c.countOf(near)
	}
	a.Ordinals = c.page(q, exact, near)
	a.Flags = c.flagsOf(a.Ordinals)
	if q.Around > 0 {
		a.Place = c.placeOf(q.Sort, exact, near, q.Around)
	}
	if q.Facets {
		a.Facets = c.facets(q, text, narrow)
	}
	return a
}

// listed leaves out ordinals without a row; nil stays everything.
func (c *Columns) listed(ordinals *roaring.Bitmap) *roaring.Bitmap {
	have := len(c.rows.created)
	switch {
	case ordinals == nil || ordinals.IsEmpty():
		return ordinals
	case c.rows.full() && ordinals.Minimum() > 0 && int(ordinals.Maximum()) < have:
		return ordinals
	}
	return roaring.And(ordinals, c.rows.present)
}

// countOf counts ordinals; nil is everything.
func (c *Columns) countOf(ordinals *roaring.Bitmap) int {
	if ordinals == nil {
		return c.rows.count
	}
	return int(ordinals.GetCardinality())
}

// page lists the found ones, then the near ones, each in their order.
func (c *Columns) page(q *Question, found, near *roaring.Bitmap) []uint32 {
	offset, limit := max(0, q.Offset), q.Limit
	if limit < 0 {
		limit = c.rows.count
	}
	page := c.list(q.Sort, found, offset, limit)
	offset = max(0, offset-c.countOf(found))
	return append(page, c.list(q.Sort, near, offset, limit-len(page))...)
}

// Warm makes ready what later questions need, if the facts have come: without it
// the first question for each order waits for that.
func (c *Columns) Warm(ctx context.Context) error {
	if err := c.await(ctx, func() bool { return c.whole }); err != nil {
		return err
	}
	for _, o := range c.orders {
		if err := ctx.Err(); err != nil {
			return err
		}
		c.writing.Lock()
		c.settle(o)
		c.writing.Unlock()
	}
	return nil
}
