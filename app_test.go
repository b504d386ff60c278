package main

import (
	"bytes"
	"context"
	"fmt"
	"maps"
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
	"veridesk/backend/seal"
)

// newApp is an app without a window, on the folder dir. It leaves the user's
// keychain alone.
func newApp(t *testing.T, dir string) *App {
	t.Helper()
	a := NewApp(cli.Options{Data: dir})
	a.emit = func(string, any) {}
	a.safe = a.newSafe(archive.Options{
		Params:   seal.FloorParams(),
		Keychain: func() (seal.Keychain, error) { return nil, seal.ErrNoKeychain },
	})
	a.startup(t.Context())
	t.Cleanup(func() { a.shutdown(context.Background()) })
	return a
}

// protected is an app with a new archive.
func protected(t *testing.T) *App {
	t.Helper()
	a := newApp(t, t.TempDir())
	if code, err := a.Protect("correct horse battery", false); err != nil || code == "" {
		t.Fatalf("%q, %v", code, err)
	}
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
		return maps.Clone(keys)
	}
}

func TestAKeyGoesToItsOwnPortalOnly(t *testing.T) {
	a := protected(t)
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
	job := ended(t, a)
	keys := shown()
	delete(keys, "") // photos are asked for without a key
	if job.Error.Code != "" || len(keys) != 1 || !keys["first"] {
		t.Errorf("%+v; the first portal was shown %v", job, keys)
	}
	state, err := a.State()
	if err != nil || state.Origin.Address != first || state.Origin.NeedsKey || state.Status.Total != 20 {
		t.Errorf("%+v, %v", state, err)
	}
}

func TestARefusedKeyIsForgotten(t *testing.T) {
	a := protected(t)
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
	if state, err := a.State(); err != nil || !state.Origin.NeedsKey {
		t.Errorf("the key is still kept: %+v, %v", state.Origin, err)
	}
	if err := a.Refresh(); err != nil {
		t.Fatal(err)
	}
	if job := ended(t, a); job.Error.Code != idv.CodeKeyNeeded {
		t.Errorf("refresh after a refused key: %+v", job)
	}
}

// total is how many sessions are kept.
func total(t *testing.T, a *App) int {
	t.Helper()
	state, err := a.State()
	if err != nil {
		t.Fatal(err)
	}
	return state.Status.Total
}

// TestAPauseLastsUntilItIsEnded: a sync that was paused goes on where it stopped,
// and not before somebody says so: a lock and an unlock do not.
func TestAPauseLastsUntilItIsEnded(t *testing.T) {
	a := protected(t)
	portal := demo.New(demo.Options{Sessions: 2500, Seed: 1, Key: "key"})
	var mu sync.Mutex
	var cursors []string
	second, release := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		if cursor := r.URL.Query().Get("cursor"); cursor != "" {
			if cursors = append(cursors, cursor); len(cursors) == 1 {
				close(second)
			}
		}
		held := len(cursors) == 1
		mu.Unlock()
		if held {
			select {
			case <-release:
			case <-r.Context().Done():
				return
			}
		}
		portal.ServeHTTP(w, r)
	}))
	defer server.Close()
	defer close(release)
	if err := a.Connect(server.URL, "key"); err != nil {
		t.Fatal(err)
	}
	<-second
	for total(t, a) == 0 {
		time.Sleep(5 * time.Millisecond)
	}
	a.PauseSync()
	job := ended(t, a)
	kept, err := a.State()
	if err != nil || job.Error.Code != idv.CodeCancelled || !kept.Jobs.Paused || kept.Status.Total == 0 || kept.Status.Total >= 2500 {
		t.Fatalf("%+v, %+v, %v", job, kept.Status, err)
	}
	a.Lock()
	if err := a.Unlock("correct horse battery"); err != nil {
		t.Fatal(err)
	}
	if jobs := a.Jobs(); !jobs.Paused || jobs.Sync.ID != job.ID || jobs.Photos.ID != 0 {
		t.Fatalf("something began by itself: %+v", jobs)
	}
	if err := a.Refresh(); err != nil {
		t.Fatal(err)
	}
	job = ended(t, a)
	mu.Lock()
	defer mu.Unlock()
	if job.Error.Code != "" || a.Jobs().Paused || job.Report.Added != 2500-kept.Status.Total || cursors[1] != cursors[0] {
		t.Errorf("%+v after %d, asked from %q", job, kept.Status.Total, cursors)
	}
}

