package archive_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/demo"
	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

const passphrase = "correct horse battery"

// chain is a keychain in memory.
type chain struct {
	mu      sync.Mutex
	entries map[string][]byte
}

func (c *chain) Get(entry string) ([]byte, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	secret, ok := c.entries[entry]
	if !ok {
		return nil, seal.ErrNoEntry
	}
	return append([]byte{}, secret...), nil
}

func (c *chain) Set(entry string, secret []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[entry] = append([]byte{}, secret...)
	return nil
}

func (c *chain) Delete(entry string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.entries, entry)
	return nil
}

// world is a safe with its folder, its keychain and what it has told.
type world struct {
	*archive.Safe
	dir   string
	chain *chain
	mu    sync.Mutex
	told  []archive.LockState
}

func newWorld(t *testing.T, keychain bool) *world {
	t.Helper()
	w := &world{dir: t.TempDir(), chain: &chain{entries: map[string][]byte{}}}
	options := archive.Options{
		Params: seal.FloorParams(),
		Keychain: func() (seal.Keychain, error) {
			if !keychain {
				return nil, seal.ErrNoKeychain
			}
			return w.chain, nil
		},
	}
	w.Safe = archive.NewSafe(w.dir, options, func(s archive.LockState) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.told = append(w.told, s)
	}, func(archive.JobStates) {})
	t.Cleanup(w.Close)
	return w
}

