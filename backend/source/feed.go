package source

import (
	"context"
	"iter"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"veridesk/backend/giveway"
	"veridesk/backend/idv"
)

// The portal's session feed: GET {address}/verification/sessions, page by page.

// FeedOptions says which feed to read. Address and Key are required.
type FeedOptions struct {
	Address string // the portal's base address; https, or http on this machine
	Key     string // the company's secret key
	Name    string // Source.Name, if the address will not be the same next time; else made of the address

	PageSize  int               // sessions a request, 1 to 500; 0 is 500
	Transport http.RoundTripper // nil is one of the feed's own

	// Wait pauses between two tries, and Now is the clock by which a Retry-After
	// date is understood. Nil is real time.
	Wait func(ctx context.Context, d time.Duration) error
	Now  func() time.Time
}

const maxPageSize = 500 // the portal's

// Feed is a portal's session feed. It holds the secret key: never print one.
type Feed struct {
	name     string
	base     *url.URL
	pageSize int
	client   *feedClient
}

var _ Source = (*Feed)(nil)

// NewFeed checks the options; it does not call the portal.
func NewFeed(o FeedOptions) (*Feed, error) {
	base, err := parseAddress(o.Address)
	if err != nil {
		return nil, err
	}
	key, err := parseKey(o.Key)
	if err != nil {
		return nil, err
	}
	f := &Feed{name: o.Name, base: base, pageSize: o.PageSize, client: newFeedClient(base, key, o)}
	if f.name == "" {
		f.name = "portal " + base.String()
	}
	if f.pageSize < 1 || f.pageSize > maxPageSize {
		f.pageSize = maxPageSize
	}
	return f, nil
}

// Name is "portal" and the base address, or what the options say.
func (f *Feed) Name() string { return f.name }

// Batches reads one page a batch. While a batch is being kept, the next page is
// fetched already, one ahead and no more. A page that cannot be read is rejected
// whole: no batch comes of it.
func (f *Feed) Batches(ctx context.Context, cursor string) iter.Seq2[Batch, error] {
	return func(yield func(Batch, error) bool) {
		reading, stop := context.WithCancel(ctx)
		pages := make(chan feedPage)
		var fetching sync.WaitGroup
		defer f.client.http.CloseIdleConnections()
		defer fetching.Wait()
		defer stop()
		fetching.Go(func() {
			defer close(pages)
			f.fetch(reading, parseCursor(cursor), pages)
		})
		for page := range pages {
			if err := ctx.Err(); err != nil {
				page = feedPage{err: err}
			}
			if !yield(page.batch, page.err) || page.err != nil {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(Batch{}, err)
		}
	}
}

// feedPage is a page on its way to who keeps it, or the error that ends the run.
type feedPage struct {
	batch Batch
	err   error
	last  bool
}

func (f *Feed) fetch(ctx context.Context, start feedCursor, pages chan<- feedPage) {
	run := feedRun{feed: f, with: newFeedReader(giveway.Of(ctx)), at: start, used: map[string]bool{start.Next: true}}
	for {
		page := run.next(ctx)
		select {
		case pages <- page:
		case <-ctx.Done():
			return
		}
		if page.err != nil || page.last {
			return
		}
	}
}

// feedRun is one reading of the feed from a cursor to its end.
type feedRun struct {
	feed  *Feed
	with  *feedReader
	at    feedCursor
	used  map[string]bool // the cursors that were asked for, to notice a circle
	items int             // read so far, for the numbers of the rejected ones
	pages int             // good so far
	total int             // what the first page promised for the whole run
}

func (r *feedRun) next(ctx context.Context) feedPage {
	answer, err := r.ask(ctx)
	if err != nil {
		return feedPage{err: kept(err, r.pages)}
	}
	if answer.nextCursor != "" && r.used[answer.nextCursor] {
		return feedPage{err: kept(r.feed.notPortal("sends the same pages again and again"), r.pages)}
	}
	if r.pages == 0 {
		r.total = answer.left
	}
	batch := Batch{Records: answer.records, Total: r.total}
	for _, item := range answer.unread {
		batch.Rejected = append(batch.Rejected, rejection(r.feed.base.String(), r.items+item.place, item.err, item.json))
	}
	r.items += answer.items
	r.pages++
	r.at = r.at.after(answer)
	r.used[r.at.Next] = true
	batch.Cursor = r.at.String()
	return feedPage{batch: batch, last: answer.nextCursor == ""}
}

// ask gets the page at the run's cursor. A portal that no longer takes a page
// cursor of an earlier run is asked again from where that run began: reading
// twice is harmless, being stuck for ever is not.
func (r *feedRun) ask(ctx context.Context) (*feedAnswer, error) {
	answer, err := r.feed.page(ctx, r.at, r.with)
	if r.pages == 0 && r.at.Next != "" && isStaleCursor(err) {
		r.at.Next, r.used = "", map[string]bool{}
		return r.feed.page(ctx, r.at, r.with)
	}
	return answer, err
}

func (f *Feed) page(ctx context.Context, at feedCursor, with *feedReader) (*feedAnswer, error) {
	query := url.Values{"limit": {strconv.Itoa(f.pageSize)}}
	if at.Next != "" {
		query.Set("cursor", at.Next)
	}
	if at.Since != "" {
		query.Set("updatedSince", at.Since)
	}
	address := f.base.JoinPath("verification", "sessions")
	address.RawQuery = query.Encode()
	body, err := f.client.get(ctx, address, maxPageBytes, &with.body)
	if err != nil {
		return nil, err
	}
	answer, seen := with.parse(body)
	if seen != "" {
		return nil, f.notPortal(seen)
	}
	return answer, nil
}

// rejection reports an item or a row that cannot be read.
func rejection(file string, row int, err error, raw string) idv.Rejection {
	rejected := idv.Rejection{File: file, Row: row, Reason: err.Error(), Raw: raw}
	if u, ok := err.(*unreadable); ok {
		rejected.Column, rejected.Reason = strings.Clone(u.column), u.reason
	}
	return rejected
}
