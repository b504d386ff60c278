package source_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// token is what must show nowhere: with the link it opens, a photo can be had.
const token = "sig-0123456789abcdef"

type handClock struct{ ns atomic.Int64 }

func newHandClock(at time.Time) *handClock {
	c := &handClock{}
	c.ns.Store(at.UnixNano())
	return c
}

func (c *handClock) now() time.Time          { return time.Unix(0, c.ns.Load()) }
func (c *handClock) forward(d time.Duration) { c.ns.Add(int64(d)) }

// storage is a real https server that stands for every host of example.com, and
// notes who was dialled.
type storage struct {
	*portal
	fetcher *source.Fetcher

	dialMu sync.Mutex
	dials  []string // guarded by dialMu
}

func newStorage(t *testing.T) *storage {
	s := &storage{portal: &portal{}}
	s.Server = httptest.NewTLSServer(s.portal)
	t.Cleanup(s.Close)
	transport := s.Client().Transport.(*http.Transport)
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		s.dialMu.Lock()
		s.dials = append(s.dials, address)
		s.dialMu.Unlock()
		return (&net.Dialer{}).DialContext(ctx, network, s.Listener.Addr().String())
	}
	var err error
	s.fetcher, err = source.NewFetcher(source.FetchOptions{
		Portal: "https://example.com/gateway", Hosts: []string{" Photos.Example.com "}, Transport: transport, Wait: s.wait,
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *storage) get(ctx context.Context, link string) ([]byte, error) {
	body, err := s.fetcher.Fetch(ctx, idv.Photo{Name: "front", URL: link})
	if err != nil {
		return nil, err
	}
	defer body.Close()
	return io.ReadAll(body)
}

func image(body string, header ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "image/jpeg")
		status(200, header...)(w, r)
		fmt.Fprint(w, body)
	}
}

func TestFetch(t *testing.T) {
	s := newStorage(t)
	s.answer(image("first"), image("second"), image("third", "Content-Type", "binary/octet-stream"))
	for i, link := range []string{
		"https://photos.example.com/a%2Fb/front.jpg?X-Sig=" + token + "#top", "https://EXAMPLE.com:443/b?" + token, "https://photos.example.com/c",
	} {
		body, err := s.get(t.Context(), link)
		if want := []string{"first", "second", "third"}[i]; err != nil || string(body) != want {
			t.Errorf("%s: %q, %v", link, body, err)
		}
	}
	asked := s.requests()
	if asked[0].RequestURI != "/a%2Fb/front.jpg?X-Sig="+token || asked[0].Host != "photos.example.com" {
		t.Errorf("asked %s of %s", asked[0].RequestURI, asked[0].Host)
	}
	for _, r := range asked {
		if r.Header.Get("Authorization") != "" || r.Header.Get("Cookie") != "" || r.Header.Get("Referer") != "" {
			t.Errorf("sent %v", r.Header)
		}
	}
	if want := []string{"photos.example.com:443", "example.com:443"}; !slices.Equal(s.dials, want) {
		t.Errorf("dialled %v", s.dials)
	}
}

// Links that lead elsewhere are refused before anything is sent or looked up.
func TestFetchRefusesLinks(t *testing.T) {
	s := newStorage(t)
	for _, link := range []string{
		"", "photo.jpg", "//photos.example.com/x", "https:photos.example.com/x", "https://",
		"http://photos.example.com/x", "ftp://photos.example.com/x", "file:///etc/passwd", "file://photos.example.com/etc/passwd",
		"data:image/png;base64,AAAA", "javascript:alert(1)",
		"https://user:" + token + "@photos.example.com/x", "https://" + token + "@photos.example.com/x", "https://example.com@169.254.169.254/",
		"https://photos.example.com:8443/x", "https://photos.example.com:80/x", "https://photos.example.com:0443/x",
		"https://evil.example/x", "https://photos.example.com.evil.example/x", "https://xphotos.example.com/x", "https://a.photos.example.com/x",
		"https://photos.example.com./x", "https://photos.example.com%00.evil.example/x", "https://photos.example.com%2eevil.example/x", "https://photos.example.com\\@evil.example/x",
		"https://127.0.0.1/x", "https://169.254.169.254/latest/meta-data", "https://[::1]/x", "https://[::ffff:127.0.0.1]/x", "https://[::ffff:a9fe:a9fe]/x", "https://[fe80::1%25eth0]/x",
		"https://2130706433/x", "https://0x7f000001/x", "https://127.1/x", "https://localhost/x", "https://photos.example.com\r\nHost: x/",
	} {
		_, err := s.get(t.Context(), link+"?sig="+token)
		wantRefused(t, link, err)
	}
	if len(s.dials) > 0 || len(s.requests()) > 0 {
		t.Errorf("dialled %v, sent %d requests", s.dials, len(s.requests()))
	}
}