func (w *world) state(t *testing.T) archive.LockState {
	t.Helper()
	state, err := w.State()
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// protect makes the archive and gives its recovery code.
func (w *world) protect(t *testing.T) string {
	t.Helper()
	code, err := w.Create(archive.Protect{Passphrase: []byte(passphrase)})
	if err != nil {
		t.Fatal(err)
	}
	return code.Text()
}

// fill syncs some sessions of a portal that runs until the test ends.
func (w *world) fill(t *testing.T, sessions int) {
	t.Helper()
	url := serve(t, demo.New(demo.Options{Sessions: sessions, Seed: 1, Key: "k"}))
	err := w.With(func(ctx context.Context, a *archive.Archive) error {
		_, err := a.SyncFrom(ctx, archive.Origin{Kind: archive.OriginPortal, Address: url}, "k", nil)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) total() (total int, err error) {
	err = w.With(func(ctx context.Context, a *archive.Archive) error {
		page, err := a.Find(ctx, idv.Query{})
		total = page.Total
		return err
	})
	return total, err
}

func mustFail(t *testing.T, err error, code idv.Code) *idv.Error {
	t.Helper()
	failure := idv.AsError(err)
	if failure == nil || failure.Code != code || failure.Message == "" || failure.Hint == "" {
		t.Fatalf("%v, want %s with a hint", err, code)
	}
	return failure
}

func TestSafeFromNewToLockedToOpen(t *testing.T) {
	w := newWorld(t, false)
	if s := w.state(t); s.Phase != archive.PhaseNew || s.Kind != "" || s.Keychain {
		t.Fatalf("%+v", s)
	}
	_, err := w.total()
	mustFail(t, err, idv.CodeNotFound)
	_, err = w.Create(archive.Protect{Passphrase: []byte("short")})
	mustFail(t, err, idv.CodeInvalid)
	if code := w.protect(t); len(code) < 56 {
		t.Errorf("recovery code of %d characters", len(code))
	}
	w.fill(t, 30)
	open := w.state(t)
	if open.Phase != archive.PhaseOpen || open.Kind != "passphrase" || open.LocksIn == 0 || open.Photos == "" {
		t.Errorf("%+v", open)
	}
	w.Lock(archive.ByHand)
	if s := w.state(t); s.Phase != archive.PhaseLocked || s.Reason != archive.ByHand || s.Photos != "" || s.LocksIn != 0 {
		t.Errorf("%+v", s)
	}
	_, err = w.total()
	mustFail(t, err, idv.CodeLocked)
	mustFail(t, w.Start(archive.JobSync, nil), idv.CodeLocked)
	mustFail(t, w.Unlock(t.Context(), []byte("wrong horse battery")), idv.CodeWrongSecret)
	mustFail(t, w.Unlock(t.Context(), nil), idv.CodeLocked)
	if err := w.Unlock(t.Context(), []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
	if total, err := w.total(); err != nil || total != 30 {
		t.Errorf("%d sessions, %v", total, err)
	}
	if again := w.state(t); again.Photos == open.Photos || again.Version <= open.Version {
		t.Errorf("%+v after %+v", again, open)
	}
	_, err = w.Create(archive.Protect{Passphrase: []byte(passphrase)})
	mustFail(t, err, idv.CodeBusy)
}

// The same letters open it whatever keyboard they were typed on.
func TestPassphraseOfAnotherKeyboard(t *testing.T) {
	w := newWorld(t, false)
	if _, err := w.Create(archive.Protect{Passphrase: []byte("caf\u00e9 nino \u00fcber")}); err != nil {
		t.Fatal(err)
	}
	w.Lock(archive.ByHand)
	if err := w.Unlock(t.Context(), []byte("cafe\u0301 nino u\u0308ber")); err != nil {
		t.Fatal(err)
	}
}

func TestKeychainIsPartOfThePassphrase(t *testing.T) {
	w := newWorld(t, true)
	code := w.protect(t)
	if s := w.state(t); s.Kind != "passphraseKeychain" || !s.Keychain {
		t.Fatalf("%+v", s)
	}
	w.Lock(archive.ByHand)
	kept := w.chain.entries
	w.chain.entries = map[string][]byte{} // another computer
	mustFail(t, w.Unlock(t.Context(), []byte(passphrase)), idv.CodeLocked)
	mustFail(t, w.Recover(strings.Replace(code, code[:1], "?", 1), []byte("a new passphrase")), idv.CodeInvalid)
	if err := w.Recover(code, []byte("a new passphrase")); err != nil {
		t.Fatal(err)
	}
	w.Lock(archive.ByHand)
	for entry, secret := range kept {
		w.chain.entries[entry] = secret
	}
	mustFail(t, w.Unlock(t.Context(), []byte(passphrase)), idv.CodeWrongSecret)
	if err := w.Unlock(t.Context(), []byte("a new passphrase")); err != nil {
		t.Fatal(err)
	}
}

func TestPassphraseAndCodeAreReplaced(t *testing.T) {
	w := newWorld(t, false)
	old := w.protect(t)
	var code seal.RecoveryCode
	err := w.With(func(ctx context.Context, a *archive.Archive) (err error) {
		mustFail(t, a.ChangePassphrase(ctx, []byte("not the old one"), []byte("a new passphrase")), idv.CodeWrongSecret)
		mustFail(t, a.ChangePassphrase(ctx, []byte(passphrase), []byte("short")), idv.CodeInvalid)
		if err := a.ChangePassphrase(ctx, []byte(passphrase), []byte("a new passphrase")); err != nil {
			return err
		}
		code, err = a.NewRecoveryCode(ctx, []byte("a new passphrase"))
		return err
	})
	if err != nil || code.IsZero() {
		t.Fatal(err)
	}
	w.Lock(archive.ByHand)
	mustFail(t, w.Unlock(t.Context(), []byte(passphrase)), idv.CodeWrongSecret)
	mustFail(t, w.Recover(old, []byte(passphrase)), idv.CodeWrongSecret)
	if err := w.Recover(code.Text(), []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
}

// Key files from before a change of the passphrase do not open the archive again.
func TestOldKeyFilesAreRefused(t *testing.T) {
	w := newWorld(t, false)
	w.protect(t)
	old, err := os.ReadFile(filepath.Join(w.dir, "keys.a"))
	if err != nil {
		t.Fatal(err)
	}
	err = w.With(func(ctx context.Context, a *archive.Archive) error {
		return a.ChangePassphrase(ctx, []byte(passphrase), []byte("a new passphrase"))
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Lock(archive.ByHand)
	for _, name := range []string{"keys.a", "keys.b"} {
		if err := os.WriteFile(filepath.Join(w.dir, name), old, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mustFail(t, w.Unlock(t.Context(), []byte(passphrase)), idv.CodeInvalid)
}

// TestLockStopsWhatRuns locks while a sync runs and calls are made: all of them
// end, say that the archive is locked, and nothing that was kept is lost.
func TestLockStopsWhatRuns(t *testing.T) {
	w := newWorld(t, false)
	w.protect(t)
	url := serve(t, demo.New(demo.Options{Sessions: 20_000, Seed: 1, Key: "k"}))
	err := w.Start(archive.JobSync, func(ctx context.Context, a *archive.Archive, report func(idv.Progress)) (idv.Report, error) {
		return a.SyncFrom(ctx, archive.Origin{Kind: archive.OriginPortal, Address: url}, "k", report)
	})
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for seen < 1000 {
		if seen, err = w.total(); err != nil {
			t.Fatal(err)
		}
	}
	var calls sync.WaitGroup
	for range 4 {
		calls.Go(func() {
			for {
				if _, err := w.total(); err != nil {
					mustFail(t, err, idv.CodeLocked)
					return
				}
			}
		})
	}
	w.Lock(archive.ByScreen)
	if w.Jobs.States().Sync.Running || !w.Interrupted() || w.Interrupted() {
		t.Error("the sync still runs, or nobody knows that it was stopped")
	}
	calls.Wait()
	if err := w.Unlock(t.Context(), []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
	if total, err := w.total(); err != nil || total < seen {
		t.Errorf("%d of %d sessions, %v", total, seen, err)
	}
}

func TestIdleLocks(t *testing.T) {
	w := newWorld(t, false)
	w.protect(t)
	now := time.Now()
	if !archive.Due(w.Safe, now.Add(6*time.Minute)) || archive.Due(w.Safe, now.Add(4*time.Minute)) {
		t.Error("it does not lock after five minutes")
	}
	mustFail(t, w.SetSettings(archive.Settings{LockMinutes: -1}), idv.CodeInvalid)
	if err := w.SetSettings(archive.Settings{LockMinutes: 0}); err != nil {
		t.Fatal(err)
	}
	if archive.Due(w.Safe, now.Add(time.Hour)) || w.state(t).LocksIn != 0 {
		t.Error("it locks though it never should")
	}
	w.Lock(archive.ByHand)
	if err := w.Unlock(t.Context(), []byte(passphrase)); err != nil {
		t.Fatal(err)
	}
	if archive.Due(w.Safe, now.Add(time.Hour)) {
		t.Error("the setting is gone after a lock")
	}
}

func TestDemoStaysOpenWhenNobodyIsThere(t *testing.T) {
	w := newWorld(t, true)
	if _, err := w.Create(archive.Protect{Demo: true}); err != nil {
		t.Fatal(err)
	}
	w.Lock(archive.ByScreen)
	if s := w.state(t); s.Phase != archive.PhaseOpen || s.Kind != "demo" || s.LocksIn != 0 {
		t.Errorf("%+v", s)
	}
	err := w.With(func(ctx context.Context, a *archive.Archive) error {
		_, err := a.SyncFrom(ctx, archive.Origin{Kind: archive.OriginPortal, Address: "https://portal.example"}, "k", nil)
		return err
	})
	mustFail(t, err, idv.CodeInvalid)
}
