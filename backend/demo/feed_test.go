package demo_test

import (
	"bytes"
	"net/http"
	"net/url"
	"reflect"
	"testing"
	"time"

	"veridesk/backend/demo"
)

// Each page size brings each session once; within what never changed after it
// was finished the order is that of the completion.
func TestPaging(t *testing.T) {
	h := portal(350, newClock())
	whole, _ := run(t, h, "", 500)
	for _, limit := range []int{1, 7, 100, 349, 350} {
		items, _ := run(t, h, "", limit)
		if len(byID(items)) != 350 || !reflect.DeepEqual(items, whole) {
			t.Errorf("limit %d: %d different sessions, or another order", limit, len(byID(items)))
		}
	}
	finished := ""
	for _, item := range whole {
		end, _ := item["finishedAt"].(string)
		byHand := item["manualVerified"].(bool) || item["manualRejected"].(bool) || item["isLiquidated"].(bool)
		if end == "" || byHand {
			continue
		}
		if end < finished {
			t.Fatalf("%s comes after %s", end, finished)
		}
		finished = end
	}
}

func TestPendingTurnsFinalAndComesAgain(t *testing.T) {
	c := newClock()
	h := portal(1200, c)
	before, cursor := run(t, h, "", 250)
	known := byID(before)
	waiting := map[string]bool{}
	for id, s := range known {
		if s["awaiting_action"].(bool) {
			waiting[id] = true
		}
	}
	if len(waiting) < 10 {
		t.Fatalf("only %d sessions are pending", len(waiting))
	}
	c.forward(19 * time.Second)
	if again, _ := run(t, h, cursor, 250); len(again) >= 250 || len(byID(again)) != len(again) {
		t.Fatalf("%d sessions came again before any could have changed", len(again))
	}
	c.forward(10 * time.Minute)
	after, _ := run(t, h, cursor, 250)
	final := byID(after[len(after)-len(waiting):])
	for id := range waiting {
		s := final[id]
		if s == nil || s["awaiting_action"].(bool) || s["finishedAt"] == nil || s["status"] == "Not Finished" {
			t.Errorf("pending session %s did not end as final at the end of the feed: %v", id, s["status"])
		}
	}
	if all, _ := run(t, h, "", 500); len(byID(all)) != 1200 || len(all) != 1200 {
		t.Errorf("after the turns the feed holds %d sessions", len(all))
	}
}

// The same options give the same bytes, and a bigger portal holds the sessions
// of a smaller one.
func TestDeterminism(t *testing.T) {
	c := newClock()
	small, again, big := portal(600, c), portal(600, c), portal(1200, c)
	page := "/verification/sessions?limit=500"
	if !bytes.Equal(call(small, "GET", page).Body.Bytes(), call(again, "GET", page).Body.Bytes()) {
		t.Error("two portals of the same options differ")
	}
	few, _ := run(t, small, "", 500)
	many, _ := run(t, big, "", 500)
	all := byID(many)
	for _, s := range few {
		if id := s["sessionId"].(string); !reflect.DeepEqual(s, all[id]) {
			t.Fatalf("session %s is not the same in a bigger portal", id)
		}
	}
	other := demo.New(demo.Options{Sessions: 600, Seed: 8, Now: c.now})
	strangers, _ := run(t, other, "", 500)
	for id := range byID(strangers) {
		if all[id] != nil {
			t.Fatalf("session %s is in the portals of two seeds", id)
		}
	}
}

func TestRestartKeepsCursors(t *testing.T) {
	c := newClock()
	first := get(t, portal(900, c), "/verification/sessions?limit=400")
	cursor := first["nextCursor"].(string)
	rest, _ := run(t, portal(900, c), cursor, 500)
	if len(rest) != 500 {
		t.Errorf("%d sessions after the cursor of a portal before, want 500", len(rest))
	}
	if fewer, _ := run(t, portal(800, c), cursor, 500); len(fewer) > 500 {
		t.Errorf("a smaller portal starts over: %d sessions", len(fewer))
	}
	if all, _ := run(t, portal(1000, c), cursor, 500); len(all) != 1000 {
		t.Errorf("a portal that has grown must start over: %d of 1000 sessions", len(all))
	}
}

func TestUpdatedSince(t *testing.T) {
	c := newClock()
	h := portal(1000, c)
	whole, _ := run(t, h, "", 500)
	since := whole[600]["finishedAt"].(string)
	page := get(t, h, "/verification/sessions?limit=500&updatedSince="+url.QueryEscape(since))
	if first := page["items"].([]any)[0].(object); first["sessionId"] != whole[600]["sessionId"] || page["total"].(float64) != 400 {
		t.Errorf("since %s: first is %v, total %v", since, first["sessionId"], page["total"])
	}
	seen := url.QueryEscape(page["serverTime"].(string))
	if page := get(t, h, "/verification/sessions?updatedSince="+seen); len(page["items"].([]any)) != 0 || page["nextCursor"] != "" {
		t.Error("something changed after the server's time")
	}
	c.forward(11 * time.Minute)
	page = get(t, h, "/verification/sessions?limit=500&updatedSince="+seen)
	if n := len(page["items"].([]any)); n < 5 || n > 60 {
		t.Errorf("%d sessions turned final", n)
	}
}

func TestNonsenseIsRefused(t *testing.T) {
	h := portal(10, newClock())
	for _, query := range []string{"limit=0", "limit=501", "limit=-1", "limit=x", "cursor=x", "cursor=AAAA", "updatedSince=yesterday", "updatedSince=2026-13-01T00:00:00Z"} {
		w := call(h, "GET", "/verification/sessions?"+query)
		if w.Code != http.StatusBadRequest || decode(t, w)["error"] == "" {
			t.Errorf("%s: %d %s", query, w.Code, w.Body)
		}
	}
	page := get(t, portal(0, newClock()), "/verification/sessions")
	if items, ok := page["items"].([]any); !ok || len(items) > 0 || page["nextCursor"] != "" || page["total"] != 0.0 {
		t.Errorf("an empty portal answers %v", page)
	}
}
