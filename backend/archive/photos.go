package archive

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/columns"
	"veridesk/backend/idv"
	"veridesk/backend/media"
	"veridesk/backend/source"
	"veridesk/backend/store"
)

const (
	photoWorkers = 4                // sessions whose photos are fetched at a time
	linkLife     = 10 * time.Minute // after that a link may have expired: fresh ones are asked for
	maxLinks     = 20_000           // sessions whose links a sync remembers
	maxMisses    = 20               // failed sessions in a row after which the portal is left alone
)

// links are where photos can be fetched just now, by Session ID.
type links struct {
	mu    sync.Mutex
	known map[string]freshLinks
}

type freshLinks struct {
	at     time.Time
	photos []idv.Photo
}

func (l *links) add(records []idv.Record) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.known == nil {
		l.known = map[string]freshLinks{}
	}
	for _, r := range records {
		if len(r.Photos) > 0 && len(l.known) < maxLinks {
			l.known[r.Session.ID] = freshLinks{time.Now(), r.Photos}
		}
	}
}

func (l *links) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.known = nil
}

// take gives the links of a session once, if they are still good.
func (l *links) take(id string) []idv.Photo {
	l.mu.Lock()
	defer l.mu.Unlock()
	known := l.known[id]
	delete(l.known, id)
	if time.Since(known.at) > linkLife {
		return nil
	}
	return known.photos
}

// demoPhotos is of how many sessions at a time photos are fetched from the built-in
// demo portal, which has to draw each of them.
const demoPhotos = 100

// Photos says what a fetching of photos did.
type Photos struct {
	Fetched int `json:"fetched"`
	Left    int `json:"left"` // sessions with photos that are still at the portal
}

// FetchPhotos fetches the photos that are wanted from where the sessions came from,
// those of the newest sessions first, until it has all or the context ends. What
// does not come now stays wanted. From the demo portal come only so many at a time.
// The sessions of first come before all others, and if one of them fails, that is
// the error.
func (a *Archive) FetchPhotos(ctx context.Context, report func(idv.Progress), first ...uint32) (done Photos, err error) {
	if !a.fetching.TryLock() {
		return done, &idv.Error{Code: idv.CodeBusy, Message: "Photos are being fetched already.", Hint: "Wait until they are there."}
	}
	defer a.fetching.Unlock()
	meter := idv.NewMeter(report)
	defer meter.Close()
	o, err := a.Origin()
	if err != nil {
		return done, err
	}
	switch o.Kind {
	case OriginDemo:
		a.links.clear() // they lead to the portal that ran during the sync
		err = withDemo(o, func(feed source.FeedOptions) error {
			done.Fetched, err = a.fetchPhotos(ctx, feed, demoPhotos, meter, first)
			return err
		})
	case OriginPortal:
		var key string
		if key, err = a.keyFor(o, o, ""); err == nil {
			done.Fetched, err = a.fetchPhotos(ctx, source.FeedOptions{Address: o.Address, Key: key}, 0, meter, first)
		}
	default:
		if len(first) > 0 {
			err = notConnected()
		}
	}
	done.Left = len(a.wanted())
	return done, err
}

// wanted are the sessions of which photos are still to be fetched.
func (a *Archive) wanted() []uint32 {
	return a.columns.Where(func(r columns.Row) bool {
		return r.Flags.Has(columns.Wanted) && !r.Flags.Has(columns.Erased)
	})
}

func (a *Archive) fetchPhotos(ctx context.Context, from source.FeedOptions, most int, meter *idv.Meter, first []uint32) (int, error) {
	feed, err := source.NewFeed(from)
	if err != nil {
		return 0, err
	}
	settings, err := a.Settings()
	if err != nil {
		return 0, err
	}
	fetcher, err := source.NewFetcher(source.FetchOptions{Portal: from.Address, Hosts: settings.PhotoHosts})
	if err != nil {
		return 0, err
	}
	defer fetcher.Close()
	job := &photoJob{Archive: a, feed: feed, fetcher: fetcher}
	if err := job.these(ctx, first); err != nil {
		return job.kept, err
	}
	return job.run(ctx, most, meter.Count)
}

// photoJob fetches the photos that are wanted, of the newest sessions first.
type photoJob struct {
	*Archive
	feed    *source.Feed
	fetcher *source.Fetcher

	mu     sync.Mutex // guards the fields below
	kept   int
	misses int // sessions in a row
	fault  error
}

// these fetches the photos of sessions one after the other, up to the first that fails.
func (j *photoJob) these(ctx context.Context, ordinals []uint32) error {
	for _, ordinal := range ordinals {
		if row, ok := j.columns.Row(ordinal); !ok || !row.Flags.Has(columns.Wanted) || row.Flags.Has(columns.Erased) {
			continue
		}
		kept, err := j.session(ctx, ordinal)
		j.kept += kept
		if err != nil {
			return err
		}
	}
	return nil
}

// run fetches the photos of at most so many sessions; 0 is all. The error is the
// last of a portal that fails again and again.
func (j *photoJob) run(ctx context.Context, most int, report func(idv.Progress)) (kept int, err error) {
	wanted := j.wanted()
	if most == 0 {
		most = len(wanted)
	}
	newest, err := j.columns.Find(ctx, columns.Question{Found: roaring.BitmapOf(wanted...), Limit: most})
	if err != nil {
		return 0, err
	}
	ordinals := newest.Ordinals
	outer := ctx
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	next := make(chan uint32)
	var workers sync.WaitGroup
	for range photoWorkers {
		workers.Go(func() {
			for ordinal := range next {
				if j.count(j.session(ctx, ordinal)); j.failed() != nil {
					stop()
				}
			}
		})
	}
	for i, ordinal := range ordinals {
		report(idv.Progress{Phase: idv.PhasePhotos, Done: i, Total: len(ordinals)})
		select {
		case next <- ordinal:
		case <-ctx.Done():
		}
	}
	close(next)
	workers.Wait()
	return j.kept, errors.Join(j.fault, outer.Err())
}

