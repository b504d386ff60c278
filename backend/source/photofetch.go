package source

import (
	"context"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"veridesk/backend/idv"
)

// Fetching photos by the links of a session's data. A link says where to go, and
// whoever can write into a session's data could write one: so a link is followed
// only to hosts that are known, never into the network around this computer, and
// never with the portal's key.

// FetchOptions says where photos may come from. Portal is required.
type FetchOptions struct {
	Portal string   // the portal's base address, as in FeedOptions
	Hosts  []string // further hosts, such as that of the portal's storage; names only

	// Transport carries the requests. Nil is one of the fetcher's own, and only
	// that one refuses addresses inside the network; it asks Resolver for them,
	// or the system's if that is nil.
	Transport http.RoundTripper
	Resolver  *net.Resolver

	// Wait and Now are as in FeedOptions.
	Wait func(ctx context.Context, d time.Duration) error
	Now  func() time.Time
}

// Fetcher fetches photos. It may be used from several goroutines.
type Fetcher struct {
	rules     photoRules
	transport http.RoundTripper
	retry     retryPolicy
}

// NewFetcher checks the options; it calls nobody.
func NewFetcher(o FetchOptions) (*Fetcher, error) {
	rules, err := newPhotoRules(o.Portal, o.Hosts)
	if err != nil {
		return nil, err
	}
	transport := o.Transport
	if transport == nil {
		transport = newPhotoTransport(rules, o.Resolver)
	}
	return &Fetcher{rules: rules, transport: transport, retry: newRetryPolicy(o.Wait, o.Now)}, nil
}

// Close ends the connections that are kept for the next photo.
func (f *Fetcher) Close() {
	if idle, ok := f.transport.(interface{ CloseIdleConnections() }); ok {
		idle.CloseIdleConnections()
	}
}

// Fetch opens a photo; the caller reads it to its end and closes it. It waits for
// the beginning of the answer, trying again where that may help. Errors, those of
// reading too, are an *idv.Error or the context's, and never hold the link. They
// wrap ErrExpired for a link that is no longer good, ErrAddress for one that may
// not be followed, and ErrPhoto for an answer that cannot be a photo.
func (f *Fetcher) Fetch(ctx context.Context, photo idv.Photo) (io.ReadCloser, error) {
	address, err := f.rules.check(photo.URL)
	if err != nil {
		return nil, err
	}
	body, err := retry(ctx, f.retry, func() (*photoBody, error) { return f.try(ctx, address) })
	switch {
	case ctx.Err() != nil:
		if body != nil {
			_ = body.Close()
		}
		return nil, ctx.Err()
	case err != nil:
		return nil, err
	}
	return body, nil
}

// try sends one request. It does without http.Client, which would only add
// redirects, cookies and an error with the whole link in it.
func (f *Fetcher) try(ctx context.Context, address *url.URL) (*photoBody, error) {
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	ctx, stop := context.WithCancelCause(ctx)
	end := func() { stop(nil); cancel() }
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address.String(), nil)
	if err != nil {
		end()
		return nil, badLink("It cannot be read as an address.")
	}
	request.Header.Set("Accept", "image/jpeg, image/png, image/webp")
	request.Header.Set("User-Agent", "veridesk")
	response, err := f.transport.RoundTrip(request)
	if err != nil {
		end()
		return nil, photoFailed(address.Host, err)
	}
	if err := f.refused(response, address.Host); err != nil {
		_ = response.Body.Close()
		end()
		return nil, err
	}
	return newPhotoBody(ctx, response.Body, address.Host, stop, end), nil
}

// refused judges the head of an answer.
func (f *Fetcher) refused(response *http.Response, host string) error {
	status := response.StatusCode
	switch {
	case status == http.StatusForbidden || status == http.StatusGone:
		return linkExpired(host, status)
	case isPassing(status):
		after := f.retry.retryAfter(response.Header.Get("Retry-After"))
		return &again{err: photoBusy(host, status), after: after}
	case status != http.StatusOK:
		return photoStatus(host, status)
	case !mayBePhoto(response.Header.Get("Content-Type")):
		return notPhoto(host, "sent something else than a photo")
	case response.ContentLength > maxPhotoBytes:
		return photoTooLarge(host)
	default:
		return nil
	}
}

// mayBePhoto goes by what the server says it sends. Storage that was not told
// says that it is bytes; what it truly is, the reader sees.
func mayBePhoto(contentType string) bool {
	kind, _, err := mime.ParseMediaType(contentType)
	return contentType == "" || err == nil && (strings.HasPrefix(kind, "image/") || strings.HasSuffix(kind, "/octet-stream"))
}
