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

// Sync reads on from where the last good batch of the source ended, keeps each
// batch with its cursor in one transaction, and returns when the text index has
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
	for batch, err := range src.Batches(ctx, cursor) {
		if err == nil {
			err = a.keep(src.Name(), batch, done)
		}
		if err == nil {
			err = kept()
		}
		if err != nil {
			return err
		}
		a.links.add(batch.Records)
		meter.Count(idv.Progress{Phase: idv.PhaseReading, Done: done.Read, Total: batch.Total})
	}
	return kept()
}

// keep writes one batch and lets the columns and the index follow.
func (a *Archive) keep(name string, batch source.Batch, done *idv.Report) error {
	write := store.Batch{Source: name, Cursor: batch.Cursor, Rejected: batch.Rejected}
	for _, record := range batch.Records {
		write.Sessions = append(write.Sessions, record.Session)
	}
	result, err := a.store.Write(write)
	if err != nil {
		return err
	}
	done.Read += len(batch.Records) + len(batch.Rejected)
	done.Added += result.Added
	done.Changed += result.Updated
	done.Unchanged += result.Unchanged
	done.Erased += result.Erased
	done.Rejected = append(done.Rejected, batch.Rejected...)
	a.apply(result)
	return nil
}
