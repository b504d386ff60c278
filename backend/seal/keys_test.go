package seal

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"veridesk/backend/disk"
)

// Each kind of vault opens with its own secrets and with nothing else.
func TestKinds(t *testing.T) {
	cases := map[Kind]Secrets{
		PassphraseKeychain: usual("open sesame"),
		PassphraseAlone:    {Passphrase: []byte("open sesame")},
		KeychainAlone:      {Keychain: folderKeychain(""), NoPassphrase: true},
		Demo:               {Demo: true},
	}
	for kind, secrets := range cases {
		w := newWorld(t, secrets)
		state, err := w.keys.Inspect()
		if err != nil || state.Kind != kind || state.Serial != 1 || w.conditions() != [2]Condition{Good, Good} {
			t.Fatalf("%+v, %v", state, err)
		}
		if want := kind.asksPassphrase(); want != (state.Params == cheap) || !want != (state.Params == Params{}) {
			t.Fatalf("kind %d: %+v", kind, state.Params)
		}
		if secrets.Keychain != nil {
			secrets.Keychain = w.keychain
		}
		w.opens(secrets).Close()
		for name, wrong := range w.wrong(kind) {
			if vault, err := w.keys.Unlock(t.Context(), wrong.secrets); !errors.Is(err, wrong.want) || vault != nil {
				t.Fatalf("kind %d, %s: got %v, want %v", kind, name, err, wrong.want)
			}
		}
		w.opens(secrets).Close()
	}
}

type wrong struct {
	secrets Secrets
	want    error
}

// wrong are secrets that do not open a vault of this kind.
func (w *world) wrong(kind Kind) map[string]wrong {
	none, other := folderKeychain(w.t.TempDir()), folderKeychain(w.t.TempDir())
	all, _ := w.keys.load()
	_ = other.Set(all.slots.entry(all.slots.main), random(keySize))
	switch kind {
	case PassphraseKeychain:
		return map[string]wrong{
			"passphrase":         {w.with("open Sesame"), ErrWrong},
			"blank added":        {w.with("open sesame "), ErrWrong},
			"other keychain":     {Secrets{Passphrase: []byte("open sesame"), Keychain: other}, ErrWrong},
			"both wrong":         {Secrets{Passphrase: []byte("nothing"), Keychain: other}, ErrWrong},
			"keychain without":   {Secrets{Passphrase: []byte("open sesame"), Keychain: none}, ErrNoEntry},
			"no keychain":        {Secrets{Passphrase: []byte("open sesame")}, ErrNoKeychain},
			"no passphrase":      {Secrets{Keychain: w.keychain}, ErrSecrets},
			"said to be a demo":  {Secrets{Passphrase: []byte("open sesame"), Keychain: w.keychain, Demo: true}, ErrSecrets},
			"keychain said only": {Secrets{Keychain: w.keychain, NoPassphrase: true}, ErrSecrets},
		}
	case PassphraseAlone:
		return map[string]wrong{
			"passphrase": {Secrets{Passphrase: []byte("open sesam")}, ErrWrong}, "nothing": {Secrets{}, ErrSecrets},
		}
	case KeychainAlone:
		return map[string]wrong{
			"other keychain":   {Secrets{Keychain: other}, ErrWrong},
			"keychain without": {Secrets{Keychain: none}, ErrNoEntry},
			"passphrase":       {Secrets{Passphrase: []byte("open sesame")}, ErrNoKeychain},
		}
	default:
		return map[string]wrong{"not said to be a demo": {w.with("open sesame"), ErrSecrets}}
	}
}

func TestCreateRefuses(t *testing.T) {
	weak, bomb := FloorParams(), DefaultParams()
	weak.MemoryKiB--
	bomb.MemoryKiB = 64 << 20
	passphrase := Secrets{Passphrase: []byte("open sesame")}
	cases := map[string]struct {
		secrets Secrets
		params  Params
		want    error
	}{
		"no secrets":                {Secrets{}, DefaultParams(), ErrSecrets},
		"a keychain without a word": {Secrets{Keychain: folderKeychain(t.TempDir())}, DefaultParams(), ErrSecrets},
		"no passphrase, no chain":   {Secrets{NoPassphrase: true}, DefaultParams(), ErrNoKeychain},
		"both and neither":          {Secrets{Passphrase: []byte("x"), NoPassphrase: true}, DefaultParams(), ErrSecrets},
		"a demo with a passphrase":  {Secrets{Passphrase: []byte("x"), Demo: true}, DefaultParams(), ErrSecrets},
		"below the floor":           {passphrase, weak, ErrParams},
		"a memory bomb":             {passphrase, bomb, ErrParams},
		"no parameters":             {passphrase, Params{}, ErrParams},
		"the tests' parameters":     {passphrase, cheap, ErrParams},
	}
	for name, one := range cases {
		dir := t.TempDir()
		if _, _, err := NewKeys(dir, nil).Create(one.secrets, one.params); !errors.Is(err, one.want) {
			t.Errorf("%s: %v", name, err)
		}
		wantFiles(t, dir)
	}
}

