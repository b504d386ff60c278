package seal

import (
	"errors"
	"fmt"
)

// errDemoStays: the key of a demo vault was never a secret, so sealing it better
// later would protect nothing.
var errDemoStays = fmt.Errorf("a demo archive stays one, and no other becomes one: %w", ErrSecrets)

// Rewrap changes the secrets that open the vault; the vault key, and so all that
// is sealed, stays. The caller has asked for the old secrets again if it wants to
// be sure of who is there. The recovery code stays good.
//
// After a crash at any moment either the old secrets open the vault or the new.
// With a keychain each change makes a new keychain secret and drops the old one,
// so key files put back from before the change do not open with the old
// passphrase; without a keychain they do, which Vault.Serial lets the caller
// notice. (A crash between the two may leave an unused keychain entry.)
//
// An error that wraps ErrHalf says that the change holds, but that one copy of
// the key file is still the old one and has to be written: the next unlock does.
// After any other error nothing has changed.
func (k *Keys) Rewrap(vault *Vault, secrets Secrets, params Params) error {
	k.turn.Lock()
	defer k.turn.Unlock()
	return k.change(vault, func(all found, key []byte) error {
		changed := all.slots
		kind, err := secrets.kind()
		if err != nil {
			return err
		}
		if (kind == Demo) != (changed.main.kind == Demo) {
			return errDemoStays
		}
		if changed.main, err = k.newMain(changed, key, secrets, params); err != nil {
			return err
		}
		err = k.replaceSlots(vault, all, changed, key)
		if err != nil && !errors.Is(err, ErrHalf) {
			k.dropEntry(secrets, changed)
			return err
		}
		k.dropEntry(secrets, all.slots)
		k.succeed()
		return err
	})
}

// NewRecoveryCode replaces the recovery code: the old one no longer opens the
// vault. Crashes and ErrHalf are as for Rewrap.
func (k *Keys) NewRecoveryCode(vault *Vault) (RecoveryCode, error) {
	k.turn.Lock()
	defer k.turn.Unlock()
	var code RecoveryCode
	err := k.change(vault, func(all found, key []byte) error {
		changed := all.slots
		if changed.main.kind == Demo {
			return errDemoStays
		}
		var err error
		if code, err = changed.newRecovery(key); err != nil {
			return err
		}
		return k.replaceSlots(vault, all, changed, key)
	})
	if err != nil && !errors.Is(err, ErrHalf) {
		code = RecoveryCode{}
	}
	return code, err
}

// change gives do the key files and the vault key, if they belong together.
func (k *Keys) change(vault *Vault, do func(found, []byte) error) error {
	key, err := vault.copyKey()
	if err != nil {
		return err
	}
	defer clear(key)
	all, err := k.load()
	if err != nil {
		return err
	}
	if err := authentic(all.file, key); err != nil {
		return err
	}
	return do(all, key)
}

// replaceSlots writes the changed slots as the next serial.
func (k *Keys) replaceSlots(vault *Vault, all found, changed slots, key []byte) error {
	changed.serial++
	file, err := changed.encode(key)
	if err != nil {
		return err
	}
	err = k.save(file, all.best)
	if err == nil || errors.Is(err, ErrHalf) {
		vault.setSerial(changed.serial)
	}
	return err
}
