package seal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
)

func TestSealedValues(t *testing.T) {
	vault := demoVault(t)
	box := box(t, vault)
	for _, size := range []int{0, 1, 15, 16, 17, 1000, 70000} {
		plain := bytes.Repeat([]byte{7}, size)
		sealed, err := box.Seal([]byte("before"), plain, somewhere)
		if err != nil || len(sealed) != len("before")+size+Overhead {
			t.Fatalf("%d bytes: %d sealed, %v", size, len(sealed), err)
		}
		sealed = sealed[len("before"):]
		if size > 8 && bytes.Contains(sealed, plain[:8]) {
			t.Fatal("the plaintext shows")
		}
		opened, err := box.Open([]byte("before"), sealed, somewhere)
		if err != nil || string(opened) != "before"+string(plain) {
			t.Fatalf("%d bytes: %v", size, err)
		}
	}
	one, two := sealOne(t, vault), sealOne(t, vault)
	if bytes.Equal(one[headerSize:], two[headerSize:]) {
		t.Fatal("sealing twice gives the same bytes")
	}
}

// Every bit of a sealed value, and every shorter value, is refused, and says why.
func TestSealedValueDamaged(t *testing.T) {
	vault := demoVault(t)
	box := box(t, vault)
	sealed := sealOne(t, vault)
	for bit := range len(sealed) * 8 {
		changed := bytes.Clone(sealed)
		changed[bit/8] ^= 1 << (bit % 8)
		want := ErrDamaged
		switch {
		case bit < 8:
			want = ErrVersion
		case bit < 40:
			want = ErrKey
		}
		if plain, err := box.Open(nil, changed, somewhere); !errors.Is(err, want) || plain != nil {
			t.Fatalf("bit %d: %v, want %v", bit, err, want)
		}
	}
	for size := range len(sealed) {
		if plain, err := box.Open(nil, sealed[:size], somewhere); !errors.Is(err, ErrDamaged) || plain != nil {
			t.Fatalf("cut to %d: %v", size, err)
		}
	}
	if _, err := box.Open(nil, append(sealed, 0), somewhere); !errors.Is(err, ErrDamaged) {
		t.Fatal(err)
	}
}

// A value opens only where it was sealed for: not in the place of another key,
// bucket or schema, however the names are cut.
func TestSwappedValues(t *testing.T) {
	vault := demoVault(t)
	box := box(t, vault)
	const count = 1001
	places, values := make([]Place, count), make([][]byte, count)
	for i := range places {
		places[i] = Place{Schema: uint32(i % 3), Bucket: strings.Repeat("b", i%7), Key: fmt.Appendf(nil, "bb%d", i)}
		values[i], _ = box.Seal(nil, []byte("the same"), places[i])
	}
	random := rand.New(rand.NewPCG(3, 3))
	for i, place := range places {
		other := (i + 1 + random.IntN(count-1)) % count
		if plain, err := box.Open(nil, values[other], place); !errors.Is(err, ErrDamaged) || plain != nil {
			t.Fatalf("value %d opens in place %d: %v", other, i, err)
		}
	}
	sealed, _ := box.Seal(nil, []byte("x"), Place{Schema: 1, Bucket: "ab", Key: []byte("c")})
	for _, place := range []Place{{1, "a", []byte("bc")}, {1, "abc", nil}, {1, "", []byte("abc")}, {2, "ab", []byte("c")}} {
		if _, err := box.Open(nil, sealed, place); !errors.Is(err, ErrDamaged) {
			t.Fatalf("%+v: %v", place, err)
		}
	}
}

// Purposes, generations and vaults have keys of their own.
func TestOtherKeys(t *testing.T) {
	vault := demoVault(t)
	sealed := sealOne(t, vault)
	if id, err := KeyOf(sealed); err != nil || id != box(t, vault).ID() {
		t.Fatal(id, err)
	}
	others := map[*Vault][]boxName{
		vault:        {{Records, 2}, {Media, 1}, {Index, 1}, {Audit, 1}, {Tmp, 1}, {Credentials, 1}},
		demoVault(t): {{Records, 1}},
	}
	ids := map[KeyID]bool{box(t, vault).ID(): true}
	for vault, names := range others {
		for _, name := range names {
			other, err := vault.Box(name.purpose, name.generation)
			if err != nil || ids[other.ID()] {
				t.Fatalf("%v: id %x, %v", name, other.ID(), err)
			}
			ids[other.ID()] = true
			if _, err := other.Open(nil, sealed, somewhere); !errors.Is(err, ErrKey) {
				t.Fatalf("%v: %v", name, err)
			}
			// Even with the name of the right key, the key is another.
			id := other.ID()
			forged := append(append([]byte{sealedVersion}, id[:]...), sealed[headerSize:]...)
			if _, err := other.Open(nil, forged, somewhere); !errors.Is(err, ErrDamaged) {
				t.Fatalf("%v: %v", name, err)
			}
		}
	}
}

