// Package giveway lets work in the background stand still for a moment while
// somebody waits for an answer. Go shares the processors among goroutines in turns
// of up to 10 ms, and a question that takes 1 ms alone would otherwise wait for
// several of them wherever it goes on.
package giveway

import (
	"context"
	"math"
	"sync"
	"sync/atomic"
	"time"
)

// patience is how long the background stands still at a time. It gets at least as
// long for itself afterwards, so that it goes on whatever is asked, and even if what
// is asked waits for it.
const patience = 30 * time.Millisecond

// grace is how long who stands still does so beyond an answer. It is on its way to whoever
// asked; and questions lost the processor to those whom they woke in the end.
const grace = time.Millisecond

// Way is shared by those who ask and those who work in the background. The zero
// value is ready, and so is nil, on which nobody ever waits.
//
// Those who work take no lock of those who ask, who would wait for one that has lost the
// processor while holding it.
type Way struct {
	turn atomic.Pointer[turn] // nil until somebody asks

	mu     sync.Mutex // held by those who ask; guards the fields below
	asked  int        // who waits for an answer
	paused func()     // is called when nobody does any more, see Pauses

	meeting meeting
}

// turn is a time in which somebody asks all along, or nobody does.
type turn struct {
	asking bool
	since  time.Time     // when it began
	credit time.Duration // how long the background may stand still, as of then
	over   chan struct{} // of a time in which somebody asks: closed when who stands still may go on
}

// key is what a context holds a Way under.
type key struct{}

// With gives work in the background that is done elsewhere, such as by a source that is
// read from, the way that it is to give.
func (w *Way) With(ctx context.Context) context.Context { return context.WithValue(ctx, key{}, w) }

// Of is the way that work with this context is to give; nil if it need not.
func Of(ctx context.Context) *Way {
	w, _ := ctx.Value(key{}).(*Way)
	return w
}

// Take has the background stand still until done is called.
func (w *Way) Take() (done func()) {
	if w == nil {
		return func() {}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.asked++; w.asked > 1 {
		return w.done
	}
	next := &turn{asking: true, since: time.Now(), credit: patience, over: make(chan struct{})}
	if before := w.turn.Load(); before != nil {
		next.credit = min(patience, before.credit+next.since.Sub(before.since))
	}
	w.turn.Store(next)
	return w.done
}

func (w *Way) done() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.asked--; w.asked > 0 {
		return
	}
	if w.paused != nil {
		w.paused()
	}
	before, now := w.turn.Load(), time.Now()
	w.turn.Store(&turn{since: now, credit: max(0, before.credit-now.Sub(before.since))})
	time.AfterFunc(grace, func() { close(before.over) })
}

// Pauses has begin called whenever nobody waits for an answer any more, for one who can
// use the time until the next question. It must be quick, and leave the Way alone.
func (w *Way) Pauses(begin func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.paused = begin
}

// Quiet is how long nobody has asked: years if nobody ever has.
func (w *Way) Quiet() time.Duration {
	now := w.now()
	switch {
	case now == nil:
		return math.MaxInt64
	case now.asking:
		return 0
	}
	return time.Since(now.since)
}

// now is nil if nobody has ever asked.
func (w *Way) now() *turn {
	if w == nil {
		return nil
	}
	return w.turn.Load()
}

// Give waits while somebody asks. Whoever works in the background calls it about
// every 100 µs, and holds nothing that a question needs. It costs next to nothing
// when nobody asks.
func (w *Way) Give() {
	now := w.now()
	if now == nil || !now.asking {
		return
	}
	w.meeting.note()
	left := now.credit - time.Since(now.since)
	if left <= 0 {
		return
	}
	timer := time.NewTimer(left)
	defer timer.Stop()
	select {
	case <-now.over:
	case <-timer.C:
	}
}
