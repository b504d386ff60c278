package search

import (
	"context"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
)

// Found is the answer to a text: the ordinals of the sessions, as they all were
// at one moment. The bitmaps are the caller's own.
type Found struct {
	Exact *roaring.Bitmap // never nil; empty if All
	Near  *roaring.Bitmap // found only by signs that look alike, see Matches; disjoint from Exact, never nil
	All   bool            // the text is blank: it restricts nothing
	Seq   uint64          // the archive's change that the index had seen; 0 if no word was looked for
}

// Find returns the ordinals of the sessions that a text finds; what that means,
// Matches tells. Any text has an answer; see Words for what is read of a very
// long one. An Update is in the answer as a whole or not at all.
//
// After Open the first search waits until the index has been read, which takes
// about half a second for a million sessions.
func (ix *Index) Find(ctx context.Context, text string) (Found, error) {
	found := Found{Exact: roaring.New(), Near: roaring.New()}
	if strings.TrimSpace(text) == "" {
		found.All = true
		return found, ctx.Err()
	}
	asked := Ask(text)
	if asked.words == 0 {
		return found, ctx.Err()
	}
	err := ix.look(ctx, "search", func(v *view) (err error) {
		found, err = v.find(ctx, asked)
		return err
	})
	return found, err
}

// look runs what reads the index at one moment.
func (ix *Index) look(ctx context.Context, doing string, read func(*view) error) error {
	return ix.use(doing, func() error {
		v, err := ix.views.take(ctx, ix.ending.Done(), ix.generation)
		if err != nil {
			return err
		}
		defer v.snapshot.Close()
		return read(v)
	})
}

// find asks every part. What it gathers is copied out of the segments' mapped
// files before the snapshot is given back.
func (v *view) find(ctx context.Context, asked Question) (Found, error) {
	exact, near := make([]*roaring.Bitmap, len(v.parts)), make([]*roaring.Bitmap, len(v.parts))
	var firsts []*roaring.Bitmap
	prefixes, begins := asked.begins()
	for i, p := range v.parts {
		if begins {
			if living, atHand := p.living(prefixes); atHand {
				if living != nil {
					firsts = append(firsts, living)
				}
				continue
			}
		}
		answer, err := p.find(ctx, asked)
		if err != nil {
			return Found{}, err
		}
		exact[i] = answer.exact
		if answer.any != answer.exact {
			near[i] = without(answer.any, answer.exact)
		}
	}
	found := Found{Exact: translated(v.parts, exact), Near: translated(v.parts, near), Seq: v.seq}
	if len(firsts) > 0 {
		found.Exact = roaring.FastOr(append(firsts, found.Exact)...)
	}
	return found, ctx.Err()
}

// begins gives the beginnings of terms that are asked for, if those are all, and none
// looks like another.
func (q Question) begins() (prefixes []string, all bool) {
	if q.words != 1 || len(q.readings) != 1 {
		return nil, false
	}
	only := q.readings[0]
	alone := !slices.ContainsFunc(only.exact, func(prefix string) bool { return len(prefix) != 1 })
	return only.exact, only.near == "" || alone
}
