package source

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// Trying again. The intervals come from the backoff library; its loop is not
// used, because it cannot be given a clock and gives up after 15 minutes,
// however long the portal asked to wait.

const (
	maxTries      = 4
	maxRetryAfter = 15 * time.Minute
)

// retryPolicy is how time passes between two tries.
type retryPolicy struct {
	wait func(ctx context.Context, d time.Duration) error
	now  func() time.Time
}

func newRetryPolicy(wait func(context.Context, time.Duration) error, now func() time.Time) retryPolicy {
	if wait == nil {
		wait = sleep
	}
	if now == nil {
		now = time.Now
	}
	return retryPolicy{wait, now}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// again is a failure that may pass.
type again struct {
	err   error
	after time.Duration // what the portal asked for; 0 nothing
}

func (a *again) Error() string { return a.err.Error() }
func (a *again) Unwrap() error { return a.err }

// retry runs op until it succeeds, fails for good, or has failed maxTries times.
// A portal that asks for a longer pause than maxRetryAfter is left alone at once.
// Every error it returns is the last one's cause, never an *again.
func retry[T any](ctx context.Context, policy retryPolicy, op func() (T, error)) (T, error) {
	// Full jitter: between nothing and twice the interval, which doubles.
	interval := backoff.ExponentialBackOff{
		InitialInterval: 250 * time.Millisecond, RandomizationFactor: 1, Multiplier: 2, MaxInterval: 15 * time.Second,
	}
	for try := 1; ; try++ {
		result, err := op()
		var passing *again
		if !errors.As(err, &passing) {
			return result, err
		}
		if try == maxTries || passing.after > maxRetryAfter {
			return result, passing.err
		}
		pause := interval.NextBackOff()
		if passing.after > 0 {
			pause = passing.after
		}
		if err := policy.wait(ctx, pause); err != nil {
			return result, err
		}
	}
}

// retryAfter reads a Retry-After header, seconds or a date (RFC 9110 section
// 10.2.3). 0 means that it says nothing of use.
func (p retryPolicy) retryAfter(header string) time.Duration {
	header = strings.TrimSpace(header)
	if seconds, err := strconv.ParseFloat(header, 64); err == nil {
		const day = 24 * 60 * 60
		return time.Duration(min(max(seconds, 0), 365*day) * float64(time.Second))
	}
	date, err := http.ParseTime(header)
	if err != nil {
		return 0
	}
	return max(0, date.Sub(p.now()))
}
