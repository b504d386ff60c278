package source_test

import (
	"net/http"
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

// TestFeedCursors: gateways write the end in several ways, and number pages.
func TestFeedCursors(t *testing.T) {
	bare := func(next string) string { return strings.Replace(page("", "s"), `"nextCursor":""`, next, 1) }
	for _, end := range []string{`"nextCursor":null`, `"nextCursor":false`, `"nextCursor":0`, `"nextCursor":""`, `"other":1`} {
		p := newPortal(t)
		p.answer(ok(bare(end)))
		if got := readAll(t.Context(), p.feed(t), ""); got.err != nil || len(got.batches) != 1 {
			t.Errorf("%s is not taken for the end: %v", end, got.err)
		}
	}
	p := newPortal(t)
	p.answer(ok(bare(`"nextCursor":12345678901234567890`)), ok(bare(`"nextCursor":"0"`)), ok(bare(`"nextCursor":0`)))
	if got := readAll(t.Context(), p.feed(t), ""); got.err != nil || len(got.batches) != 3 {
		t.Fatalf("%+v", got)
	}
	for i, want := range []string{"", "12345678901234567890", "0"} {
		if cursor := p.requests()[i].URL.Query().Get("cursor"); cursor != want {
			t.Errorf("request %d has cursor %q, want %q", i, cursor, want)
		}
	}
}

// TestFeedUnknownKeysInAPage: keys of tomorrow are no errors.
func TestFeedUnknownKeysInAPage(t *testing.T) {
	p := newPortal(t)
	more := `"message":"OK","status":200,"statusCode":"200","success":true,"error":null,"errors":[],"items":[`
	p.answer(ok(strings.Replace(page("", "s-1"), `"items":[`, more, 1)))
	if got := readAll(t.Context(), p.feed(t), ""); got.err != nil || len(got.ids) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestFeedSessionIDTooLong(t *testing.T) {
	p := newPortal(t)
	most := strings.Repeat("x", idv.MaxSessionID)
	p.answer(ok(page("", most, most+"x")))
	got := readAll(t.Context(), p.feed(t), "")
	if got.err != nil || !slices.Equal(got.ids, []string{most}) || len(got.rejected) != 1 {
		t.Fatalf("%+v", got)
	}
	r := got.rejected[0]
	if r.File != p.URL || r.Row != 2 || r.Column != "sessionId" || r.Reason != "is 257 bytes long, and 256 is the most" || r.Raw == "" {
		t.Errorf("%+v", r)
	}
}

func TestFeedName(t *testing.T) {
	feed, err := source.NewFeed(source.FeedOptions{Address: "http://127.0.0.1:49152", Key: "key", Name: "demo portal"})
	if err != nil || feed.Name() != "demo portal" {
		t.Errorf("%v, %v", feed.Name(), err)
	}
}

func TestFeedTotalAndRejects(t *testing.T) {
	p := newPortal(t)
	bad := `{"sessionId":"s-2","createdAt":"2025-03-01T08:00:00Z","info":{"birthDate":"99-99-99"}}`
	p.answer(
		ok(strings.Replace(page("n", "s-1"), `"items":[`, `"total":40,"items":[null,`+bad+`,`, 1)),
		ok(strings.Replace(page("", "s-4"), `"items":[`, `"total":37,"items":[7,`, 1)), // what is left from here on
	)
	got := readAll(t.Context(), p.feed(t), "")
	if got.err != nil || !slices.Equal(got.ids, []string{"s-1", "s-4"}) || got.batches[0].Total != 40 || got.batches[1].Total != 40 {
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
