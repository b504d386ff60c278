// What the tests ask the portal with: real requests, generic JSON.
package demo_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"veridesk/backend/demo"
)

type object = map[string]any

// clock is a portal's clock that a test moves.
type clock struct{ ms atomic.Int64 }

func newClock() *clock {
	c := &clock{}
	c.ms.Store(demo.Epoch.UnixMilli())
	return c
}

func (c *clock) now() time.Time          { return time.UnixMilli(c.ms.Load()).UTC() }
func (c *clock) forward(d time.Duration) { c.ms.Add(d.Milliseconds()) }

func portal(sessions int, c *clock) *demo.Portal {
	return demo.New(demo.Options{Sessions: sessions, Seed: 7, Now: c.now})
}

// call sends a request with the default key.
func call(h http.Handler, method, address string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, address, nil)
	r.Header.Set("Authorization", demo.DefaultKey)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func get(t *testing.T, h http.Handler, address string) object {
	t.Helper()
	w := call(h, "GET", address)
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" {
		t.Fatalf("GET %s: %d %s %s", address, w.Code, w.Header().Get("Content-Type"), w.Body)
	}
	return decode(t, w)
}

func decode(t *testing.T, w *httptest.ResponseRecorder) object {
	t.Helper()
	var answer object
	if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
		t.Fatalf("%v in %.200s", err, w.Body)
	}
	return answer
}

// run reads the feed from the cursor to its end and returns the sessions and
// the last cursor that was not empty.
func run(t *testing.T, h http.Handler, cursor string, limit int) (items []object, last string) {
	t.Helper()
	last = cursor
	total := -1
	for {
		page := get(t, h, fmt.Sprintf("/verification/sessions?limit=%d&cursor=%s", limit, url.QueryEscape(cursor)))
		if left := int(page["total"].(float64)); total < 0 {
			total = left
		} else if left != total-len(items) {
			t.Fatalf("total says %d are left of %d after %d", left, total, len(items))
		}
		for _, item := range page["items"].([]any) {
			items = append(items, item.(object))
		}
		if cursor = page["nextCursor"].(string); cursor == "" {
			break
		}
		last = cursor
	}
	if len(items) != total {
		t.Fatalf("total promised %d sessions, the run brought %d", total, len(items))
	}
	return items, last
}

func byID(items []object) map[string]object {
	sessions := map[string]object{}
	for _, item := range items {
		sessions[item["sessionId"].(string)] = item
	}
	return sessions
}

func at(o object, keys ...string) any {
	var value any = o
	for _, key := range keys {
		m, ok := value.(object)
		if !ok {
			return nil
		}
		value = m[key]
	}
	return value
}
