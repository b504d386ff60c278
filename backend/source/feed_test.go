package source_test

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

func TestFeedAsksAsThePortalExpects(t *testing.T) {
	p := newPortal(t)
	p.answer(ok(page("next page", "s-1")), ok(page("", "s-2")), ok(page("", "s-2")))
	feed := p.feed(t)
	first := readAll(t.Context(), feed, "")
	if first.err != nil || !slices.Equal(first.ids, []string{"s-1", "s-2"}) {
		t.Fatalf("%v %v", first.ids, first.err)
	}
	cursor := first.batches[1].Cursor
	if again := readAll(t.Context(), feed, cursor); again.err != nil || !slices.Equal(again.ids, []string{"s-2"}) {
		t.Fatalf("%v %v", again.ids, again.err)
	}
	want := []url.Values{
		{"limit": {"500"}},
		{"limit": {"500"}, "cursor": {"next page"}},
		{"limit": {"500"}, "updatedSince": {"2025-03-31T23:50:00.5Z"}}, // the portal's time less ten minutes
	}
	for i, r := range p.requests() {
		if r.Method != http.MethodGet || r.URL.Path != "/verification/sessions" || r.Header.Get("Authorization") != testKey {
			t.Errorf("request %d: %s %s %q", i, r.Method, r.URL.Path, r.Header.Get("Authorization"))
		}
		if got := r.URL.Query(); got.Encode() != want[i].Encode() {
			t.Errorf("request %d: %s, want %s", i, got.Encode(), want[i].Encode())
		}
	}
}

func TestFeedUpdatedSinceStaysWhilePaging(t *testing.T) {
	p := newPortal(t)
	p.answer(ok(page("two", "s-1")), status(500), status(500), status(500), status(500), ok(page("", "s-2")))
	feed := p.feed(t)
	first := readAll(t.Context(), feed, `{"since":"2025-03-01T00:00:00Z"}`)
	if len(first.batches) != 1 || first.err == nil {
		t.Fatalf("%+v", first)
	}
	if rest := readAll(t.Context(), feed, first.batches[0].Cursor); !slices.Equal(rest.ids, []string{"s-2"}) {
		t.Fatalf("%+v", rest)
	}
	q := p.requests()[5].URL.Query()
	if q.Get("cursor") != "two" || q.Get("updatedSince") != "2025-03-01T00:00:00Z" {
		t.Errorf("resumed with %v", q)
	}
}

// TestFeedWithoutServerTime goes on from the last page it knew: reading again
// is harmless, leaving out is not.
func TestFeedWithoutServerTime(t *testing.T) {
	p := newPortal(t)
	bare := func(next string) string { return `{"items":[],"nextCursor":"` + next + `"}` }
	p.answer(ok(bare("two")), ok(bare("")), ok(`{"items":[]}`))
	got := readAll(t.Context(), p.feed(t), "")
	if got.err != nil || got.batches[1].Cursor != `{"cursor":"two"}` {
		t.Errorf("%+v", got)
	}
	if got = readAll(t.Context(), p.feed(t), ""); got.err != nil || got.batches[0].Cursor != "" {
		t.Errorf("%+v", got)
	}
}

func TestFeedStartsOverWhenItsCursorIsGone(t *testing.T) {
	p := newPortal(t)
	p.answer(status(410), ok(page("", "s-1")))
	got := readAll(t.Context(), p.feed(t), `{"cursor":"old","since":"2025-03-01T00:00:00Z"}`)
	if got.err != nil || !slices.Equal(got.ids, []string{"s-1"}) {
		t.Fatalf("%+v", got)
	}
	if q := p.requests()[1].URL.Query(); q.Has("cursor") || q.Get("updatedSince") == "" {
		t.Errorf("asked with %v", q)
	}
}