func wantRefused(t *testing.T, link string, err error) {
	t.Helper()
	var e *idv.Error
	if !errors.As(err, &e) || e.Code != idv.CodeInvalid || !errors.Is(err, source.ErrAddress) {
		t.Errorf("%s: %v", link, err)
		return
	}
	wantSilent(t, link, err)
}

// wantSilent looks for the secret part of the link in everything an error says.
func wantSilent(t *testing.T, what string, err error) {
	t.Helper()
	e := idv.AsError(err)
	said := fmt.Sprintf("%v %+v %#v %s %s %v", err, err, *e, e.Message, e.Hint, e.Cause)
	for cause := errors.Unwrap(err); cause != nil; cause = errors.Unwrap(cause) {
		said += fmt.Sprintf(" %v %+v", cause, cause)
	}
	if strings.Contains(said, token) || !strings.Contains(e.Message, "The session's data are safe.") || e.Hint == "" {
		t.Errorf("%s: %s", what, said)
	}
}

func TestFetchAnswers(t *testing.T) {
	large := func(w http.ResponseWriter, r *http.Request) {
		image("")(w, r)
		for block := bytes.Repeat([]byte("x"), 1<<20); ; {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		code   idv.Code
		cause  error
		tries  int
	}{
		"expired, as S3 says it":  {status(403), idv.CodeRefused, source.ErrExpired, 1},
		"expired":                 {status(410), idv.CodeRefused, source.ErrExpired, 1},
		"not there":               {status(404), idv.CodeNotFound, source.ErrPhoto, 1},
		"into the cloud's inside": {status(302, "Location", "http://169.254.169.254/latest/meta-data?"+token), idv.CodeInvalid, source.ErrPhoto, 1},
		"redirect to itself":      {status(307, "Location", "/other?"+token), idv.CodeInvalid, source.ErrPhoto, 1},
		"redirect to nowhere":     {status(301, "Location", "http://[::1"+token), idv.CodeInvalid, source.ErrPhoto, 1},
		"web page":                {ok("<p>Sign in</p>"), idv.CodeInvalid, source.ErrPhoto, 1},
		"text":                    {image("x", "Content-Type", "text/html; charset=utf-8"), idv.CodeInvalid, source.ErrPhoto, 1},
		"nonsense type":           {image("x", "Content-Type", ";;;"), idv.CodeInvalid, source.ErrPhoto, 1},
		"says it is large":        {image("", "Content-Length", "26214401"), idv.CodeInvalid, source.ErrPhoto, 1},
		"sends without end":       {large, idv.CodeInvalid, source.ErrPhoto, 1},
		"breaks off":              {image("half", "Content-Length", "1000"), idv.CodeUnreachable, io.ErrUnexpectedEOF, 1},
		"busy":                    {status(503), idv.CodeUnreachable, nil, 4},
		"slow down":               {status(429, "Retry-After", "3600"), idv.CodeUnreachable, nil, 1},
		"hangs up":                {hangUp, idv.CodeUnreachable, nil, 4},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStorage(t)
			for range c.tries {
				s.answer(c.answer)
			}
			_, err := s.get(t.Context(), "https://photos.example.com/front.jpg?sig="+token)
			var e *idv.Error
			if !errors.As(err, &e) || e.Code != c.code || c.cause != nil && !errors.Is(err, c.cause) {
				t.Fatalf("%v", err)
			}
			wantSilent(t, name, err)
			if len(s.requests()) != c.tries {
				t.Errorf("asked %d times, want %d", len(s.requests()), c.tries)
			}
			for _, address := range s.dials {
				if address != "photos.example.com:443" {
					t.Errorf("dialled %s", address)
				}
			}
		})
	}
}

func hangUp(w http.ResponseWriter, _ *http.Request) {
	if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
		_ = conn.Close()
	}
}

