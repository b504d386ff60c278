package search

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
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
	return ix.maintain(ctx, "purge search index", ix.purge)
}

// maintain runs what works on the files of the index, one thing at a time, until the
// index is closed.
func (ix *Index) maintain(ctx context.Context, doing string, work func(context.Context) error) error {
	ix.maintaining.Lock()
	defer ix.maintaining.Unlock()
	if ix.generation.dir == "" {
		return ctx.Err()
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	defer context.AfterFunc(ix.ending, stop)()
	return wrap(doing, work(ctx))
}

func (ix *Index) purge(ctx context.Context) error {
	if err := ix.settle(ctx); err != nil {
		return err
	}
	old := map[string]bool{}
	if err := errors.Join(ix.addFiles(old), ix.drop(old, clean)); err != nil || len(old) == 0 {
		return err
	}
	if err := ix.writeAgain(putFiller); err != nil {
		return err
	}
	err := ix.rewrite(ctx, old)
	return errors.Join(err, ix.writeAgain(nothing)) // every write takes the filler out
}

func putFiller(batch *index.Batch) { batch.Update(document.NewDocument(fillerID)) }

func nothing(*index.Batch) {}

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

// clean reports whether a segment holds no removed session.
func clean(s *scorch.SegmentSnapshot) bool {
	dead := s.Deleted()
	return dead == nil || dead.IsEmpty()
}

// drop drops the files that are gone, and those of good segments. A file that is in
// no state of the index, because it has just been merged or is being written, is none
// of these.
func (ix *Index) drop(files map[string]bool, good func(*scorch.SegmentSnapshot) bool) error {
	return ix.use("list", func() error {
		snapshot, err := snapshotOf(ix.bleve)
		if err != nil {
			return err
		}
		defer snapshot.Close()
		paths := pathsOf(snapshot)
		for _, s := range snapshot.Segments() {
			if good(s) {
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
	for first := true; len(old) > 0; first = false {
		if err := ix.settle(ctx); err != nil {
			return err
		}
		if err := ix.use("merge", func() error { return ix.forceMerge(ctx, &eachAnew) }); err != nil {
			return err
		}
		if first { // a merge that was under way has now ended, with what was removed meanwhile
			if err := ix.addFiles(old); err != nil {
				return err
			}
		}
		if err := ix.tidy(ctx, old, clean, putFiller); err != nil {
			return err
		}
	}
	return nil
}

// tidy writes something, for then Bleve removes the files that it has merged, and
// drops those that are gone or good. If any are left it takes a while.
func (ix *Index) tidy(ctx context.Context, files map[string]bool, good func(*scorch.SegmentSnapshot) bool, fill func(*index.Batch)) error {
	if err := errors.Join(ix.writeAgain(fill), ix.settle(ctx), ix.drop(files, good)); err != nil || len(files) == 0 {
		return err
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(retryPause):
		return nil
	}
}

// eachAnew writes every segment anew that holds removed sessions, each by itself.
var eachAnew = func() mergeplan.MergePlanOptions {
	options := mergeplan.SingleSegmentMergePlanOptions
	options.SegmentsPerMergeTask = 1
	options.CalcBudget = func(int64, int64, *mergeplan.MergePlanOptions) int { return 0 }
	return options
}()
