// Package seal keeps what the app writes to disk unreadable without its keys:
// it makes and guards the vault key, seals values and files with keys derived
// from it, and opens them again. It knows nothing of sessions.
//
// One random vault key stands behind everything. On disk it exists only wrapped
// in key slots (see [Keys]); in memory a [Vault] holds it while the archive is
// unlocked. From a vault come a [Box] for sealed values and blind indexes; files
// are sealed as streams, each with a [FileKey] of its own that is kept in a
// sealed value.
//
// What it does not do: protect an unlocked archive from programs of the same
// user, or from a memory image of the running app.
package seal

import (
	"errors"
	"fmt"
)

// What a caller may have to tell apart. None of them, nor what they wrap, holds
// a secret or a sealed value.
var (
	ErrLocked    = errors.New("the vault is locked")
	ErrDamaged   = errors.New("damaged, or not sealed for this place")
	ErrKey       = errors.New("sealed with another key")
	ErrVersion   = errors.New("sealed in a format that this version does not know")
	ErrExhausted = errors.New("the key has sealed all it may: start a new generation")

	ErrWrong    = errors.New("that secret does not open the vault")
	ErrNoKeys   = errors.New("there are no key files")
	ErrExists   = errors.New("there are key files already")
	ErrParams   = errors.New("passphrase hardening outside the allowed limits")
	ErrSecrets  = errors.New("the secrets do not fit the vault")
	ErrHalf     = errors.New("only one copy of the key file was written")
	ErrCodeTypo = errors.New("the recovery code has a typing mistake")

	ErrNoKeychain = errors.New("this system has no keychain that can be used")
	ErrNoEntry    = errors.New("the keychain has no such entry")
)

// NewerError reports key files made by a newer version of the app. They are left
// as they are.
type NewerError struct{ Version int }

// Error names the version.
func (e *NewerError) Error() string {
	return fmt.Sprintf("the key files have format %d; this version knows up to %d", e.Version, slotsVersion)
}
