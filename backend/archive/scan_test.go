package archive_test

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"veridesk/backend/archive"
	"veridesk/backend/export"
	"veridesk/backend/idv"
	"veridesk/backend/search"
)

// TestNothingInClear takes in sessions whose every text is marked, works with them
// as a user does, and then searches each file that the app has, its temporary files
// and its log for the marks, while the archive is open and once it is locked.
func TestNothingInClear(t *testing.T) {
	sessions := 2000
	if thorough() {
		sessions = 10_000
	}
	root, elsewhere := t.TempDir(), t.TempDir()
	moveHome(t, root)
	c := &marked{portal: newPortal(sessions, 500, 20), root: root, data: filepath.Join(root, "data"), elsewhere: elsewhere}
	c.portal.odd = true
	c.url = serve(t, c.portal)
	safe := archive.NewSafe(c.data, c.options(t), func(archive.LockState) {}, func(archive.JobStates) {})
	t.Cleanup(safe.Close)
	code, err := safe.Create(archive.Protect{Passphrase: []byte(latinMark + " passphrase")})
	if err != nil {
		t.Fatal(err)
	}
	marks := append(markedTexts(), []byte(code.Text()[:20]))
	for _, work := range []func(*testing.T, *archive.Archive){c.sync, c.look, c.write, c.erase} {
		err := safe.With(func(_ context.Context, a *archive.Archive) error {
			work(t, a)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	marks = append(marks, c.seen...)
	nothingInClear(t, "while it is open", c.root, marks, "archive.db", "keys.a", "index", "photos", archive.LogFile)
	safe.Lock(archive.ByHand)
	nothingInClear(t, "once it is locked", c.root, marks, "archive.db", "keys.a", "index", "photos", archive.LogFile)
	nothingInClear(t, "in the backup", filepath.Join(elsewhere, "backup"), marks, "b")
	if found := scan(t, filepath.Join(elsewhere, "export"), marks); len(found.hits) == 0 {
		t.Error("the scan does not even find the marks in the export")
	}
}

// marked is a run of TestNothingInClear.
type marked struct {
	portal                     *portal
	url, root, data, elsewhere string
	seen                       [][]byte // pieces of photos
}

// moveHome has the process keep whatever it keeps for its user under root.
func moveHome(t *testing.T, root string) {
	t.Helper()
	for _, name := range []string{
		"HOME", "TMPDIR", "TMP", "TEMP", "APPDATA", "LOCALAPPDATA", "USERPROFILE",
		"XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR",
	} {
		dir := filepath.Join(root, name)
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		t.Setenv(name, dir)
	}
}

// options have everything that is logged go into a file beside the archive.
func (c *marked) options(t *testing.T) archive.Options {
	t.Helper()
	if err := os.Mkdir(c.data, 0o700); err != nil {
		t.Fatal(err)
	}
	file, err := os.Create(filepath.Join(c.data, archive.LogFile))
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(file, &slog.HandlerOptions{Level: slog.LevelDebug}))
	log.Info("begin")
	before := slog.Default()
	slog.SetDefault(log)
	t.Cleanup(func() {
		slog.SetDefault(before)
		if err := file.Close(); err != nil {
			t.Error(err)
		}
	})
	o := crashOptions(nil)
	o.Log = log
	return o
}

// markedTexts are the common parts of all that the portal says, and what the text
// index makes of them.
func markedTexts() [][]byte {
	marks := [][]byte{[]byte(latinMark), []byte(georgianMark), []byte(digitMark)}
	session := idv.Session{ID: sessionID(1), Person: idv.Person{
		FirstName: idv.Name{Latin: firstName(1), Georgian: georgianMark + "000001"}, PersonalNumber: personalNumber(1),
	}}
	for _, term := range search.Terms(session) {
		if !strings.Contains(term, strings.ToLower(latinMark)) { // which is searched for anyway
			marks = append(marks, []byte(term[:len(term)-len("000001")]))
		}
	}
	return marks
}

func (c *marked) sync(t *testing.T, a *archive.Archive) {
	from := archive.Origin{Kind: archive.OriginPortal, Address: c.url}
	if _, err := a.SyncFrom(t.Context(), from, latinMark+"-a-wrong-key", nil); err == nil {
		t.Fatal("a wrong key was taken")
	}
	report, err := a.SyncFrom(t.Context(), from, portalKey, nil)
	if err != nil || len(report.Rejected) == 0 {
		t.Fatalf("%d read, %d rejected, %v", report.Read, len(report.Rejected), err)
	}
	photos, err := a.FetchPhotos(t.Context(), nil)
	if err != nil || photos.Fetched == 0 || photos.Left == 0 {
		t.Fatalf("%+v, %v", photos, err)
	}
	file := filepath.Join(c.elsewhere, "sessions.csv")
	row := make([]string, 24)
	row[1], row[15], row[13] = mark("csv", 1), mark("csv", 1), "2025-03-01T12:00:00Z"
	bad := append([]string{}, row...)
	bad[13], bad[15] = mark("no time", 1), mark("csv", 2)
	writeCSV(t, file, map[string][]string{"1": row, "2": bad}, "")
	if _, err := a.Import(t.Context(), []string{file}, nil); err != nil {
		t.Fatal(err)
	}
	if rejected, err := a.Rejected(1000); err != nil || rejected.Total == 0 {
		t.Fatalf("%d rejected, %v", rejected.Total, err)
	}
}

// look searches, opens sessions and shows photos.
func (c *marked) look(t *testing.T, a *archive.Archive) {
	for _, text := range []string{latinMark, georgianMark, personalNumber(7), firstName(20), mark("nobody", 1)} {
		for _, row := range find(t, a, text, 200).Rows {
			if row.Selfie == "" {
				continue
			}
			if _, err := a.Get(row.SessionID); err != nil {
				t.Fatal(err)
			}
			whole, _, err := a.Photo(row.Ordinal, row.Selfie, false)
			small, _, err2 := a.Photo(row.Ordinal, row.Selfie, true)
			if err := errors.Join(err, err2); err != nil {
				t.Fatal(err)
			}
			for _, photo := range [][]byte{whole, small} {
				c.seen = append(c.seen, photo[len(photo)-40:len(photo)-16])
			}
		}
	}
	if c.seen = c.seen[:min(len(c.seen), 6)]; len(c.seen) == 0 {
		t.Fatal("no photo was shown")
	}
	_, _, err := a.Photo(1, mark("photo", 1), false)
	mustFail(t, err, idv.CodeNotFound)
	_, err = a.Get(mark("nobody", 1))
	mustFail(t, err, idv.CodeNotFound)
}

// write exports and backs up, to folders of the user's own.
func (c *marked) write(t *testing.T, a *archive.Archive) {
	settings := archive.Settings{RetentionYears: 100, PhotoHosts: []string{latinMark + ".example.com"}}
	if err := errors.Join(a.SetSettings(settings), a.SetExportFolder(filepath.Join(c.elsewhere, latinMark))); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"export", "backup"} {
		if err := os.Mkdir(filepath.Join(c.elsewhere, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, format := range []export.Format{export.CSV, export.XLSX} {
		path := filepath.Join(c.elsewhere, "export", "out."+string(format))
		if _, err := a.Export(t.Context(), archive.Export{Path: path, Format: format}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := a.Backup(t.Context(), filepath.Join(c.elsewhere, "backup", "b"), false, nil); err != nil {
		t.Fatal(err)
	}
	rows := readCSV(t, filepath.Join(c.elsewhere, "export", "out.csv"))
	if row := rows[sessionID(10)]; row == nil || row[1] != firstName(10) {
		t.Fatalf("%d rows exported, %v", len(rows), row)
	}
}

// erase gives up some sessions, with photos and without, and fails to give up others.
func (c *marked) erase(t *testing.T, a *archive.Archive) {
	if err := a.Hold(t.Context(), []string{sessionID(1)}, true); err != nil {
		t.Fatal(err)
	}
	_, err := a.Erase(t.Context(), []string{sessionID(1)}, nil)
	mustFail(t, err, idv.CodeInvalid)
	_, err = a.Erase(t.Context(), []string{mark("nobody", 1)}, nil)
	mustFail(t, err, idv.CodeNotFound)
	if n, err := a.Erase(t.Context(), []string{sessionID(2), sessionID(20), sessionID(40)}, nil); err != nil || n != 3 {
		t.Fatalf("%d erased, %v", n, err)
	}
	_, err = a.SyncFrom(t.Context(), archive.Origin{Kind: archive.OriginPortal, Address: c.url}, "", nil)
	if err != nil {
		t.Fatal(err)
	}
}
