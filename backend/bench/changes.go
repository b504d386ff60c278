// Questions while the archive changes: a sync brings sessions from all over it that
// have changed since.

package main

import (
	"context"
	"errors"
	"iter"
	"math/rand/v2"
	"slices"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/giveway"
	"veridesk/backend/idv"
	"veridesk/backend/source"
)

const (
	changed     = 50_000                // sessions that change, if there are so many
	changedPage = 500                   // of them in a page of the feed
	betweenAsks = 20 * time.Millisecond // from an answer to the next question
	quietAsks   = 200
	askedOf     = 500 // sessions that questions are made from
)

// changesVariable makes the program a child that measures this: it holds the folder
// of the archive. In a process of its own, for a sync minds the memory of the whole
// process.
const changesVariable = "VERIDESK_BENCH_CHANGES"

// changing is what that child reports.
type changing struct {
	Quiet, Busy     []time.Duration // of questions to the archive at rest, and while it changes
	Altered, Report int             // sessions that came, and those of them that had changed
	Took            time.Duration   // until all were searchable
}

// changes prints the table of questions to an archive that changes.
func (b *bench) changes() error {
	var report changing
	if err := errors.Join(flush(b.dir), warm(b.dir), b.askChild(changesVariable, &report)); err != nil {
		return err
	}
	b.title("Questions while sessions from all over the archive change", "", "questions", "p50", "p95", "max")
	for _, l := range []struct {
		name  string
		times []time.Duration
	}{{"at rest", report.Quiet}, {"while they change", report.Busy}} {
		p50, p95, most := quantiles(l.times)
		b.row(l.name, len(l.times), p50, p95, most)
	}
	b.out.Flush()
	b.say("%d of %d changed, %d a second until all were searchable", report.Report, report.Altered, perSecond(report.Altered, report.Took))
	return nil
}

// measureChanges puts the same kinds of questions to the archive in a folder at rest
// and while it changes, one after the other.
func measureChanges(ctx context.Context, dir string) (report changing, err error) {
	vault, err := keysOf(ctx, dir)
	if err != nil {
		return report, err
	}
	a, err := openWith(dir, vault)
	if err != nil {
		return report, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := a.Indexed(ctx, nil); err != nil {
		return report, err
	}
	w, feed, err := altered(ctx, a)
	if err != nil {
		return report, err
	}
	// What the first question waits for counts as the start, see start.
	if _, err := a.Find(ctx, w.typed()[0]); err != nil {
		return report, err
	}
	rested := make(chan struct{})
	if report.Quiet, err = askUntil(ctx, a, w, rested, func(asked int) {
		if asked == quietAsks {
			close(rested)
		}
	}); err != nil {
		return report, err
	}
	begin, synced := time.Now(), make(chan error, 1)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		done, err := a.Sync(ctx, feed, nil)
		report.Took, report.Report = time.Since(begin), done.Changed
		synced <- err
	}()
	busy, err := askUntil(ctx, a, w, ended, func(int) {})
	<-ended
	report.Busy, report.Altered = busy, len(feed.ids)
	return report, errors.Join(err, <-synced)
}

// askUntil asks again and again, with pauses, until something has ended.
func askUntil(ctx context.Context, a *archive.Archive, w *draw, ended <-chan struct{}, asked func(int)) (times []time.Duration, err error) {
	for {
		for _, q := range w.typed() {
			begin := time.Now()
			if _, err := a.Find(ctx, q); err != nil {
				return nil, err
			}
			times = append(times, time.Since(begin))
			asked(len(times))
			select {
			case <-ended:
				return times, ctx.Err()
			case <-ctx.Done():
				return nil, ctx.Err()
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
// and another field of the company's own, and what questions are drawn from.
func altered(ctx context.Context, a *archive.Archive) (*draw, *alteredFeed, error) {
	all, err := a.Find(ctx, idv.Query{})
	if err != nil {
		return nil, nil, err
	}
	w, feed := &draw{Rand: rand.New(rand.NewPCG(1, 2)), total: all.Total}, &alteredFeed{archive: a}
	ordinals := w.Perm(w.total)[:min(changed, w.total)]
	for chunk := range slices.Chunk(ordinals, idv.MaxLimit) {
		only := make([]uint32, len(chunk))
		for i, ordinal := range chunk {
			only[i] = uint32(ordinal) + 1
		}
		page, err := a.Find(ctx, idv.Query{Only: only, Limit: idv.MaxLimit})
		if err != nil {
			return nil, nil, err
		}
		for _, row := range page.Rows {
			if row.Erased != "" || row.Liquidated {
				continue
			}
			feed.ids = append(feed.ids, row.SessionID)
		}
	}
	for _, id := range feed.ids[:min(len(feed.ids), askedOf)] {
		s, err := a.Get(id)
		if err != nil {
			return nil, nil, err
		}
		w.sessions = append(w.sessions, s)
	}
	return w, feed, nil
}

// alteredFeed is a source without memory. It makes its sessions as they are asked
// for, so that it has no more of them in memory than a portal's feed.
type alteredFeed struct {
	archive *archive.Archive
	ids     []string
}

func (f *alteredFeed) altered(id string) (idv.Record, error) {
	s, err := f.archive.Get(id)
	s.Tags = append(slices.Clone(s.Tags), "Looked at again")
	s.Extra = append(slices.Clone(s.Extra), idv.Field{Key: "round", Value: "second"})
	return idv.Record{Session: s}, err
}

// Name implements source.Source.
func (f *alteredFeed) Name() string { return "" }

// Batches implements source.Source.
func (f *alteredFeed) Batches(ctx context.Context, _ string) iter.Seq2[source.Batch, error] {
	return func(yield func(source.Batch, error) bool) {
		for ids := range slices.Chunk(f.ids, changedPage) {
			batch := source.Batch{Total: len(f.ids)}
			err, way := ctx.Err(), giveway.Of(ctx)
			for _, id := range ids {
				way.Give()
				if err == nil {
					var record idv.Record
					record, err = f.altered(id)
					batch.Records = append(batch.Records, record)
				}
			}
			if err != nil {
				yield(source.Batch{}, err)
				return
			}
			if !yield(batch, nil) {
				return
			}
		}
	}
}