// TestFeedErrors gives a good page and then a bad answer: the good page stays,
// the cursor behind it is good, and the sentence says what was seen.
func TestFeedErrors(t *testing.T) {
	tests := []struct {
		name  string
		bad   http.HandlerFunc
		code  idv.Code
		says  string
		tries int
	}{
		{"wrong key", status(401), idv.CodeRefused, "the portal refused the key", 1},
		{"no right", status(403), idv.CodeRefused, "the portal refused the key", 1},
		{"no such call", status(404), idv.CodeNotPortal, "404 Not Found", 1},
		{"redirect", status(302, "Location", "https://elsewhere.example.com/"), idv.CodeNotPortal, "another address", 1},
		{"web page", ok("<!DOCTYPE html><p>Иванов</p>"), idv.CodeNotPortal, "HTML", 1},
		{"truncated JSON", ok(page("x", "s-9")[:60]), idv.CodeNotPortal, "breaks off", 1},
		{"no JSON", ok("Иванов"), idv.CodeNotPortal, "not JSON", 1},
		{"nothing", ok(""), idv.CodeNotPortal, "empty", 1},
		{"a list", ok(`[{"sessionId":"s-9"}]`), idv.CodeNotPortal, "a list", 1},
		{"error inside", ok(`{"error":"Иванов"}`), idv.CodeNotPortal, `("error")`, 1},
		{"error beside items", ok(`{"items":[],"message":"Иванов"}`), idv.CodeNotPortal, `("message")`, 1},
		{"no items", ok(`{"sessions":[]}`), idv.CodeNotPortal, `"items"`, 1},
		{"items null", ok(`{"items":null}`), idv.CodeNotPortal, `"items"`, 1},
		{"same cursor", ok(page("two", "s-9")), idv.CodeNotPortal, "again and again", 1},
		{"too large", ok(`{"items":["` + strings.Repeat("a", 16<<20) + `"]}`), idv.CodeNotPortal, "16 MiB", 1},
		{"busy", status(503), idv.CodeUnreachable, "503", 4},
		{"cut off", cutOff, idv.CodeUnreachable, "could not be reached", 4},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := newPortal(t)
			p.answer(ok(page("two", "s-1")))
			for range tt.tries {
				p.answer(tt.bad)
			}
			got := readAll(t.Context(), p.feed(t), "")
			var e *idv.Error
			if !errors.As(got.err, &e) || e.Code != tt.code || !strings.Contains(e.Message, tt.says) || e.Hint == "" {
				t.Fatalf("%#v", got.err)
			}
			for _, must := range []string{strings.TrimPrefix(p.URL, "http://"), "Your archive is as it was", "next sync"} {
				if !strings.Contains(e.Message, must) {
					t.Errorf("%q does not say %q", e.Message, must)
				}
			}
			for _, never := range []string{testKey, "Иванов", "elsewhere"} {
				if strings.Contains(e.Error()+e.Hint, never) {
					t.Errorf("%q tells %q", e, never)
				}
			}
			if len(got.batches) != 1 || !slices.Equal(got.ids, []string{"s-1"}) || got.batches[0].Cursor != `{"cursor":"two"}` {
				t.Errorf("kept %v, cursor %q", got.ids, got.batches[0].Cursor)
			}
			if asked := len(p.requests()); asked != 1+tt.tries {
				t.Errorf("asked %d times, want %d", asked, 1+tt.tries)
			}
		})
	}
}

// cutOff promises more than it sends.
func cutOff(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Length", "1000")
	fmt.Fprint(w, `{"items":[`)
}

func TestFeedCircleOfCursors(t *testing.T) {
	p := newPortal(t)
	p.answer(ok(page("b", "s-1")), ok(page("c", "s-2")), ok(page("b", "s-3")))
	got := readAll(t.Context(), p.feed(t), "")
	if e := idv.AsError(got.err); e == nil || e.Code != idv.CodeNotPortal || len(got.batches) != 2 {
		t.Errorf("%d batches, %v", len(got.batches), got.err)
	}
}

func TestFeedPortalDown(t *testing.T) {
	p := newPortal(t)
	feed := p.feed(t)
	p.Close()
	got := readAll(t.Context(), feed, "")
	if e := idv.AsError(got.err); e == nil || e.Code != idv.CodeUnreachable || len(p.waits) != 3 {
		t.Errorf("%v after %v", got.err, p.waits)
	}
}

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

// TestFeedFetchesAhead: the second page is asked for while the first is kept.
func TestFeedFetchesAhead(t *testing.T) {
	p := newPortal(t)
	second := make(chan struct{})
	p.answer(ok(page("two", "s-1")), func(w http.ResponseWriter, r *http.Request) {
		close(second)
		ok(page("", "s-2"))(w, r)
	})
	for _, err := range p.feed(t).Batches(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		select {
		case <-second:
		case <-time.After(10 * time.Second):
			t.Fatal("nothing was fetched ahead")
		}
	}
}

func TestFeedName(t *testing.T) {
	feed, err := source.NewFeed(source.FeedOptions{Address: "http://127.0.0.1:49152", Key: "key", Name: "demo portal"})
	if err != nil || feed.Name() != "demo portal" {
		t.Errorf("%v, %v", feed.Name(), err)
	}
}

func TestFeedGzip(t *testing.T) {
	p := newPortal(t)
	p.answer(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("asked for %q", r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		fmt.Fprint(z, page("", "s-1"))
		z.Close()
	})
	if got := readAll(t.Context(), p.feed(t), ""); got.err != nil || len(got.ids) != 1 {
		t.Errorf("%+v", got)
	}
}

