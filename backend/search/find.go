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
	if asked.isFirsts() {
		return Found{Exact: v.firsts(asked.readings[0].exact), Near: roaring.New(), Seq: v.seq}, ctx.Err()
	}
	exact, near := make([]*roaring.Bitmap, len(v.parts)), make([]*roaring.Bitmap, len(v.parts))
	for i, p := range v.parts {
		answer, err := p.find(ctx, asked)
		if err != nil {
			return Found{}, err
		}
		exact[i] = answer.exact
		if answer.any != answer.exact {
			near[i] = without(answer.any, answer.exact)
		}
	}
	return Found{Exact: translated(v.parts, exact), Near: translated(v.parts, near), Seq: v.seq}, nil
}

// isFirsts reports whether only the first signs of terms are asked for.
func (q Question) isFirsts() bool {
	return q.words == 1 && !slices.ContainsFunc(q.readings[0].exact, func(prefix string) bool {
		return len(prefix) != 1
	})
}

func (v *view) firsts(prefixes []string) *roaring.Bitmap {
	var all []*roaring.Bitmap
	for _, p := range v.parts {
		var living *roaring.Bitmap
		for _, prefix := range prefixes {
			living = either(living, p.firsts[prefix])
		}
		if living = without(living, p.dead); living != nil {
			all = append(all, living)
		}
	}
	if len(all) == 1 {
		return all[0].Clone() // what is read once is for all
	}
	return roaring.FastOr(all...)
}
