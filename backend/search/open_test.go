package search_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"go.etcd.io/bbolt"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/search"
)

// filled makes a closed index of 400 sessions at seq 3.
func filled(t *testing.T) (dir string, w world) {
	t.Helper()
	dir, w = filepath.Join(t.TempDir(), "index"), world{}
	ix := open(t, dir)
	docs := someDocs(seeded(9), 0, 400)
	w.add(docs)
	update(t, ix, docs[:200], 2)
	update(t, ix, docs[200:], 3)
	shut(t, ix)
	return dir, w
}

// mustStartAnew opens an index that must not be trusted, and fills it again.
func mustStartAnew(t *testing.T, dir, what string) {
	t.Helper()
	refill(t, dir, what, vault(t))
}

func refill(t *testing.T, dir, what string, keys seal.Keyring) {
	t.Helper()
	ix := openWith(t, dir, keys)
	if count, err := ix.Count(); !ix.Fresh() || ix.Seq() != 0 || count != 0 || err != nil {
		t.Errorf("%s: fresh %v, seq %d, %d sessions, %v", what, ix.Fresh(), ix.Seq(), count, err)
	}
	docs, w := someDocs(seeded(10), 0, 50), world{}
	w.add(docs)
	update(t, ix, docs, 1)
	w.agree(t, ix, seeded(11), 50)
	shut(t, ix)
	again := openWith(t, dir, keys)
	if again.Fresh() || again.Seq() != 1 {
		t.Errorf("%s, reopened: fresh %v, seq %d", what, again.Fresh(), again.Seq())
	}
	if err := again.Checked(context.Background()); err != nil {
		t.Errorf("%s, checked: %v", what, err)
	}
	shut(t, again)
	if left, err := os.ReadDir(dir); err != nil || len(generationsIn(left)) != 1 {
		t.Errorf("%s: %v are left, %v", what, left, err)
	}
}

func generationsIn(entries []os.DirEntry) (names []string) {
	for _, entry := range entries {
		if entry.IsDir() {
			names = append(names, entry.Name())
		}
	}
	return names
}

// generation is the folder of the one generation.
func generation(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	names := generationsIn(entries)
	if err != nil || len(names) != 1 {
		t.Fatalf("generations %v, %v", names, err)
	}
	return filepath.Join(dir, names[0])
}

// mustBeNoticed opens a damaged index, which may look well at first, and then
// starts anew.
func mustBeNoticed(t *testing.T, dir, what string) {
	t.Helper()
	ix := open(t, dir)
	if !ix.Fresh() {
		if err := ix.Checked(context.Background()); !errors.Is(err, search.ErrDoubt) || search.Harmless(err) {
			t.Errorf("%s: checked: %v", what, err)
		}
		if found, err := ix.Find(context.Background(), "be"); !errors.Is(err, search.ErrDoubt) {
			t.Errorf("%s: Find: %v, %v", what, found, err)
		}
		if err := ix.Update(nil, 100); !errors.Is(err, search.ErrDoubt) {
			t.Errorf("%s: Update: %v", what, err)
		}
	}
	shut(t, ix)
	if !ix.Fresh() {
		mustStartAnew(t, dir, what)
	}
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			found = append(found, path)
		}
		return err
	})
	if err != nil || len(found) < 3 { // settings, list and a segment
		t.Fatalf("files of the index: %q, %v", found, err)
	}
	return found
}

