package archive_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// filled is a demo archive with sessions and photos, and a backup of it.
func filled(t *testing.T, sessions int) (a *archive.Archive, dir, backup string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "archive")
	a = open(t, dir)
	from := archive.Origin{Kind: archive.OriginPortal, Address: serve(t, newPortal(sessions, 50, 1))}
	if _, err := a.SyncFrom(t.Context(), from, portalKey, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := a.FetchPhotos(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	backup = filepath.Join(t.TempDir(), "archive.vdbackup")
	done, err := a.Backup(t.Context(), backup, false, nil)
	if err != nil || done.Sessions != sessions || done.Photos == 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	return a, dir, backup
}

func TestBackupComesBack(t *testing.T) {
	a, _, backup := filled(t, 40)
	want := find(t, a, "", 100)
	to := filepath.Join(t.TempDir(), "new")
	done, err := archive.Restore{File: backup, Dir: to}.Run(t.Context(), archive.Options{}, nil)
	if err != nil || done.Sessions != 40 || done.Photos == 0 || done.Aside != "" {
		t.Fatalf("%+v, %v", done, err)
	}
	b := open(t, to)
	got := find(t, b, "", 100)
	if got.Total != want.Total {
		t.Fatalf("%d sessions of %d", got.Total, want.Total)
	}
	for i, row := range got.Rows {
		if row.SessionID != want.Rows[i].SessionID || row.FirstName != want.Rows[i].FirstName || row.Selfie != want.Rows[i].Selfie {
			t.Errorf("row %d differs", i)
		}
	}
	found, err := b.Verify(t.Context(), nil)
	if err != nil || len(found.Damaged) > 0 || found.Photos != done.Photos {
		t.Errorf("%+v, %v", found, err)
	}
	if err := errors.Join(a.Indexed(t.Context(), nil), b.Indexed(t.Context(), nil)); err != nil {
		t.Fatal(err)
	}
	if find(t, b, "a", 0).Total != find(t, a, "a", 0).Total {
		t.Error("the search finds something else")
	}
}

func TestBackupRefusesToOverwrite(t *testing.T) {
	a, dir, backup := filled(t, 5)
	_, err := a.Backup(t.Context(), backup, false, nil)
	mustFail(t, err, idv.CodeExists)
	_, err = a.Backup(t.Context(), filepath.Join(dir, "photos", "x"), true, nil)
	mustFail(t, err, idv.CodeInvalid)
	_, err = archive.Restore{File: backup, Dir: dir}.Run(t.Context(), archive.Options{}, nil)
	mustFail(t, err, idv.CodeExists)
	_, err = archive.Restore{File: backup, Dir: dir, Force: true}.Run(t.Context(), archive.Options{}, nil)
	mustFail(t, err, idv.CodeInUse)
}

// TestRestoreErasesAgain: what was erased after the backup does not come back.
func TestRestoreErasesAgain(t *testing.T) {
	a, dir, backup := filled(t, 30)
	row := named(t, a, 1)[0]
	if _, err := a.Erase(t.Context(), []string{row.SessionID}, nil); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	done, err := archive.Restore{File: backup, Dir: dir, Force: true}.Run(t.Context(), archive.Options{}, nil)
	if err != nil || done.Erased != 1 || done.Aside == "" {
		t.Fatalf("%+v, %v", done, err)
	}
	b := open(t, dir)
	if got := find(t, b, row.SessionID, 1).Rows[0]; got.Erased != idv.ByUser || got.FirstName != "" {
		t.Errorf("it came back: %+v", got)
	}
	if _, err := os.Stat(filepath.Join(done.Aside, "archive.db")); err != nil {
		t.Error("the old archive is not where it is said to be")
	}
}

// TestDamagedBackups flips bits and cuts: the restore refuses, and the archive
// that is there stays as it is.
func TestDamagedBackups(t *testing.T) {
	a, dir, backup := filled(t, 8)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(backup)
	if err != nil {
		t.Fatal(err)
	}
	before := treeSum(t, dir)
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 60 {
		bad := append([]byte{}, good...)
		switch {
		case i%3 == 0:
			bad = bad[:r.IntN(len(bad))]
		case i == 1:
			bad = append(bad, 0)
		default:
			bad[r.IntN(len(bad))] ^= 1 << r.IntN(8)
		}
		file := filepath.Join(t.TempDir(), "bad")
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(t.TempDir(), "new")
		if done, err := (archive.Restore{File: file, Dir: to}).Run(t.Context(), archive.Options{}, nil); err == nil {
			t.Fatalf("change %d was not noticed: %+v", i, done)
		}
		left, _ := filepath.Glob(to + "*")
		if len(left) > 0 {
			t.Fatalf("change %d left %v", i, left)
		}
	}
	if treeSum(t, dir) != before {
		t.Error("the archive changed")
	}
}

// treeSum is a digest of the files that hold an archive.
func treeSum(t *testing.T, dir string) [32]byte {
	t.Helper()
	var all []byte
	for _, name := range []string{"archive.db", "keys.a", "keys.b"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		all = append(all, sum[:]...)
	}
	return sha256.Sum256(all)
}

// TestRestoreOnAnotherComputer: without the keychain the backup was made with, the
// recovery code opens it.
func TestRestoreOnAnotherComputer(t *testing.T) {
	w := newWorld(t, true)
	code := w.protect(t)
	w.fill(t, 10)
	backup := filepath.Join(t.TempDir(), "b")
	err := w.Run(archive.JobBackup, func(ctx context.Context, a *archive.Archive, report func(idv.Progress)) error {
		_, err := a.Backup(ctx, backup, false, report)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := archive.Options{Params: seal.FloorParams(), Keychain: func() (seal.Keychain, error) { return nil, seal.ErrNoKeychain }}
	to := filepath.Join(t.TempDir(), "new")
	_, err = archive.Restore{File: backup, Dir: to, Passphrase: []byte(passphrase)}.Run(t.Context(), elsewhere, nil)
	if failure := mustFail(t, err, idv.CodeLocked); !strings.Contains(failure.Hint, "recovery code") {
		t.Error(failure.Hint)
	}
	_, err = archive.Restore{File: backup, Dir: to, RecoveryCode: code, NewPassphrase: []byte("a new passphrase")}.Run(t.Context(), elsewhere, nil)
	if err != nil {
		t.Fatal(err)
	}
	a, err := archive.Open(t.Context(), to, []byte("a new passphrase"), elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	if total := find(t, a, "", 0).Total; total != 10 {
		t.Errorf("%d sessions", total)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}
