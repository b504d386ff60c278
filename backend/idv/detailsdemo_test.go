package idv_test

import (
	"context"
	"net/http/httptest"
	"slices"
	"testing"

	"veridesk/backend/demo"
	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// demoSessions are n sessions of the demo portal, read as a sync reads them.
func demoSessions(t *testing.T, n int) []idv.Session {
	t.Helper()
	server := httptest.NewServer(demo.New(demo.Options{Sessions: n, Seed: 5, Key: "k"}))
	defer server.Close()
	feed, err := source.NewFeed(source.FeedOptions{Address: server.URL, Key: "k"})
	if err != nil {
		t.Fatal(err)
	}
	var sessions []idv.Session
	for batch, err := range feed.Batches(context.Background(), "") {
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range batch.Records {
			sessions = append(sessions, r.Session)
		}
	}
	if len(sessions) != n {
		t.Fatalf("%d sessions of %d", len(sessions), n)
	}
	return sessions
}

// On people of many countries, the check made here says of every zone what the
// portal says, names with and without marks agree, and only the misread number of
// the front side differs.
func TestDetailsOfDemoSessions(t *testing.T) {
	zones, wrong := map[idv.MRZFormat]int{}, 0
	kinds := map[idv.ConflictKind]int{}
	for _, s := range demoSessions(t, 1500) {
		d := idv.NewDetails(idv.NewRow(1, s), s, 5, demo.Epoch)
		if d.MRZ.Source == idv.MRZText && (d.MRZ.OK != d.MRZ.Portal || len(d.MRZ.Faults) > 0) {
			t.Errorf("here %q, at the portal %q, faults %q: %q", d.MRZ.OK, d.MRZ.Portal, d.MRZ.Faults, d.MRZ.Lines)
		}
		for _, item := range d.MRZ.Items {
			if item.OK != item.Portal && item.Digit != "" && item.Portal != idv.NotSaid {
				t.Errorf("%+v", item)
			}
		}
		zones[d.MRZ.Format]++
		if d.MRZ.OK == idv.No {
			wrong++
		}
		for _, c := range d.Conflicts {
			kinds[c.Kind]++
			compared := slices.Contains([]idv.ConflictKind{idv.Differs, idv.LookAlike}, c.Kind)
			if compared && c.Field != idv.FieldDocumentNumber {
				t.Errorf("%+v", c)
			}
		}
	}
	if zones[idv.TD1] < 500 || zones[idv.TD3] < 300 || wrong == 0 {
		t.Errorf("%d cards, %d passports, %d wrong", zones[idv.TD1], zones[idv.TD3], wrong)
	}
	for _, kind := range []idv.ConflictKind{idv.LookAlike, idv.UnderAge, idv.OtherCountry, idv.UnderAccepted, idv.OtherSession} {
		if kinds[kind] == 0 {
			t.Errorf("no %s among %v", kind, kinds)
		}
	}
}
