// Package away tells when the user has left the computer: the screen is locked,
// another user is at it, or the machine slept. An app that holds keys drops them
// then. Where a system does not tell, nothing is reported and nothing fails.
package away

import (
	"context"
	"sync"
)

// Reason is how the user left.
type Reason string

// The reasons.
const (
	Screen Reason = "screen" // the screen is locked, or another user is at it
	Sleep  Reason = "sleep"  // the machine sleeps, or slept
)

// Watch reports every time that the user leaves, until the context is done, and
// then returns. Report is never called twice at once. One leaving may be reported
// more than once, since a system has several words for it. Where the system waits
// for its programs before it sleeps (Linux), it waits for report to return.
func Watch(ctx context.Context, report func(Reason)) {
	var one sync.Mutex
	tell := func(r Reason) {
		one.Lock()
		defer one.Unlock()
		if ctx.Err() == nil {
			report(r)
		}
	}
	var watches sync.WaitGroup
	watches.Go(func() { watchSleep(ctx, systemClock(), tell) })
	watches.Go(func() { watchSystem(ctx, tell) })
	watches.Wait()
}
