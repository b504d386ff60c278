package archive_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/export"
	"veridesk/backend/idv"
)

// truth is what a whole archive holds.
type truth struct {
	rows     []idv.Row
	sessions map[string]idv.Session
	photos   map[photoID][]byte
	found    map[string][]string // Session IDs by search text
	csv      []byte
}

type photoID struct {
	ordinal uint32
	name    string
}

// searched are texts that find one, some or all sessions, or none.
func searched() []string {
	return []string{firstName(3), latinMark + "first00001", georgianMark, personalNumber(7), mark("doc", 20), sessionID(11), "nobody"}
}

// newTruth reads a copy of an archive, and compares it with what the portal gave.
func newTruth(t *testing.T, dir string) *truth {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "truth")
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	a := open(t, copied)
	now := &truth{sessions: map[string]idv.Session{}, photos: map[photoID][]byte{}, found: map[string][]string{}}
	if err := a.Indexed(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	now.rows = find(t, a, "", 1000).Rows
	for _, row := range now.rows {
		session, err := a.Get(row.SessionID)
		if n := numberIn(row.SessionID); err != nil || session.Person.FirstName.Latin != firstName(n) {
			t.Fatalf("%+v, %v", row, err)
		}
		now.sessions[row.SessionID] = session
		for _, name := range session.Photos {
			photo, _, err := a.Photo(row.Ordinal, name, false)
			if err != nil || !bytes.Equal(photo, photoOf(numberIn(row.SessionID), name)) {
				t.Fatalf("%s: %v", name, err)
			}
			now.photos[photoID{row.Ordinal, name}] = photo
		}
	}
	for _, text := range searched() {
		now.found[text] = idsOf(find(t, a, text, 1000))
	}
	now.csv = exportedFile(t, a)
	return now
}

func idsOf(page idv.Page) (ids []string) {
	for _, row := range page.Rows {
		ids = append(ids, row.SessionID)
	}
	return ids
}

func exportedFile(t *testing.T, a *archive.Archive) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out.csv")
	_, err := a.Export(t.Context(), archive.Export{Path: path, Format: export.CSV}, nil)
	data, err2 := os.ReadFile(path)
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	return data
}

// judgement compares a damaged archive with the truth.
type judgement struct {
	truth  *truth
	flip   flip
	dir    string
	faults []string // what must not be
	errors []string // what was said instead of an answer
	named  []string // what a check of the whole archive names
}

// run looks at everything in the archive. A value is right or there is an error.
func (j *judgement) run(t *testing.T) {
	a, err := enter(j.dir)
	if err != nil {
		j.heard("open", err)
		j.mustWork("opening", j.kind() == "archive.db")
		return
	}
	j.list(t, a)
	j.sessions(a)
	j.photos(a)
	j.search(t, a)
	j.export(t, a)
	met := len(j.errors)
	found, err := a.Verify(t.Context(), nil)
	j.named = found.Damaged
	if err != nil {
		j.heard("verify", err)
	}
	if index := j.kind() == "index"; met > 0 && !index && err == nil && len(found.Damaged) == 0 && j.pagesAreWhole(t) {
		j.fault("verify finds nothing, after %q", j.errors)
	}
	if err := a.Close(); err != nil {
		j.heard("close", err)
	}
	j.keys()
}

// mustWork notes a fault unless it may be one of the damaged file.
func (j *judgement) mustWork(what string, mayFail bool) {
	if !mayFail {
		j.fault("%s fails for a flip in %s", what, j.flip.File)
	}
}

// sameRows compares rows. A list of photos that cannot be read leaves a row without
// its selfie; asking for a photo then says why.
func sameRows(got, want []idv.Row) bool {
	return slices.EqualFunc(got, want, func(a, b idv.Row) bool {
		if a.Selfie == "" {
			b.Selfie = ""
		}
		return reflect.DeepEqual(a, b)
	})
}

func (j *judgement) list(t *testing.T, a *archive.Archive) {
	const size = 10
	for offset := 0; offset < len(j.truth.rows); offset += size {
		page, err := a.Find(t.Context(), idv.Query{Offset: offset, Limit: size})
		want := j.truth.rows[offset:min(offset+size, len(j.truth.rows))]
		switch {
		case err != nil:
			j.heard("list", err)
			j.mustWork("the list", j.kind() == "archive.db")
		case page.Total != len(j.truth.rows) || !sameRows(page.Rows, want):
			j.fault("a wrong page from %d on: %d rows of %d", offset, len(page.Rows), page.Total)
		}
	}
}

func (j *judgement) sessions(a *archive.Archive) {
	for id, want := range j.truth.sessions {
		got, err := a.Get(id)
		switch {
		case err != nil:
			j.heard("get", err)
			j.mustWork("showing a session", j.kind() == "archive.db")
		case !reflect.DeepEqual(got, want):
			j.fault("a wrong session: %+v", got)
		}
	}
}

func (j *judgement) photos(a *archive.Archive) {
	bad := 0
	for id, want := range j.truth.photos {
		got, _, err := a.Photo(id.ordinal, id.name, false)
		switch {
		case err != nil:
			j.heard("photo", err)
			bad++
		case !bytes.Equal(got, want):
			j.fault("a wrong photo %v of %d bytes", id, len(got))
		}
	}
	j.mustWork("showing photos", bad == 0 || j.kind() == "archive.db" || j.kind() == "photos" && bad == 1)
}

// search waits until the index has seen all, or says why it does not.
func (j *judgement) search(t *testing.T, a *archive.Archive) {
	for text, want := range j.truth.found {
		j.searchOne(t, a, text, want)
	}
}

// An answer counts when the index had seen everything before and after: one that
// turns out to be damaged is built anew meanwhile, and is told to trail.
func (j *judgement) searchOne(t *testing.T, a *archive.Archive, text string, want []string) {
	var failed error
	var wrong []string
	for range 200 {
		if failed = a.Indexed(t.Context(), nil); failed == nil {
			var page idv.Page
			before := a.Status()
			page, failed = a.Find(t.Context(), idv.Query{Text: text, Limit: 1000})
			after := a.Status()
			if got := idsOf(page); failed == nil && slices.Equal(got, want) {
				return
			} else if failed == nil && before == after && before.Indexed == before.Seq {
				wrong = got
			}
		}
		if failed != nil && idv.AsError(failed).Code == idv.CodeDamaged {
			break // it is not the index, and stays
		}
		time.Sleep(10 * time.Millisecond)
	}
	switch {
	case failed != nil:
		j.heard("search", failed)
		j.mustWork("searching", j.kind() == "archive.db")
	default:
		j.fault("%s finds %v", text, wrong)
	}
}

func (j *judgement) export(t *testing.T, a *archive.Archive) {
	path := filepath.Join(t.TempDir(), "out.csv")
	if _, err := a.Export(t.Context(), archive.Export{Path: path, Format: export.CSV}, nil); err != nil {
		j.heard("export", err)
		j.mustWork("exporting", j.kind() == "archive.db")
		if _, err := os.Stat(path); err == nil {
			j.fault("half an export is left")
		}
		return
	}
	if got, err := os.ReadFile(path); err != nil || !bytes.Equal(got, j.truth.csv) {
		j.fault("a wrong export, %v", err)
	}
}

// keys sees that a damaged key file is mended.
func (j *judgement) keys() {
	a, err := os.ReadFile(filepath.Join(j.dir, "keys.a"))
	b, err2 := os.ReadFile(filepath.Join(j.dir, "keys.b"))
	if err := errors.Join(err, err2); err != nil || !bytes.Equal(a, b) {
		j.fault("the copies of the key file differ: %v", err)
	}
}
