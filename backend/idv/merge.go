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
//   - An erased session stays erased, whatever comes.
//   - A liquidated newcomer replaces everything: erased data must go here too.
//   - About a session that the feed brought a CSV row knows less, and may be
//     older: it only fills what is empty, and can say that a pending session was
//     verified. (The feed names a status, a row does not.)
func Merge(old, in Session) Session {
	switch {
	case old.Erased != nil:
		return old
	case old.IsLiquidated() && !in.IsLiquidated():
		return old
	case in.IsLiquidated():
		return in
	case old.Outcome.Final() && !in.Outcome.Final() && in.Outcome != OutcomeUnknown:
		return old
	}
	if old.Status != "" && in.Status == "" {
		return fill(old, in)
	}
	merged := old
	merged.Written = mergeWritten(old, in)
	in.Written = nil
	overlay(reflect.ValueOf(&merged).Elem(), reflect.ValueOf(in))
	return merged
}

// fill keeps what old says and takes the rest from a CSV row.
func fill(old, row Session) Session {
	filled := row
	filled.Written = mergeWritten(row, old)
	known := old
	known.Written = nil
	if !old.Outcome.Final() && row.Outcome == Verified {
		known.Outcome, known.Verified = row.Outcome, row.Verified
	}
	overlay(reflect.ValueOf(&filled).Elem(), reflect.ValueOf(known))
	return filled
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
