package seal

import (
	"bytes"
	"io"
	"testing"
)

func BenchmarkSeal1KB(b *testing.B) {
	box, plain := box(b, demoVault(b)), pattern(1000)
	sealed := make([]byte, 0, len(plain)+Overhead)
	b.SetBytes(1000)
	for b.Loop() {
		_, _ = box.Seal(sealed, plain, somewhere)
	}
}

func BenchmarkOpen1KB(b *testing.B) {
	box := box(b, demoVault(b))
	sealed, err := box.Seal(nil, pattern(1000), somewhere)
	if err != nil {
		b.Fatal(err)
	}
	plain := make([]byte, 0, 1000)
	b.SetBytes(1000)
	for b.Loop() {
		_, _ = box.Open(plain, sealed, somewhere)
	}
}

func BenchmarkBlind(b *testing.B) {
	vault := demoVault(b)
	for b.Loop() {
		_, _ = vault.Blind("personal number", []byte("01001000001"))
	}
}

func BenchmarkStreamSeal300KB(b *testing.B) {
	plain, key := pattern(300_000), NewFileKey()
	b.SetBytes(300_000)
	for b.Loop() {
		to, _ := NewWriter(io.Discard, key)
		_, _ = to.Write(plain)
		_ = to.Close()
	}
}

func BenchmarkStreamOpen300KB(b *testing.B) {
	key := NewFileKey()
	sealed := sealStream(b, pattern(300_000), key)
	b.SetBytes(300_000)
	for b.Loop() {
		from, _ := NewReader(bytes.NewReader(sealed), key)
		_, _ = io.Copy(io.Discard, from)
	}
}

func BenchmarkArgon2Default(b *testing.B) {
	for b.Loop() {
		stretch([]byte("open sesame"), make([]byte, 16), DefaultParams())
	}
}

func BenchmarkArgon2Floor(b *testing.B) {
	for b.Loop() {
		stretch([]byte("open sesame"), make([]byte, 16), FloorParams())
	}
}

// BenchmarkUnlock is a whole unlock with the default parameters.
func BenchmarkUnlock(b *testing.B) {
	secrets := Secrets{Passphrase: []byte("open sesame"), Keychain: folderKeychain(b.TempDir())}
	keys := NewKeys(b.TempDir(), nil)
	if _, _, err := keys.Create(secrets, DefaultParams()); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := keys.Unlock(b.Context(), secrets); err != nil {
			b.Fatal(err)
		}
	}
}
