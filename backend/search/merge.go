package search

import (
	"context"
	"errors"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
)

// smallSegment is the number of sessions up to which all segments count as equally
// small when it is decided what to merge.
const smallSegment = 20_000

// whileIndexing is how Bleve merges segments by itself: sooner than by default, for a
// search asks each of them. At 100,000 sessions 5 segments in place of 11 take a fifth
// off the disk and off a long word's time, and cost 7 % of the rate of indexing. The
// largest are left alone: to merge them again would bring all of their files into
// memory at once. For that there is inQuiet.
var whileIndexing = map[string]any{
	"MaxSegmentsPerTier": 4, "SegmentsPerMergeTask": 4, "TierGrowth": 4.0,
	"FloorSegmentSize": smallSegment, "MaxSegmentSize": 250_000,
}

// inQuiet is how segments are merged while nothing else is to be done: the largest
// too, and as many at a time that a session is written once more for each tenfold
// growth of the index.
var inQuiet = mergeplan.MergePlanOptions{
	MaxSegmentsPerTier: 2, SegmentsPerMergeTask: 10, TierGrowth: 10,
	FloorSegmentSize: smallSegment, MaxSegmentSize: 1 << 30, ReclaimDeletesWeight: 2,
}

// Merge merges the segments that indexing leaves if there are more than a few: a
// search asks each of them. For a million sessions that takes about 10 s and as much
// room on the disk as the index has. Searches and updates go on meanwhile, but the
// memory that it takes is better left to them when there is something to index: ctx
// ends it. What was not done then, the next call does.
//
// A disk without room is an error that Harmless knows. An index in memory stays as
// it is.
func (ix *Index) Merge(ctx context.Context) error {
	return ix.maintain(ctx, "merge search index", ix.mergeMany)
}

func (ix *Index) mergeMany(ctx context.Context) error {
	if err := ix.settle(ctx); err != nil {
		return err
	}
	err := ix.use("merge", func() error {
		if err := room(ix.generation.dir, size(ix.generation.dir)); err != nil {
			return err
		}
		return ix.forceMerge(ctx, &inQuiet)
	})
	if err != nil {
		return err
	}
	old := map[string]bool{}
	err = errors.Join(ix.addFiles(old), ix.drop(old, inUse))
	for n := 0; err == nil && len(old) > 0 && n < mostTidied; n++ {
		err = ix.tidy(ctx, old, inUse, nothing)
	}
	return err
}

// mostTidied is how often Merge looks whether the files are gone that it has merged. A
// later write removes what is left of them.
const mostTidied = 20

// inUse is true of every segment.
func inUse(*scorch.SegmentSnapshot) bool { return true }

// forceMerge has Bleve merge by a plan of its own.
func (ix *Index) forceMerge(ctx context.Context, options *mergeplan.MergePlanOptions) error {
	s, err := ix.scorch()
	if err != nil {
		return err
	}
	merged := make(chan error, 1)
	go func() { merged <- guard(func() error { return s.ForceMerge(ctx, options) }) }()
	select {
	case err := <-merged:
		return errors.Join(err, ctx.Err())
	case <-ix.generation.givenUp: // the merger may be dead; Close ends the wait for it
		return ix.generation.fault()
	}
}
