package archive_test

import (
	"net/http"
	"net/http/httptest"
	"path"
	"slices"
	"testing"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
)

// TestMissingPhotos sees photos wait for the portal, come when their session is
// asked for, and one that the portal does not have any more; then a portal that
// cannot be reached.
func TestMissingPhotos(t *testing.T) {
	p := newPortal(1, 10, 1)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if path.Base(r.URL.Path) == "front.jpg" {
			http.NotFound(w, r)
			return
		}
		p.ServeHTTP(w, r)
	}))
	defer server.Close()
	a := open(t, t.TempDir())
	from := archive.Origin{Kind: archive.OriginPortal, Address: server.URL}
	if _, err := a.SyncFrom(t.Context(), from, portalKey, nil); err != nil {
		t.Fatal(err)
	}
	missing := func(ordinal uint32) []idv.MissingPhoto {
		t.Helper()
		d, err := a.Details(t.Context(), ordinal, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		return d.Missing
	}
	waiting := []idv.MissingPhoto{{Name: "selfie-1", Why: idv.PhotoWaiting}, {Name: "front", Why: idv.PhotoWaiting}}
	if got := missing(1); !slices.Equal(got, waiting) {
		t.Errorf("before: %v", got)
	}
	if done, err := a.FetchPhotos(t.Context(), nil, 1); err != nil || done.Fetched != 1 || done.Left != 0 {
		t.Errorf("%+v, %v", done, err)
	}
	if got := missing(1); !slices.Equal(got, []idv.MissingPhoto{{Name: "front", Why: idv.PhotoGone}}) {
		t.Errorf("after: %v", got)
	}

	p.sessions.Add(1)
	if _, err := a.SyncFrom(t.Context(), from, "", nil); err != nil {
		t.Fatal(err)
	}
	server.Close()
	if _, err := a.FetchPhotos(t.Context(), nil); err != nil {
		t.Errorf("one session is too few to give the portal up: %v", err)
	}
	if _, err := a.FetchPhotos(t.Context(), nil, 2); idv.AsError(err) == nil || idv.AsError(err).Code != idv.CodeUnreachable {
		t.Errorf("the session that was asked for: %v", err)
	}
	if got := missing(2); !slices.Equal(got, waiting) {
		t.Errorf("still: %v", got)
	}
}

// TestNoPortalForPhotos asks for photos where there is none to have them from.
func TestNoPortalForPhotos(t *testing.T) {
	a := open(t, t.TempDir())
	if _, err := a.Sync(t.Context(), batch{coin(0, true)}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := a.FetchPhotos(t.Context(), nil); err != nil {
		t.Errorf("nobody asked: %v", err)
	}
	if _, err := a.FetchPhotos(t.Context(), nil, 1); idv.AsError(err) == nil || idv.AsError(err).Code != idv.CodeInvalid {
		t.Errorf("%v", err)
	}
}
