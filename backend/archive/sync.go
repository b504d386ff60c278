package archive

import (
	"context"
	"errors"
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
	var held gathered
	for batch, err := range src.Batches(ctx, cursor) {
		if err != nil {
			if keptErr := a.keep(src.Name(), &held, done); keptErr != nil {
				return keptErr
			}
			return err
		}
		held.add(batch)
		a.links.add(batch.Records)
		meter.Count(idv.Progress{Phase: idv.PhaseReading, Done: done.Read + held.read, Total: batch.Total})
		if !held.due() {
			continue
		}
		if err := errors.Join(a.keep(src.Name(), &held, done), kept()); err != nil {
			return err
		}
	}
	return errors.Join(a.keep(src.Name(), &held, done), kept())
}

// A transaction takes so many sessions, or what came within that time: larger
// ones cost less a session, later ones keep people waiting.
const (
	writeSessions = 2000
	writePace     = 300 * time.Millisecond
)

// letGoEvery is after how many writes the store lets go of the pages that it has
// read for them.
const letGoEvery = 16

// gathered is what has been read and not been kept yet.
type gathered struct {
	batch  store.Batch
	read   int       // sessions and rejected ones
	last   time.Time // when the last of it was kept
	writes int       // so far
}

func (g *gathered) add(batch source.Batch) {
	for _, record := range batch.Records {
		g.batch.Sessions = append(g.batch.Sessions, record.Session)
	}
	g.batch.Rejected = append(g.batch.Rejected, batch.Rejected...)
	g.batch.Cursor = batch.Cursor
	g.read += len(batch.Records) + len(batch.Rejected)
}

// due says that it is time to keep it; the first batch is at once.
func (g *gathered) due() bool {
	return len(g.batch.Sessions) >= writeSessions || time.Since(g.last) >= writePace
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
	*held = gathered{last: time.Now(), writes: held.writes + 1}
	if held.writes%letGoEvery == 0 {
		a.store.LetGo()
	}
	return nil
}
