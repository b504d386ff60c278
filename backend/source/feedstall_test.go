package source_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// slowNetwork answers with a page of which one byte comes every pause, and none
// after the first silentAfter.
type slowNetwork struct {
	body        string
	pause       time.Duration
	silentAfter int
	asked       int
}

func (n *slowNetwork) RoundTrip(r *http.Request) (*http.Response, error) {
	n.asked++
	body, sender := io.Pipe()
	context.AfterFunc(r.Context(), func() { sender.CloseWithError(r.Context().Err()) })
	go func() {
		for i := range n.body {
			if i == n.silentAfter {
				return
			}
			select {
			case <-time.After(n.pause):
			case <-r.Context().Done():
				return
			}
			if _, err := io.WriteString(sender, n.body[i:i+1]); err != nil {
				return
			}
		}
		sender.Close()
	}()
	return &http.Response{StatusCode: http.StatusOK, Body: body, Request: r}, nil
}

// TestFeedSlowBodies runs on a clock that jumps whenever everything waits.
func TestFeedSlowBodies(t *testing.T) {
	body := `{"items":[]}` + strings.Repeat(" ", 8)
	tests := []struct {
		name    string
		network slowNetwork
		says    string // "" if the page is read
		tries   int
		most    time.Duration // with the pauses between the tries
	}{
		{"slow but steady", slowNetwork{body: body, pause: 29 * time.Second, silentAfter: -1}, "", 1, 10 * time.Minute},
		{"silent at once", slowNetwork{body: body}, "fell silent in the middle of an answer", 4, 4*30*time.Second + 5*time.Second},
		{"silent in the middle", slowNetwork{body: body, silentAfter: 10}, "fell silent in the middle of an answer", 4, 4*30*time.Second + 5*time.Second},
		{"a pause too long", slowNetwork{body: body, pause: 31 * time.Second, silentAfter: -1}, "fell silent", 4, 4*30*time.Second + 5*time.Second},
		{"steady without end", slowNetwork{body: strings.Repeat(" ", 1000), pause: time.Second, silentAfter: -1}, "did not come to the end of an answer in time", 4, 41 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				feed, err := source.NewFeed(source.FeedOptions{Address: "https://portal.invalid", Key: testKey, Transport: &tt.network})
				if err != nil {
					t.Fatal(err)
				}
				start := time.Now()
				got := readAll(t.Context(), feed, "")
				if took := time.Since(start); tt.network.asked != tt.tries || took > tt.most {
					t.Errorf("asked %d times in %v", tt.network.asked, took)
				}
				if tt.says == "" {
					if got.err != nil || len(got.batches) != 1 {
						t.Errorf("%+v", got)
					}
					return
				}
				if e := idv.AsError(got.err); e == nil || e.Code != idv.CodeUnreachable || !strings.Contains(e.Message, tt.says) {
					t.Errorf("%v", got.err)
				}
			})
		})
	}
}
