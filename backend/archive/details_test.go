package archive_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
)

func TestDetails(t *testing.T) {
	a := open(t, t.TempDir())
	var sessions batch
	for i := range 4 {
		s := coin(i, i == 2)
		s.Person.PersonalNumber = map[bool]string{true: "01001000001", false: "01001000002"}[i < 3]
		s.Document.Number = "01001000001" // a number of another kind is nobody's
		sessions = append(sessions, s)
	}
	if _, err := a.Sync(t.Context(), sessions, nil); err != nil {
		t.Fatal(err)
	}
	d, err := a.Details(t.Context(), 2, time.UTC)
	if err != nil || d.Row.SessionID != "coin-001" || d.Summary.PersonalNumber != "01001000001" {
		t.Fatalf("%+v, %v", d.Row, err)
	}
	if d.SameTotal != 2 || len(d.Same) != 2 || d.Same[0].SessionID != "coin-002" || d.Same[1].SessionID != "coin-000" {
		t.Errorf("%d of the same person: %+v", d.SameTotal, d.Same)
	}
	if d, err := a.Details(t.Context(), 4, time.UTC); err != nil || d.SameTotal != 0 || d.Same == nil {
		t.Errorf("%d, %v, %v", d.SameTotal, d.Same, err)
	}
	for _, none := range []uint32{0, 5, 1 << 31} {
		if _, err := a.Details(t.Context(), none, time.UTC); idv.AsError(err) == nil || idv.AsError(err).Code != idv.CodeNotFound {
			t.Errorf("number %d: %v", none, err)
		}
	}
}

func TestViewsAndLayout(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	if views, err := a.Views(); err != nil || views == nil || len(views) != 0 {
		t.Errorf("%v, %v", views, err)
	}
	kept := []archive.View{
		{ID: "2", Name: "Failed", Filter: idv.Filter{Outcomes: []idv.Outcome{idv.Failed}}, Sort: idv.Sort{By: idv.ByLastName}},
		{ID: "1", Name: "Nino", Text: "nino"},
	}
	if err := a.SetViews(kept); err != nil {
		t.Fatal(err)
	}
	if err := a.SetLayout(`{"columns":[]}`); err != nil {
		t.Fatal(err)
	}
	for name, bad := range map[string]error{
		"too many":  a.SetViews(make([]archive.View, 201)),
		"too long":  a.SetViews([]archive.View{{Name: strings.Repeat("x", 201)}}),
		"no date":   a.SetViews([]archive.View{{Filter: idv.Filter{From: "soon"}}}),
		"too large": a.SetLayout(strings.Repeat("x", 16<<10+1)),
	} {
		if idv.AsError(bad) == nil || idv.AsError(bad).Code != idv.CodeInvalid {
			t.Errorf("%s: %v", name, bad)
		}
	}
	views, err := a.Views()
	layout, layoutErr := a.Layout()
	if fmt.Sprint(views) != fmt.Sprint(kept) || layout != `{"columns":[]}` || err != nil || layoutErr != nil {
		t.Errorf("%v, %q, %v, %v", views, layout, err, layoutErr)
	}
}
