package archive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// This file says what a failure of the keys, or of the folder, means to the user.

func notWritable(dir string, err error) error {
	if idv.DiskFull(err) {
		return &idv.Error{
			Code: idv.CodeDiskFull, Cause: err,
			Message: fmt.Sprintf("The disk that holds %s is full.", dir),
			Hint:    "Free some space and try again.",
		}
	}
	return &idv.Error{
		Code: idv.CodeNotWritable, Cause: err,
		Message: fmt.Sprintf("The folder %s cannot be written to.", dir),
		Hint:    "Check the rights of the folder, or name another one with --data.",
	}
}

// keyFailure is what a failure of the keys means to the user.
type keyFailure struct {
	cause  error
	reason idv.Error
}

// keyFailures are looked through from the first on.
var keyFailures = []keyFailure{
	{seal.ErrWrong, idv.Error{
		Code:    idv.CodeWrongSecret,
		Message: "That does not open this archive.",
		Hint:    "Check Caps Lock and the language of the keyboard. A forgotten passphrase is replaced with the recovery code.",
	}},
	{seal.ErrCodeTypo, idv.Error{
		Code:    idv.CodeInvalid,
		Message: "The recovery code has a typing mistake.",
		Hint:    "Compare it with what was written down, group by group.",
	}},
	{seal.ErrNoEntry, idv.Error{
		Code:    idv.CodeLocked,
		Message: "This computer's keychain no longer has the secret of this archive.",
		Hint:    "Open it with the recovery code: that makes a new one.",
	}},
	{seal.ErrNoKeychain, idv.Error{
		Code:    idv.CodeLocked,
		Message: "The archive needs this computer's keychain, which cannot be used just now.",
		Hint:    "Unlock the keychain or start its service and try again, or open the archive with the recovery code.",
	}},
	{seal.ErrSecrets, idv.Error{
		Code:    idv.CodeLocked,
		Message: "The archive is locked.",
		Hint:    "Give its passphrase.",
	}},
	{seal.ErrParams, idv.Error{
		Code:    idv.CodeDamaged,
		Message: "The key files ask for a hardening of the passphrase outside the limits. Nothing was changed.",
		Hint:    "Put back an older copy of keys.a and keys.b.",
	}},
	{seal.ErrDamaged, idv.Error{
		Code:    idv.CodeDamaged,
		Message: "Both key files, keys.a and keys.b, are damaged. Nothing was changed.",
		Hint:    "Put back a copy of one of them, or restore a backup.",
	}},
}

// keyError makes what the keys answer readable.
func keyError(dir string, err error) error {
	if newer := (*seal.NewerError)(nil); errors.As(err, &newer) {
		return &idv.Error{
			Code: idv.CodeNewer, Cause: err,
			Message: fmt.Sprintf("The archive was made by a newer Veridesk (key files of version %d). It was not changed.", newer.Version),
			Hint:    "Install the newer version.",
		}
	}
	if errors.As(err, new(*idv.Error)) || errors.Is(err, context.Canceled) {
		return err
	}
	i := slices.IndexFunc(keyFailures, func(k keyFailure) bool { return errors.Is(err, k.cause) })
	switch {
	case i >= 0:
		reason := keyFailures[i].reason
		reason.Cause = err
		return &reason
	case idv.DiskFull(err), errors.Is(err, os.ErrPermission):
		return notWritable(dir, err)
	}
	return fmt.Errorf("open the keys: %w", err)
}
