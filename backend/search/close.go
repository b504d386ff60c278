package search

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Distrust makes the next Open start anew. For a caller who knows that the index
// is not of this archive's present state.
func (ix *Index) Distrust() {
	ix.generation.abandon(errors.New("the archive does not trust it"), true)
}

// Close waits until what was given to Update is on disk, and closes the index.
// If the disk does not follow, the next Open is at an earlier Seq. The keys have
// to stay open until Close returns; if they do not, nothing is written in clear,
// but what was being written may be lost.
func (ix *Index) Close() error {
	ix.end()
	ix.generation.check.wait(nil)
	ix.following.Wait()
	ix.gathering.hurry()
	ix.writing.Lock()
	defer ix.writing.Unlock()
	ix.life.Lock()
	defer ix.life.Unlock()
	if ix.closed {
		return nil
	}
	ix.closed = true
	if ix.generation.dir == "" {
		return wrap("close search index", errors.Join(ix.views.use(nil), guard(ix.bleve.Close)))
	}
	slow := ix.waitForDisk(context.Background(), 0, closeWait)
	err := ix.letGo()
	if ix.generation.fault() != nil {
		return nil // whoever uses the index has heard, and the next Open will see
	}
	if err := errors.Join(slow, err); err != nil {
		return wrap("close search index", err)
	}
	return wrap("sum up search index", ix.generation.writeSum())
}

// letGo closes Bleve, which waits for its goroutines. One that hangs, which
// happens after failures, is left to itself: the hooks know its files until it
// ends, and refuse to have more written.
func (ix *Index) letGo() error {
	closed := make(chan error, 1)
	go func() {
		err := errors.Join(ix.views.use(nil), guard(ix.bleve.Close))
		generations.remove(ix.generation)
		closed <- err
	}()
	select {
	case err := <-closed:
		return err
	case <-time.After(closeWait):
		ix.generation.abandon(errSlowDisk, false)
		return errSlowDisk
	}
}

func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