// A photo that failed for the moment comes with the next try.
func TestFetchTriesAgain(t *testing.T) {
	s := newStorage(t)
	s.answer(status(503), hangUp, image("photo"))
	body, err := s.get(t.Context(), "https://photos.example.com/front.jpg")
	if err != nil || string(body) != "photo" || len(s.requests()) != 3 {
		t.Errorf("%q after %v: %v", body, s.waits, err)
	}
}

// A packed answer is handed on as it is: unpacking could make gigabytes of it.
func TestFetchDoesNotUnpack(t *testing.T) {
	p := newPortal(t)
	p.answer(image("\x1f\x8bpacked", "Content-Encoding", "gzip"))
	fetcher, err := source.NewFetcher(source.FetchOptions{Portal: p.URL})
	if err != nil {
		t.Fatal(err)
	}
	defer fetcher.Close()
	body, err := fetcher.Fetch(t.Context(), idv.Photo{URL: p.URL + "/x"})
	if err != nil {
		t.Fatal(err)
	}
	defer body.Close()
	if got, err := io.ReadAll(body); err != nil || string(got) != "\x1f\x8bpacked" || p.requests()[0].Header.Get("Accept-Encoding") != "" {
		t.Errorf("%q, %v, asked for %v", got, err, p.requests()[0].Header)
	}
}

func TestFetchCancelled(t *testing.T) {
	s := newStorage(t)
	ctx, cancel := context.WithCancel(t.Context())
	hangs := func(w http.ResponseWriter, r *http.Request) {
		image("half", "Content-Length", "1000")(w, r)
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}
	s.answer(hangs)
	body, err := s.fetcher.Fetch(ctx, idv.Photo{URL: "https://photos.example.com/x"})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if _, err := io.ReadAll(body); err != context.Canceled {
		t.Errorf("in the midst: %v", err)
	}
	_ = body.Close()
	if _, err := s.get(ctx, "https://photos.example.com/x"); err != context.Canceled {
		t.Errorf("before: %v", err)
	}
}

// TestFetchSlow runs on a clock that jumps whenever everything waits.
func TestFetchSlow(t *testing.T) {
	for name, c := range map[string]struct {
		network slowNetwork
		says    string // "" if the photo comes
		most    time.Duration
	}{
		"slow but steady":      {slowNetwork{body: "a photo, slowly", pause: 29 * time.Second, silentAfter: -1}, "", 11 * time.Minute},
		"silent at once":       {slowNetwork{body: "x"}, "fell silent", time.Minute},
		"silent in the middle": {slowNetwork{body: strings.Repeat("x", 20), silentAfter: 10}, "fell silent", time.Minute},
		"a byte now and then":  {slowNetwork{body: strings.Repeat("x", 1000), pause: 20 * time.Second, silentAfter: -1}, "did not come to the end", 11 * time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				fetcher, err := source.NewFetcher(source.FetchOptions{Portal: "https://example.com", Transport: &c.network})
				if err != nil {
					t.Fatal(err)
				}
				start := time.Now()
				body, err := fetcher.Fetch(t.Context(), idv.Photo{URL: "https://example.com/x?" + token})
				if err != nil {
					t.Fatal(err)
				}
				defer body.Close()
				got, err := io.ReadAll(body)
				if took := time.Since(start); took > c.most {
					t.Errorf("took %v", took)
				}
				if c.says == "" {
					if err != nil || string(got) != c.network.body {
						t.Errorf("%q, %v", got, err)
					}
					return
				}
				if e := idv.AsError(err); e.Code != idv.CodeUnreachable || !strings.Contains(e.Message, c.says) {
					t.Fatalf("%v", err)
				}
				wantSilent(t, name, err)
			})
		})
	}
}

func TestFetchOptions(t *testing.T) {
	for _, host := range []string{
		"", "localhost", "https://photos.example.com", "photos.example.com:443", "photos.example.com/x", "127.0.0.1", "::1", "[::1]", "0x7f.0x1",
		"*.example.com", ".example.com", "photos..example.com", "photos.example.com.", "a b.example.com", "user@example.com", "10.0.0.1.2",
	} {
		_, err := source.NewFetcher(source.FetchOptions{Portal: "https://example.com", Hosts: []string{host}})
		if e := idv.AsError(err); e == nil || e.Code != idv.CodeInvalid {
			t.Errorf("%q: %v", host, err)
		}
	}
	if _, err := source.NewFetcher(source.FetchOptions{Portal: "http://example.com"}); idv.AsError(err) == nil {
		t.Error("a portal without https")
	}
}
