package archive_test

import (
	"bytes"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/demo"
	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// named gives some sessions of the list whose names were read.
func named(t *testing.T, a *archive.Archive, n int) []idv.Row {
	t.Helper()
	var rows []idv.Row
	for _, row := range find(t, a, "", 1000).Rows {
		if row.FirstName != "" && row.PersonalNumber != "" && row.Erased == "" && len(rows) < n {
			rows = append(rows, row)
		}
	}
	if len(rows) < n {
		t.Fatalf("%d sessions with a name, want %d", len(rows), n)
	}
	return rows
}

func TestErase(t *testing.T) {
	portal := demo.New(demo.Options{Sessions: 400, Seed: 1, Key: "k", Now: func() time.Time { return demo.Epoch }})
	url := serve(t, portal)
	dir := t.TempDir()
	a := open(t, dir)
	if _, err := a.Sync(t.Context(), feed(t, url, "k"), nil); err != nil {
		t.Fatal(err)
	}
	rows := named(t, a, 3)
	gone, held := rows[0], rows[1]
	if err := a.Hold(t.Context(), []string{held.SessionID}, true); err != nil {
		t.Fatal(err)
	}
	for _, ids := range [][]string{{gone.SessionID, "no-such-session"}, {gone.SessionID, held.SessionID}} {
		if n, err := a.Erase(t.Context(), ids, nil); err == nil || n != 0 {
			t.Fatalf("%v: %d erased", ids, n)
		}
	}
	if row := find(t, a, gone.SessionID, 1).Rows[0]; row.Erased != "" || row.FirstName == "" {
		t.Fatalf("erased by a call that failed: %+v", row)
	}
	if n, err := a.Erase(t.Context(), []string{gone.SessionID}, nil); err != nil || n != 1 {
		t.Fatalf("%d erased, %v", n, err)
	}
	mustBeGone := func(t *testing.T) {
		t.Helper()
		page := find(t, a, gone.SessionID, 5)
		if page.Total != 1 || page.Rows[0].Erased != idv.ByUser || page.Rows[0].FirstName != "" || page.Rows[0].CreatedAt != gone.CreatedAt {
			t.Errorf("the tombstone: %+v", page)
		}
		if has(find(t, a, gone.PersonalNumber, 100), gone.SessionID) {
			t.Error("it is found by its number")
		}
		whole, err := a.Get(gone.SessionID)
		if err != nil || whole.Person != (idv.Person{}) || whole.MRZ != nil || whole.Attempts != nil || whole.Extra != nil {
			t.Errorf("%+v, %v", whole, err)
		}
	}
	mustBeGone(t)
	if total := find(t, a, "", 0).Total; total != 400 {
		t.Errorf("%d sessions listed", total)
	}
	// A portal that sends everything again does not bring it back.
	again := feed(t, serve(t, http.HandlerFunc(portal.ServeHTTP)), "k")
	if _, err := a.Sync(t.Context(), renamed{again}, nil); err != nil {
		t.Fatal(err)
	}
	mustBeGone(t)
	if rows := find(t, a, held.SessionID, 1).Rows; !rows[0].Hold || rows[0].FirstName != held.FirstName {
		t.Errorf("the held session: %+v", rows[0])
	}
}

// renamed is the source under a name that has no cursor.
type renamed struct{ source.Source }

func (renamed) Name() string { return "another" }

func TestLiquidatedSessionsAreTombstones(t *testing.T) {
	url := serve(t, demo.New(demo.Options{Sessions: 500, Seed: 1, Key: "k"}))
	a := open(t, t.TempDir())
	report, err := a.Sync(t.Context(), feed(t, url, "k"), nil)
	if err != nil || report.Added != 500 {
		t.Fatalf("%+v, %v", report, err)
	}
	tombs := 0
	for _, row := range find(t, a, "", 1000).Rows {
		if row.Liquidated != (row.Erased == idv.ByPortal) {
			t.Errorf("%+v", row)
		}
		if row.Erased != "" {
			tombs++
		}
	}
	if tombs == 0 {
		t.Error("the demo has liquidated nothing")
	}
}

func TestRetention(t *testing.T) {
	a := open(t, t.TempDir())
	file := filepath.Join(t.TempDir(), "old.csv")
	old, held, young := make([]string, 24), make([]string, 24), make([]string, 24)
	for id, row := range map[string][]string{"old": old, "held": held, "young": young} {
		row[1], row[15] = "Ada", id
		row[13] = time.Now().AddDate(-6, 0, 0).UTC().Format(time.RFC3339)
	}
	young[13] = time.Now().AddDate(-4, 0, 0).UTC().Format(time.RFC3339)
	writeCSV(t, file, map[string][]string{"old": old, "held": held, "young": young}, "")
	if _, err := a.Import(t.Context(), []string{file}, nil); err != nil {
		t.Fatal(err)
	}
	err := errors.Join(a.Hold(t.Context(), []string{"held"}, true), a.SetSettings(archive.Settings{RetentionYears: 5}))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.Import(t.Context(), []string{file}, nil); err != nil { // any sync looks after it
		t.Fatal(err)
	}
	for id, want := range map[string]idv.Reason{"old": idv.ByRetention, "held": "", "young": ""} {
		if row := find(t, a, id, 1).Rows[0]; row.Erased != want {
			t.Errorf("%s: erased %q, want %q", id, row.Erased, want)
		}
	}
}

// TestPhotosComeAndGo: photos are fetched with the sessions, served, and are gone
// from the disk with their session.
func TestPhotosComeAndGo(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	portal, err := demo.Listen("127.0.0.1:0", demo.Options{Sessions: 12, Seed: 1, Key: "k"})
	if err != nil {
		t.Fatal(err)
	}
	defer portal.Close()
	from := archive.Origin{Kind: archive.OriginPortal, Address: portal.URL()}
	if report, err := a.SyncFrom(t.Context(), from, "k", nil); err != nil {
		t.Fatalf("%+v, %v", report, err)
	}
	report, err := a.FetchPhotos(t.Context(), nil)
	if err != nil || report.Fetched == 0 || report.Left != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	if again, err := a.FetchPhotos(t.Context(), nil); err != nil || again.Fetched != 0 {
		t.Errorf("fetched again: %+v, %v", again, err)
	}
	var row idv.Row
	for _, r := range find(t, a, "", 100).Rows {
		if r.Selfie != "" {
			row = r
		}
	}
	small, kind, err := a.Photo(row.Ordinal, row.Selfie, true)
	whole, _, err2 := a.Photo(row.Ordinal, row.Selfie, false)
	if err := errors.Join(err, err2); err != nil || kind != "image/jpeg" || len(small) == 0 || len(whole) <= len(small) {
		t.Fatalf("%d and %d bytes of %s, %v", len(small), len(whole), kind, err)
	}
	files := photoFiles(t, dir)
	if len(files) != report.Fetched {
		t.Errorf("%d files for %d photos", len(files), report.Fetched)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil || bytes.Contains(data, []byte("JFIF")) || bytes.HasPrefix(data, []byte{0xff, 0xd8}) {
			t.Errorf("%s looks like a photo, %v", file, err)
		}
	}
	if _, err := a.Erase(t.Context(), []string{row.SessionID}, nil); err != nil {
		t.Fatal(err)
	}
	if left := photoFiles(t, dir); len(left) >= len(files) {
		t.Errorf("%d files are left of %d", len(left), len(files))
	}
	_, _, err = a.Photo(row.Ordinal, row.Selfie, true)
	mustFail(t, err, idv.CodeNotFound)
}

func photoFiles(t *testing.T, dir string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "photos", "*", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return files
}
