// Package search finds sessions by text: it keeps a Bleve index of their names
// and numbers and answers with bitmaps of their ordinals, read straight from
// Bleve's postings. The index is derived from the archive and can always be
// made anew; it remembers how much of the archive it has seen.
package search

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"veridesk/backend/idv"
)

// ErrClosed is the answer of an Index after Close.
var ErrClosed = errors.New("search index is closed")

// Index is an open index. Its methods may be called from several goroutines.
type Index struct {
	dir       string
	archiveID string
	fresh     bool
	bleve     bleve.Index
	ordinals  ordinals
	seq       atomic.Uint64

	// life is held for reading by whoever uses bleve, and for writing by Close.
	life   sync.RWMutex
	closed bool // guarded by life

	// writing is held by the one Update at a time and guards pending.
	writing sync.Mutex
	pending []chan struct{} // each closed when its batch is on disk, oldest first
}

// Doc is a session as the archive numbers it.
type Doc struct {
	Ordinal uint32
	Session idv.Session
}

// The most batches that may wait for the disk, and how long one may take: a
// disk that stands still must not fill the memory.
const (
	maxPending = 8
	maxWait    = time.Minute
	closeWait  = 5 * time.Second // for a user who quits: what is not on disk then comes again
)

// Seq is the archive's change that the index has seen; 0 when it is new.
func (ix *Index) Seq() uint64 { return ix.seq.Load() }

// Fresh reports whether Open had to start anew.
func (ix *Index) Fresh() bool { return ix.fresh }

// Update adds or replaces sessions and remembers seq, the archive's change that
// is seen with them, in the same step. It can be repeated. When an ordinal comes
// twice, the later one counts. It returns when searches see the sessions, which
// is before they are on disk: after a crash the index opens at an earlier Seq.
func (ix *Index) Update(docs []Doc, seq uint64) error {
	return ix.write(seq, func(batch *bleve.Batch) error {
		for _, doc := range docs {
			if err := batch.IndexAdvanced(newDocument(doc)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Remove takes sessions out of the index; otherwise it is like Update.
func (ix *Index) Remove(ordinals []uint32, seq uint64) error {
	return ix.write(seq, func(batch *bleve.Batch) error {
		for _, ordinal := range ordinals {
			batch.Delete(documentID(ordinal))
		}
		return nil
	})
}

func (ix *Index) write(seq uint64, fill func(*bleve.Batch) error) error {
	ix.writing.Lock()
	defer ix.writing.Unlock()
	if seen := ix.Seq(); seq < seen {
		return fmt.Errorf("update search index: change %d after %d", seq, seen)
	}
	return ix.use("update search index", func() error {
		if err := ix.waitForDisk(maxPending-1, maxWait); err != nil {
			return err
		}
		batch := ix.bleve.NewBatch()
		if err := fill(batch); err != nil {
			return err
		}
		batch.SetInternal(stampKey, stamp{archiveID: ix.archiveID, seq: seq}.bytes())
		onDisk := make(chan struct{})
		batch.SetPersistedCallback(func(error) { close(onDisk) }) // called once, after success only
		if err := ix.bleve.Batch(batch); err != nil {
			return err
		}
		ix.pending = append(ix.pending, onDisk)
		ix.seq.Store(seq)
		return nil
	})
}

// waitForDisk waits until at most so many batches are not on disk yet.
func (ix *Index) waitForDisk(most int, patience time.Duration) error {
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	for len(ix.pending) > most {
		select {
		case <-ix.pending[0]:
			ix.pending = ix.pending[1:]
		case <-timeout.C:
			return errSlowDisk
		}
	}
	return nil
}

// errSlowDisk says nothing against what is in the index.
var errSlowDisk = errors.New("not written to disk in time")

// Count is the number of sessions in the index.
func (ix *Index) Count() (count uint64, err error) {
	err = ix.use("count search index", func() error {
		count, err = ix.bleve.DocCount()
		return err
	})
	return count, err
}

// Close waits until what was given to Update is on disk, and closes the index.
// If the disk does not follow, the next Open is at an earlier Seq.
func (ix *Index) Close() error {
	ix.writing.Lock()
	defer ix.writing.Unlock()
	ix.life.Lock()
	defer ix.life.Unlock()
	if ix.closed {
		return nil
	}
	ix.closed = true
	slow := ix.waitForDisk(0, closeWait)
	if err := guard(ix.bleve.Close); err != nil {
		return fmt.Errorf("close search index: %w", err)
	}
	if slow != nil {
		return fmt.Errorf("close search index: %w", slow)
	}
	return writeSum(ix.dir)
}

// use runs what touches Bleve while the index is sure to be open. An error in
// there casts doubt on the files, so the next Open starts anew.
func (ix *Index) use(doing string, touch func() error) error {
	ix.life.RLock()
	defer ix.life.RUnlock()
	if ix.closed {
		return ErrClosed
	}
	err := guard(touch)
	switch {
	case err == nil:
		return nil
	case !Harmless(err):
		err = errors.Join(err, os.WriteFile(filepath.Join(ix.dir, doubtFile), nil, 0o600))
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// guard turns a panic, and a fault in a mapped file, into an error.
func guard(touch func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return touch()
}

// snapshot is the index at one moment. The caller closes it.
func (ix *Index) snapshot() (*scorch.IndexSnapshot, error) {
	return snapshotOf(ix.bleve)
}

func snapshotOf(b bleve.Index) (*scorch.IndexSnapshot, error) {
	advanced, err := b.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, err
	}
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, errors.Join(fmt.Errorf("index reader is a %T", reader), reader.Close())
	}
	return snapshot, nil
}
