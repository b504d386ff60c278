package store_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/store"
)

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		p := filepath.Join(dir, name)
		if err := os.WriteFile(p, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return p
	}
	keys := vault(t)
	held := filepath.Join(dir, "held.db")
	openWith(t, held, keys)
	foreign, newer, old := filepath.Join(dir, "foreign.db"), filepath.Join(dir, "newer.db"), filepath.Join(dir, "old.db")
	edit(t, foreign, put("shop", "next", "1"))
	edit(t, newer, put("meta", "schema", "\x00\x00\x00\x00\x00\x00\x00\x63"))
	edit(t, old, put("meta", "schema", "\x00\x00\x00\x00\x00\x00\x00\x01"))
	for name, c := range map[string]struct {
		path string
		code idv.Code
		says string
	}{
		"in use":              {held, idv.CodeInUse, "another copy"},
		"not a database":      {file("text.db", "hello, this is no database"), idv.CodeDamaged, "not an archive"},
		"another program's":   {foreign, idv.CodeDamaged, "not an archive"},
		"a newer version's":   {newer, idv.CodeNewer, "layout 99"},
		"made before sealing": {old, idv.CodeDamaged, "did not seal"},
		"below a file":        {filepath.Join(file("plain", ""), "archive.db"), idv.CodeNotWritable, "cannot be opened"},
		"a folder":            {dir, idv.CodeNotWritable, "cannot be opened"},
	} {
		s, err := store.Open(c.path, keys)
		if err == nil {
			s.Close()
		}
		wantCode(t, name, err, c.code)
		if err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
	}
}

func TestAnotherVaultIsRefused(t *testing.T) {
	file := path(t)
	openWith(t, file, vault(t)).Close()
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, err = store.Open(file, vault(t))
	wantCode(t, "another vault", err, idv.CodeInvalid)
	if err == nil || !strings.Contains(err.Error(), "do not belong together") {
		t.Errorf("another vault: %v", err)
	}
	after, err := os.ReadFile(file)
	if err != nil || string(after) != string(before) {
		t.Errorf("the file was changed, %v", err)
	}
}

// TestOldKeyFilesAreRefused changes the secrets, opens the archive, and puts the
// key files of before back.
func TestOldKeyFilesAreRefused(t *testing.T) {
	dir, file := t.TempDir(), path(t)
	files := seal.NewKeys(dir, nil)
	secrets := seal.Secrets{Passphrase: []byte("an old passphrase")}
	keys, _, err := files.Create(secrets, seal.FloorParams())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(keys.Close)
	openWith(t, file, keys).Close()
	saved := t.TempDir()
	if err := os.CopyFS(filepath.Join(saved, "old"), os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if err := files.Rewrap(keys, seal.Secrets{Passphrase: []byte("a new passphrase")}, seal.FloorParams()); err != nil {
		t.Fatal(err)
	}
	openWith(t, file, keys).Close() // sees the new key files
	old, err := seal.NewKeys(filepath.Join(saved, "old"), nil).Unlock(context.Background(), secrets)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(old.Close)
	_, err = store.Open(file, old)
	wantCode(t, "old key files", err, idv.CodeInvalid)
	if err == nil || !strings.Contains(err.Error(), "older than the archive") {
		t.Errorf("old key files: %v", err)
	}
}

// TestLockedIsNoDamage closes the vault under an open store.
func TestLockedIsNoDamage(t *testing.T) {
	keys := vault(t)
	s, err := store.Open(path(t), keys)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	write(t, s, store.Batch{Sessions: sessions(0, 3)})
	keys.Close()
	_, err1 := s.Session(id(1))
	_, err2 := s.Write(store.Batch{Sessions: sessions(3, 4)})
	_, err3 := s.Scrub(t.Context(), silent)
	_, err4 := s.Blind("17BB00001")
	_, err5 := s.Erase([]string{id(1)}, idv.ByUser, session(1).Created)
	_, err6 := store.Open(path(t), keys)
	for i, err := range []error{err1, err2, err3, err4, err5, err6} {
		if err == nil {
			t.Errorf("call %d: works without keys", i+1)
			continue
		}
		wantCode(t, "locked", err, idv.CodeLocked)
	}
}
