package source_test

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"veridesk/backend/demo"
	"veridesk/backend/idv"
	"veridesk/backend/media"
	"veridesk/backend/source"
)

const photoSession = `{"sessionId":"s-1","identity":{"selfieImages":["https://m.example.com/1?sig=tok"],"frontImageUrl":"https://m.example.com/f?sig=tok"}}`

func TestPhotosOfASession(t *testing.T) {
	p := newPortal(t)
	p.answer(ok(photoSession))
	photos, err := p.feed(t).Photos(t.Context(), "s-1")
	want := []idv.Photo{{Name: "selfie-1", URL: "https://m.example.com/1?sig=tok"}, {Name: "front", URL: "https://m.example.com/f?sig=tok"}}
	if err != nil || !slices.Equal(photos, want) {
		t.Errorf("%v, %v", photos, err)
	}
	asked := p.requests()[0]
	if asked.Method != "GET" || asked.URL.Path != "/verification/session-data/s-1" || asked.Header.Get("Authorization") != testKey {
		t.Errorf("asked %s %s", asked.Method, asked.URL)
	}
}

// Whatever an ID holds, it names one session, and leads to no other call.
func TestPhotosOfOddIDs(t *testing.T) {
	for _, id := range []string{"a/b", "../sessions", "a?b=c", "a#b", "ნინო", "50%", "a%2Fb", " ", "a b"} {
		p := newPortal(t)
		p.answer(status(404))
		_, err := p.feed(t).Photos(t.Context(), id)
		path := p.requests()[0].URL.Path
		if path != "/verification/session-data/"+id || p.requests()[0].URL.RawQuery != "" || !errors.Is(err, source.ErrSessionUnknown) {
			t.Errorf("%q: asked %s, %v", id, path, err)
		}
	}
	for _, id := range []string{"", ".", ".."} {
		p := newPortal(t)
		if _, err := p.feed(t).Photos(t.Context(), id); !errors.Is(err, source.ErrSessionUnknown) || len(p.requests()) > 0 {
			t.Errorf("%q: %v after %d requests", id, err, len(p.requests()))
		}
	}
}

func TestPhotosErrors(t *testing.T) {
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		code   idv.Code
		cause  error
		tries  int
	}{
		"unknown":          {status(404), idv.CodeNotFound, source.ErrSessionUnknown, 1},
		"closed":           {status(410), idv.CodeNotFound, source.ErrSessionClosed, 1},
		"key refused":      {status(401), idv.CodeRefused, nil, 1},
		"redirect":         {status(302, "Location", "https://elsewhere.example.com/"), idv.CodeNotPortal, nil, 1},
		"busy":             {status(503), idv.CodeUnreachable, nil, 4},
		"web page":         {ok("<p>Иванов"), idv.CodeNotPortal, nil, 1},
		"another session":  {ok(strings.Replace(photoSession, "s-1", "s-2", 1)), idv.CodeNotPortal, nil, 1},
		"no session":       {ok(`{"error":"Иванов"}`), idv.CodeNotPortal, nil, 1},
		"more than 4 MiB":  {ok(`{"sessionId":"s-1","x":"` + strings.Repeat("x", 4<<20) + `"}`), idv.CodeNotPortal, nil, 1},
		"unreadable value": {ok(`{"sessionId":"s-1","createdAt":"Иванов"}`), idv.CodeNotPortal, nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPortal(t)
			for range c.tries {
				p.answer(c.answer)
			}
			_, err := p.feed(t).Photos(t.Context(), "s-1")
			var e *idv.Error
			if !errors.As(err, &e) || e.Code != c.code || e.Hint == "" || c.cause != nil && !errors.Is(err, c.cause) {
				t.Fatalf("%#v", err)
			}
			if !strings.Contains(e.Message, "The session's data are safe.") || strings.Contains(e.Error(), "Иванов") || strings.Contains(e.Error(), "elsewhere") {
				t.Errorf("%v", e)
			}
			if len(p.requests()) != c.tries {
				t.Errorf("asked %d times", len(p.requests()))
			}
		})
	}
}

// The whole way on a real socket: the demo portal's links, fetched, sealed, and
// read again; and links that grew old, asked for anew.
func TestPhotosFromTheDemoPortal(t *testing.T) {
	now := newHandClock(demo.Epoch)
	server, err := demo.Listen("127.0.0.1:0", demo.Options{Sessions: 6, Seed: 3, Now: now.now})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	feed, err := source.NewFeed(source.FeedOptions{Address: server.URL(), Key: demo.DefaultKey})
	if err != nil {
		t.Fatal(err)
	}
	fetcher, err := source.NewFetcher(source.FetchOptions{Portal: server.URL()})
	if err != nil {
		t.Fatal(err)
	}
	defer fetcher.Close()
	store, err := media.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	fetched := 0
	for batch, err := range feed.Batches(t.Context(), "") {
		if err != nil {
			t.Fatal(err)
		}
		now.forward(16 * time.Minute)
		for _, record := range batch.Records {
			photos, err := feed.Photos(t.Context(), record.Session.ID)
			if err != nil || len(photos) != len(record.Photos) {
				t.Fatalf("%d photos of %d: %v", len(photos), len(record.Photos), err)
			}
			for i, photo := range photos {
				if _, err := fetcher.Fetch(t.Context(), record.Photos[i]); !errors.Is(err, source.ErrExpired) {
					t.Errorf("an old link: %v", err)
				}
				keepPhoto(t, fetcher, store, photo)
				fetched++
			}
		}
	}
	if fetched < 15 {
		t.Errorf("only %d photos", fetched)
	}
}

func keepPhoto(t *testing.T, fetcher *source.Fetcher, store *media.Store, photo idv.Photo) {
	t.Helper()
	body, err := fetcher.Fetch(t.Context(), photo)
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	kept, err := store.Keep(t.Context(), body)
	if err != nil || kept.Type != "image/jpeg" || kept.Small == nil {
		t.Fatalf("%v: %v", kept, err)
	}
	again, err := fetcher.Fetch(t.Context(), photo)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	want, err := io.ReadAll(again)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := store.Read(kept); err != nil || !bytes.Equal(got, want) {
		t.Errorf("another photo came back: %v", err)
	}
}
