package archive_test

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/demo"
	"veridesk/backend/export"
	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/source"
	"veridesk/backend/store"
)

// enter opens the demo archive in dir, or makes it.
func enter(dir string) (*archive.Archive, error) {
	found, err := archive.Inspect(dir)
	if err != nil {
		return nil, err
	}
	if found.Kind != 0 {
		return archive.Open(context.Background(), dir, nil, archive.Options{})
	}
	a, _, err := archive.Create(dir, archive.Protect{Demo: true}, archive.Options{})
	return a, err
}

// open opens an archive that is checked and closed when the test ends.
func open(t *testing.T, dir string) *archive.Archive {
	t.Helper()
	a, err := enter(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
		mustBeWhole(t, dir)
	})
	return a
}

// mustBeWhole checks every value in a closed demo archive's file.
func mustBeWhole(t *testing.T, dir string) {
	t.Helper()
	vault, err := seal.NewKeys(dir, nil).Unlock(context.Background(), seal.Secrets{Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	defer vault.Close()
	file, err := store.Open(filepath.Join(dir, "archive.db"), vault)
	if err != nil {
		t.Fatal(err)
	}
	found, err := file.Scrub(context.Background(), func(idv.Progress) {})
	if err := errors.Join(err, file.Close()); err != nil || len(found.Damaged) > 0 {
		t.Errorf("%v, %v", found.Damaged, err)
	}
}

func feed(t *testing.T, url, key string) *source.Feed {
	t.Helper()
	f, err := source.NewFeed(source.FeedOptions{Address: url, Key: key, Name: "portal", PageSize: 50})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}

func find(t *testing.T, a *archive.Archive, text string, limit int) idv.Page {
	t.Helper()
	page, err := a.Find(t.Context(), idv.Query{Text: text, Limit: limit})
	if err != nil {
		t.Fatal(err)
	}
	return page
}

// exported exports the text's sessions as CSV and reads them back by Session ID.
func exported(t *testing.T, a *archive.Archive, text string) map[string][]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out.csv")
	done, err := a.Export(t.Context(), archive.Export{Query: idv.Query{Text: text}, Path: path, Format: export.CSV}, nil)
	if err != nil {
		t.Fatal(err)
	}
	rows := readCSV(t, path)
	if len(rows) != done.Rows {
		t.Fatalf("%d rows said, %d there", done.Rows, len(rows))
	}
	return rows
}

func readCSV(t *testing.T, path string) map[string][]string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string][]string{}
	for _, record := range records[1:] {
		rows[record[15]] = record
	}
	return rows
}

