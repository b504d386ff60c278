package source_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

const testKey = "the-secret-key"

// portal is a real HTTP server that gives scripted answers, one a request.
type portal struct {
	*httptest.Server

	mu     sync.Mutex // guards the rest
	script []http.HandlerFunc
	asked  []*http.Request
	waits  []time.Duration
}

func newPortal(tb testing.TB) *portal {
	p := &portal{}
	p.Server = httptest.NewServer(p)
	tb.Cleanup(p.Close)
	return p
}

func (p *portal) answer(script ...http.HandlerFunc) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.script = append(p.script, script...)
}

// rewind plays the script again.
func (p *portal) rewind() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = nil
}

func (p *portal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	script := p.script[min(len(p.asked), len(p.script)):]
	p.asked = append(p.asked, r)
	p.mu.Unlock()
	if len(script) == 0 {
		w.WriteHeader(http.StatusTeapot) // asked more often than the test allows
		return
	}
	script[0](w, r)
}

func (p *portal) requests() []*http.Request {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked
}

// wait notes a pause instead of making it.
func (p *portal) wait(ctx context.Context, d time.Duration) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.waits = append(p.waits, d)
	return ctx.Err()
}

var testNow = time.Date(2025, 4, 1, 12, 0, 0, 0, time.UTC)

func (p *portal) feed(tb testing.TB) *source.Feed {
	feed, err := source.NewFeed(source.FeedOptions{
		Address: p.URL, Key: testKey, Wait: p.wait, Now: func() time.Time { return testNow },
	})
	if err != nil {
		tb.Fatal(err)
	}
	return feed
}

func ok(body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, body)
	}
}

func status(code int, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(code)
	}
}

// page is a page of sparse sessions with the given IDs.
func page(next string, ids ...string) string {
	items := []json.RawMessage{}
	for _, id := range ids {
		items = append(items, json.RawMessage(`{"sessionId":"`+id+`","createdAt":"2025-03-01T08:00:00.448Z"}`))
	}
	text, err := json.Marshal(map[string]any{"items": items, "nextCursor": next, "serverTime": "2025-04-01T00:00:00.500Z"})
	if err != nil {
		panic(err)
	}
	return string(text)
}

func compactSample(tb testing.TB, name string) []byte {
	text, err := os.ReadFile(filepath.Join("testdata", "sessions", name))
	if err != nil {
		tb.Fatal(err)
	}
	var b bytes.Buffer
	if err := json.Compact(&b, text); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

// run is what one reading of a source brought.
type run struct {
	ids      []string
	sessions []idv.Session
	rejected []idv.Rejection
	batches  []source.Batch
	err      error
}

func readAll(ctx context.Context, s source.Source, cursor string) run {
	var r run
	for batch, err := range s.Batches(ctx, cursor) {
		if err != nil {
			r.err = err
			continue
		}
		for _, record := range batch.Records {
			r.ids = append(r.ids, record.Session.ID)
			r.sessions = append(r.sessions, record.Session)
		}
		r.rejected = append(r.rejected, batch.Rejected...)
		r.batches = append(r.batches, batch)
	}
	return r
}

func marshal(tb testing.TB, v any) []byte {
	tb.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		tb.Fatal(err)
	}
	return text
}

func unmarshal(tb testing.TB, text []byte, v any) {
	tb.Helper()
	if err := json.Unmarshal(text, v); err != nil {
		tb.Fatal(err)
	}
}

// pagedBy is a feed of sessions s-1, s-2, ... whose cursor is the number of the
// last one sent. A bad one has no ID.
func pagedBy(size, sessions int, bad map[int]bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != testKey || r.URL.Path != "/verification/sessions" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		var sent int
		if cursor := r.URL.Query().Get("cursor"); cursor != "" {
			if _, err := fmt.Sscanf(cursor, "at-%d", &sent); err != nil {
				w.WriteHeader(http.StatusBadRequest)
				return
			}
		}
		var ids []string
		for n := sent + 1; n <= min(sent+size, sessions); n++ {
			id := fmt.Sprintf("s-%d", n)
			if bad[n] {
				id = ""
			}
			ids = append(ids, id)
		}
		next := ""
		if sent+size < sessions {
			next = fmt.Sprintf("at-%d", sent+size)
		}
		total := fmt.Sprintf(`"total":%d,"items":[`, sessions-sent) // what is left, as the demo portal has it
		fmt.Fprint(w, strings.Replace(page(next, ids...), `"items":[`, total, 1))
	}
}