func TestDamagedFilesAreNoticed(t *testing.T) {
	damages := map[string]func(path string) error{
		"deleted":                os.Remove,
		"emptied":                func(path string) error { return os.Truncate(path, 0) },
		"truncated":              func(path string) error { return truncateBy(path, 7) },
		"flipped":                func(path string) error { return flip(path, 0.5) },
		"flipped near the start": func(path string) error { return flip(path, 0.01) },
		"garbage":                func(path string) error { return os.WriteFile(path, []byte("garbage"), 0o600) },
	}
	model, _ := filled(t)
	for _, path := range files(t, model) {
		name, err := filepath.Rel(model, path)
		if err != nil {
			t.Fatal(err)
		}
		for what, damage := range damages {
			dir := filepath.Join(t.TempDir(), "index")
			if err := os.CopyFS(dir, os.DirFS(model)); err != nil {
				t.Fatal(err)
			}
			if filepath.Base(name) == "closed.sum" && what == "deleted" {
				continue // as after a crash
			}
			if err := damage(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
			mustBeNoticed(t, dir, name+" "+what)
		}
	}
}

// Without a clean Close there is no checksum of the list of segments; the
// segments themselves are checked all the same.
func TestFlippedSegmentAfterCrashIsNoticed(t *testing.T) {
	dir, _ := filled(t)
	if err := os.Remove(filepath.Join(generation(t, dir), "closed.sum")); err != nil {
		t.Fatal(err)
	}
	segments, err := filepath.Glob(filepath.Join(generation(t, dir), "store", "*.zap"))
	if err != nil || len(segments) == 0 {
		t.Fatal(segments, err)
	}
	for _, segment := range segments {
		if err := flip(segment, 0.3); err != nil {
			t.Fatal(err)
		}
	}
	mustBeNoticed(t, dir, "flipped segments")
}

// Bleve goes back to an older state if it cannot read the newest; the index does not.
func TestUnreadableNewestStateStartsAnew(t *testing.T) {
	dir, _ := filled(t)
	list, err := bbolt.Open(filepath.Join(generation(t, dir), "store", "root.bolt"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = list.Update(func(tx *bbolt.Tx) error {
		states := tx.Bucket([]byte("s"))
		newest, _ := states.Cursor().Last()
		newer := append([]byte(nil), newest...)
		newer[len(newer)-1]++
		_, err := states.CreateBucket(newer)
		return err
	})
	if err := errors.Join(err, list.Close(), os.Remove(filepath.Join(generation(t, dir), "closed.sum"))); err != nil {
		t.Fatal(err)
	}
	mustStartAnew(t, dir, "an empty newest state")
}

// A segment that vanishes from the disk under an open index is a fault in a
// mapped file: an error then, and a new start the next time.
func TestFileLostWhileOpen(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not cut files that are mapped")
	}
	dir := t.TempDir()
	ix := open(t, dir)
	update(t, ix, someDocs(seeded(6), 0, 400), 1) // one segment: none is merged meanwhile
	shut(t, ix)
	ix = open(t, dir)
	segments, err := filepath.Glob(filepath.Join(generation(t, dir), "store", "*.zap"))
	if err != nil || len(segments) != 1 {
		t.Fatal(segments, err)
	}
	if err := os.Truncate(segments[0], 0); err != nil {
		t.Fatal(err)
	}
	if found, err := ix.Find(context.Background(), "be"); err == nil {
		t.Errorf("a search without its file finds %v", found)
	}
	shut(t, ix)
	mustStartAnew(t, dir, "an index in doubt")
}

func truncateBy(path string, bytes int64) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return os.Truncate(path, info.Size()-bytes)
}

func flip(path string, where float64) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	b[int(float64(len(b))*where)] ^= 0x10
	return os.WriteFile(path, b, 0o600)
}

func TestOtherArchiveStartsAnew(t *testing.T) {
	dir, _ := filled(t)
	ix, err := search.Open(dir, "another archive", vault(t))
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	if count, err := ix.Count(); !ix.Fresh() || ix.Seq() != 0 || count != 0 || err != nil {
		t.Errorf("fresh %v, seq %d, %d sessions, %v", ix.Fresh(), ix.Seq(), count, err)
	}
}

func TestForeignFilesAreLeftAlone(t *testing.T) {
	dir := t.TempDir()
	foreign := filepath.Join(dir, "letter.txt")
	if err := os.WriteFile(foreign, []byte("dear"), 0o600); err != nil {
		t.Fatal(err)
	}
	mustStartAnew(t, dir, "a directory with a letter")
	if b, err := os.ReadFile(foreign); string(b) != "dear" {
		t.Errorf("the letter now reads %q, %v", b, err)
	}
}

func TestOpenInUse(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir)
	update(t, first, someDocs(seeded(5), 0, 10), 1)
	_, err := search.Open(dir, "archive", vault(t))
	var e *idv.Error
	if !errors.As(err, &e) || e.Code != idv.CodeInUse {
		t.Fatalf("a second Open: %v", err)
	}
	if count, err := first.Count(); count != 10 || err != nil {
		t.Errorf("the first then has %d sessions, %v", count, err)
	}
}

func TestOpenUnwritable(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := search.Open(filepath.Join(file, "index"), "archive", vault(t)); err == nil {
		t.Error("an index opened below a file")
	}
	sealed := filepath.Join(dir, "sealed")
	if err := os.Mkdir(sealed, 0o500); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		t.Skip("root may write anywhere")
	}
	if _, err := search.Open(filepath.Join(sealed, "index"), "archive", vault(t)); err == nil {
		t.Error("an index opened in a directory without the right to write")
	}
}