// count notes how the photos of a session went.
func (j *photoJob) count(kept int, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.kept += kept
	switch {
	case err == nil:
		j.misses = 0
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded): // not its fault
	default:
		j.log.Warn("photos not fetched", "error", err)
		if j.misses++; j.misses >= maxMisses {
			j.fault = err
		}
	}
}

func (j *photoJob) failed() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.fault
}

// session fetches and keeps what is missing of a session's photos.
func (j *photoJob) session(ctx context.Context, ordinal uint32) (kept int, err error) {
	id, err := j.idOf(ordinal)
	if err != nil {
		return 0, err
	}
	photos, err := j.store.Photos(ordinal)
	if err != nil {
		return 0, err
	}
	had, known := len(photos), j.links.take(id)
	if known != nil {
		photos, err = j.fetch(ctx, photos, known)
	}
	if known == nil || errors.Is(err, source.ErrExpired) {
		if known, err = j.feed.Photos(ctx, id); err == nil {
			photos, err = j.fetch(ctx, photos, known)
		}
	}
	if errors.Is(err, source.ErrSessionClosed) || errors.Is(err, source.ErrSessionUnknown) {
		err = nil // there is nothing to wait for
	}
	return len(photos) - had, errors.Join(err, j.keep(ordinal, id, photos, err == nil))
}

// fetch adds the photos that are missing; those that came before an error are
// given with it. One that the portal does not have, or that is no photo the archive
// can keep, is left out for good.
func (j *photoJob) fetch(ctx context.Context, photos []store.Photo, from []idv.Photo) ([]store.Photo, error) {
	for _, link := range from {
		if slices.ContainsFunc(photos, func(p store.Photo) bool { return p.Name == link.Name }) {
			continue
		}
		body, err := j.fetcher.Fetch(ctx, link)
		if e := idv.AsError(err); e != nil && e.Code == idv.CodeNotFound {
			j.log.Warn("a photo is not at the portal", "error", err)
			continue
		}
		if err != nil {
			return photos, fmt.Errorf("fetch a photo: %w", err)
		}
		kept, err := j.media.Keep(ctx, body)
		body.Close()
		switch {
		case errors.Is(err, media.ErrTooLarge), errors.Is(err, media.ErrNoPhoto):
			j.log.Warn("a photo cannot be kept", "error", err)
		case err != nil:
			return photos, fmt.Errorf("keep a photo: %w", err)
		default:
			photos = append(photos, store.Photo{
				Name: link.Name, File: kept.File, Key: kept.Key, Size: kept.Size,
				SHA256: kept.SHA256, Type: kept.Type, Small: kept.Small,
			})
		}
	}
	return photos, nil
}

// keep writes down which photos there are. Those of a session that was erased
// meanwhile go at once.
func (j *photoJob) keep(ordinal uint32, id string, photos []store.Photo, complete bool) error {
	j.changing.Lock()
	defer j.changing.Unlock()
	err := j.store.SetPhotos(id, photos, complete)
	if errors.Is(err, store.ErrNotFound) {
		for _, photo := range photos {
			j.removePhotos([]string{photo.File})
		}
		return nil
	}
	if row, ok := j.columns.Row(ordinal); ok && err == nil && complete {
		j.columns.SetFlags(ordinal, row.Flags&^columns.Wanted)
	}
	return err
}

func (a *Archive) idOf(ordinal uint32) (id string, err error) {
	for session, failed := range a.store.Sessions([]uint32{ordinal}) {
		id, err = session.ID, failed
	}
	return id, err
}

// removePhotos deletes photos that nothing refers to any more. What cannot be
// deleted now is unreadable without the key that its record held, and is swept
// away later.
func (a *Archive) removePhotos(files []string) {
	for _, file := range files {
		if err := a.media.Remove(file); err != nil {
			a.log.Warn("photo not deleted", "error", err)
		}
	}
}

// sweepPhotos deletes the files that no record refers to: what a crash left.
func (a *Archive) sweepPhotos(ctx context.Context) error {
	known := map[string]bool{}
	if err := a.store.PhotoFiles(func(file string) { known[file] = true }); err != nil {
		return err
	}
	_, err := a.media.Sweep(ctx, known)
	return err
}

// Photo gives a photo of a session, and its media type; small asks for its
// preview. CodeNotFound says that it is not kept here.
func (a *Archive) Photo(ordinal uint32, name string, small bool) (photo []byte, mediaType string, err error) {
	photos, err := a.store.Photos(ordinal)
	if err != nil {
		return nil, "", err
	}
	i := slices.IndexFunc(photos, func(p store.Photo) bool { return p.Name == name })
	switch {
	case i < 0, small && photos[i].Small == nil:
		return nil, "", &idv.Error{
			Code: idv.CodeNotFound, Message: "That photo is not kept in this archive.",
			Hint: "Sync again: it may not have been fetched yet.",
		}
	case small:
		return photos[i].Small, "image/jpeg", nil
	}
	p := photos[i]
	photo, err = a.media.Read(media.Kept{File: p.File, Key: p.Key, Size: p.Size, SHA256: p.SHA256, Type: p.Type})
	return photo, p.Type, err
}
