package archive

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"veridesk/backend/giveway"
	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/search"
	"veridesk/backend/store"
)

// indexBatch is how many changes go into the text index at once: see
// search.Index.Update.
const indexBatch = 5_000

// pace is the least time between two updates of the index while nobody waits
// for it. A sync writes small batches; indexed one by one they would make many
// small segments, and merging those costs more than indexing.
const pace = time.Second

// quiet is how long nothing has come for the index, and nobody has asked, until its
// segments are merged: while a sync runs they would soon be merged again.
const quiet = 5 * time.Second

// again is how long the index waits for a disk that is full or stands still.
const again = 15 * time.Second

// indexer keeps the text index abreast of the store, in one goroutine. When the
// index fails it is thrown away and built anew, once; if that fails too, text
// search is off until the next start and everything else goes on. A disk that
// is full or slow is no fault of the index: it is tried again later.
type indexer struct {
	dir    string
	store  *store.Store
	keys   seal.Keyring
	way    *giveway.Way
	log    *slog.Logger
	moved  func()
	trim   func()        // is called while much is read from the store
	spare  func()        // has the archive give memory back; for when work that takes much is done
	total  func() int    // sessions in the archive
	kick   chan struct{} // the store has moved
	hurry  chan struct{} // somebody waits for the index
	ctx    context.Context
	stop   context.CancelFunc
	done   chan struct{}
	checks sync.WaitGroup // of the files of the indexes that were opened
	memory atomic.Bool    // the index is in memory; on the disk there may be an older one, closed
	doubt  atomic.Bool    // what is in the index cannot be trusted; set while mu is held

	mu     sync.RWMutex // guards the fields below; held for reading while the index is searched
	index  *search.Index
	fault  error         // why there is no index, or why it does not follow
	at     uint64        // the change that the index has seen
	merged uint64        // the change up to which its segments have been merged
	change chan struct{} // closed and replaced whenever one of these changes
}

// newIndexer makes the indexer of an archive, which has yet to be started. From its
// goroutine the archive hears whenever the index has moved.
func newIndexer(a *Archive) *indexer {
	return &indexer{
		dir: filepath.Join(a.dir, indexDir), store: a.store, keys: a.keys, way: &a.way, log: a.log,
		moved: a.tell, trim: a.trim, spare: a.rest, total: a.columns.Len,
		kick: make(chan struct{}, 1), hurry: make(chan struct{}, 1), done: make(chan struct{}), change: make(chan struct{}),
	}
}

func (x *indexer) start() {
	x.ctx, x.stop = context.WithCancel(context.Background())
	poke(x.kick)
	poke(x.hurry)
	go x.run(x.ctx)
}

// nudge says that the store has moved.
func (x *indexer) nudge() { poke(x.kick) }

func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default: // a poke is waiting already
	}
}

// next waits until there is something to index and it is time to; false when
// the indexer is to end.
func (x *indexer) next(ctx context.Context, last time.Time) bool {
	for waiting, still := true, time.After(quiet); waiting; {
		select {
		case <-ctx.Done():
			return false
		case <-x.kick:
			waiting = false
		case <-x.hurry:
			return true
		case <-still:
			if asked := x.way.Quiet(); asked < quiet {
				still = time.After(quiet - asked)
				continue
			}
			x.merge(ctx)
		}
	}
	timer := time.NewTimer(pace - time.Since(last))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
	case <-x.hurry:
	}
	return true
}

func (x *indexer) run(ctx context.Context) {
	defer close(x.done)
	if err := x.open(); err != nil {
		x.log.Error("text index does not open", "error", err)
		if code := idv.AsError(err).Code; code == idv.CodeInUse || code == idv.CodeDamaged {
			x.set(nil, 0, err)
			return
		}
		if err := x.renew(); err != nil {
			x.set(nil, 0, err)
			return
		}
	}
	var last time.Time
	for rebuilt := false; x.next(ctx, last); {
		err := x.catchUp(ctx)
		if err == nil && x.doubt.Load() {
			err = errDoubt
		}
		last = time.Now()
		if err == nil || ctx.Err() != nil {
			continue
		}
		x.log.Error("text index failed", "error", err)
		if idv.DiskFull(err) && x.toMemory(err) {
			continue
		}
		if search.Harmless(err) || idv.AsError(err).Code == idv.CodeDamaged {
			x.set(x.index, x.seq(), err)
			time.AfterFunc(again, x.nudge)
			continue
		}
		if !rebuilt {
			rebuilt = true
			err = x.rebuild()
		}
		if err != nil {
			x.set(nil, 0, err)
			return
		}
		poke(x.hurry)
	}
}

// merge merges the segments of the index until there is something to index.
func (x *indexer) merge(ctx context.Context) {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	ended := make(chan struct{})
	var err error
	go func() {
		defer close(ended)
		err = x.index.Merge(ctx)
	}()
	select {
	case <-ended:
	case <-x.kick:
		poke(x.kick)
	case <-x.hurry:
		poke(x.hurry)
	}
	stop()
	<-ended
	switch {
	case err == nil:
		x.setMerged()
	case idv.DiskFull(err):
		x.log.Warn("no room to merge the text index", "error", err)
	case !search.Harmless(err):
		x.log.Error("text index is not merged", "error", err)
		x.distrust(x.index)
	}
}

// errDoubt is why an index is built anew that could be written to.
var errDoubt = errors.New("a search failed")

