package idv

import (
	"maps"
	"reflect"
	"time"
)

// Merge is what the archive keeps when a session it has comes again.
//
//   - What the newcomer does not say is kept: a CSV row must not erase the
//     photos and attempts that the feed brought.
//   - A final outcome is never undone by one that is not final, and a session
//     that the portal has liquidated never comes back to life: pages and files
//     may arrive late.
//   - A liquidated newcomer replaces everything: erased data must go here too.
//   - A CSV row knows TRUE and FALSE only: it never undoes a finer outcome of the
//     feed that says the same.
func Merge(old, in Session) Session {
	switch {
	case old.IsLiquidated() && !in.IsLiquidated():
		return old
	case in.IsLiquidated():
		return in
	case old.Outcome.Final() && !in.Outcome.Final() && in.Outcome != OutcomeUnknown:
		return old
	}
	if old.Status != "" && in.Status == "" && old.Outcome.CSVWord() == in.Outcome.CSVWord() {
		in.Outcome = old.Outcome
	}
	merged := old
	merged.Written = mergeWritten(old, in)
	in.Written = nil
	overlay(reflect.ValueOf(&merged).Elem(), reflect.ValueOf(in))
	return merged
}

// mergeWritten keeps an old spelling only where the newcomer leaves the cell empty.
func mergeWritten(old, in Session) map[string]string {
	kept := maps.Clone(old.Written)
	for i, cell := range canonicalCells(in) {
		if cell != "" {
			delete(kept, Columns[i])
		}
	}
	if len(in.Written) > 0 {
		if kept == nil {
			kept = map[string]string{}
		}
		maps.Copy(kept, in.Written)
	}
	if len(kept) == 0 {
		return nil
	}
	return kept
}

// overlay copies every field that in sets onto out, structs field by field.
// An empty slice that is not nil counts as set: the portal said "none".
func overlay(out, in reflect.Value) {
	for i := range in.NumField() {
		from, to := in.Field(i), out.Field(i)
		_, isTime := from.Interface().(time.Time)
		if from.Kind() == reflect.Struct && !isTime {
			overlay(to, from)
		} else if !from.IsZero() {
			to.Set(from)
		}
	}
}
