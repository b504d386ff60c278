package seal

import (
	"context"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestMain lets the test binary also be the process that is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(child(dir))
	}
	os.Exit(m.Run())
}

// cheap are hardening parameters that cost nothing, and cheapKeys the only door
// through which they are taken.
var cheap = Params{Time: 1, MemoryKiB: 8, Threads: 1}

func cheapKeys(dir string, clock Clock) *Keys {
	keys := NewKeys(dir, clock)
	keys.limits.least = cheap
	return keys
}

// handClock stands still until someone sleeps.
type handClock struct {
	now    time.Time
	slept  []time.Duration
	asleep func()
}

func newHandClock() *handClock {
	return &handClock{now: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), asleep: func() {}}
}

func (c *handClock) Now() time.Time { return c.now }

func (c *handClock) Sleep(ctx context.Context, pause time.Duration) error {
	c.asleep()
	c.slept = append(c.slept, pause)
	c.now = c.now.Add(pause)
	return ctx.Err()
}

// folderKeychain keeps entries as files: a keychain that other processes see too.
type folderKeychain string

func (k folderKeychain) path(entry string) string {
	return filepath.Join(string(k), hex.EncodeToString([]byte(entry)))
}

func (k folderKeychain) Get(entry string) ([]byte, error) {
	secret, err := os.ReadFile(k.path(entry))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNoEntry
	}
	return secret, err
}

func (k folderKeychain) Set(entry string, secret []byte) error {
	return os.WriteFile(k.path(entry), secret, 0o600)
}

func (k folderKeychain) Delete(entry string) error { return os.Remove(k.path(entry)) }

// world is a folder with a vault, and what opens it.
type world struct {
	t        *testing.T
	dir      string
	clock    *handClock
	keychain folderKeychain
	keys     *Keys
	code     RecoveryCode
	sealed   []byte // a value that only the right vault key opens
}

var somewhere = Place{Schema: 1, Bucket: "sessions", Key: []byte("a key")}

// newWorld makes a vault of the kind that the passphrase and the keychain give.
func newWorld(t *testing.T, secrets Secrets) *world {
	t.Helper()
	w := &world{t: t, dir: t.TempDir(), clock: newHandClock(), keychain: folderKeychain(t.TempDir())}
	w.keys = cheapKeys(w.dir, w.clock)
	if _, ok := secrets.Keychain.(folderKeychain); ok {
		secrets.Keychain = w.keychain
	}
	vault, code, err := w.keys.Create(secrets, cheap)
	if err != nil {
		t.Fatal(err)
	}
	w.code = code
	w.sealed = sealOne(t, vault)
	vault.Close()
	return w
}

func usual(passphrase string) Secrets {
	return Secrets{Passphrase: []byte(passphrase), Keychain: folderKeychain("")}
}

// with are the world's secrets with this passphrase.
func (w *world) with(passphrase string) Secrets {
	return Secrets{Passphrase: []byte(passphrase), Keychain: w.keychain}
}

// opens fails the test unless the secrets open the vault, and the right one.
func (w *world) opens(secrets Secrets) *Vault {
	w.t.Helper()
	vault, err := w.keys.Unlock(w.t.Context(), secrets)
	if err != nil {
		w.t.Fatal(err)
	}
	w.same(vault)
	return vault
}

func (w *world) same(vault *Vault) {
	w.t.Helper()
	if plain, err := box(w.t, vault).Open(nil, w.sealed, somewhere); err != nil || string(plain) != "what was sealed" {
		w.t.Fatalf("another vault: %q, %v", plain, err)
	}
}

// refuses fails the test unless unlocking fails so.
func (w *world) refuses(secrets Secrets, want error) {
	w.t.Helper()
	if vault, err := w.keys.Unlock(w.t.Context(), secrets); !errors.Is(err, want) || vault != nil {
		w.t.Fatalf("got %v, want %v", err, want)
	}
}

func (w *world) file(name string) []byte {
	w.t.Helper()
	data, err := os.ReadFile(filepath.Join(w.dir, name))
	if err != nil {
		w.t.Fatal(err)
	}
	return data
}

func (w *world) put(name string, data []byte) {
	w.t.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, name), data, 0o600); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) conditions() [2]Condition {
	state, _ := w.keys.Inspect()
	return [2]Condition{state.Copies[0].Condition, state.Copies[1].Condition}
}

// demoVault is a vault for tests that only need a key.
func demoVault(t testing.TB) *Vault {
	t.Helper()
	vault, code, err := NewKeys(t.TempDir(), nil).Create(Secrets{Demo: true}, Params{})
	if err != nil || !code.IsZero() {
		t.Fatal(err)
	}
	t.Cleanup(vault.Close)
	return vault
}

func box(t testing.TB, vault *Vault) Box {
	t.Helper()
	made, err := vault.Box(Records, 1)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func sealOne(t testing.TB, vault *Vault) []byte {
	t.Helper()
	sealed, err := box(t, vault).Seal(nil, []byte("what was sealed"), somewhere)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func (w *world) remove(name string) {
	w.t.Helper()
	if err := os.Remove(filepath.Join(w.dir, name)); err != nil {
		w.t.Fatal(err)
	}
}
