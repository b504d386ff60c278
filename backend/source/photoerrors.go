package source

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"

	"code.dny.dev/ssrf"

	"veridesk/backend/idv"
)

// What a person reads when a photo does not come. No sentence holds the link:
// whoever has it can look at the photo.

// What a caller may have to tell apart, as the cause of an *idv.Error.
var (
	ErrExpired = errors.New("the photo's link is no longer good")
	ErrAddress = errors.New("the photo's link may not be followed")
	ErrPhoto   = errors.New("the answer cannot be a photo")
)

const (
	dataSafe  = " The session's data are safe."
	syncLater = "Sync again: photos that are missing are fetched then."
)

func badLink(why string) *idv.Error {
	return &idv.Error{
		Code:    idv.CodeInvalid,
		Message: "The portal gave a link to a photo that is not followed. " + why + dataSafe,
		Hint:    "If the portal keeps its photos there, allow that host in the settings.",
		Cause:   ErrAddress,
	}
}

func linkExpired(host string, status int) *idv.Error {
	return &idv.Error{
		Code:    idv.CodeRefused,
		Message: fmt.Sprintf("At %s the link to a photo is no longer good (%d).", host, status) + dataSafe,
		Hint:    syncLater,
		Cause:   ErrExpired,
	}
}

func photoBusy(host string, status int) *idv.Error {
	return &idv.Error{
		Code:    idv.CodeUnreachable,
		Message: fmt.Sprintf("%s cannot send photos now (%d %s).", host, status, http.StatusText(status)) + dataSafe,
		Hint:    syncLater,
		Cause:   statusError(status),
	}
}

// photoStatus is a status that storage does not give for a good link.
func photoStatus(host string, status int) *idv.Error {
	seen := fmt.Sprintf("answered %d %s", status, http.StatusText(status))
	if status >= 300 && status < 400 {
		seen = fmt.Sprintf("sent the app on to another address (%d), where it does not go", status)
	}
	e := notPhoto(host, seen)
	e.Cause = errors.Join(ErrPhoto, statusError(status))
	if status == http.StatusNotFound {
		e.Code = idv.CodeNotFound
	}
	return e
}

func notPhoto(host, seen string) *idv.Error {
	return &idv.Error{
		Code:    idv.CodeInvalid,
		Message: fmt.Sprintf("A photo could not be fetched: %s %s.", host, seen) + dataSafe,
		Hint:    "Look at the session on the portal. If its photo is well there, tell who runs the portal.",
		Cause:   ErrPhoto,
	}
}

func photoTooLarge(host string) *idv.Error {
	return notPhoto(host, "sent more than 25 MiB")
}

// photoFailed judges an error below HTTP.
func photoFailed(host string, cause error) error {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.Is(cause, ssrf.ErrProhibitedIP):
		e := badLink(fmt.Sprintf("It leads to %q, which is a machine inside a network and not on the internet.", host))
		e.Cause = errors.Join(ErrAddress, cause)
		return e
	case errors.As(cause, &certificate) || errors.As(cause, &record):
		return &idv.Error{
			Code:    idv.CodeUnreachable,
			Message: fmt.Sprintf("No secure connection to %s could be made, so a photo was not fetched.", host) + dataSafe,
			Hint:    "Check this computer's date. Behind a company's own proxy, ask your administrator to install its certificate.",
			Cause:   cause,
		}
	default:
		return &again{err: photoUnreachable(host, cause)}
	}
}

func photoUnreachable(host string, cause error) *idv.Error {
	why := "could not be reached"
	if isTimeout(cause) {
		why = "did not answer in time"
	} else if errors.Is(cause, io.EOF) || errors.Is(cause, io.ErrUnexpectedEOF) {
		why = "broke off the connection before it answered"
	}
	return &idv.Error{
		Code:    idv.CodeUnreachable,
		Message: fmt.Sprintf("%s, which has a photo, %s.", host, why) + dataSafe,
		Hint:    "Check your connection. " + syncLater,
		Cause:   cause,
	}
}

// photoBroken is a photo that began to come and did not come to its end.
func photoBroken(host string, cause error) *idv.Error {
	message := "The connection to %s broke in the middle of a photo."
	switch {
	case errors.Is(cause, errSilent):
		message = "%s fell silent in the middle of a photo."
	case isTimeout(cause):
		message = "%s did not come to the end of a photo in time."
	}
	return &idv.Error{
		Code:    idv.CodeUnreachable,
		Message: fmt.Sprintf(message, host) + dataSafe,
		Hint:    syncLater,
		Cause:   cause,
	}
}
