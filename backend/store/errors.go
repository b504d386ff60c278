package store

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	berrors "go.etcd.io/bbolt/errors"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// The errors of this package, as a person reads them.

// ErrNotFound says that there is no such session.
var ErrNotFound = errors.New("no such session")

func openError(path string, err error) error {
	switch {
	case errors.As(err, new(*idv.Error)):
		return err
	case errors.Is(err, berrors.ErrTimeout):
		return &idv.Error{
			Code: idv.CodeInUse, Cause: err,
			Message: fmt.Sprintf("The archive %s is in use by another copy of Veridesk.", filepath.Dir(path)),
			Hint:    "Close the other copy, or wait until its work is done, and try again.",
		}
	case idv.DiskFull(err):
		return &idv.Error{
			Code: idv.CodeDiskFull, Cause: err,
			Message: fmt.Sprintf("The disk that holds %s is full.", filepath.Dir(path)),
			Hint:    "Free some space and try again.",
		}
	case errors.Is(err, fs.ErrPermission), errors.As(err, new(*fs.PathError)):
		return notWritable(path, err)
	default:
		return damaged(path, err)
	}
}

func notWritable(path string, err error) error {
	return &idv.Error{
		Code: idv.CodeNotWritable, Cause: err,
		Message: fmt.Sprintf("The archive %s cannot be opened for writing.", path),
		Hint:    "Check the rights of the folder, or name another one with --data.",
	}
}

func damaged(path string, err error) error {
	return &idv.Error{
		Code: idv.CodeDamaged, Cause: err,
		Message: fmt.Sprintf("The archive file %s is damaged or is not an archive of Veridesk. It was not changed.", path),
		Hint:    "Move the file away to start a new archive and sync again, or put back a copy of it.",
	}
}

// checkSchema refuses layouts that this version does not know.
func checkSchema(path string, found uint64) error {
	switch {
	case found == 0 || found > 1<<16:
		return damaged(path, errors.New("no schema version"))
	case found > schema:
		return &idv.Error{
			Code:    idv.CodeNewer,
			Message: fmt.Sprintf("The archive file was made by a newer Veridesk (layout %d; this one knows %d). It was not changed.", found, schema),
			Hint:    "Install the newer version.",
		}
	case found == unsealed:
		return &idv.Error{
			Code:    idv.CodeDamaged,
			Message: fmt.Sprintf("The archive file %s was made by a version of Veridesk that did not seal its archives yet. It was not changed.", path),
			Hint:    "Move the file away and sync again; everything in it can be read by whoever has it.",
		}
	}
	return nil
}

// foreignKeys says that the file was sealed with the keys of another vault.
func foreignKeys(err error) error {
	return &idv.Error{
		Code: idv.CodeInvalid, Cause: err,
		Message: "The archive file and the key files do not belong together. Nothing was changed.",
		Hint:    "Put the archive file and the key files back from the same copy.",
	}
}

// oldKeys says that the key files are older than the ones that the archive saw last.
func oldKeys(have, seen uint64) error {
	return &idv.Error{
		Code: idv.CodeInvalid, Cause: fmt.Errorf("key files of change %d, but change %d was used", have, seen),
		Message: "The key files are older than the archive: an old passphrase would open it again. Nothing was changed.",
		Hint:    "Put back the newest key files, or the archive file and the key files from the same copy.",
	}
}

// broken says which thing of the archive cannot be read. A locked vault is no damage.
func broken(thing string, err error) error {
	if errors.Is(err, seal.ErrLocked) {
		return &idv.Error{
			Code: idv.CodeLocked, Cause: err,
			Message: "The archive is locked. Everything that was saved is safe.", Hint: "Unlock it and try again.",
		}
	}
	return &idv.Error{
		Code: idv.CodeDamaged, Cause: err,
		Message: thing + " of the archive file is damaged and cannot be read.",
		Hint:    "Put back a copy of the archive, or start a new one and sync again.",
	}
}

// errMissing is the cause when a value is not there that has to be.
var errMissing = errors.New("it is missing")

// damagedSession says which session cannot be read, and why; nil is no damage.
func damagedSession(ordinal uint32, err error) error {
	if err == nil {
		return nil
	}
	return broken(fmt.Sprintf("Session number %d", ordinal), err)
}

func writeError(err error) error {
	if idv.DiskFull(err) {
		return &idv.Error{
			Code: idv.CodeDiskFull, Cause: err,
			Message: "The disk is full. Everything that was saved before is safe; nothing was saved half.",
			Hint:    "Free some space and try again: it goes on where it stopped.",
		}
	}
	return err
}