func TestKeyUsedUp(t *testing.T) {
	vault := demoVault(t)
	first := box(t, vault)
	first.Resume(maxMessages - 2)
	sealOne(t, vault)
	sealed := sealOne(t, vault) // asks for the box anew: the count is the key's
	if _, err := first.Seal(nil, nil, somewhere); !errors.Is(err, ErrExhausted) || first.Used() != maxMessages {
		t.Fatal(err, first.Used())
	}
	if _, err := first.Open(nil, sealed, somewhere); err != nil {
		t.Fatal("a used-up key opens no more:", err)
	}
	next, _ := vault.Box(Records, 2)
	next.Resume(1 << 63)
	next.Resume(1 << 63)
	if _, err := next.Seal(nil, nil, somewhere); !errors.Is(err, ErrExhausted) {
		t.Fatal(err)
	}
}

func TestBlind(t *testing.T) {
	vault, other := demoVault(t), demoVault(t)
	blind := func(v *Vault, field, value string) Token {
		token, err := v.Blind(field, []byte(value))
		if err != nil {
			t.Fatal(err)
		}
		return token
	}
	one := blind(vault, "personal number", "01001000001")
	if one != blind(vault, "personal number", "01001000001") {
		t.Fatal("not the same twice")
	}
	for _, unlike := range []Token{
		blind(vault, "personal number", "01001000002"), blind(vault, "document number", "01001000001"),
		blind(vault, "personal number0", "1001000001"), blind(other, "personal number", "01001000001"), {},
	} {
		if one == unlike {
			t.Fatal("unlike values have one token")
		}
	}
}

// After Close every use answers ErrLocked, and what runs beside it answers right
// or ErrLocked. The race detector watches.
func TestCloseWhileInUse(t *testing.T) {
	for range 50 {
		vault := demoVault(t)
		box := box(t, vault)
		sealed := sealOne(t, vault)
		uses := []func() error{
			func() error { _, err := box.Seal(nil, []byte("x"), somewhere); return err },
			func() error {
				plain, err := box.Open(nil, sealed, somewhere)
				if err == nil && string(plain) != "what was sealed" {
					return errors.New("wrong bytes")
				}
				return err
			},
			func() error { _, err := vault.Box(Index, 5); return err },
			func() error { _, err := vault.Blind("field", []byte("x")); return err },
			func() error { _, err := vault.copyKey(); return err },
		}
		var running sync.WaitGroup
		for _, use := range append(uses, uses...) {
			running.Go(func() {
				for {
					if err := use(); errors.Is(err, ErrLocked) {
						return
					} else if err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		key := vault.key
		vault.Close()
		vault.Close()
		running.Wait()
		for _, use := range uses {
			if err := use(); !errors.Is(err, ErrLocked) {
				t.Fatal(err)
			}
		}
		if !bytes.Equal(key, make([]byte, keySize)) {
			t.Fatal("the vault key was not overwritten")
		}
	}
}

// Secrets show nowhere, also inside other values.
func TestRedacted(t *testing.T) {
	key := FileKey([]byte("\x41\x41\x41\x41aaaaaaaaaaaaaaaaaaaaaaaaaaaa"))
	code := RecoveryCode{secret: key}
	secrets := Secrets{Passphrase: []byte("AAAAaaaa")}
	for _, secret := range []any{key, &key, code, secrets, &secrets, struct{ In any }{key}, []any{secrets, code}} {
		var log strings.Builder
		slog.New(slog.NewTextHandler(&log, nil)).Info("m", "text", secret)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("m", "json", secret)
		made, err := json.Marshal(secret)
		if err != nil {
			t.Fatal(err)
		}
		all := log.String() + string(made) + fmt.Sprintf("%v %+v %#v %s %x %d %q", secret, secret, secret, secret, secret, secret, secret)
		for _, leak := range []string{"AAAA", "aaaa", "65 65", "65,65", "0x41", "41414141", code.Text()[:9], "QUFBQWFhYWE"} {
			if strings.Contains(all, leak) {
				t.Fatalf("%q shows in %s", leak, all)
			}
		}
		if !strings.Contains(all, redactedText) {
			t.Fatal(all)
		}
	}
}
