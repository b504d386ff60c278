package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/gofrs/flock"
	"golang.org/x/text/unicode/norm"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// This file is the way into an archive: its lock against other copies of the
// app, its keys, and what failures of these mean to the user.

// MinPassphrase is the least number of characters of a passphrase.
const MinPassphrase = 8

// Protection is what an archive in a folder asks of whoever opens it.
type Protection struct {
	Kind seal.Kind     // 0: there is no archive yet
	Wait time.Duration // before the next try with a passphrase

	Failures int // tries with a passphrase since the last that was right
}

// NeedsPassphrase reports whether a passphrase has to be asked for.
func (p Protection) NeedsPassphrase() bool {
	return p.Kind == seal.PassphraseAlone || p.Kind == seal.PassphraseKeychain
}

// Inspect tells what the archive in dir asks for, without opening it.
func Inspect(dir string) (Protection, error) {
	// The file is made after its keys, perhaps right now by another copy of the
	// app: only keys that are missing behind it are lost.
	lost := checkNoData(dir)
	state, err := seal.NewKeys(dir, nil).Inspect()
	switch {
	case errors.Is(err, seal.ErrNoKeys):
		return Protection{}, lost
	case err != nil:
		return Protection{}, keyError(dir, err)
	}
	return Protection{Kind: state.Kind, Wait: state.Pause, Failures: state.Failures}, nil
}

// checkNoData tells a new folder from an archive that has lost its keys, for when
// there are none.
func checkNoData(dir string) error {
	path := filepath.Join(dir, storeFile)
	if _, err := os.Stat(path); err != nil {
		return nil // making the archive says what is wrong, if anything
	}
	return &idv.Error{
		Code:    idv.CodeDamaged,
		Message: fmt.Sprintf("There is an archive file %s, but its key files keys.a and keys.b are missing. It was not changed.", path),
		Hint:    "Put back one of the key files, or move the archive file away to start a new archive.",
	}
}

// Protect says how a new archive is protected.
type Protect struct {
	Passphrase   []byte // at least MinPassphrase characters; the keychain is used with it where there is one
	KeychainOnly bool   // no passphrase: every program of the user can open it
	Demo         bool   // neither: only for invented sessions
}

// Create makes a new archive in dir and opens it. The recovery code is given
// this once; a demo archive has none.
func Create(dir string, p Protect, o Options) (*Archive, seal.RecoveryCode, error) {
	none := seal.RecoveryCode{}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, none, notWritable(dir, err)
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return nil, none, err
	}
	vault, code, err := create(dir, p, o)
	if err != nil {
		return nil, none, errors.Join(err, lock.Unlock())
	}
	a, err := open(dir, lock, vault, o)
	return a, code, err
}

func create(dir string, p Protect, o Options) (*seal.Vault, seal.RecoveryCode, error) {
	none := seal.RecoveryCode{}
	if err := checkNoData(dir); err != nil {
		return nil, none, err
	}
	secrets, err := p.secrets(o)
	if err != nil {
		return nil, none, err
	}
	vault, code, err := seal.NewKeys(dir, nil).Create(secrets, o.params())
	if errors.Is(err, seal.ErrExists) {
		err = &idv.Error{
			Code: idv.CodeExists, Cause: err,
			Message: fmt.Sprintf("There is an archive in %s already.", dir),
			Hint:    "Open it with its passphrase, or choose another folder.",
		}
	}
	if err != nil {
		return nil, none, keyError(dir, err)
	}
	return vault, code, nil
}

func (p Protect) secrets(o Options) (seal.Secrets, error) {
	if p.Demo {
		return seal.Secrets{Demo: true}, nil
	}
	keychain, err := o.keychain()
	switch {
	case p.KeychainOnly && err != nil:
		return seal.Secrets{}, &idv.Error{
			Code: idv.CodeInvalid, Cause: err,
			Message: "This computer has no keychain that could protect the archive.",
			Hint:    "Protect it with a passphrase.",
		}
	case p.KeychainOnly:
		return seal.Secrets{Keychain: keychain, NoPassphrase: true}, nil
	case utf8.RuneCount(plain(p.Passphrase)) < MinPassphrase:
		return seal.Secrets{}, &idv.Error{
			Code:    idv.CodeInvalid,
			Message: fmt.Sprintf("A passphrase needs at least %d characters.", MinPassphrase),
			Hint:    "Some words in a row are easy to remember and hard to guess.",
		}
	}
	return seal.Secrets{Passphrase: plain(p.Passphrase), Keychain: keychain}, nil
}

// plain gives a passphrase the one form (NFC, as RFC 8265 asks) that it has
// whatever keyboard or system it was typed with: é is one sign or e with another.
func plain(passphrase []byte) []byte { return norm.NFC.Bytes(passphrase) }

// Open opens the archive in dir. The passphrase is nil where it asks for none.
// It returns when the list can be shown; the text index catches up in the
// background (see Indexed). Besides those of the files its errors are
// CodeNotFound, CodeLocked (a passphrase or the keychain's entry is missing),
// CodeWrongSecret, CodeInUse. After wrong passphrases it waits, a little longer
// each time, until the context ends.
func Open(ctx context.Context, dir string, passphrase []byte, o Options) (*Archive, error) {
	return unlock(dir, o, func(keys *seal.Keys) (*seal.Vault, error) {
		state, err := keys.Inspect()
		if err != nil {
			return nil, err
		}
		return keys.Unlock(ctx, secretsFor(state.Kind, passphrase, o))
	})
}