// Key files that are there are never overwritten, not even damaged ones.
func TestCreateExists(t *testing.T) {
	for _, name := range copyNames {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), []byte("rubbish"), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, _, err := cheapKeys(dir, nil).Create(Secrets{Demo: true}, Params{}); !errors.Is(err, ErrExists) {
			t.Fatal(err)
		}
		wantFiles(t, dir, name)
	}
}

// A Create that fails leaves neither files nor keychain entries.
func TestCreateFails(t *testing.T) {
	for failAt := 1; failAt <= 2; failAt++ {
		dir, keychain := t.TempDir(), folderKeychain(t.TempDir())
		keys := cheapKeys(dir, nil)
		keys.write = failingWrite(failAt)
		_, code, err := keys.Create(Secrets{Passphrase: []byte("x"), Keychain: keychain}, cheap)
		if !errors.Is(err, errDiskFull) || !code.IsZero() {
			t.Fatal(err)
		}
		wantFiles(t, dir)
		wantFiles(t, string(keychain))
	}
}

var errDiskFull = errors.New("the disk is full")

// failingWrite is a disk that is full at the nth write.
func failingWrite(n int) func(string, []byte) error {
	return func(path string, data []byte) error {
		if n--; n == 0 {
			return errDiskFull
		}
		return disk.WriteFile(path, data)
	}
}

func wantFiles(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if strings.Join(got, " ") != strings.Join(want, " ") {
		t.Fatalf("in the folder: %v, want %v", got, want)
	}
}

// Changing the secrets: the new ones open, the old ones do not, also not with
// the old key files put back, because the old keychain secret is gone.
func TestRewrap(t *testing.T) {
	w := newWorld(t, usual("old"))
	old := w.file("keys.a")
	vault := w.opens(w.with("old"))
	if err := w.keys.Rewrap(vault, w.with("new"), cheap); err != nil {
		t.Fatal(err)
	}
	if vault.Serial() != 2 || !bytes.Equal(w.file("keys.a"), w.file("keys.b")) {
		t.Fatal(vault.Serial())
	}
	w.same(vault)
	w.refuses(w.with("old"), ErrWrong)
	w.opens(w.with("new"))
	recovered, err := w.keys.Recover(w.code.Text())
	if err != nil {
		t.Fatal(err)
	}
	w.same(recovered)
	w.put("keys.a", old)
	w.put("keys.b", old)
	w.refuses(w.with("old"), ErrNoEntry)
	entries, err := os.ReadDir(string(w.keychain))
	if err != nil || len(entries) != 1 {
		t.Fatalf("%d keychain entries, %v", len(entries), err)
	}
}

// Without a keychain, old key files open with the old passphrase, and only the
// serial tells; with one newer copy they do not count.
func TestOldKeyFile(t *testing.T) {
	w := newWorld(t, Secrets{Passphrase: []byte("old")})
	old := w.file("keys.a")
	vault := w.opens(Secrets{Passphrase: []byte("old")})
	if err := w.keys.Rewrap(vault, Secrets{Passphrase: []byte("new")}, cheap); err != nil {
		t.Fatal(err)
	}
	w.put("keys.a", old)
	if w.conditions() != [2]Condition{Stale, Good} {
		t.Fatal(w.conditions())
	}
	w.refuses(Secrets{Passphrase: []byte("old")}, ErrWrong)
	w.opens(Secrets{Passphrase: []byte("new")})
	if w.conditions() != [2]Condition{Good, Good} {
		t.Fatal("the stale copy was not mended")
	}
	w.put("keys.a", old)
	w.put("keys.b", old)
	if again := w.opens(Secrets{Passphrase: []byte("old")}); again.Serial() >= vault.Serial() {
		t.Fatal("an old key file does not show in the serial")
	}
}

