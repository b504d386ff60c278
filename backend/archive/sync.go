package archive

import (
	"context"
	"errors"
	"sync"
	"time"

	"veridesk/backend/columns"
	"veridesk/backend/idv"
	"veridesk/backend/source"
	"veridesk/backend/store"
)

// Sync reads on from where the last good batch of the source ended, keeps each
// batch with its cursor in one transaction, and returns when the text index has
// caught up or has failed, which a search says. Whatever stops it, every batch before is kept and the next sync
// goes on from there; the report tells what was done until then.
func (a *Archive) Sync(ctx context.Context, src source.Source, report func(idv.Progress)) (idv.Report, error) {
	return a.sync(ctx, src, report, func() error { return nil })
}

// sync calls kept when the first batch is kept, or all is read and there was none.
func (a *Archive) sync(ctx context.Context, src source.Source, report func(idv.Progress), kept func() error) (idv.Report, error) {
	kept = sync.OnceValue(kept)
	done := idv.Report{Rejected: []idv.Rejection{}}
	if !a.syncing.TryLock() {
		return done, &idv.Error{
			Code: idv.CodeBusy, Message: "A sync is running already.",
			Hint: "Wait until it is done, or stop it first.",
		}
	}
	defer a.syncing.Unlock()
	cursor, err := a.store.Cursor(src.Name())
	if err != nil {
		return done, err
	}
	meter := idv.NewMeter(report)
	defer meter.Close()
	meter.Count(idv.Progress{Phase: idv.PhaseReading})
	for batch, err := range src.Batches(ctx, cursor) {
		if err == nil {
			err = a.keep(src.Name(), batch, &done)
		}
		if err == nil {
			err = kept()
		}
		if err != nil {
			return done, err
		}
		meter.Count(idv.Progress{Phase: idv.PhaseReading, Done: done.Read, Total: batch.Total})
	}
	if err := errors.Join(kept(), a.store.SetSetting(settingSynced, time.Now().UTC())); err != nil {
		return done, err
	}
	if err := a.Indexed(ctx, meter.Count); err != nil {
		if ctx.Err() != nil {
			return done, err
		}
		a.log.Error("the text index does not follow the sync", "error", err) // what was synced is kept all the same
	}
	return done, nil
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
	done.Rejected = append(done.Rejected, batch.Rejected...)
	if len(result.Changed) > 0 {
		rows := make([]columns.Row, len(result.Changed))
		for i, c := range result.Changed {
			rows[i] = columns.Row{Ordinal: c.Ordinal, Created: c.UnixMilli}
		}
		a.columns.Put(rows)
		a.index.nudge()
		a.tell()
	}
	return nil
}
