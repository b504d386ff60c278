package archive_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// TestRetentionTakesEffectAtOnce: what a window says of it is true.
func TestRetentionTakesEffectAtOnce(t *testing.T) {
	w := newWorld(t, false)
	w.protect(t)
	file := filepath.Join(t.TempDir(), "old.csv")
	row := make([]string, 24)
	row[1], row[13], row[15] = "Ada", "2001-02-03T04:05:06Z", "old"
	writeCSV(t, file, map[string][]string{"old": row}, "")
	erased := func() (reason idv.Reason) {
		err := w.With(func(ctx context.Context, a *archive.Archive) error {
			page, err := a.Find(ctx, idv.Query{Limit: 1})
			if err == nil && page.Total == 1 {
				reason = page.Rows[0].Erased
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return reason
	}
	err := w.With(func(ctx context.Context, a *archive.Archive) error {
		_, err := a.Import(ctx, []string{file}, nil)
		return err
	})
	if err != nil || erased() != "" {
		t.Fatalf("%q, %v", erased(), err)
	}
	if err := w.SetSettings(archive.Settings{RetentionYears: 5}); err != nil {
		t.Fatal(err)
	}
	for erased() != idv.ByRetention {
		time.Sleep(time.Millisecond)
	}
}

func TestWipe(t *testing.T) {
	w := newWorld(t, false)
	w.protect(t)
	w.fill(t, 20)
	mustFail(t, w.Wipe("delete"), idv.CodeInvalid)
	if total, err := w.total(); err != nil || total != 20 {
		t.Fatalf("%d sessions, %v", total, err)
	}
	w.Lock(archive.ByHand)
	mustFail(t, w.Unlock(t.Context(), []byte("wrong horse battery")), idv.CodeWrongSecret) // leaves a count of the tries
	if err := os.WriteFile(filepath.Join(w.dir, "keys.b.1.new"), []byte("left by a crash"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.Wipe("DELETE"); err != nil {
		t.Fatal(err)
	}
	if s := w.state(t); s.Phase != archive.PhaseNew || s.Reason != "" {
		t.Errorf("%+v", s)
	}
	left, err := os.ReadDir(w.dir)
	if err != nil || len(left) != 1 || left[0].Name() != "lock" {
		t.Errorf("%v, %v", left, err)
	}
	w.protect(t)
}

// TestDamagedKeyFiles: one copy is enough, and mended; none is an error that
// names them; a folder that has lost both says so.
func TestDamagedKeyFiles(t *testing.T) {
	w := newWorld(t, false)
	w.protect(t)
	w.Lock(archive.ByHand)
	a, b := filepath.Join(w.dir, "keys.a"), filepath.Join(w.dir, "keys.b")
	good, err := os.ReadFile(a)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(good)
	if err := os.WriteFile(a, []byte("?"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.Unlock(t.Context(), []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
	w.Lock(archive.ByHand)
	if mended, err := os.ReadFile(a); err != nil || sha256.Sum256(mended) != sum {
		t.Errorf("the damaged copy was not mended: %v", err)
	}
	if err := errors.Join(os.WriteFile(a, []byte("?"), 0o600), os.WriteFile(b, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	if failure := mustFail(t, w.Unlock(t.Context(), []byte(passphrase)), idv.CodeDamaged); !strings.Contains(failure.Message, "keys.a") {
		t.Error(failure.Message)
	}
	if err := errors.Join(os.Remove(a), os.Remove(b)); err != nil {
		t.Fatal(err)
	}
	mustFail(t, w.Unlock(t.Context(), []byte(passphrase)), idv.CodeDamaged)
	_, err = w.Create(archive.Protect{Passphrase: []byte(passphrase)})
	mustFail(t, err, idv.CodeDamaged)
}

func TestOneArchiveOneCopy(t *testing.T) {
	w := newWorld(t, false)
	w.protect(t)
	_, err := archive.Open(t.Context(), w.dir, []byte(passphrase), archive.Options{})
	mustFail(t, err, idv.CodeInUse)
	w.Lock(archive.ByHand)
	other, err := archive.Open(t.Context(), w.dir, []byte(passphrase), archive.Options{
		Keychain: func() (seal.Keychain, error) { return nil, seal.ErrNoKeychain },
	})
	if err != nil {
		t.Fatal(err)
	}
	mustFail(t, w.Unlock(t.Context(), []byte(passphrase)), idv.CodeInUse)
	if err := other.Close(); err != nil {
		t.Fatal(err)
	}
	if err := w.Unlock(t.Context(), []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
}
