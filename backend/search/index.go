// Package search finds sessions by text: it keeps a Bleve index of their names
// and numbers and answers with bitmaps of their ordinals, read straight from
// Bleve's postings. On disk the index is sealed. It is derived from the archive
// and can always be made anew; it remembers how much of the archive it has seen.
package search

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"veridesk/backend/giveway"
	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// ErrClosed is the answer of an Index after Close.
var ErrClosed = errors.New("search index is closed")

// Index is an open index. Its methods may be called from several goroutines.
type Index struct {
	generation *generation
	archiveID  string
	fresh      bool
	bleve      bleve.Index
	views      views
	seq        atomic.Uint64
	moved      chan struct{} // poked when Bleve has changed the segments
	gathering  gathering
	following  sync.WaitGroup
	ending     context.Context // done when Close begins
	end        context.CancelFunc

	// life is held for reading by whoever uses bleve, and for writing by Close.
	life   sync.RWMutex
	closed bool // guarded by life

	// writing is held by the one Update at a time and guards pending.
	writing sync.Mutex
	pending []chan struct{} // each closed when its batch is on disk, oldest first

	maintaining sync.Mutex // held by the one Purge or Merge at a time
}

// Doc is a session as the archive numbers it.
type Doc struct {
	Ordinal uint32
	Session idv.Session
}

// The most batches that may wait for the disk, and how long one may take: a
// disk that stands still must not fill the memory.
const (
	maxPending = 16
	maxWait    = time.Minute
	closeWait  = 5 * time.Second // for a user who quits: what is not on disk then comes again
)

// Seq is the archive's change that the index has seen; 0 when it is new.
func (ix *Index) Seq() uint64 { return ix.seq.Load() }

// Fresh reports whether Open had to start anew.
func (ix *Index) Fresh() bool { return ix.fresh }

// GiveWay has the work in the background stand still while somebody asks.
func (ix *Index) GiveWay(to *giveway.Way) { ix.generation.way.Store(to) }

// Update adds or replaces sessions and remembers seq, the archive's change that
// is seen with them, in the same step. Of an erased session nothing stays that
// can be found; see Purge for when its words are gone from the disk. Update can
// be repeated. When an ordinal comes twice, the later one counts. It returns
// when searches see the sessions, which is before they are on disk: after a
// crash the index opens at an earlier Seq. While an archive is indexed, 5,000
// sessions at a time are best: fewer have the same words again and again in their
// segments, more only fill the memory.
//
// A disk without room is an error that Harmless knows: nothing was changed then.
func (ix *Index) Update(docs []Doc, seq uint64) error {
	batch, err := prepare(docs, seq, ix.generation.way.Load())
	if err != nil {
		return err
	}
	return ix.put(batch)
}

func (ix *Index) put(p *prepared) error { return ix.write(p.seq, p.fill) }

func (ix *Index) write(seq uint64, fill func(*index.Batch)) error {
	ix.writing.Lock()
	defer ix.writing.Unlock()
	if seen := ix.Seq(); seq < seen {
		return fmt.Errorf("update search index: change %d after %d", seq, seen)
	}
	return ix.apply(seq, fill)
}

// writeAgain writes at the change that the index is at.
func (ix *Index) writeAgain(fill func(*index.Batch)) error {
	ix.writing.Lock()
	defer ix.writing.Unlock()
	return ix.apply(ix.Seq(), fill)
}

// apply gives Bleve one batch. The caller holds writing.
func (ix *Index) apply(seq uint64, fill func(*index.Batch)) error {
	return ix.use("update search index", func() error {
		if err := ix.mayWrite(); err != nil {
			return err
		}
		batch := index.NewBatch()
		batch.Delete(fillerID) // a Purge that was killed may have left it
		fill(batch)
		mark := stamp{archiveID: ix.archiveID, seq: seq, used: ix.generation.box.Used()}
		batch.SetInternal(stampKey, mark.bytes())
		onDisk := make(chan struct{})
		batch.SetPersistedCallback(func(error) { // called once, after success only
			ix.gathering.add(-1)
			close(onDisk)
		})
		s, err := ix.scorch()
		if err != nil {
			return err
		}
		ix.gathering.add(1)
		if err := s.Batch(batch); err != nil {
			ix.gathering.add(-1)
			return err
		}
		ix.pending = append(ix.pending, onDisk)
		if err := ix.refresh(); err != nil {
			return err
		}
		ix.seq.Store(seq)
		return nil
	})
}

// mayWrite waits for the disk if need be, and makes sure that there is room.
func (ix *Index) mayWrite() error {
	if ix.generation.dir == "" {
		ix.pending = nil // what is in memory is never on disk
		return nil
	}
	if err := ix.waitForDisk(ix.ending, maxPending-1, maxWait); err != nil {
		return err
	}
	return room(ix.generation.dir, size(ix.generation.dir))
}

// waitForDisk waits until at most so many batches are not on disk yet.
func (ix *Index) waitForDisk(ctx context.Context, most int, patience time.Duration) error {
	ix.dropWritten()
	if len(ix.pending) <= most {
		return nil
	}
	defer ix.gathering.hurry()()
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	for len(ix.pending) > most {
		select {
		case <-ix.pending[0]:
			ix.pending = ix.pending[1:]
		case <-ix.generation.givenUp:
			return ix.generation.fault()
		case <-ctx.Done():
			return ctx.Err()
		case <-timeout.C:
			return errSlowDisk
		}
	}
	return nil
}

// dropWritten drops what is on disk.
func (ix *Index) dropWritten() {
	for len(ix.pending) > 0 {
		select {
		case <-ix.pending[0]:
			ix.pending = ix.pending[1:]
		default:
			return
		}
	}
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

// use runs what touches Bleve while the index is sure to be open. An error in
// there casts doubt on the index: every later use is ErrDoubt, and the next Open
// starts anew.
func (ix *Index) use(doing string, touch func() error) error {
	ix.life.RLock()
	defer ix.life.RUnlock()
	if ix.closed {
		return ErrClosed
	}
	err := ix.generation.fault()
	if err == nil {
		err = guard(touch)
	}
	if err == nil {
		return nil
	}
	if lock := ix.generation.lock(); lock != nil {
		err = lock
	}
	if !Harmless(err) {
		ix.generation.abandon(err, !errors.Is(err, ErrDoubt))
		err = ix.generation.fault()
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// Harmless tells errors that say nothing against the index.
func Harmless(err error) bool {
	if errors.Is(err, ErrDoubt) {
		return false
	}
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, errSlowDisk) || errors.Is(err, seal.ErrLocked) || errors.Is(err, ErrClosed) || idv.DiskFull(err)
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

// scorch is Bleve's engine under the index.
func (ix *Index) scorch() (*scorch.Scorch, error) { return scorchOf(ix.bleve) }

func scorchOf(b bleve.Index) (*scorch.Scorch, error) {
	advanced, err := b.Advanced()
	if err != nil {
		return nil, err
	}
	s, ok := advanced.(*scorch.Scorch)
	if !ok {
		return nil, fmt.Errorf("index is a %T", advanced)
	}
	return s, nil
}

// snapshotOf is an index at one moment. The caller closes it.
func snapshotOf(b bleve.Index) (*scorch.IndexSnapshot, error) {
	s, err := scorchOf(b)
	if err != nil {
		return nil, err
	}
	reader, err := s.Reader()
	if err != nil {
		return nil, err
	}
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, errors.Join(fmt.Errorf("index reader is a %T", reader), reader.Close())
	}
	return snapshot, nil
}
