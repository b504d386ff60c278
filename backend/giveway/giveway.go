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

// Way is shared by those who ask and those who work in the background. The zero
// value is ready, and so is nil, on which nobody ever waits.
type Way struct {
	asked atomic.Int32 // who waits for an answer

	mu     sync.Mutex
	free   chan struct{} // closed when nobody asks any more; nil unless somebody gives way
	since  time.Time     // when the first of those who wait came
	credit time.Duration // how long the background may stand still for them
	ended  time.Time     // when nobody asked any more
	paused func()        // is called then, see Pauses
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
	if w.asked.Add(1) == 1 {
		w.since = time.Now()
		w.credit = min(patience, w.credit+w.since.Sub(w.ended))
	}
	return w.done
}

func (w *Way) done() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.asked.Add(-1) > 0 {
		return
	}
	w.ended = time.Now()
	if w.paused != nil {
		w.paused()
	}
	w.credit = max(0, w.credit-w.ended.Sub(w.since))
	if w.free != nil {
		close(w.free)
		w.free = nil
	}
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
	if w == nil {
		return math.MaxInt64
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.asked.Load() > 0 {
		return 0
	}
	return time.Since(w.ended)
}

// Give waits while somebody asks. Whoever works in the background calls it about
// every 100 µs, and holds nothing that a question needs. It costs next to nothing
// when nobody asks.
func (w *Way) Give() {
	if w == nil || w.asked.Load() == 0 {
		return
	}
	free, left := w.standing()
	if left <= 0 {
		return
	}
	timer := time.NewTimer(left)
	defer timer.Stop()
	select {
	case <-free:
	case <-timer.C:
	}
}

// standing is what ends the standing still, and how long it may last at most.
func (w *Way) standing() (free <-chan struct{}, left time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.asked.Load() == 0 {
		return nil, 0
	}
	if w.free == nil {
		w.free = make(chan struct{})
	}
	return w.free, w.credit - time.Since(w.since)
}
