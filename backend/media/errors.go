package media

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"veridesk/backend/idv"
)

// What a caller may have to tell apart. But for ErrClosed they come as the cause
// of an *idv.Error.
var (
	ErrClosed  = errors.New("the store of photos is closed")
	ErrMissing = errors.New("the photo's file is not there")
	ErrDamaged = errors.New("the photo's file is not what was kept")

	ErrTooLarge = errors.New("the photo is beyond the limits")
	ErrNoPhoto  = errors.New("neither JPEG, PNG nor WebP")
)

func cannotOpen(dir string, cause error) error {
	if idv.DiskFull(cause) {
		return diskFull(cause)
	}
	return &idv.Error{
		Code:    idv.CodeNotWritable,
		Message: fmt.Sprintf("The folder for photos %s cannot be used. Nothing in it was changed.", dir),
		Hint:    "Check that you may write there and that the disk is not write-protected.",
		Cause:   cause,
	}
}

func diskFull(cause error) error {
	return &idv.Error{
		Code:    idv.CodeDiskFull,
		Message: "The disk is full, so a photo could not be kept. What was kept before is safe.",
		Hint:    "Free some space, then sync again: the missing photos are fetched then.",
		Cause:   cause,
	}
}

// writeFailed says in sentences why a photo was not kept.
func writeFailed(cause error) error {
	switch {
	case idv.DiskFull(cause):
		return diskFull(cause)
	case errors.As(cause, new(syscall.Errno)):
		return &idv.Error{
			Code:    idv.CodeNotWritable,
			Message: "A photo could not be written into the archive's folder. What was kept before is safe.",
			Hint:    "Check that you may write there and that the disk is not write-protected, then sync again.",
			Cause:   cause,
		}
	default:
		return fmt.Errorf("write a photo: %w", cause)
	}
}

// readFailed judges why a kept photo cannot be read.
func readFailed(cause error) error {
	switch {
	case errors.Is(cause, fs.ErrNotExist):
		return unreadable("The file of a kept photo is missing, so it cannot be shown.", ErrMissing)
	case errors.Is(cause, ErrDamaged):
		return unreadable("The file of a kept photo is damaged, so it is not shown.", cause)
	default:
		return fmt.Errorf("read a photo: %w", cause)
	}
}

func unreadable(message string, cause error) error {
	return &idv.Error{
		Code:    idv.CodeDamaged,
		Message: message + " The session's data are not affected.",
		Hint:    "Restore the archive from a backup, or look at the photo on the portal.",
		Cause:   cause,
	}
}

func tooLarge(limit string) error {
	return &idv.Error{
		Code:    idv.CodeInvalid,
		Message: fmt.Sprintf("A photo is larger than %s, so it was not kept. The session's data are safe.", limit),
		Hint:    "Look at the photo on the portal.",
		Cause:   ErrTooLarge,
	}
}

func noPhoto() error {
	return &idv.Error{
		Code:    idv.CodeInvalid,
		Message: "What was to be a photo is neither JPEG, PNG nor WebP, so it was not kept. The session's data are safe.",
		Hint:    "Look at the session on the portal. If its photo is well there, tell who runs the portal.",
		Cause:   ErrNoPhoto,
	}
}
