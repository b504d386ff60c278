package export

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"syscall"

	"veridesk/backend/idv"
)

// writeError says in sentences why the file at path was not written. An error
// that is in sentences already stays as it is.
func writeError(path string, err error) error {
	var known *idv.Error
	switch {
	case errors.As(err, &known):
		return err
	case errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return &idv.Error{
			Code: idv.CodeCancelled, Message: "The export was stopped. No file was written.", Cause: err,
		}
	case errors.Is(err, fs.ErrExist):
		return &idv.Error{
			Code:    idv.CodeExists,
			Message: fmt.Sprintf("%s exists already. It was left as it is.", path),
			Hint:    "Choose another name, or replace the file: on the command line with --force.",
			Cause:   err,
		}
	case idv.DiskFull(err):
		return &idv.Error{
			Code:    idv.CodeDiskFull,
			Message: fmt.Sprintf("The disk with the folder %s is full. No file was written.", failedDir(path, err)),
			Hint:    "Free some space or choose another disk, then export again.",
			Cause:   err,
		}
	case errors.As(err, new(syscall.Errno)):
		return &idv.Error{
			Code:    idv.CodeNotWritable,
			Message: fmt.Sprintf("The export could not be written into the folder %s. No file was written.", failedDir(path, err)),
			Hint:    "Check that you may write there, that the file is not open in another program and that the disk is not write-protected, or choose another folder.",
			Cause:   err,
		}
	default: // no refusal by the system, so a fault of ours
		return fmt.Errorf("write export: %w", err)
	}
}

// failedDir is the folder that an error is about, and never the one of ours in it.
func failedDir(path string, err error) string {
	var failed *fs.PathError
	if errors.As(err, &failed) && failed.Path != "" {
		path = failed.Path
	}
	dir := filepath.Dir(path)
	if matches(spillPattern, filepath.Base(dir)) {
		dir = filepath.Dir(dir)
	}
	return dir
}

func noFileName(path string) error {
	e := &idv.Error{Code: idv.CodeInvalid, Message: "No file name was given. Nothing was written.", Hint: "Name the file to write."}
	if path != "" {
		e.Message = fmt.Sprintf("%s is a folder, not a file. Nothing was written.", path)
	}
	return e
}

func notAFile(path string, folder bool) error {
	if folder {
		return noFileName(path)
	}
	return &idv.Error{
		Code:    idv.CodeInvalid,
		Message: fmt.Sprintf("%s is not a file that can be replaced. Nothing was written.", path),
		Hint:    "Choose another name.",
	}
}

func noFolder(dir string, cause error) error {
	if errors.Is(cause, fs.ErrPermission) {
		return writeError(filepath.Join(dir, "file"), cause)
	}
	return &idv.Error{
		Code:    idv.CodeInvalid,
		Message: fmt.Sprintf("There is no folder %s. Nothing was written.", dir),
		Hint:    "Make the folder first, or choose another one.",
		Cause:   cause,
	}
}
