// Questions while the archive changes: a sync brings sessions from all over it that
// have changed since.

package main

import (
	"context"
	"errors"
	"iter"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
	"veridesk/backend/source"
)

const (
	changed     = 50_000                // sessions that change, if there are so many
	changedPage = 500                   // of them in a page of the feed
	betweenAsks = 20 * time.Millisecond // from an answer to the next question
	quietAsks   = 500
)

// changes puts the same kinds of questions to an archive at rest and to one that
// changes, one after the other.
func (b *bench) changes(w *draw) (err error) {
	a, err := b.open(sealedDir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := a.Indexed(b.ctx, nil); err != nil {
		return err
	}
	feed, err := b.altered(a, w)
	if err != nil {
		return err
	}
	rested, n := make(chan struct{}), 0
	quiet, err := b.askUntil(a, w, rested, func() {
		if n++; n == quietAsks {
			close(rested)
		}
	})
	if err != nil {
		return err
	}
	begin, synced := time.Now(), make(chan struct{})
	var report idv.Report
	var syncing error
	go func() {
		defer close(synced)
		report, syncing = a.Sync(b.ctx, feed, nil)
	}()
	busy, err := b.askUntil(a, w, synced, func() {})
	if err := errors.Join(err, syncing); err != nil {
		return err
	}
	b.title("Questions while sessions from all over the archive change", "", "questions", "p50", "p95", "max")
	for _, l := range []struct {
		name  string
		times []time.Duration
	}{{"at rest", quiet}, {"while they change", busy}} {
		p50, p95, most := quantiles(l.times)
		b.row(l.name, len(l.times), p50, p95, most)
	}
	b.out.Flush()
	b.say("%d of %d changed, %d a second until all were searchable", report.Changed, len(feed.sessions), perSecond(len(feed.sessions), time.Since(begin)))
	return nil
}

// askUntil asks again and again, with pauses, until something has ended.
func (b *bench) askUntil(a *archive.Archive, w *draw, ended <-chan struct{}, asked func()) (times []time.Duration, err error) {
	for {
		for _, q := range w.typed() {
			begin := time.Now()
			if _, err := a.Find(b.ctx, q); err != nil {
				return nil, err
			}
			times = append(times, time.Since(begin))
			asked()
			select {
			case <-ended:
				return times, b.ctx.Err()
			case <-b.ctx.Done():
				return nil, b.ctx.Err()
			case <-time.After(betweenAsks):
			}
		}
	}
}

// typed are questions as they come: a text that grows, alone and with filters.
func (w *draw) typed() []idv.Query {
	var all []idv.Query
	for length := 1; length <= 4; length++ {
		text := w.prefix(length)
		all = append(all, idv.Query{Text: text}, idv.Query{Text: text, Filter: w.filter(2)})
	}
	for i := range all {
		all[i].Limit, all[i].Facets = pageRows, true
	}
	return all
}

// altered is a feed of sessions from all over the archive, each with another tag
// and another field of the company's own.
func (b *bench) altered(a *archive.Archive, w *draw) (*alteredFeed, error) {
	feed := &alteredFeed{}
	ordinals := w.Perm(w.total)
	for first := 0; first < min(changed, len(ordinals)); first += idv.MaxLimit {
		var only []uint32
		for _, ordinal := range ordinals[first:min(first+idv.MaxLimit, len(ordinals))] {
			only = append(only, uint32(ordinal)+1)
		}
		page, err := a.Find(b.ctx, idv.Query{Only: only, Limit: idv.MaxLimit})
		if err != nil {
			return nil, err
		}
		for _, row := range page.Rows {
			if row.Erased != "" || row.Liquidated {
				continue
			}
			s, err := a.Get(row.SessionID)
			if err != nil {
				return nil, err
			}
			s.Tags = append(s.Tags, "Looked at again")
			s.Extra = append(s.Extra, idv.Field{Key: "round", Value: "second"})
			feed.sessions = append(feed.sessions, s)
		}
	}
	return feed, nil
}

// alteredFeed is a source without memory.
type alteredFeed struct{ sessions []idv.Session }

// Name implements source.Source.
func (f *alteredFeed) Name() string { return "" }

// Batches implements source.Source.
func (f *alteredFeed) Batches(ctx context.Context, _ string) iter.Seq2[source.Batch, error] {
	return func(yield func(source.Batch, error) bool) {
		for first := 0; first < len(f.sessions); first += changedPage {
			batch := source.Batch{Total: len(f.sessions)}
			for _, s := range f.sessions[first:min(first+changedPage, len(f.sessions))] {
				batch.Records = append(batch.Records, idv.Record{Session: s})
			}
			if err := ctx.Err(); err != nil {
				yield(source.Batch{}, err)
				return
			}
			if !yield(batch, nil) {
				return
			}
		}
	}
}
