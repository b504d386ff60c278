// Package columns keeps one compact row a session in memory and answers what a
// list needs at once, at a million sessions: filters, the exact total, the counts
// behind every filter value, every order and the rows at any offset. The rows are
// derived from the archive's sessions.
//
// They come in two stages. Load brings what the list newest first needs; Fill
// brings the facts that filters, counts and the other orders go by, while the
// list is in use already. Put follows the archive's changes at any time.
package columns

import (
	"context"
	"sync"
	"sync/atomic"
)

// Columns holds the rows. Its methods may be called from several goroutines.
type Columns struct {
	// writing is held by whoever changes anything, and guards what only changes
	// look at. Who holds it reads everything without mu: nobody else writes.
	writing sync.Mutex

	seq atomic.Uint64 // the change of the store that the rows have reached; stored with mu held

	mu     sync.RWMutex  // guards everything below; written by who holds writing too
	whole  bool          // stage 2 is over
	fault  error         // how it ended
	moved  chan struct{} // closed and made anew when seq or whole has moved
	epoch  uint64        // counts the changes of rows and values
	rows   rows
	values values
	recent recent
	orders [len(ranked)]*order

	narrowed narrowed // has its own lock
}

// New returns empty columns.
func New() *Columns {
	c := &Columns{moved: make(chan struct{}), rows: newRows(), values: newValues()}
	c.orders = newOrders(&c.rows)
	return c
}

// tell wakes those who wait for a change. The caller holds mu for writing.
func (c *Columns) tell() {
	close(c.moved)
	c.moved = make(chan struct{})
}

// SetFlags replaces a session's flags. No question goes by them, so that it is no
// change of the store to be waited for.
func (c *Columns) SetFlags(ordinal uint32, flags Flags) {
	c.writing.Lock()
	defer c.writing.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.rows.row(ordinal); ok {
		c.rows.flags[ordinal] = flags
	}
}

// Seq is the change of the store that the columns have reached.
func (c *Columns) Seq() uint64 {
	return c.seq.Load()
}

// Reach waits until the columns have reached a change of the store.
func (c *Columns) Reach(ctx context.Context, seq uint64) error {
	return c.await(ctx, func() bool { return c.seq.Load() >= seq })
}

// await waits for something to be so; so is asked with mu held.
func (c *Columns) await(ctx context.Context, so func() bool) error {
	for {
		c.mu.RLock()
		done, moved := so(), c.moved
		c.mu.RUnlock()
		if done {
			return ctx.Err()
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
