package archive

import (
	"context"
	"runtime/debug"

	"veridesk/backend/columns"
	"veridesk/backend/idv"
	"veridesk/backend/store"
)

// This file keeps the columns in memory abreast of the store.

// loadColumns loads what the list newest first needs, and starts to load the rest:
// what filters, counts and other orders go by.
func (a *Archive) loadColumns() error {
	seq, err := a.store.Seq()
	if err != nil {
		return err
	}
	var rows []columns.Row
	if err := a.store.Rows(func(row store.Row) { rows = append(rows, columnsRow(row)) }); err != nil {
		return err
	}
	a.columns.Load(seq, rows)
	ctx, stop := context.WithCancel(context.Background())
	a.stopFacts = stop
	a.facts.Go(func() { a.loadFacts(ctx) })
	return nil
}

// loadFacts reads on one core and fills the columns on another.
func (a *Archive) loadFacts(ctx context.Context) {
	stretches := make(chan stretch, 1)
	var err error
	go func() {
		defer close(stretches)
		err = a.readFacts(ctx, func(s stretch) error {
			select {
			case stretches <- s:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	for s := range stretches {
		a.columns.Fill(s.first, s.facts)
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

// stretchSessions is how many facts go into the columns at once: few stretches,
// because each of them ranks the names anew.
const stretchSessions = 32 << 10

// readFacts gathers what the store gives in small pieces.
func (a *Archive) readFacts(ctx context.Context, fill func(stretch) error) error {
	var s stretch
	err := a.store.Facts(ctx, func(first uint32, facts []idv.Facts) error {
		if len(s.facts) > 0 && (len(s.facts) >= stretchSessions || first != s.first+uint32(len(s.facts))) {
			if err := fill(s); err != nil {
				return err
			}
			s = stretch{}
		}
		if len(s.facts) == 0 {
			s = stretch{first, make([]idv.Facts, 0, stretchSessions+len(facts))}
		}
		s.facts = append(s.facts, facts...)
		return nil
	})
	if err != nil || len(s.facts) == 0 {
		return err
	}
	return fill(s)
}

// rest gives the system back what was only needed for some work that is done.
func (a *Archive) rest() {
	a.store.LetGo()
	debug.FreeOSMemory()
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
		entries[i] = columns.Entry{Row: columnsRow(row), Facts: row.Facts}
	}
	a.columns.Put(result.Seq, entries)
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