func TestRewrapRefuses(t *testing.T) {
	w, other, demo := newWorld(t, usual("old")), newWorld(t, usual("other")), demoVault(t)
	before := w.file("keys.a")
	vault, stranger := w.opens(w.with("old")), other.opens(other.with("other"))
	cases := map[string]struct {
		vault   *Vault
		secrets Secrets
		params  Params
		want    error
	}{
		"another vault": {stranger, w.with("new"), cheap, ErrDamaged},
		"a demo's":      {demo, w.with("new"), cheap, ErrDamaged},
		"to a demo":     {vault, Secrets{Demo: true}, Params{}, ErrSecrets},
		"no secrets":    {vault, Secrets{}, cheap, ErrSecrets},
		"weak":          {vault, w.with("new"), Params{}, ErrParams},
	}
	for name, one := range cases {
		if err := w.keys.Rewrap(one.vault, one.secrets, one.params); !errors.Is(err, one.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	vault.Close()
	if err := w.keys.Rewrap(vault, w.with("new"), cheap); !errors.Is(err, ErrLocked) {
		t.Error(err)
	}
	if !bytes.Equal(before, w.file("keys.a")) {
		t.Error("a refused change changed the file")
	}
	dir := t.TempDir()
	keys := NewKeys(dir, nil)
	open, _, err := keys.Create(Secrets{Demo: true}, Params{})
	if err != nil {
		t.Fatal(err)
	}
	if err := keys.Rewrap(open, w.with("new"), FloorParams()); !errors.Is(err, ErrSecrets) {
		t.Error("a demo vault became another:", err)
	}
	if _, err := keys.NewRecoveryCode(open); !errors.Is(err, ErrSecrets) {
		t.Error(err)
	}
}

// A full disk: before the first copy is replaced nothing has changed; after it
// the change holds, and is reported as half done.
func TestRewrapFails(t *testing.T) {
	for failAt, want := range map[int]error{1: errDiskFull, 2: ErrHalf} {
		w := newWorld(t, usual("old"))
		vault := w.opens(w.with("old"))
		w.keys.write = failingWrite(failAt)
		if err := w.keys.Rewrap(vault, w.with("new"), cheap); !errors.Is(err, want) || !errors.Is(err, errDiskFull) {
			t.Fatal(err)
		}
		good, bad := "old", "new"
		if want == ErrHalf {
			good, bad = bad, good
			if w.conditions() != [2]Condition{Stale, Good} {
				t.Fatal(w.conditions())
			}
		}
		w.keys.write = disk.WriteFile
		w.refuses(w.with(bad), ErrWrong)
		w.opens(w.with(good))
		if w.conditions() != [2]Condition{Good, Good} {
			t.Fatal(w.conditions())
		}
		entries, _ := os.ReadDir(string(w.keychain))
		if len(entries) != 1 {
			t.Fatalf("%d keychain entries", len(entries))
		}
	}
}

func TestNewRecoveryCode(t *testing.T) {
	w := newWorld(t, usual("open sesame"))
	vault := w.opens(w.with("open sesame"))
	code, err := w.keys.NewRecoveryCode(vault)
	if err != nil || code.IsZero() || code.Text() == w.code.Text() {
		t.Fatal(err)
	}
	if _, err := w.keys.Recover(w.code.Text()); !errors.Is(err, ErrWrong) {
		t.Fatal("the old code:", err)
	}
	if _, err := w.keys.Recover(code.Text()); err != nil {
		t.Fatal(err)
	}
	w.opens(w.with("open sesame"))
}

// The keychain must keep what it is given before a key file counts on it.
func TestForgetfulKeychain(t *testing.T) {
	dir := t.TempDir()
	_, _, err := cheapKeys(dir, nil).Create(Secrets{Passphrase: []byte("x"), Keychain: forgetful{}}, cheap)
	if !errors.Is(err, ErrNoEntry) {
		t.Fatal(err)
	}
	wantFiles(t, dir)
}

// forgetful is a keychain whose question to the user was turned down unnoticed.
type forgetful struct{}

func (forgetful) Get(string) ([]byte, error) { return nil, ErrNoEntry }
func (forgetful) Set(string, []byte) error   { return nil }
func (forgetful) Delete(string) error        { return nil }
