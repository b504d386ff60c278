package seal

import (
	"context"
	"fmt"
)

// Unlock opens the vault. Every secret that does not fit it is ErrWrong, after
// the same work; before it, Unlock waits as long as earlier failures ask for (1,
// 2, 4 … 30 s). Secrets that are missing are ErrSecrets or ErrNoKeychain, and a
// keychain without the vault's entry is ErrNoEntry; neither counts as a try. A
// copy of the key file that is missing, damaged or stale is mended.
//
// The context ends the waiting, not the second that Argon2id takes.
func (k *Keys) Unlock(ctx context.Context, secrets Secrets) (*Vault, error) {
	k.turn.Lock()
	defer k.turn.Unlock()
	all, err := k.load()
	if err != nil {
		return nil, err
	}
	main := all.slots.main
	if err := secrets.fits(main.kind); err != nil {
		return nil, err
	}
	fromKeychain, err := secrets.keychainSecret(all.slots, main)
	if err != nil {
		return nil, err
	}
	defer clear(fromKeychain)
	if err := k.begin(ctx); err != nil {
		return nil, err
	}
	material := secrets.material(main, fromKeychain)
	defer clear(material)
	return k.open(all, main, material)
}

// Recover opens the vault with the recovery code, as the user typed it. A slip
// is ErrCodeTypo, another vault's code ErrWrong. The code stays good; the caller
// asks for a new passphrase next and gives it to Rewrap. There is no pause after
// failures: a code of 256 bits cannot be found by trying.
func (k *Keys) Recover(code string) (*Vault, error) {
	k.turn.Lock()
	defer k.turn.Unlock()
	parsed, err := parseCode(code)
	if err != nil {
		return nil, err
	}
	defer clear(parsed.secret[:])
	all, err := k.load()
	if err != nil {
		return nil, err
	}
	if all.slots.recovery == nil {
		return nil, fmt.Errorf("a demo archive has no recovery code: %w", ErrSecrets)
	}
	return k.open(all, *all.slots.recovery, parsed.secret[:])
}

// open unwraps the vault key, checks that the key file is as the app wrote it,
// and only then mends the other copy.
func (k *Keys) open(all found, with slot, material []byte) (*Vault, error) {
	key, err := all.slots.unwrapKey(with, material)
	if err != nil {
		return nil, err
	}
	if err := authentic(all.file, key); err != nil {
		clear(key)
		return nil, err
	}
	k.succeed()
	k.mend(all)
	return newVault(key, all.slots.serial)
}