// TestFeedGzipBomb stops reading at the limit: 1 GiB would show in the time and
// the memory of the test.
func TestFeedGzipBomb(t *testing.T) {
	p := newPortal(t)
	p.answer(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		block := []byte(strings.Repeat(" ", 1<<20))
		for range 1 << 10 {
			if _, err := z.Write(block); err != nil {
				return
			}
		}
	})
	got := readAll(t.Context(), p.feed(t), "")
	if e := idv.AsError(got.err); e == nil || e.Code != idv.CodeNotPortal {
		t.Errorf("%v", got.err)
	}
}

func TestFeedTLS(t *testing.T) {
	server := httptest.NewUnstartedServer(ok(page("", "s-1")))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // of the handshake that is meant to fail
	server.StartTLS()
	defer server.Close()
	trusting, err := source.NewFeed(source.FeedOptions{Address: server.URL, Key: testKey, Transport: server.Client().Transport})
	if err != nil {
		t.Fatal(err)
	}
	if got := readAll(t.Context(), trusting, ""); got.err != nil || len(got.ids) != 1 {
		t.Errorf("with its certificate trusted: %+v", got)
	}
	waits := 0
	careful, err := source.NewFeed(source.FeedOptions{Address: server.URL, Key: testKey, Wait: func(context.Context, time.Duration) error {
		waits++
		return nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	got := readAll(t.Context(), careful, "")
	if e := idv.AsError(got.err); e == nil || e.Code != idv.CodeUnreachable || !strings.Contains(e.Message, "key was not sent") || waits > 0 {
		t.Errorf("with an unknown certificate: %v after %d waits", got.err, waits)
	}
}

func TestFeedTotalAndRejects(t *testing.T) {
	p := newPortal(t)
	bad := `{"sessionId":"s-2","createdAt":"2025-03-01T08:00:00Z","info":{"birthDate":"99-99-99"}}`
	p.answer(ok(strings.Replace(page("n", "s-1"), `"items":[`, `"total":40,"items":[null,`+bad+`,`, 1)), ok(strings.Replace(page("", "s-4"), `"items":[`, `"items":[7,`, 1)))
	got := readAll(t.Context(), p.feed(t), "")
	if got.err != nil || !slices.Equal(got.ids, []string{"s-1", "s-4"}) || got.batches[0].Total != 40 || got.batches[1].Total != 0 {
		t.Fatalf("%+v", got)
	}
	want := []idv.Rejection{
		{File: p.URL, Row: 1, Reason: "is not a JSON object", Raw: "null"},
		{File: p.URL, Row: 2, Column: "info.birthDate", Reason: `"99-99-99" is no date`, Raw: bad},
		{File: p.URL, Row: 4, Reason: "is not a JSON object", Raw: "7"},
	}
	if !slices.Equal(got.rejected, want) {
		t.Errorf("rejected\n got %+v\nwant %+v", got.rejected, want)
	}
}

func TestFeedAddress(t *testing.T) {
	good := map[string]string{
		"https://API.Example.com:443/":        "portal https://api.example.com",
		" https://api.example.com/gateway// ": "portal https://api.example.com/gateway",
		"https://api.example.com:8443":        "portal https://api.example.com:8443",
		"http://localhost:8700/":              "portal http://localhost:8700",
		"http://127.8.9.1:80":                 "portal http://127.8.9.1",
		"http://[::1]:8700":                   "portal http://[::1]:8700",
	}
	for address, want := range good {
		feed, err := source.NewFeed(source.FeedOptions{Address: address, Key: " key\n"})
		if err != nil {
			t.Errorf("%s: %v", address, err)
		} else if feed.Name() != want {
			t.Errorf("%s: name %q, want %q", address, feed.Name(), want)
		}
	}
	for _, address := range []string{
		"", "api.example.com", "http://api.example.com", "http://127.0.0.1.example.com", "http://localhost.example.com", "http://10.0.0.1",
		"ftp://localhost", "https://", "https://:443", "https:api", "https://user:pw@api.example.com", "https://api.example.com?x=1",
		"https://api.example.com?", "https://api.example.com#top", "https://api.example.com:port", "https://user:pw@%zz",
	} {
		_, err := source.NewFeed(source.FeedOptions{Address: address, Key: "key"})
		if e := idv.AsError(err); e == nil || e.Code != idv.CodeInvalid || strings.Contains(err.Error(), "pw") {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, key := range []string{"", " \n", "two words", "line\nbreak", "ключ"} {
		_, err := source.NewFeed(source.FeedOptions{Address: "https://api.example.com", Key: key})
		if e := idv.AsError(err); e == nil || e.Code != idv.CodeInvalid || key != "" && strings.Contains(err.Error(), key) && key != " \n" {
			t.Errorf("key %q: %v", key, err)
		}
	}
}
