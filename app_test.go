package main

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/cli"
	"veridesk/backend/demo"
	"veridesk/backend/idv"
)

// newApp is an app without a window, on an archive in dir.
func newApp(t *testing.T, dir string) *App {
	t.Helper()
	a := NewApp(cli.Options{Data: dir})
	a.emit = func(string, any) {}
	a.startup(t.Context())
	t.Cleanup(func() { a.shutdown(context.Background()) })
	return a
}

// ended waits for the running sync.
func ended(t *testing.T, a *App) archive.Job {
	t.Helper()
	for a.Jobs().Sync.Running {
		time.Sleep(5 * time.Millisecond)
	}
	return a.Jobs().Sync
}

func connect(t *testing.T, a *App, address, key string) archive.Job {
	t.Helper()
	if err := a.Connect(address, key); err != nil {
		t.Fatal(err)
	}
	return ended(t, a)
}

// spy serves a demo portal and notes the keys that it was shown.
func spy(t *testing.T, key string) (address string, shown func() map[string]bool) {
	t.Helper()
	var mu sync.Mutex
	keys := map[string]bool{}
	portal := demo.New(demo.Options{Sessions: 20, Seed: 1, Key: key})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		keys[r.Header.Get("Authorization")] = true
		mu.Unlock()
		portal.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL, func() map[string]bool {
		mu.Lock()
		defer mu.Unlock()
		return keys
	}
}

func TestAKeyGoesToItsOwnPortalOnly(t *testing.T) {
	a := newApp(t, t.TempDir())
	first, shown := spy(t, "first")
	second, _ := spy(t, "second")
	if job := connect(t, a, first, "first"); job.Error.Code != "" || job.Report.Added != 20 {
		t.Fatalf("%+v", job)
	}
	// Another portal that cannot be connected to does not become the origin.
	if job := connect(t, a, second, "wrong"); job.Error.Code != idv.CodeRefused {
		t.Fatalf("%+v", job)
	}
	if err := a.Refresh(); err != nil {
		t.Fatalf("the key of the first portal is gone: %v", err)
	}
	if job := ended(t, a); job.Error.Code != "" || len(shown()) != 1 || !shown()["first"] {
		t.Errorf("%+v; the first portal was shown %v", job, shown())
	}
	state, err := a.State()
	if err != nil || state.Origin.Address != first || state.Origin.NeedsKey || state.Status.Total != 20 {
		t.Errorf("%+v, %v", state, err)
	}
}

func TestARefusedKeyIsForgotten(t *testing.T) {
	a := newApp(t, t.TempDir())
	var refuse atomic.Bool
	portal := demo.New(demo.Options{Sessions: 20, Seed: 1, Key: "key"})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refuse.Load() {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		portal.ServeHTTP(w, r)
	}))
	defer server.Close()
	connect(t, a, server.URL, "key")
	refuse.Store(true)
	if err := a.Refresh(); err != nil {
		t.Fatal(err)
	}
	ended(t, a)
	if err := a.Refresh(); idv.AsError(err).Code != idv.CodeKeyNeeded {
		t.Errorf("refresh after a refused key: %v", err)
	}
}

func TestReopenWhenTheOtherCopyIsGone(t *testing.T) {
	dir := t.TempDir()
	other, err := archive.Open(dir, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := newApp(t, dir)
	state, err := a.State()
	if err != nil || state.Problem.Code != idv.CodeInUse {
		t.Fatalf("%+v, %v", state, err)
	}
	if _, err := a.Find(idv.Query{}); idv.AsError(err).Code != idv.CodeInUse {
		t.Errorf("find: %v", err)
	}
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 3 { // pressed more than once
		group.Go(func() {
			if state, err := a.Reopen(); err != nil || state.Problem.Code != "" {
				t.Errorf("%+v, %v", state, err)
			}
		})
	}
	group.Wait()
	if _, err := a.Find(idv.Query{}); err != nil {
		t.Errorf("find after reopening: %v", err)
	}
}

func TestExportTakesAFreeName(t *testing.T) {
	a := newApp(t, t.TempDir())
	address, _ := spy(t, "key")
	connect(t, a, address, "key")
	folder := t.TempDir()
	if err := a.archive.SetExportFolder(folder); err != nil {
		t.Fatal(err)
	}
	day := "sessions_" + time.Now().Format(time.DateOnly)
	for _, want := range []string{day + ".csv", day + " (2).csv", day + " (3).csv"} {
		done, err := a.Export(idv.Query{}, "csv", false)
		if err != nil || filepath.Base(done.File) != want || done.Rows != 20 {
			t.Errorf("%+v, %v, want %s", done, err, want)
		}
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 3 {
		t.Errorf("%d files, %v", len(entries), err)
	}
}
