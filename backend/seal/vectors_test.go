package seal

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// vectors were made by testdata/vectors.py, which shares no code with this
// package: as long as they open, files of today open.
type vectors struct {
	BoxKey, KeyID, Sealed, Blind                            string
	Passphrase, KeychainEntry, KeychainSecret, RecoveryCode string
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	var v vectors
	if err := json.Unmarshal(testdata(t, "vectors.json"), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func testdata(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func unhex(t *testing.T, text string) []byte {
	t.Helper()
	bytes, err := hex.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return bytes
}

// counting is a key whose bytes count up.
func counting(from byte) []byte {
	key := make([]byte, keySize)
	for i := range key {
		key[i] = from + byte(i)
	}
	return key
}

func TestVectorsOfValues(t *testing.T) {
	v := readVectors(t)
	vault, err := newVault(counting(0), 1)
	if err != nil {
		t.Fatal(err)
	}
	key, err := subkey(vault.key, "box", Records, 7)
	if err != nil || hex.EncodeToString(key) != v.BoxKey {
		t.Errorf("subkey %x, %v", key, err)
	}
	box, err := vault.Box(Records, 7)
	if id := box.ID(); err != nil || hex.EncodeToString(id[:]) != v.KeyID {
		t.Errorf("key id %x, %v", id, err)
	}
	plain, err := box.Open(nil, unhex(t, v.Sealed), Place{Schema: 3, Bucket: "sessions", Key: []byte{0, 0, 0, 42}})
	if err != nil || string(plain) != "a record" {
		t.Errorf("%q, %v", plain, err)
	}
	token, err := vault.Blind("personal number", []byte("01001000001"))
	if err != nil || hex.EncodeToString(token[:]) != v.Blind {
		t.Errorf("token %x, %v", token, err)
	}
}

func TestVectorsOfStreams(t *testing.T) {
	want := make([]byte, chunkPlain+100)
	for i := range want {
		want[i] = byte(i % 251)
	}
	if plain, err := openBoth(t, testdata(t, "stream.bin"), FileKey(counting(32))); err != nil || !bytes.Equal(plain, want) {
		t.Fatal(err)
	}
}

// The key file has the floor's parameters, so it opens without the tests' door.
func TestVectorsOfKeyFile(t *testing.T) {
	v := readVectors(t)
	w := &world{t: t, dir: t.TempDir(), keychain: folderKeychain(t.TempDir())}
	w.keys = NewKeys(w.dir, newHandClock())
	w.put("keys.b", testdata(t, "keys.bin"))
	if err := w.keychain.Set(v.KeychainEntry, unhex(t, v.KeychainSecret)); err != nil {
		t.Fatal(err)
	}
	w.refuses(w.with(v.Passphrase+"!"), ErrWrong)
	for _, open := range []func() (*Vault, error){
		func() (*Vault, error) { return w.keys.Unlock(t.Context(), w.with(v.Passphrase)) },
		func() (*Vault, error) { return w.keys.Recover(v.RecoveryCode) },
	} {
		vault, err := open()
		if err != nil || vault.Serial() != 9 || !bytes.Equal(vault.key, counting(0)) {
			t.Fatal(err)
		}
	}
	if code := (RecoveryCode{secret: [keySize]byte(counting(96))}); code.Text() != v.RecoveryCode {
		t.Error(code.Text())
	}
	if !bytes.Equal(w.file("keys.a"), w.file("keys.b")) {
		t.Error("the missing copy was not mended")
	}
	if state, err := w.keys.Inspect(); err != nil || state.Params != FloorParams() {
		t.Error(state, err)
	}
}

// With the validated cryptographic module switched on, all of it works the same.
// (Argon2id is outside that module in any case.)
func TestValidatedModule(t *testing.T) {
	command := exec.Command(os.Args[0], "-test.run", "^(TestSealedValues|TestStreams|TestVectorsOfValues|TestVectorsOfStreams|TestRewrap)$")
	command.Env = append(os.Environ(), "GODEBUG=fips140=on")
	if out, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

// Whichever secret is wrong, the error is the same one.
func TestOneErrorForWrong(t *testing.T) {
	w := newWorld(t, usual("open sesame"))
	w.refuses(w.with("a wrong passphrase"), ErrWrong)
	_, wrongPassphrase := w.keys.Unlock(t.Context(), w.with("a wrong passphrase"))
	_, wrongKeychain := w.keys.Unlock(t.Context(), Secrets{Passphrase: []byte("open sesame"), Keychain: constant("short")})
	if wrongPassphrase != ErrWrong || wrongKeychain != ErrWrong || errors.Unwrap(ErrWrong) != nil {
		t.Fatalf("%v and %v are not one constant error", wrongPassphrase, wrongKeychain)
	}
}

// constant is a keychain with one secret under every name.
type constant string

func (c constant) Get(string) ([]byte, error) { return []byte(c), nil }
func (constant) Set(string, []byte) error     { return nil }
func (constant) Delete(string) error          { return nil }
