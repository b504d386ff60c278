package seal

import (
	"encoding/hex"
	"errors"
	"fmt"
)

// Kind is what it takes to open a vault. The numbers are part of the format.
type Kind uint8

// The kinds.
const (
	PassphraseKeychain Kind = 1 + iota // both: the usual one
	PassphraseAlone                    // where there is no keychain
	KeychainAlone                      // whoever can log in can open it
	Demo                               // nothing: it is sealed in form only
	recovery                           // the recovery code, beside one of the first three
)

func (k Kind) asksPassphrase() bool { return k == PassphraseKeychain || k == PassphraseAlone }
func (k Kind) asksKeychain() bool   { return k == PassphraseKeychain || k == KeychainAlone }

// Secrets open a vault, and at its making say which kind it becomes: a
// passphrase and a keychain, a passphrase alone, or a keychain alone. They show
// as [redacted] wherever they are printed, logged or made into JSON.
type Secrets struct {
	redacted
	// Passphrase may be any bytes. The caller clears it after use.
	Passphrase []byte
	// Keychain is nil where there is none.
	Keychain Keychain
	// NoPassphrase, with a keychain, makes a vault that the keychain alone opens.
	// The caller has warned: every program of the user can then read it.
	NoPassphrase bool
	// Demo makes or opens a vault that asks for nothing. Only for archives of
	// made-up sessions: its key is as good as public.
	Demo bool
}

// kind is the kind of vault that the secrets make.
func (s Secrets) kind() (Kind, error) {
	passphrase, keychain := len(s.Passphrase) > 0, s.Keychain != nil
	switch {
	case s.Demo && !passphrase && !s.NoPassphrase:
		return Demo, nil
	case s.Demo || passphrase == s.NoPassphrase:
		return 0, fmt.Errorf("either a passphrase, or word that there is to be none: %w", ErrSecrets)
	case passphrase && keychain:
		return PassphraseKeychain, nil
	case passphrase:
		return PassphraseAlone, nil
	case keychain:
		return KeychainAlone, nil
	}
	return 0, ErrNoKeychain
}

// fits says whether the secrets can open a slot of this kind at all.
func (s Secrets) fits(kind Kind) error {
	switch {
	case kind.asksPassphrase() && len(s.Passphrase) == 0:
		return fmt.Errorf("the passphrase is missing: %w", ErrSecrets)
	case kind.asksKeychain() && s.Keychain == nil:
		return ErrNoKeychain
	case kind == Demo && !s.Demo:
		return fmt.Errorf("this is a demo archive without a passphrase: %w", ErrSecrets)
	case kind != Demo && s.Demo:
		return fmt.Errorf("this is no demo archive: %w", ErrSecrets)
	}
	return nil
}

// entry names the keychain entry of a slot.
func (s slots) entry(of slot) string {
	return "vault " + hex.EncodeToString(s.vaultID[:]) + " slot " + hex.EncodeToString(of.salt[:])
}

// keychainSecret is the keychain's part of opening a slot; nil for kinds without.
func (s Secrets) keychainSecret(all slots, of slot) ([]byte, error) {
	if !of.kind.asksKeychain() {
		return nil, nil
	}
	secret, err := s.Keychain.Get(all.entry(of))
	switch {
	case errors.Is(err, ErrNoEntry):
		return nil, err
	case err != nil:
		return nil, fmt.Errorf("ask the keychain: %w", err)
	}
	return secret, nil
}

// material is what the wrapping key of a slot is derived from: of a demo slot,
// something that everybody knows.
func (s Secrets) material(of slot, fromKeychain []byte) []byte {
	if of.kind == Demo {
		return []byte(domain)
	}
	material := append([]byte{}, fromKeychain...)
	if of.kind.asksPassphrase() {
		stretched := stretch(s.Passphrase, of.salt[:], of.params)
		defer clear(stretched)
		material = append(material, stretched...)
	}
	return material
}
