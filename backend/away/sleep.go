package away

import (
	"context"
	"time"
)

// checkEvery is how often something that does not report by itself is looked at.
const checkEvery = 2 * time.Second

// asleepFor is how long a gap between two looks must be to be called sleep. A
// busy machine makes gaps too, but not of this length.
const asleepFor = 20 * time.Second

// clock is where the time comes from.
type clock struct {
	// now gives the time of day and the time since some moment, which a clock
	// that is set by hand does not change.
	now func() (wall time.Time, steady time.Duration)
	// wait returns after the time given, or false when the context is done.
	wait func(context.Context, time.Duration) bool
}

func systemClock() clock {
	start := time.Now()
	return clock{
		now: func() (time.Time, time.Duration) {
			now := time.Now()
			return now.Round(0), now.Sub(start)
		},
		wait: wait,
	}
}

func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// watchSleep finds out afterwards that the machine slept, on any system: while it
// sleeps nobody looks. The steady clock stands still then on Linux and macOS and
// goes on on Windows, so the longer of the two gaps counts. A clock that is set
// forward by hand therefore counts as sleep: locking once too often does no harm.
func watchSleep(ctx context.Context, c clock, tell func(Reason)) {
	wall, steady := c.now()
	for c.wait(ctx, checkEvery) {
		wallNow, steadyNow := c.now()
		if max(wallNow.Sub(wall), steadyNow-steady) >= asleepFor {
			tell(Sleep)
		}
		wall, steady = wallNow, steadyNow
	}
}

// watchLocked reports when the screen has become locked, on a system that has to
// be asked.
func watchLocked(ctx context.Context, c clock, locked func() bool, tell func(Reason)) {
	was := false
	for ok := true; ok; ok = c.wait(ctx, checkEvery) {
		is := locked()
		if is && !was {
			tell(Screen)
		}
		was = is
	}
}