func (x *indexer) open() error {
	index, err := search.Open(x.dir, x.store.ID(), x.keys)
	if err != nil {
		return fmt.Errorf("open text index: %w", err)
	}
	seq, err := x.store.Seq()
	if err == nil && index.Seq() > seq { // the store was replaced by an older copy
		return x.replace(index)
	}
	x.use(index)
	return err
}

// use takes an index into use, and hears when its files turn out to be damaged.
func (x *indexer) use(index *search.Index) {
	index.GiveWay(x.way)
	x.set(index, index.Seq(), nil)
	x.checks.Go(func() {
		if err := index.Checked(x.ctx); err != nil && x.ctx.Err() == nil {
			x.log.Error("text index is damaged", "error", err)
			x.distrust(index)
		}
	})
}

// distrust has the index built anew, unless another one is in its place already.
func (x *indexer) distrust(index *search.Index) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.index == index {
		x.doubt.Store(true)
		poke(x.hurry)
	}
}

// rebuild throws the index away and starts an empty one.
func (x *indexer) rebuild() error {
	x.mu.Lock()
	index := x.index
	x.index = nil
	x.doubt.Store(false)
	x.mu.Unlock()
	return x.replace(index)
}

func (x *indexer) replace(index *search.Index) error {
	index.Distrust()
	if err := index.Close(); err != nil {
		x.log.Error("close text index", "error", err)
	}
	return x.renew()
}

// renew opens an index in place of one that is of no use: on the disk, or in
// memory where the disk has no place for it.
func (x *indexer) renew() error {
	index, err := search.Open(x.dir, x.store.ID(), x.keys)
	if err != nil && !search.Harmless(err) {
		x.log.Error("text index does not open anew", "error", err)
		if err := os.RemoveAll(x.dir); err != nil {
			x.log.Error("remove text index", "error", err)
		}
		index, err = search.Open(x.dir, x.store.ID(), x.keys)
	}
	inMemory := err != nil
	if inMemory {
		x.log.Error("text index goes into memory", "error", err)
		index, err = x.inMemory(err)
	}
	if err != nil {
		return fmt.Errorf("open text index: %w", err)
	}
	x.memory.Store(inMemory)
	x.use(index)
	return nil
}

// toMemory leaves an index on a full disk as it is and starts one in memory; false
// if it cannot, or has done so already.
func (x *indexer) toMemory(why error) bool {
	if x.memory.Load() {
		return false
	}
	index, err := x.inMemory(why)
	if err != nil {
		return false
	}
	x.log.Error("text index goes into memory", "error", why)
	old := x.index
	x.use(index)
	if err := old.Close(); err != nil {
		x.log.Error("close text index", "error", err)
	}
	x.memory.Store(true)
	poke(x.hurry)
	return true
}

// maxInMemory is how many sessions an index in memory may hold.
const maxInMemory = 50_000

// inMemory opens an index without files; why is what keeps it from the disk.
func (x *indexer) inMemory(why error) (*search.Index, error) {
	if x.total() > maxInMemory {
		return nil, why
	}
	return search.OpenMemory(x.store.ID())
}

func (x *indexer) set(index *search.Index, at uint64, fault error) {
	x.mu.Lock()
	if x.index != index {
		x.doubt.Store(false) // it was of the other one
		x.merged = 0
	}
	x.index, x.at, x.fault = index, at, fault
	x.tellWaiting()
	x.mu.Unlock()
	x.moved()
}

// setMerged notes that the segments of the index have been merged as it is. That takes
// memory, which is given back.
func (x *indexer) setMerged() {
	x.mu.Lock()
	x.merged = x.at
	x.tellWaiting()
	x.mu.Unlock()
	x.spare()
}

// tellWaiting tells those who wait that something has changed. The caller holds mu.
func (x *indexer) tellWaiting() {
	close(x.change)
	x.change = make(chan struct{})
}

// catchUp feeds the index what it has not seen.
func (x *indexer) catchUp(ctx context.Context) error {
	at := x.seq()
	next := func() ([]search.Doc, uint64, error) {
		changes, err := x.store.Changes(at, indexBatch)
		if err := errors.Join(ctx.Err(), err); err != nil || len(changes) == 0 {
			return nil, 0, err
		}
		x.trim()
		docs := make([]search.Doc, len(changes))
		for i, c := range changes {
			docs[i] = search.Doc{Ordinal: c.Ordinal, Session: c.Session}
		}
		at = changes[len(changes)-1].Seq
		return docs, at, nil
	}
	err := x.index.Feed(next, func(seq uint64) { x.set(x.index, seq, nil) })
	if err != nil {
		return fmt.Errorf("bring text index up to date: %w", err)
	}
	return nil
}

func (x *indexer) seq() uint64 {
	at, _ := x.stand()
	return at
}

// stand is the change that the index has seen, and whether it has been given up.
func (x *indexer) stand() (at uint64, off bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.at, x.index == nil && x.fault != nil
}

// close ends the indexer. What the index lost by a failure comes back at the
// next start, so that is for the log only.
func (x *indexer) close() {
	x.stop()
	<-x.done
	x.checks.Wait()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.index != nil {
		if err := x.index.Close(); err != nil {
			x.log.Error("close text index", "error", err)
		}
	}
	x.index, x.fault = nil, context.Canceled
	x.tellWaiting()
}
