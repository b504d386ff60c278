package source_test

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

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
		{"message instead of items", ok(`{"message":"Иванов"}`), idv.CodeNotPortal, `("message") and no list of sessions ("items")`, 1},
		{"error beside items", ok(`{"items":[],"error":"Иванов"}`), idv.CodeNotPortal, `("error")`, 1},
		{"errors beside items", ok(`{"items":[],"errors":["Иванов"],"message":"Иванов"}`), idv.CodeNotPortal, `("errors")`, 1},
		{"no success", ok(`{"items":[],"success":false}`), idv.CodeNotPortal, `"success": false`, 1},
		{"status inside", ok(`{"items":[],"status":500}`), idv.CodeNotPortal, `"status": 500`, 1},
		{"status code inside", ok(`{"items":[],"statusCode":"401"}`), idv.CodeNotPortal, `"statusCode": 401`, 1},
		{"null", ok(`null`), idv.CodeNotPortal, "it sent nothing (null) instead of a page of sessions.", 1},
		{"no items", ok(`{"sessions":[]}`), idv.CodeNotPortal, `"items"`, 1},
		{"items null", ok(`{"items":null}`), idv.CodeNotPortal, `"items"`, 1},
		{"same cursor", ok(page("two", "s-9")), idv.CodeNotPortal, "again and again", 1},
		{"too large", ok(`{"items":["` + strings.Repeat("a", 16<<20) + `"]}`), idv.CodeNotPortal, "16 MiB", 1},
		{"busy", status(503), idv.CodeUnreachable, "503", 4},
		{"cut off", cutOff, idv.CodeUnreachable, "broke in the middle of an answer", 4},
		{"reset", reset, idv.CodeUnreachable, "broke in the middle of an answer", 4},
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
			for _, never := range []string{testKey, "Иванов", "elsewhere", "Nothing was changed"} { // a page was kept
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

// reset breaks the connection itself off, in the middle of an answer.
func reset(w http.ResponseWriter, r *http.Request) {
	cutOff(w, r)
	_ = http.NewResponseController(w).Flush()
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.(*net.TCPConn).SetLinger(0)
		_ = conn.Close()
	}
}

func TestFeedNoAnswer(t *testing.T) {
	p := newPortal(t)
	for range 4 {
		p.answer(func(w http.ResponseWriter, _ *http.Request) {
			if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
				_ = conn.Close()
			}
		})
	}
	got := readAll(t.Context(), p.feed(t), "")
	e := idv.AsError(got.err)
	if e == nil || e.Code != idv.CodeUnreachable || !strings.Contains(e.Message, "broke off the connection before it answered") || len(p.requests()) != 4 {
		t.Errorf("%v after %d requests", got.err, len(p.requests()))
	}
}

// TestFeedCancelledInMidBody: the run ends at once, though the portal does not.
func TestFeedCancelledInMidBody(t *testing.T) {
	p := newPortal(t)
	ctx, cancel := context.WithCancel(t.Context())
	p.answer(func(w http.ResponseWriter, r *http.Request) {
		cutOff(w, r)
		_ = http.NewResponseController(w).Flush()
		cancel()
		<-r.Context().Done() // until the app hangs up
	})
	if got := readAll(ctx, p.feed(t), ""); got.err != context.Canceled || len(got.batches) > 0 {
		t.Errorf("%v", got.err)
	}
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
