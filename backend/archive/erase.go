package archive

import (
	"context"
	"fmt"
	"slices"
	"time"

	"veridesk/backend/columns"
	"veridesk/backend/idv"
	"veridesk/backend/store"
)

// Erase gives up sessions: their records, photos and what the search knows of
// them. A tombstone of each stays (see idv.Tombstone). It returns when nothing of
// them can be read from the archive's files any more. If one of the IDs is not
// there or is under legal hold, none is erased.
func (a *Archive) Erase(ctx context.Context, ids []string, report func(idv.Progress)) (erased int, err error) {
	return a.erase(ctx, ids, idv.ByUser, report)
}

func (a *Archive) erase(ctx context.Context, ids []string, reason idv.Reason, report func(idv.Progress)) (int, error) {
	erased, err := a.entomb(ids, reason, time.Now())
	if err != nil {
		return erased, err
	}
	return erased, a.evenFull(func() error { return a.clean(ctx, report) })
}

// entomb leaves tombstones only. What was erased before an error stays so.
func (a *Archive) entomb(ids []string, reason idv.Reason, at time.Time) (erased int, err error) {
	err = a.evenFull(func() error {
		result, err := a.change(func() (store.Result, error) { return a.store.Erase(ids, reason, at) })
		erased += result.Erased
		return err
	})
	return erased, err
}

// Hold puts sessions under legal hold, or takes them out of it: nothing erases a
// session that is held. One that the portal has liquidated meanwhile is erased
// when its hold ends.
func (a *Archive) Hold(ctx context.Context, ids []string, on bool) error {
	err := a.evenFull(func() error {
		_, err := a.change(func() (store.Result, error) { return a.store.SetHold(ids, on) })
		return err
	})
	if err != nil {
		return err
	}
	return a.evenFull(func() error { return a.clean(ctx, nil) })
}

// clean makes what was erased unreadable: the search index is merged and the
// store written anew without it. Cut short, it is done after the next erasing, or
// when the archive is opened again.
func (a *Archive) clean(ctx context.Context, report func(idv.Progress)) error {
	if !a.store.Freed() {
		return nil
	}
	if err := a.index.purge(ctx); err != nil {
		return cleanError(fmt.Errorf("clean the search index: %w", err))
	}
	meter := idv.NewMeter(report)
	defer meter.Close()
	return cleanError(a.store.Compact(ctx, meter.Count))
}

// cleanError says what a full disk has left undone.
func cleanError(err error) error {
	if !idv.DiskFull(err) {
		return err
	}
	return &idv.Error{
		Code: idv.CodeDiskFull, Cause: err,
		Message: "The sessions are erased and nobody can see them any more. But the disk is too full to write the files anew, and so their bytes stay there, sealed.",
		Hint:    "Free as much space as the archive takes. The rest is done by itself when the archive is opened again, or after the next sync.",
	}
}

// retire erases the sessions whose time to be kept is over.
func (a *Archive) retire(ctx context.Context, now time.Time, report func(idv.Progress)) error {
	settings, err := a.Settings()
	if err != nil || settings.RetentionYears == 0 {
		return err
	}
	before := now.AddDate(-settings.RetentionYears, 0, 0).UnixMilli()
	over := a.columns.Where(func(r columns.Row) bool {
		ended := r.Finished
		if ended == 0 {
			ended = r.Created
		}
		return ended != 0 && ended < before && !r.Flags.Has(columns.Hold) && !r.Flags.Has(columns.Erased)
	})
	for chunk := range slices.Chunk(over, 1000) {
		if err := ctx.Err(); err != nil {
			return err
		}
		var ids []string
		for session, err := range a.store.Sessions(chunk) {
			if err != nil {
				return err
			}
			ids = append(ids, session.ID)
		}
		if _, err := a.entomb(ids, idv.ByRetention, now); err != nil {
			return err
		}
	}
	return a.clean(ctx, report)
}