func TestReopenWhenTheOtherCopyIsGone(t *testing.T) {
	dir := t.TempDir()
	other, _, err := archive.Create(dir, archive.Protect{Demo: true}, archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a := newApp(t, dir)
	state, err := a.State()
	if err != nil || state.Problem.Code != idv.CodeInUse {
		t.Fatalf("%+v, %v", state, err)
	}
	if _, err := a.Find(idv.Query{}); idv.AsError(err).Code != idv.CodeLocked {
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
	a := protected(t)
	address, _ := spy(t, "key")
	connect(t, a, address, "key")
	folder := t.TempDir()
	err := a.with(func(_ context.Context, arch *archive.Archive) error { return arch.SetExportFolder(folder) })
	if err != nil {
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

// TestPhotosAreGoneAfterALock asks for a photo as the page does.
func TestPhotosAreGoneAfterALock(t *testing.T) {
	a := newApp(t, t.TempDir())
	if err := a.StartDemo(); err != nil {
		t.Fatal(err)
	}
	for photoAddress(t, a) == "" {
		if jobs := a.Jobs(); !jobs.Sync.Running && jobs.Sync.Error.Code != "" || jobs.Photos.EndedAt != "" {
			t.Fatalf("no selfie came: %+v", jobs)
		}
		time.Sleep(5 * time.Millisecond)
	}
	a.safe.Jobs.Cancel(archive.JobPhotos)
	address := photoAddress(t, a)
	handler := a.photos(http.NotFoundHandler())
	ask := func(address string) *httptest.ResponseRecorder {
		answer := httptest.NewRecorder()
		handler.ServeHTTP(answer, httptest.NewRequest("GET", address, nil))
		return answer
	}
	if answer := ask(address); answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != "image/jpeg" || answer.Body.Len() == 0 {
		t.Fatalf("%d, %v", answer.Code, answer.Header())
	}
	for _, other := range []string{"/photo/", address + "x", address + "/x", "/photo/x" + address[7:], "/other"} {
		if answer := ask(other); answer.Code != http.StatusNotFound {
			t.Errorf("%s: %d", other, answer.Code)
		}
	}
	a.Lock()
	if answer := ask(address); answer.Code != http.StatusNotFound || bytes.Contains(answer.Body.Bytes(), []byte("JFIF")) {
		t.Errorf("a locked archive gave a photo: %d", answer.Code)
	}
	if err := a.Unlock(""); err != nil {
		t.Fatal(err)
	}
	if answer := ask(address); answer.Code != http.StatusNotFound {
		t.Errorf("an address from before the lock: %d", answer.Code)
	}
	if answer := ask(photoAddress(t, a)); answer.Code != http.StatusOK {
		t.Errorf("a fresh address: %d", answer.Code)
	}
}

// photoAddress is where the first selfie is that is kept; "" if none is.
func photoAddress(t *testing.T, a *App) string {
	t.Helper()
	state, err := a.State()
	if err != nil {
		t.Fatal(err)
	}
	page, err := a.Find(idv.Query{Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range page.Rows {
		if row.Selfie != "" {
			return fmt.Sprintf("%s/%d/small/%s", state.Lock.Photos, row.Ordinal, row.Selfie)
		}
	}
	return ""
}

// The size is that of every file in the data folder.
func TestDataSize(t *testing.T) {
	a := protected(t)
	a.Lock() // an open archive writes its files in the background
	before, err := a.DataSize()
	if err != nil || before == 0 {
		t.Fatalf("%d bytes, %v", before, err)
	}
	if err := os.MkdirAll(filepath.Join(a.options.Data, "x", "y"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(a.options.Data, "x", "y", "z"), make([]byte, 12_345), 0o600); err != nil {
		t.Fatal(err)
	}
	if after, err := a.DataSize(); err != nil || after != before+12_345 {
		t.Errorf("%d bytes after %d, %v", after, before, err)
	}
}
