package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"veridesk/backend/idv"
)

// TestMain lets this program be the processes that a measurement starts.
func TestMain(m *testing.M) {
	if is, err := isChild(context.Background()); is {
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// Each measurement is made for real. What it shows on so few sessions says nothing
// about speed; but the archive and its peers have to agree on every answer.
func TestAllMeasurementsRunAndAgree(t *testing.T) {
	var out bytes.Buffer
	if err := run(t.Context(), []string{"--sessions", "400", "--tries", "40"}, &out); err != nil {
		t.Fatalf("%v\n%s", err, &out)
	}
	for _, text := range []string{"Sync over HTTP", "text of 12", "lastName down", "bytes a session", "Start in a process", "while they change", "xlsx, sealed", "hardening alone"} {
		if !strings.Contains(strings.ToLower(out.String()), strings.ToLower(text)) {
			t.Errorf("%q was not shown:\n%s", text, &out)
		}
	}
}

func TestUnknownMeasurementIsRefused(t *testing.T) {
	err := run(t.Context(), []string{"serach"}, &bytes.Buffer{})
	if err == nil || !strings.Contains(err.Error(), "serach") {
		t.Errorf("err = %v", err)
	}
}

// An answer that differs in anything is found out.
func TestDifferencesAreSeen(t *testing.T) {
	make := func() answer {
		return answer{
			total: 2, rows: []idv.Row{{SessionID: "a", Ordinal: 7}, {SessionID: "b", FirstName: "NINO"}},
			facets: idv.Facets{Tags: []idv.Count{{Value: "x", Count: 1}, {Value: "y", Count: 2}}},
		}
	}
	q := idv.Query{Facets: true, Limit: 50}
	same := make()
	same.rows[0].Ordinal = 0 // the peer does not know it
	same.facets.Tags = []idv.Count{{Value: "y", Count: 2}, {Value: "z"}, {Value: "x", Count: 1}}
	if err := differ(q, make(), same, true); err != nil {
		t.Errorf("the same answer: %v", err)
	}
	for name, change := range map[string]func(*answer){
		"total": func(a *answer) { a.total = 3 },
		"order": func(a *answer) { a.rows[0], a.rows[1] = a.rows[1], a.rows[0] },
		"rows":  func(a *answer) { a.rows = a.rows[:1] },
		"cell":  func(a *answer) { a.rows[1].FirstName = "NANA" },
		"count": func(a *answer) { a.facets.Tags[1].Count = 3 },
		"value": func(a *answer) { a.facets.Tags[0].Value = "z" },
		"more":  func(a *answer) { a.facets.Reviewed = []idv.Count{{Value: "yes", Count: 1}} },
	} {
		other := make()
		change(&other)
		if differ(q, make(), other, true) == nil {
			t.Errorf("another %s was not seen", name)
		}
	}
}

// What only look-alikes find comes last, and is none of the peer's.
func TestLookAlikesAreLeftOut(t *testing.T) {
	ours := answer{total: 3, near: 1, rows: []idv.Row{{SessionID: "a"}, {SessionID: "b"}, {SessionID: "like"}}}
	peer := answer{total: 2, rows: []idv.Row{{SessionID: "a"}, {SessionID: "b"}}}
	if err := differ(idv.Query{Facets: true}, ours, peer, true); err != nil {
		t.Error(err)
	}
	peer.total = 3
	if differ(idv.Query{Facets: true}, ours, peer, true) == nil {
		t.Error("a peer that finds more was taken")
	}
}

func TestCostIsReadOffTheWay(t *testing.T) {
	way := []mark{{time.Second, 100}, {3 * time.Second, 300}, {7 * time.Second, 400}}
	for sessions, want := range map[int]time.Duration{0: 0, 50: time.Second / 2, 100: time.Second, 200: 2 * time.Second, 350: 5 * time.Second, 400: 7 * time.Second} {
		if got := reached(way, sessions); got != want {
			t.Errorf("%d sessions after %v, want %v", sessions, got, want)
		}
	}
}
