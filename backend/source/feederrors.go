package source

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"

	"veridesk/backend/idv"
)

// What a person reads when the portal does not answer as a portal does. No
// sentence repeats what the portal sent: it may hold personal data.

// kept ends the sentence of an error with what became of the archive.
func kept(err error, goodPages int) error {
	if goodPages == 0 {
		return withMore(err, " Your archive is as it was, and the next sync goes on from where the last good page ended.")
	}
	return withMore(err, " Your archive is as it was after the last good page, and the next sync goes on from there.")
}

// withMore adds to what a person reads.
func withMore(err error, more string) error {
	var e *idv.Error
	if !errors.As(err, &e) {
		return err
	}
	told := *e
	told.Message += more
	return &told
}

func (c *feedClient) keyRefused(status int) *idv.Error {
	return &idv.Error{
		Code:    idv.CodeRefused,
		Message: fmt.Sprintf("At %s the portal refused the key (%d).", c.base.Host, status),
		Hint: "Copy the company's secret key from the portal's settings, " +
			"or ask who administers the portal in your company, and enter it again.",
	}
}

func (c *feedClient) unreachable(cause error) *idv.Error {
	why := "could not be reached"
	var onTheWay *net.OpError
	switch {
	case isTimeout(cause):
		why = "did not answer in time"
	case errors.Is(cause, io.EOF), errors.Is(cause, io.ErrUnexpectedEOF), errors.As(cause, &onTheWay) && onTheWay.Op == "read":
		why = "broke off the connection before it answered"
	}
	return &idv.Error{
		Code:    idv.CodeUnreachable,
		Message: fmt.Sprintf("The portal at %s %s.", c.base.Host, why),
		Hint:    "Check the address and your connection, then sync again.",
		Cause:   cause,
	}
}

// broken is an answer that began well and did not come to its end.
func (c *feedClient) broken(cause error) *idv.Error {
	message := "The connection to the portal at %s broke in the middle of an answer."
	switch {
	case errors.Is(cause, errSilent):
		message = "The portal at %s fell silent in the middle of an answer."
	case isTimeout(cause):
		message = "The portal at %s did not come to the end of an answer in time."
	}
	return &idv.Error{
		Code:    idv.CodeUnreachable,
		Message: fmt.Sprintf(message, c.base.Host),
		Hint:    "Check your connection, then sync again.",
		Cause:   cause,
	}
}

func isTimeout(err error) bool {
	var timeout interface{ Timeout() bool }
	return errors.As(err, &timeout) && timeout.Timeout()
}

func (c *feedClient) insecure(cause error) *idv.Error {
	return &idv.Error{
		Code:    idv.CodeUnreachable,
		Message: fmt.Sprintf("No secure connection to %s could be made, so the key was not sent.", c.base.Host),
		Hint:    "Check the address and this computer's date. Behind a company's own proxy, ask your administrator to install its certificate.",
		Cause:   cause,
	}
}

func (c *feedClient) busy(status int, after time.Duration) *idv.Error {
	hint := "Sync again in some minutes."
	if after > 0 {
		hint = fmt.Sprintf("It asks to be left alone for %s. Sync again after that.", inWords(after))
	}
	return &idv.Error{
		Code:    idv.CodeUnreachable,
		Message: fmt.Sprintf("The portal at %s cannot answer now (%d %s).", c.base.Host, status, http.StatusText(status)),
		Hint:    hint,
	}
}

// inWords says how long to wait, rather too long than too short.
func inWords(d time.Duration) string {
	units := func(unit time.Duration) int { return int((d + unit - 1) / unit) }
	switch {
	case d <= time.Minute:
		return "a minute"
	case d <= 90*time.Minute:
		return fmt.Sprintf("%d minutes", units(time.Minute))
	case d <= 48*time.Hour:
		return fmt.Sprintf("about %d hours", units(time.Hour))
	default:
		return fmt.Sprintf("about %d days", units(24*time.Hour))
	}
}

// unexpected is a status that a session feed does not give.
func (c *feedClient) unexpected(status int) *idv.Error {
	seen := fmt.Sprintf("answered %d %s", status, http.StatusText(status))
	if status >= 300 && status < 400 {
		seen = fmt.Sprintf("sent the app on to another address (%d), where the key must not go", status)
	}
	e := notPortal(c.base, seen)
	e.Cause = statusError(status)
	return e
}

func (f *Feed) notPortal(seen string) *idv.Error { return notPortal(f.base, seen) }

func notPortal(base *url.URL, seen string) *idv.Error {
	return &idv.Error{
		Code:    idv.CodeNotPortal,
		Message: fmt.Sprintf("What answers at %s is not a portal's session feed: it %s.", base.Host, seen),
		Hint:    "Check the portal's address. If it is right, show this message to who runs the portal or its gateway.",
	}
}

// statusError is the HTTP status that an answer was refused for.
type statusError int

func (s statusError) Error() string { return fmt.Sprintf("http status %d", int(s)) }

// isStaleCursor reports whether an error may mean that the portal no longer
// knows the page cursor.
func isStaleCursor(err error) bool {
	var status statusError
	if !errors.As(err, &status) {
		return false
	}
	return status == http.StatusBadRequest || status == http.StatusNotFound ||
		status == http.StatusGone || status == http.StatusUnprocessableEntity
}
