package archive

import (
	"context"

	"veridesk/backend/columns"
	"veridesk/backend/idv"
	"veridesk/backend/store"
)

// This file keeps the columns in memory abreast of the store.

// loadColumns loads what the list newest first needs.
func (a *Archive) loadColumns() error {
	seq, err := a.store.Seq()
	if err != nil {
		return err
	}
	return a.columns.Load(seq, func(upTo func(ordinal int), row func(columns.Row)) error {
		return a.store.Rows(upTo, func(of store.Row) { row(columnsRow(of)) })
	})
}

// loadFacts loads the rest: what filters, counts and other orders go by. It reads on
// one core and fills the columns on another.
func (a *Archive) loadFacts(ctx context.Context) {
	stretches, done := make(chan stretch, 1), make(chan []idv.Facts, 1)
	var err error
	go func() {
		defer close(stretches)
		err = a.store.Facts(ctx, func(first uint32, facts []idv.Facts) ([]idv.Facts, error) {
			select {
			case stretches <- stretch{first, facts}:
			case <-ctx.Done():
				return nil, ctx.Err()
			}
			select {
			case facts := <-done:
				return facts, nil
			default:
				return nil, nil
			}
		})
	}()
	for s := range stretches {
		a.columns.Fill(s.first, s.facts)
		select {
		case done <- s.facts:
		default:
		}
	}
	if err != nil && ctx.Err() == nil {
		a.log.Error("load columns", "error", err)
	}
	a.columns.Filled(err)
	if err == nil {
		err = a.columns.Warm(ctx)
	}
	if err == nil {
		a.rest()
	}
}

// stretch is the facts of sessions whose ordinals follow each other.
type stretch struct {
	first uint32
	facts []idv.Facts
}

// change runs what writes to the store and lets what is derived follow, one after
// the other: the columns never hear of an older change behind a newer one.
func (a *Archive) change(write func() (store.Result, error)) (store.Result, error) {
	a.changing.Lock()
	defer a.changing.Unlock()
	result, err := write()
	if len(result.Changed) == 0 {
		return result, err
	}
	entries := make([]columns.Entry, len(result.Changed))
	for i, row := range result.Changed {
		entries[i] = columns.Entry{Row: columnsRow(row.Row), Facts: row.Facts}
	}
	a.columns.Put(result.Seq, entries)
	a.way.Give() // who waited for them would still wait for a processor
	a.removePhotos(result.Gone)
	a.index.nudge()
	a.tell()
	return result, err
}

func columnsRow(row store.Row) columns.Row {
	var flags columns.Flags
	if row.Hold {
		flags |= columns.Hold
	}
	if row.Erased {
		flags |= columns.Erased
	}
	if row.Wanted {
		flags |= columns.Wanted
	}
	return columns.Row{
		Ordinal: row.Ordinal, Created: row.Created, Finished: row.Finished,
		Personal: row.Personal, Document: row.Document, Flags: flags,
	}
}
