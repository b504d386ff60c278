package idv

import (
	"context"
	"errors"
	"strings"
)

// Code names a kind of failure for programs; people read Message and Hint.
type Code string

// The codes.
const (
	CodeInternal    Code = "internal"     // a fault of ours; the cause is in the log only
	CodeUsage       Code = "usage"        // the command was not understood
	CodeInvalid     Code = "invalid"      // what was given cannot be used
	CodeNotFound    Code = "not_found"    // what was named is not there
	CodeExists      Code = "exists"       // the file is there already
	CodeInUse       Code = "in_use"       // another copy of the app has the archive
	CodeNewer       Code = "newer"        // made by a newer version
	CodeDamaged     Code = "damaged"      // the archive's file cannot be trusted
	CodeRefused     Code = "refused"      // the portal refused the key
	CodeKeyNeeded   Code = "key_needed"   // the key of the portal has to be given again
	CodeUnreachable Code = "unreachable"  // the portal did not answer
	CodeNotPortal   Code = "not_portal"   // an answer, but not a portal's
	CodeNotWritable Code = "not_writable" // no right to write there
	CodeDiskFull    Code = "disk_full"
	CodeLocked      Code = "locked"       // the archive is sealed and has not been opened
	CodeWrongSecret Code = "wrong_secret" // that passphrase or recovery code does not open it
	CodeCancelled   Code = "cancelled"
	CodeBusy        Code = "busy" // a job of that kind is running
)

// Error is a failure as a person reads it: what happened and what happened to
// their data, then what to do next. Cause goes to the log only.
type Error struct {
	Code    Code   `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	Cause   error  `json:"-"`
}

// Error is the message, with the cause behind it.
func (e *Error) Error() string {
	if e.Cause != nil {
		return strings.TrimSuffix(e.Message, ".") + ": " + e.Cause.Error()
	}
	return e.Message
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// AsError turns any failure into one that a person can read. An error that is
// not an Error is internal: its text is for the log.
func AsError(err error) *Error {
	var e *Error
	switch {
	case err == nil:
		return nil
	case errors.As(err, &e):
		return e
	case errors.Is(err, context.Canceled):
		return &Error{Code: CodeCancelled, Message: "Stopped.", Cause: err}
	default:
		return &Error{
			Code:    CodeInternal,
			Message: "Something went wrong inside the app. What was saved before is safe.",
			Hint:    "Try again. If it stays, the log says more.",
			Cause:   err,
		}
	}
}
