package source

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"veridesk/backend/idv"
)

// Where the photos of one session are: GET
// {address}/verification/session-data/{id}. Links expire 15 minutes after the
// answer, so they are asked for when the photos are about to be fetched.

// Why the portal has no photos of a session, as the cause of an *idv.Error.
var (
	ErrSessionUnknown = errors.New("the portal does not know the session")
	ErrSessionClosed  = errors.New("the session is closed to reading")
)

// Photos asks the portal for a session's photos and their fresh links. A session
// without photos has none, and no error. The error is an *idv.Error, which wraps
// ErrSessionUnknown or ErrSessionClosed where asking again will not help, or the
// context's.
func (f *Feed) Photos(ctx context.Context, id string) ([]idv.Photo, error) {
	if id == "" || id == "." || id == ".." { // in an address these mean another place
		return nil, f.noSession(ErrSessionUnknown)
	}
	address := f.base.JoinPath("verification", "session-data", url.PathEscape(id))
	body, err := f.client.get(ctx, address, maxItemBytes, new(bytes.Buffer))
	var status statusError
	switch {
	case errors.As(err, &status) && status == http.StatusNotFound:
		return nil, f.noSession(ErrSessionUnknown)
	case errors.As(err, &status) && status == http.StatusGone:
		return nil, f.noSession(ErrSessionClosed)
	case err != nil:
		return nil, withMore(err, dataSafe)
	}
	record, err := DecodeSession(body)
	if err != nil || record.Session.ID != id {
		return nil, f.otherSession()
	}
	return record.Photos, nil
}

// noSession is for a reader who asked for photos, not for the session: that is
// in the archive.
func (f *Feed) noSession(why error) *idv.Error {
	message := "The portal at %s does not know a session that is in the archive, so its photos cannot be fetched."
	if why == ErrSessionClosed {
		message = "At the portal %s a session is closed to reading, so its photos can no longer be fetched."
	}
	return &idv.Error{
		Code:    idv.CodeNotFound,
		Message: fmt.Sprintf(message, f.base.Host) + " The session's data are safe.",
		Hint:    "Look at the session on the portal, or ask who administers it in your company.",
		Cause:   why,
	}
}

// otherSession quotes nothing of the answer, which may hold personal data.
func (f *Feed) otherSession() *idv.Error {
	return &idv.Error{
		Code:    idv.CodeNotPortal,
		Message: fmt.Sprintf("The portal at %s did not answer with the session that was asked for, so its photos were not fetched. The session's data are safe.", f.base.Host),
		Hint:    "Sync again later. If it stays, show this message to who runs the portal or its gateway.",
	}
}
