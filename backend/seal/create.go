package seal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Create makes a vault and its key files. It answers ErrExists rather than touch
// files that are there, whole or not. The recovery code is given this once; a
// demo vault has none.
func (k *Keys) Create(secrets Secrets, params Params) (*Vault, RecoveryCode, error) {
	k.turn.Lock()
	defer k.turn.Unlock()
	if err := k.vacant(); err != nil {
		return nil, RecoveryCode{}, err
	}
	key := random(keySize)
	made := slots{vaultID: [16]byte(random(16)), serial: 1}
	var err error
	if made.main, err = k.newMain(made, key, secrets, params); err != nil {
		return nil, RecoveryCode{}, err
	}
	var code RecoveryCode
	if made.main.kind != Demo {
		code, err = made.newRecovery(key)
	}
	var file []byte
	if err == nil {
		file, err = made.encode(key)
	}
	if err == nil {
		err = k.save(file, 0)
	}
	if err != nil {
		k.discard(secrets, made)
		return nil, RecoveryCode{}, fmt.Errorf("make the key files: %w", err)
	}
	k.succeed()
	vault, err := newVault(key, made.serial)
	return vault, code, err
}

// vacant makes sure that no key file is there.
func (k *Keys) vacant() error {
	all, err := k.load()
	for _, one := range all.copies {
		if one.Condition != Missing {
			return fmt.Errorf("%s: %w", filepath.Join(k.dir, one.Name), ErrExists)
		}
	}
	if err == ErrNoKeys {
		return nil
	}
	return err
}

// discard takes back what a Create that failed has made.
func (k *Keys) discard(secrets Secrets, made slots) {
	for _, name := range copyNames {
		_ = os.Remove(filepath.Join(k.dir, name))
	}
	k.dropEntry(secrets, made)
}

// newMain makes the slot for daily use. Its keychain secret is stored first and
// read back, so that no key file ever asks for one that the keychain did not keep.
func (k *Keys) newMain(in slots, key []byte, secrets Secrets, params Params) (slot, error) {
	kind, err := secrets.kind()
	if err != nil {
		return slot{}, err
	}
	made := slot{kind: kind, salt: [16]byte(random(16))}
	if kind.asksPassphrase() {
		if err := k.limits.check(params); err != nil {
			return slot{}, err
		}
		made.params = params
	}
	fromKeychain, err := secrets.storeSecret(in, made)
	if err != nil {
		return slot{}, err
	}
	defer clear(fromKeychain)
	material := secrets.material(made, fromKeychain)
	defer clear(material)
	return made, in.wrapKey(&made, key, material)
}

// storeSecret puts a new random secret into the keychain, for kinds that have one.
func (s Secrets) storeSecret(in slots, of slot) ([]byte, error) {
	if !of.kind.asksKeychain() {
		return nil, nil
	}
	secret := random(keySize)
	defer clear(secret)
	if err := s.Keychain.Set(in.entry(of), secret); err != nil {
		return nil, fmt.Errorf("store a secret in the keychain: %w", err)
	}
	kept, err := s.keychainSecret(in, of)
	if err != nil || string(kept) != string(secret) {
		_ = s.Keychain.Delete(in.entry(of))
		return nil, errors.Join(errors.New("the keychain did not keep the secret"), err)
	}
	return kept, nil
}

// newRecovery replaces the slot of the recovery code.
func (s *slots) newRecovery(key []byte) (RecoveryCode, error) {
	code := newRecoveryCode()
	made := slot{kind: recovery, salt: [16]byte(random(16))}
	if err := s.wrapKey(&made, key, code.secret[:]); err != nil {
		return RecoveryCode{}, err
	}
	s.recovery = &made
	return code, nil
}

// dropEntry removes the keychain entry of slots that no longer count. If that
// fails it only stays behind.
func (k *Keys) dropEntry(secrets Secrets, of slots) {
	if secrets.Keychain != nil && of.main.kind.asksKeychain() {
		_ = secrets.Keychain.Delete(of.entry(of.main))
	}
}
