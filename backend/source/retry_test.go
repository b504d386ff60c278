package source_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

func TestFeedTriesAgain(t *testing.T) {
	noon := testNow.Format(http.TimeFormat)
	inTwoMinutes := testNow.Add(2 * time.Minute).Format(http.TimeFormat)
	jitter := func(most time.Duration) [2]time.Duration { return [2]time.Duration{0, most + 1} }
	exactly := func(d time.Duration) [2]time.Duration { return [2]time.Duration{d, d} }
	tests := []struct {
		name  string
		bad   []http.HandlerFunc
		waits [][2]time.Duration // from, to
		fails bool
	}{
		{"burst of 503", []http.HandlerFunc{status(503), status(502), status(500)},
			[][2]time.Duration{jitter(time.Second / 2), jitter(time.Second), jitter(2 * time.Second)}, false},
		{"408, 425, 429", []http.HandlerFunc{status(408), status(425), status(429)},
			[][2]time.Duration{jitter(time.Second / 2), jitter(time.Second), jitter(2 * time.Second)}, false},
		{"cut off", []http.HandlerFunc{cutOff}, [][2]time.Duration{jitter(time.Second / 2)}, false},
		{"seconds", []http.HandlerFunc{status(429, "Retry-After", "90")}, [][2]time.Duration{exactly(90 * time.Second)}, false},
		{"date", []http.HandlerFunc{status(503, "Retry-After", inTwoMinutes)}, [][2]time.Duration{exactly(2 * time.Minute)}, false},
		{"15 minutes", []http.HandlerFunc{status(503, "Retry-After", "900")}, [][2]time.Duration{exactly(15 * time.Minute)}, false},
		{"now", []http.HandlerFunc{status(503, "Retry-After", noon)}, [][2]time.Duration{jitter(time.Second / 2)}, false},
		{"nonsense", []http.HandlerFunc{status(503, "Retry-After", "soon"), status(503, "Retry-After", "-5"), status(503, "Retry-After", "NaN")},
			[][2]time.Duration{jitter(time.Second / 2), jitter(time.Second), jitter(2 * time.Second)}, false},
		{"absurd", []http.HandlerFunc{status(503, "Retry-After", "1e300")}, nil, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := newPortal(t)
			p.answer(tt.bad...)
			p.answer(ok(page("", "s-1")))
			got := readAll(t.Context(), p.feed(t), "")
			if (got.err != nil) != tt.fails || len(p.waits) != len(tt.waits) {
				t.Fatalf("%v, waited %v", got.err, p.waits)
			}
			for i, wait := range p.waits {
				if wait < tt.waits[i][0] || wait > tt.waits[i][1] {
					t.Errorf("wait %d was %v, want %v", i, wait, tt.waits[i])
				}
			}
		})
	}
}

// TestFeedSaysHowLongToWait in words.
func TestFeedSaysHowLongToWait(t *testing.T) {
	for seconds, want := range map[string]string{
		"99999": "about 28 hours", "901": "16 minutes", "5400": "90 minutes", "5401": "about 2 hours", "1e300": "about 365 days",
		"180": "3 minutes", "59": "a minute", "0": "Sync again in some minutes",
	} {
		p := newPortal(t)
		for range 4 {
			p.answer(status(429, "Retry-After", seconds))
		}
		got := readAll(t.Context(), p.feed(t), "")
		if e := idv.AsError(got.err); e == nil || !strings.Contains(e.Hint, want) {
			t.Errorf("%s seconds: %+v", seconds, e)
		}
	}
}

func TestFeedCancelledWhileWaiting(t *testing.T) {
	p := newPortal(t)
	p.answer(status(503, "Retry-After", "600"))
	ctx, cancel := context.WithCancel(t.Context())
	feed, err := source.NewFeed(source.FeedOptions{Address: p.URL, Key: testKey, Wait: func(ctx context.Context, _ time.Duration) error {
		cancel()
		<-ctx.Done()
		return ctx.Err()
	}})
	if err != nil {
		t.Fatal(err)
	}
	if got := readAll(ctx, feed, ""); got.err != context.Canceled {
		t.Errorf("%v", got.err)
	}
}
