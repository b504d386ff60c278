package demo_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"veridesk/backend/demo"
	"veridesk/backend/idv"
)

func TestKey(t *testing.T) {
	h := demo.New(demo.Options{Sessions: 3, Key: "s3cret"})
	for _, address := range []string{"/verification/sessions", "/verification/session-data/x", "/verification/export.csv"} {
		for key, want := range map[string]bool{"": false, "demo": false, "Bearer s3cret": false, "s3cret": true} {
			r := httptest.NewRequest("GET", address, nil)
			r.Header.Set("Authorization", key)
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if (w.Code != http.StatusUnauthorized) != want {
				t.Errorf("%s with key %q: %d", address, key, w.Code)
			}
			if !want && (w.Header().Get("Content-Type") != "application/json" || decode(t, w)["error"] == nil) {
				t.Errorf("%s with key %q: not a JSON error: %s", address, key, w.Body)
			}
		}
	}
	for address, want := range map[string]int{"/verification/export.csv?key=s3cret": 200, "/verification/sessions?key=s3cret": 401} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", address, nil))
		if w.Code != want {
			t.Errorf("%s: %d, want %d", address, w.Code, want)
		}
	}
}

func TestOneSession(t *testing.T) {
	h := portal(120, newClock())
	items, _ := run(t, h, "", 500)
	for _, item := range items {
		id := item["sessionId"].(string)
		if v1 := get(t, h, "/verification/session-data/"+id); !reflect.DeepEqual(v1, item) {
			t.Fatalf("%s is another session than in the feed", id)
		}
	}
	id := items[5]["sessionId"].(string)
	if v2 := get(t, h, "/verification/session-data/v2/"+id); !reflect.DeepEqual(v2, items[5]) {
		t.Error("v2 gives another session")
	}
	unknown := []string{"x", strings.ToUpper(id), "00000000-0000-4000-8000-000000000000", id[:35] + "é", "zzzzzzzz" + id[8:]}
	for _, id := range unknown {
		if w := call(h, "GET", "/verification/session-data/"+id); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", id, w.Code)
		}
	}
}

func TestClose(t *testing.T) {
	h := portal(50, newClock())
	items, _ := run(t, h, "", 500)
	id := items[7]["sessionId"].(string)
	photo := photoOf(t, items[7])
	if w := call(h, "POST", "/verification/close/"+id); w.Code != http.StatusOK {
		t.Fatalf("close: %d %s", w.Code, w.Body)
	}
	for _, address := range []string{"/verification/session-data/" + id, "/verification/session-data/v2/" + id, photo} {
		if w := call(h, "GET", address); w.Code != http.StatusGone {
			t.Errorf("%s of a closed session: %d", address, w.Code)
		}
	}
	rest, _ := run(t, h, "", 10)
	if len(rest) != 49 || byID(rest)[id] != nil {
		t.Errorf("the feed holds %d sessions, the closed one: %v", len(rest), byID(rest)[id] != nil)
	}
	if w := call(h, "POST", "/verification/close/nobody"); w.Code != http.StatusNotFound {
		t.Errorf("close of an unknown session: %d", w.Code)
	}
}

func TestOtherMethodsAndAddresses(t *testing.T) {
	h := portal(5, newClock())
	for _, c := range []struct {
		method, address string
		want            int
	}{
		{"POST", "/verification/sessions", 405}, {"DELETE", "/verification/session-data/x", 405},
		{"GET", "/verification/close/x", 405}, {"PUT", "/", 405}, {"GET", "/nothing", 404},
	} {
		w := call(h, c.method, c.address)
		if w.Code != c.want || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s %s: %d, want %d", c.method, c.address, w.Code, c.want)
		}
	}
	if w := call(h, "GET", "/"); !strings.Contains(w.Body.String(), "made up") || !strings.Contains(w.Body.String(), "/verification/sessions") {
		t.Errorf("the page does not say what this is: %s", w.Body)
	}
}

func TestListen(t *testing.T) {
	s, err := demo.Listen("127.0.0.1:0", demo.Options{Sessions: 3, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.Get(s.URL() + "/")
	if err != nil {
		t.Fatal(err)
	}
	body, _ := io.ReadAll(answer.Body)
	answer.Body.Close()
	if !strings.Contains(string(body), "3 sessions, seed 1") {
		t.Errorf("the page says %s", body)
	}
	_, err = demo.Listen(s.Addr(), demo.Options{})
	var e *idv.Error
	if !errors.As(err, &e) || !strings.Contains(e.Message, s.Addr()) {
		t.Errorf("a second portal on %s: %v", s.Addr(), err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := http.Get(s.URL() + "/"); err == nil {
		t.Error("the portal answers after Close")
	}
}
