package archive

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/source"
	"veridesk/backend/store"
)

// Sync reads on from where the last good batch of the source ended, keeps batches
// with their cursor in one transaction, and returns when the text index has
// caught up or has failed, which a search says. Whatever stops it, every batch
// before is kept and the next sync goes on from there; the report tells what was
// done until then.
func (a *Archive) Sync(ctx context.Context, src source.Source, report func(idv.Progress)) (idv.Report, error) {
	return a.sync(ctx, src, report, func() error { return nil })
}

// sync calls kept once: when the first batch is kept, or all is read and there was
// none.
func (a *Archive) sync(ctx context.Context, src source.Source, report func(idv.Progress), kept func() error) (idv.Report, error) {
	done := idv.Report{Rejected: []idv.Rejection{}}
	if !a.syncing.TryLock() {
		return done, &idv.Error{
			Code: idv.CodeBusy, Message: "A sync is running already.",
			Hint: "Wait until it is done, or stop it first.",
		}
	}
	defer a.syncing.Unlock()
	if err := needRoom(a.dir, syncRoom, "A sync"); err != nil {
		return done, err
	}
	meter := idv.NewMeter(report)
	defer meter.Close()
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(-1)) // as it was: see limitMemory
	a.limitMemory()
	err := a.read(ctx, src, meter, sync.OnceValue(kept), &done)
	if err := errors.Join(err, a.notedSync(src, done, err)); err != nil {
		return done, err
	}
	if err := a.store.SetSetting(settingSynced, time.Now().UTC()); err != nil {
		return done, err
	}
	defer a.rest()
	// What was synced is kept, whatever happens from here on.
	for _, follow := range []func() error{
		func() error { return a.Indexed(ctx, meter.Count) },
		func() error { return a.retire(ctx, time.Now(), meter.Count) },
		func() error { return a.clean(ctx, meter.Count) },
	} {
		if err := follow(); err != nil {
			if ctx.Err() != nil {
				return done, err
			}
			a.log.Error("after the sync", "error", err)
		}
	}
	return done, nil
}

// notedSync writes down what a sync or an import has brought.
func (a *Archive) notedSync(src source.Source, done idv.Report, failed error) error {
	action := actionSync
	if src.Name() == "" {
		action = actionImport
	}
	err := a.noted(action, "", failed, "read", done.Read, "added", done.Added, "changed", done.Changed, "rejected", len(done.Rejected))
	if failed != nil && idv.DiskFull(err) {
		return nil // that the disk is full is what failed
	}
	return err
}

// read keeps every batch that the source has.
func (a *Archive) read(ctx context.Context, src source.Source, meter *idv.Meter, kept func() error, done *idv.Report) error {
	cursor, err := a.store.Cursor(src.Name())
	if err != nil {
		return err
	}
	meter.Count(idv.Progress{Phase: idv.PhaseReading})
	within, stop := context.WithCancel(a.way.With(ctx))
	var reading sync.WaitGroup
	defer reading.Wait()
	defer stop()
	batches := make(chan read, pagesAhead)
	reading.Go(func() { readAhead(within, src, cursor, batches) })
	held := gathered{atOnce: leastAtOnce}
	for next := range batches {
		if next.err == nil {
			held.add(next.batch)
			a.links.add(next.batch.Records)
			meter.Count(idv.Progress{Phase: idv.PhaseReading, Done: done.Read + held.read, Total: next.batch.Total})
			if len(batches) > 0 && len(held.batch.Sessions) < held.atOnce {
				continue
			}
		}
		err := a.keep(src.Name(), &held, done)
		if err == nil {
			err = next.err
		}
		if err == nil {
			err = kept()
		}
		if err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return kept()
}

// read is a batch, or the error that ends the reading.
type read struct {
	batch source.Batch
	err   error
}

// pagesAhead is how many batches wait while one is written.
const pagesAhead = 2

// readAhead reads while others write, and ends with an error or ctx.
func readAhead(ctx context.Context, src source.Source, cursor string, to chan<- read) {
	defer close(to)
	defer func() {
		if fault := recover(); fault != nil {
			to <- read{err: fmt.Errorf("read %s: %w", src.Name(), idv.Panic(fault))}
		}
	}()
	for batch, err := range src.Batches(ctx, cursor) {
		select {
		case to <- read{batch, err}:
		case <-ctx.Done():
			return
		}
		if err != nil {
			return
		}
	}
}

// Where many sessions wait, more go into one transaction: larger ones cost less a
// session. But a transaction has all its pages in memory, and questions about what it
// has changed wait for the columns to follow. New sessions lie side by side in the
// file; those that change may have pages of their own each. What comes slowly is kept
// as it comes.
const (
	leastAtOnce = 500
	mostAtOnce  = 1000
	writePages  = 8 << 20 // bytes that a transaction should write
)

// gathered is what has been read and not been kept yet.
type gathered struct {
	batch  store.Batch
	read   int // sessions and rejected ones
	atOnce int // sessions that are to go into one transaction
}

// kept begins anew after a transaction that wrote so many bytes of pages.
func (g *gathered) kept(pages int64) {
	fit := mostAtOnce
	if pages > 0 {
		fit = int(int64(len(g.batch.Sessions)) * writePages / pages)
	}
	*g = gathered{atOnce: min(max(fit, leastAtOnce), mostAtOnce)}
}

func (g *gathered) add(batch source.Batch) {
	for _, record := range batch.Records {
		g.batch.Sessions = append(g.batch.Sessions, record.Session)
	}
	g.batch.Rejected = append(g.batch.Rejected, batch.Rejected...)
	g.batch.Cursor = batch.Cursor
	g.read += len(batch.Records) + len(batch.Rejected)
}

// keep writes what was gathered and lets the columns and the index follow.
func (a *Archive) keep(name string, held *gathered, done *idv.Report) error {
	if held.read == 0 && held.batch.Cursor == "" {
		return nil
	}
	held.batch.Source = name
	result, err := a.change(func() (store.Result, error) { return a.store.Write(held.batch) })
	if err != nil {
		return err
	}
	done.Read += held.read
	done.Added += result.Added
	done.Changed += result.Updated
	done.Unchanged += result.Unchanged
	done.Erased += result.Erased
	done.Rejected = append(done.Rejected, held.batch.Rejected...)
	held.kept(result.Pages)
	a.trim()
	a.limitMemory()
	return nil
}
