package search

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	index "github.com/blevesearch/bleve_index_api"
)

// fillerID is a document without words that Purge puts in and takes out again:
// Bleve's merger does not look at an index of a single segment. It is no ordinal.
const fillerID = "filler"

// Purge returns when the words of sessions that were erased or replaced before
// it are gone from the disk: it has every segment that holds such sessions
// written anew without them, and waits until the old files are removed. That
// takes as long as indexing what else is in these segments, and as much room;
// searches and updates go on meanwhile. With nothing to remove it is quick. When
// it is interrupted, call it again.
//
// An index in memory keeps such words, unsearchable, until it is closed.
func (ix *Index) Purge(ctx context.Context) error {
	ix.purging.Lock()
	defer ix.purging.Unlock()
	if ix.generation.dir == "" {
		return ctx.Err()
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(ix.ending, stop)()
	return wrap("purge search index", ix.purge(ctx))
}

func (ix *Index) purge(ctx context.Context) error {
	if err := ix.settle(ctx); err != nil {
		return err
	}
	old := map[string]bool{}
	if err := errors.Join(ix.addFiles(old), ix.dropClean(old)); err != nil || len(old) == 0 {
		return err
	}
	if err := ix.writeAgain(putFiller); err != nil {
		return err
	}
	err := ix.rewrite(ctx, old)
	takeFiller := func(*index.Batch) {} // every write removes it
	return errors.Join(err, ix.writeAgain(takeFiller))
}

func putFiller(batch *index.Batch) { batch.Update(document.NewDocument(fillerID)) }

// settle waits until all that was given to Update is on disk.
func (ix *Index) settle(ctx context.Context) error {
	ix.writing.Lock()
	defer ix.writing.Unlock()
	return ix.use("wait", func() error { return ix.waitForDisk(ctx, 0, maxWait) })
}

// addFiles adds the segments' files that lie on the disk.
func (ix *Index) addFiles(files map[string]bool) error {
	found, err := filepath.Glob(filepath.Join(ix.generation.dir, storeDir, "*.zap"))
	for _, path := range found {
		files[path] = true
	}
	return err
}

// dropClean drops the files that are gone, and those that hold no removed
// session. A file that is in no state of the index, because it has just been
// merged or is being written, may hold some.
func (ix *Index) dropClean(files map[string]bool) error {
	return ix.use("list", func() error {
		snapshot, err := snapshotOf(ix.bleve)
		if err != nil {
			return err
		}
		defer snapshot.Close()
		paths := pathsOf(snapshot)
		for _, s := range snapshot.Segments() {
			if dead := s.Deleted(); dead == nil || dead.IsEmpty() {
				delete(files, paths[s.Id()])
			}
		}
		for path := range files {
			if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
				delete(files, path)
			}
		}
		return nil
	})
}

// rewrite merges until none of the files is left.
func (ix *Index) rewrite(ctx context.Context, old map[string]bool) error {
	for first := true; ; first = false {
		if err := ix.settle(ctx); err != nil {
			return err
		}
		if err := ix.use("merge", func() error { return ix.merge(ctx) }); err != nil {
			return err
		}
		if first { // a merge that was under way has now ended, with what was removed meanwhile
			if err := ix.addFiles(old); err != nil {
				return err
			}
		}
		// Bleve removes old files when it has written something.
		if err := errors.Join(ix.writeAgain(putFiller), ix.settle(ctx), ix.dropClean(old)); err != nil {
			return err
		}
		if len(old) == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(retryPause):
		}
	}
}

// merge writes every segment anew that holds removed sessions, each by itself.
func (ix *Index) merge(ctx context.Context) error {
	s, err := ix.scorch()
	if err != nil {
		return err
	}
	options := mergeplan.SingleSegmentMergePlanOptions
	options.SegmentsPerMergeTask = 1
	options.CalcBudget = func(int64, int64, *mergeplan.MergePlanOptions) int { return 0 }
	merged := make(chan error, 1)
	go func() { merged <- guard(func() error { return s.ForceMerge(ctx, &options) }) }()
	select {
	case err := <-merged:
		return errors.Join(err, ctx.Err())
	case <-ix.generation.givenUp: // the merger may be dead; Close ends the wait for it
		return ix.generation.fault()
	}
}