func TestFeedToExportIsThePortalsOwnExport(t *testing.T) {
	portal := demo.New(demo.Options{Sessions: 700, Seed: 3, Key: "k", Now: func() time.Time { return demo.Epoch }})
	url := serve(t, portal)
	a := open(t, t.TempDir())
	report, err := a.Sync(t.Context(), feed(t, url, "k"), nil)
	if err != nil || report.Added != 700 || len(report.Rejected) != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	request := httptest.NewRequest("GET", "/verification/export.csv", nil)
	request.Header.Set("Authorization", "k")
	answer := httptest.NewRecorder()
	portal.ServeHTTP(answer, request)
	path := filepath.Join(t.TempDir(), "portal.csv")
	if err := os.WriteFile(path, answer.Body.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	want, got := readCSV(t, path), exported(t, a, "")
	if len(want) != 700 || len(got) != 700 {
		t.Fatalf("%d rows from the portal, %d from the archive", len(want), len(got))
	}
	differ := 0
	for id, row := range want {
		for i, cell := range row {
			if idv.Columns[i] != idv.ColPartner && got[id][i] != cell && differ < 10 { // the feed does not name the partner
				differ++
				t.Errorf("%s %s: portal %q, archive %q", id, idv.Columns[i], cell, got[id][i])
			}
		}
	}
}

func TestListAndSearchAgree(t *testing.T) {
	a := open(t, t.TempDir())
	url := serve(t, demo.New(demo.Options{Sessions: 300, Seed: 1, Key: "k"}))
	if _, err := a.Sync(t.Context(), feed(t, url, "k"), nil); err != nil {
		t.Fatal(err)
	}
	all := find(t, a, "", 1000)
	if all.Total != 300 || len(all.Rows) != 300 {
		t.Fatalf("total %d, %d rows", all.Total, len(all.Rows))
	}
	for i := 1; i < len(all.Rows); i++ {
		if all.Rows[i-1].CreatedAt < all.Rows[i].CreatedAt {
			t.Fatalf("row %d is newer than the one before", i)
		}
	}
	page, err := a.Find(t.Context(), idv.Query{Offset: 290, Limit: 20})
	if err != nil || len(page.Rows) != 10 || page.Rows[0].SessionID != all.Rows[290].SessionID {
		t.Errorf("last page: %d rows, %v", len(page.Rows), err)
	}
	for _, row := range all.Rows[:40] {
		for _, text := range []string{row.SessionID, row.PersonalNumber, row.DocumentNumber} {
			if text != "" && !has(find(t, a, text, 100), row.SessionID) {
				t.Errorf("%s does not find its session", text)
			}
		}
	}
	text := all.Rows[0].SessionID[:2]
	if got, want := len(exported(t, a, text)), find(t, a, text, 0).Total; got != want || want == 0 {
		t.Errorf("%q: %d exported, %d found", text, got, want)
	}
}

func has(page idv.Page, id string) bool {
	for _, row := range page.Rows {
		if row.SessionID == id {
			return true
		}
	}
	return false
}

// flaky serves a portal whose feed fails on the given request.
func flaky(portal http.Handler, failAt int32, fail http.HandlerFunc) http.Handler {
	var n atomic.Int32
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if n.Add(1) == failAt {
			fail(w, r)
			return
		}
		portal.ServeHTTP(w, r)
	})
}

func TestSyncGoesOnWhereTheLastGoodPageEnded(t *testing.T) {
	portal := demo.New(demo.Options{Sessions: 400, Seed: 1, Key: "k", Now: func() time.Time { return demo.Epoch }})
	html := func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte("<html>maintenance</html>")) }
	url := serve(t, flaky(portal, 4, html))
	a := open(t, t.TempDir())
	report, err := a.Sync(t.Context(), feed(t, url, "k"), nil)
	if failure := idv.AsError(err); failure == nil || failure.Code != idv.CodeNotPortal || report.Added != 150 {
		t.Fatalf("%+v, %v", report, err)
	}
	if got := find(t, a, "", 0).Total; got != 150 {
		t.Fatalf("%d sessions kept", got)
	}
	report, err = a.Sync(t.Context(), feed(t, url, "k"), nil)
	if err != nil || report.Read != 250 || report.Added != 250 {
		t.Errorf("second sync: %+v, %v", report, err)
	}
}

func TestWrongKeyChangesNothing(t *testing.T) {
	url := serve(t, demo.New(demo.Options{Sessions: 10, Seed: 1, Key: "k"}))
	a := open(t, t.TempDir())
	before := a.Status()
	_, err := a.SyncFrom(t.Context(), archive.Origin{Kind: archive.OriginPortal, Address: url}, "wrong", nil)
	if failure := idv.AsError(err); failure == nil || failure.Code != idv.CodeRefused {
		t.Fatal(err)
	}
	origin, err := a.Origin()
	if err != nil || origin.Kind != archive.OriginNone || a.Status() != before {
		t.Errorf("origin %+v, status %+v, %v", origin, a.Status(), err)
	}
}

func TestPendingTurnsFinal(t *testing.T) {
	var minutes atomic.Int64
	now := func() time.Time { return demo.Epoch.Add(time.Duration(minutes.Load()) * time.Minute) }
	url := serve(t, demo.New(demo.Options{Sessions: 500, Seed: 1, Key: "k", Now: now}))
	a := open(t, t.TempDir())
	if _, err := a.Sync(t.Context(), feed(t, url, "k"), nil); err != nil {
		t.Fatal(err)
	}
	pending := outcomes(t, a)[idv.Pending]
	if pending == 0 {
		t.Fatal("the demo has nothing pending")
	}
	minutes.Store(60)
	report, err := a.Sync(t.Context(), feed(t, url, "k"), nil)
	if err != nil || report.Changed < pending || report.Added != 0 {
		t.Fatalf("%d pending; %+v, %v", pending, report, err)
	}
	if left := outcomes(t, a)[idv.Pending]; left != 0 {
		t.Errorf("%d still pending", left)
	}
}

