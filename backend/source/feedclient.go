package source

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// The HTTP side of the feed: one request an answer, limits, and what an answer
// that is none of a portal's means.

const (
	headerTimeout  = 15 * time.Second
	idleTimeout    = 30 * time.Second // of a body of which nothing comes
	requestTimeout = 10 * time.Minute
	maxPageBytes   = 16 << 20 // after decompression, as the next
	maxItemBytes   = 4 << 20
)

// feedClient asks one portal, with the key.
type feedClient struct {
	http  *http.Client
	base  *url.URL
	key   string
	retry retryPolicy
}

func newFeedClient(base *url.URL, key string, o FeedOptions) *feedClient {
	transport := o.Transport
	if transport == nil {
		transport = newTransport()
	}
	return &feedClient{
		base:  base,
		key:   key,
		retry: newRetryPolicy(o.Wait, o.Now),
		http: &http.Client{
			Transport: transport,
			// A redirect is an answer like any other: the key must not travel.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

func newTransport() *http.Transport {
	return &http.Transport{
		DialContext:           (&net.Dialer{Timeout: headerTimeout}).DialContext,
		Proxy:                 http.ProxyFromEnvironment,
		ForceAttemptHTTP2:     true,
		ResponseHeaderTimeout: headerTimeout,
		TLSHandshakeTimeout:   headerTimeout,
		IdleConnTimeout:       30 * time.Second,
		TLSClientConfig:       &tls.Config{MinVersion: tls.VersionTLS12},
	}
}

// get fetches the body of one answer, of at most so many bytes, trying again
// where that may help; it is read into room. The error is an *idv.Error or the
// context's.
func (c *feedClient) get(ctx context.Context, address *url.URL, most int, room *bytes.Buffer) ([]byte, error) {
	body, err := retry(ctx, c.retry, func() ([]byte, error) { return c.try(ctx, address, most, room) })
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return body, err
}

func (c *feedClient) try(ctx context.Context, address *url.URL, most int, room *bytes.Buffer) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		return nil, c.unreachable(err)
	}
	request.Header.Set("Authorization", c.key)
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "veridesk")
	response, err := c.http.Do(request)
	if err != nil {
		return nil, c.failed(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return nil, c.refused(response)
	}
	watched := &watchedBody{body: response.Body, silent: func() { stop(errSilent) }}
	room.Reset()
	_, err = room.ReadFrom(io.LimitReader(watched, int64(most)+1))
	switch {
	case err != nil:
		return nil, &again{err: c.broken(cmp.Or(context.Cause(ctx), err))}
	case room.Len() > most:
		return nil, notPortal(c.base, fmt.Sprintf("sent an answer of more than %d MiB", most>>20))
	}
	return room.Bytes(), nil
}

// errSilent ends an answer of which nothing came for idleTimeout.
var errSilent = errors.New("nothing came for " + idleTimeout.String())

// watchedBody calls silent when a single read lasts longer than idleTimeout:
// net/http limits the wait for a header, but not for the rest of a body.
type watchedBody struct {
	body   io.Reader
	silent func()
}

func (w *watchedBody) Read(p []byte) (int, error) {
	defer time.AfterFunc(idleTimeout, w.silent).Stop()
	return w.body.Read(p)
}

// failed judges an error below HTTP. What is wrong with a certificate is not
// mended by asking again.
func (c *feedClient) failed(err error) error {
	var u *url.Error // it repeats the whole address
	if errors.As(err, &u) {
		err = u.Err
	}
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	if errors.As(err, &certificate) || errors.As(err, &record) || errors.Is(err, http.ErrSchemeMismatch) {
		return c.insecure(err)
	}
	return &again{err: c.unreachable(err)}
}

// refused judges an answer with a status other than 200.
func (c *feedClient) refused(response *http.Response) error {
	status := response.StatusCode
	switch {
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return c.keyRefused(status)
	case isPassing(status):
		after := c.retry.retryAfter(response.Header.Get("Retry-After"))
		return &again{err: c.busy(status, after), after: after}
	default:
		return c.unexpected(status)
	}
}

// isPassing tells the statuses for which asking again may help.
func isPassing(status int) bool {
	return status == http.StatusRequestTimeout || status == http.StatusTooEarly ||
		status == http.StatusTooManyRequests || status >= 500
}
