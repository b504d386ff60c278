package demo_test

import (
	"bytes"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

func photoOf(t *testing.T, item object) string {
	t.Helper()
	link := at(item, "identity", "selfieImages").([]any)[0].(string)
	u, err := url.Parse(link)
	if err != nil || u.Host != "example.com" || u.Scheme != "http" {
		t.Fatalf("link %s: %v", link, err)
	}
	return u.RequestURI()
}

func TestEveryLinkLeadsToAPhoto(t *testing.T) {
	h := portal(8, newClock())
	items, _ := run(t, h, "", 500)
	seen := 0
	for _, item := range items {
		for _, link := range linksIn(item) {
			w := call(h, "GET", link)
			picture, err := jpeg.Decode(bytes.NewReader(w.Body.Bytes()))
			if w.Code != http.StatusOK || err != nil || w.Header().Get("Content-Type") != "image/jpeg" {
				t.Fatalf("%s: %d %v", link, w.Code, err)
			}
			if size := picture.Bounds().Size(); size.X < 300 || size.Y < 300 {
				t.Errorf("%s is %v", link, size)
			}
			seen++
		}
	}
	if seen < 25 {
		t.Errorf("only %d links", seen)
	}
}

// linksIn finds every address in a session.
func linksIn(value any) (links []string) {
	switch v := value.(type) {
	case string:
		if strings.HasPrefix(v, "http") {
			links = append(links, v)
		}
	case []any:
		for _, one := range v {
			links = append(links, linksIn(one)...)
		}
	case object:
		for _, one := range v {
			links = append(links, linksIn(one)...)
		}
	}
	return links
}

func TestLinksExpireAndAreSigned(t *testing.T) {
	c := newClock()
	h := portal(20, c)
	items, _ := run(t, h, "", 500)
	link := photoOf(t, items[0])
	other := photoOf(t, items[1])
	status := func(address string) int {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", address, nil)) // no key: the link is enough
		return w.Code
	}
	path, query, _ := strings.Cut(link, "?")
	otherPath, _, _ := strings.Cut(other, "?")
	for address, want := range map[string]int{
		link: 200, path: 403, otherPath + "?" + query: 403,
		strings.Replace(link, "expires=", "expires=9", 1): 403,
		strings.Replace(link, "selfie-1", "selfie-2", 1):  403,
	} {
		if got := status(address); got != want {
			t.Errorf("%s: %d, want %d", address, got, want)
		}
	}
	c.forward(15 * time.Minute)
	if got := status(link); got != 200 {
		t.Errorf("after 15 minutes: %d", got)
	}
	c.forward(time.Second)
	if got := status(link); got != 403 {
		t.Errorf("after more than 15 minutes: %d", got)
	}
}

// A person's selfies differ from each other and from another person's.
func TestPhotosDiffer(t *testing.T) {
	h := portal(8, newClock())
	items, _ := run(t, h, "", 500)
	seen := map[string]string{}
	for _, item := range items {
		for _, link := range linksIn(at(item, "identity")) {
			body := call(h, "GET", link).Body.String()
			path, _, _ := strings.Cut(link, "?")
			if twin := seen[body]; twin != "" && twin != path {
				t.Errorf("%s is the same picture as %s", path, twin)
			}
			seen[body] = path
		}
	}
}