func outcomes(t *testing.T, a *archive.Archive) map[idv.Outcome]int {
	counts := map[idv.Outcome]int{}
	for _, row := range find(t, a, "", 1000).Rows {
		counts[row.Outcome]++
	}
	return counts
}

func TestCancelKeepsWhatWasRead(t *testing.T) {
	url := serve(t, demo.New(demo.Options{Sessions: 2000, Seed: 1, Key: "k"}))
	a := open(t, t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	report, err := a.Sync(ctx, feed(t, url, "k"), func(p idv.Progress) {
		if p.Done > 0 {
			cancel()
		}
	})
	if failure := idv.AsError(err); failure == nil || failure.Code != idv.CodeCancelled {
		t.Fatalf("%+v, %v", report, err)
	}
	if got := find(t, a, "", 0).Total; got != report.Added {
		t.Errorf("%d said, %d there", report.Added, got)
	}
	if _, err := a.Sync(t.Context(), feed(t, url, "k"), nil); err != nil {
		t.Fatal(err)
	}
	if got := find(t, a, "", 0).Total; got != 2000 {
		t.Errorf("%d sessions after going on", got)
	}
}

func TestFindWhileSyncing(t *testing.T) {
	a := open(t, t.TempDir())
	url := serve(t, demo.New(demo.Options{Sessions: 3000, Seed: 1, Key: "k"}))
	done := make(chan error)
	go func() {
		_, err := a.Sync(context.Background(), feed(t, url, "k"), nil)
		done <- err
	}()
	for last := 0; ; {
		page := find(t, a, "", 20)
		if page.Total < last {
			t.Errorf("total went back from %d to %d", last, page.Total)
		}
		last = page.Total
		find(t, a, "a", 20)
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			if page := find(t, a, "", 0); page.Total != 3000 {
				t.Errorf("%d sessions", page.Total)
			}
			return
		default:
		}
	}
}

// drip is a source of batches of one session, each given when the one before is kept.
type drip struct {
	into *archive.Archive
	n    int
}

func (drip) Name() string { return "drip" }

func (d drip) Batches(ctx context.Context, _ string) iter.Seq2[source.Batch, error] {
	return func(yield func(source.Batch, error) bool) {
		for i := range d.n {
			one := idv.Record{Session: idv.Session{ID: fmt.Sprint("drip", i)}}
			if !yield(source.Batch{Records: []idv.Record{one}}, nil) {
				return
			}
			for ctx.Err() == nil {
				if page, err := d.into.Find(ctx, idv.Query{}); err != nil || page.Total > i {
					break
				}
				time.Sleep(time.Millisecond)
			}
		}
	}
}

// Memory is given back when a sync is done. After every batch of it that would cost more
// than a quarter of the rate, for it collects all garbage of the process.
func TestSyncGivesMemoryBackOnlyAtItsEnd(t *testing.T) {
	const batches = 20
	a := open(t, t.TempDir())
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := a.Sync(t.Context(), drip{a, batches}, nil); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if forced := after.NumForcedGC - before.NumForcedGC; forced > batches/2 {
		t.Errorf("memory was given back %d times in %d batches", forced, batches)
	}
}

func TestOneSyncAtATime(t *testing.T) {
	a := open(t, t.TempDir())
	begun, release := make(chan struct{}), make(chan struct{})
	portal := demo.New(demo.Options{Sessions: 5, Seed: 1, Key: "k"})
	url := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		<-release
		portal.ServeHTTP(w, r)
	}))
	done := make(chan error)
	go func() {
		_, err := a.Sync(context.Background(), feed(t, url, "k"), nil)
		done <- err
	}()
	<-begun
	_, err := a.Sync(t.Context(), feed(t, url, "k"), nil)
	if failure := idv.AsError(err); failure == nil || failure.Code != idv.CodeBusy {
		t.Errorf("second sync: %v", err)
	}
	close(release)
	if err := <-done; err != nil {
		t.Error(err)
	}
}