// Recover opens the archive in dir with its recovery code and gives it a new
// passphrase.
func Recover(dir, code string, passphrase []byte, o Options) (*Archive, error) {
	secrets, err := Protect{Passphrase: passphrase}.secrets(o)
	if err != nil {
		return nil, err
	}
	return unlock(dir, o, func(keys *seal.Keys) (*seal.Vault, error) {
		vault, err := keys.Recover(code)
		if err != nil {
			return nil, err
		}
		if err := keys.Rewrap(vault, secrets, o.params()); err != nil && !errors.Is(err, seal.ErrHalf) {
			vault.Close()
			return nil, err
		}
		return vault, nil
	})
}

// unlock opens the archive in dir with the vault that key gives, while nobody
// else has the folder.
func unlock(dir string, o Options, key func(*seal.Keys) (*seal.Vault, error)) (*Archive, error) {
	found, err := Inspect(dir)
	switch {
	case err != nil:
		return nil, err
	case found.Kind == 0:
		return nil, &idv.Error{
			Code:    idv.CodeNotFound,
			Message: fmt.Sprintf("There is no archive in %s yet.", dir),
			Hint:    "Sync or import first, or name the archive's folder with --data.",
		}
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return nil, err
	}
	clearKeys(dir)
	vault, err := key(seal.NewKeys(dir, nil))
	if err != nil {
		return nil, errors.Join(keyError(dir, err), lock.Unlock())
	}
	a, err := open(dir, lock, vault, o)
	if err != nil {
		return nil, err
	}
	a.opened(found.Failures)
	return a, nil
}

// clearKeys removes what a crash left of key files in the making.
func clearKeys(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		if name := entry.Name(); isKeyFile(name) && strings.HasSuffix(name, ".new") {
			_ = os.Remove(filepath.Join(dir, name)) // the next opening tries again
		}
	}
}

// opened notes the opening, and the tries that failed before it: while the keys
// are closed nothing can be noted.
func (a *Archive) opened(failures int) {
	if err := a.noted(actionOpen, "", nil, "failed tries", failures); err != nil {
		a.log.Error("note the opening", "error", err) // a full disk must not keep anybody out
	}
}

// ChangePassphrase gives the archive a new passphrase. The old one is asked for
// again, whoever sits there. The recovery code stays good.
func (a *Archive) ChangePassphrase(ctx context.Context, old, passphrase []byte) error {
	secrets, err := Protect{Passphrase: passphrase}.secrets(a.options)
	if err != nil {
		return err
	}
	err = a.proven(ctx, old, func(keys *seal.Keys, vault *seal.Vault) error {
		return keys.Rewrap(vault, secrets, a.options.params())
	})
	return errors.Join(err, a.noted(actionPassphrase, "", err))
}

// NewRecoveryCode replaces the recovery code; the old one opens nothing any more.
func (a *Archive) NewRecoveryCode(ctx context.Context, passphrase []byte) (code seal.RecoveryCode, err error) {
	err = a.proven(ctx, passphrase, func(keys *seal.Keys, vault *seal.Vault) error {
		code, err = keys.NewRecoveryCode(vault)
		return err
	})
	return code, errors.Join(err, a.noted(actionCode, "", err))
}

// proven changes the keys for somebody who knows the passphrase, and notes in the
// store that older key files are no good any more.
func (a *Archive) proven(ctx context.Context, passphrase []byte, change func(*seal.Keys, *seal.Vault) error) error {
	keys := seal.NewKeys(a.dir, nil)
	state, err := keys.Inspect()
	if err != nil {
		return keyError(a.dir, err)
	}
	if state.Kind == seal.Demo {
		return &idv.Error{
			Code: idv.CodeInvalid, Message: "A demo archive has no passphrase and cannot be given one.",
			Hint: "Start a protected archive instead.",
		}
	}
	vault, err := keys.Unlock(ctx, secretsFor(state.Kind, passphrase, a.options))
	if err != nil {
		return keyError(a.dir, err)
	}
	defer vault.Close()
	if err := change(keys, vault); err != nil && !errors.Is(err, seal.ErrHalf) {
		return keyError(a.dir, err)
	}
	return a.store.SawKeys(vault.Serial())
}

// secretsFor are what a vault of this kind is opened with.
func secretsFor(kind seal.Kind, passphrase []byte, o Options) seal.Secrets {
	switch kind {
	case seal.Demo:
		return seal.Secrets{Demo: true}
	case seal.PassphraseAlone:
		return seal.Secrets{Passphrase: plain(passphrase)}
	}
	keychain, err := o.keychain()
	if err != nil {
		keychain = nil
	}
	return seal.Secrets{Passphrase: plain(passphrase), Keychain: keychain, NoPassphrase: kind == seal.KeychainAlone}
}

// lockWait is how long another copy of the app may take to let go.
const lockWait = time.Second

// lockFolder keeps other copies of the app out of the folder until it is unlocked.
func lockFolder(dir string) (*flock.Flock, error) {
	ctx, cancel := context.WithTimeout(context.Background(), lockWait)
	defer cancel()
	lock := flock.New(filepath.Join(dir, lockFile), flock.SetPermissions(0o600))
	switch ok, err := lock.TryLockContext(ctx, 20*time.Millisecond); {
	case ok:
		return lock, nil
	case err == nil, errors.Is(err, context.DeadlineExceeded):
		return nil, &idv.Error{
			Code: idv.CodeInUse, Cause: err,
			Message: fmt.Sprintf("The archive %s is in use by another copy of Veridesk.", dir),
			Hint:    "Close or lock the other copy, or wait until its work is done, and try again.",
		}
	default:
		return nil, notWritable(dir, err)
	}
}
