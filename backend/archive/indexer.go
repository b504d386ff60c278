package archive

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/idv"
	"veridesk/backend/search"
	"veridesk/backend/store"
)

// indexBatch is how many changes go into the text index at once: many, because
// a few large segments are searched faster than many small ones.
const indexBatch = 5000

// pace is the least time between two updates of the index while nobody waits
// for it. A sync writes small batches; indexed one by one they would make many
// small segments, and merging those costs more than indexing.
const pace = time.Second

// again is how long the index waits for a disk that is full or stands still.
const again = 15 * time.Second

// indexer keeps the text index abreast of the store, in one goroutine. When the
// index fails it is thrown away and built anew, once; if that fails too, text
// search is off until the next start and everything else goes on. A disk that
// is full or slow is no fault of the index: it is tried again later.
type indexer struct {
	dir   string
	store *store.Store
	log   *slog.Logger
	moved func()
	kick  chan struct{} // the store has moved
	hurry chan struct{} // somebody waits for the index
	stop  context.CancelFunc
	done  chan struct{}
	doubt atomic.Bool // a search has failed: what is in the index cannot be trusted

	mu     sync.RWMutex // guards the fields below; held for reading while the index is searched
	index  *search.Index
	fault  error         // why there is no index, or why it does not follow
	at     uint64        // the change that the index has seen
	change chan struct{} // closed and replaced whenever at or fault changes
}

// newIndexer makes an indexer that has yet to be started. moved is called from
// its goroutine whenever the index has moved.
func newIndexer(dir string, st *store.Store, log *slog.Logger, moved func()) *indexer {
	return &indexer{
		dir: dir, store: st, log: log, moved: moved,
		kick: make(chan struct{}, 1), hurry: make(chan struct{}, 1), done: make(chan struct{}), change: make(chan struct{}),
	}
}

func (x *indexer) start() {
	ctx, stop := context.WithCancel(context.Background())
	x.stop = stop
	poke(x.kick)
	poke(x.hurry)
	go x.run(ctx)
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
	select {
	case <-ctx.Done():
		return false
	case <-x.kick:
	case <-x.hurry:
		return true
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

// errDoubt is why an index is built anew that could be written to.
var errDoubt = errors.New("a search failed")

func (x *indexer) open() error {
	index, err := search.Open(x.dir, x.store.ID())
	if err != nil {
		return fmt.Errorf("open text index: %w", err)
	}
	seq, err := x.store.Seq()
	if err == nil && index.Seq() > seq { // the store was replaced by an older copy
		return x.replace(index)
	}
	x.set(index, index.Seq(), nil)
	return err
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
	if err := index.Close(); err != nil {
		x.log.Error("close text index", "error", err)
	}
	return x.renew()
}

// renew opens an empty index in place of whatever lies in its folder.
func (x *indexer) renew() error {
	if err := os.RemoveAll(x.dir); err != nil {
		return fmt.Errorf("remove text index: %w", err)
	}
	index, err := search.Open(x.dir, x.store.ID())
	if err != nil {
		return fmt.Errorf("open text index: %w", err)
	}
	x.set(index, 0, nil)
	return nil
}

func (x *indexer) set(index *search.Index, at uint64, fault error) {
	x.mu.Lock()
	x.index, x.at, x.fault = index, at, fault
	close(x.change)
	x.change = make(chan struct{})
	x.mu.Unlock()
	x.moved()
}

// catchUp feeds the index what it has not seen.
func (x *indexer) catchUp(ctx context.Context) error {
	for ctx.Err() == nil {
		changes, err := x.store.Changes(x.seq(), indexBatch)
		if err != nil {
			return fmt.Errorf("read changes: %w", err)
		}
		if len(changes) == 0 {
			return nil
		}
		docs := make([]search.Doc, len(changes))
		for i, c := range changes {
			docs[i] = search.Doc{Ordinal: c.Ordinal, Session: c.Session}
		}
		seq := changes[len(changes)-1].Seq
		if err := x.index.Update(docs, seq); err != nil {
			return fmt.Errorf("update text index: %w", err)
		}
		x.set(x.index, seq, nil)
	}
	return ctx.Err()
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

// find gives the ordinals of the sessions that the text finds; nil means that
// the text is blank, so that all are found. A text of nothing but signs finds
// none. Only words wait for the index to be open.
func (x *indexer) find(ctx context.Context, text string) (*roaring.Bitmap, error) {
	switch {
	case strings.TrimSpace(text) == "":
		return nil, ctx.Err()
	case len(search.Words(text)) == 0:
		return roaring.New(), ctx.Err()
	}
	if err := x.wait(ctx, 0, nil); err != nil {
		return nil, err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.index == nil { // closed, or thrown away just now
		return nil, x.off(x.fault)
	}
	found, _, err := x.index.Find(ctx, text)
	if err != nil && !search.Harmless(err) {
		x.doubt.Store(true)
		poke(x.hurry)
		err = x.off(err)
	}
	return found, err
}

// off says why text cannot be searched, or not yet all of it.
func (x *indexer) off(fault error) error {
	if e := idv.AsError(fault); e != nil && e.Code != idv.CodeInternal {
		return e
	}
	return &idv.Error{
		Code: idv.CodeInternal, Cause: fault,
		Message: "Text cannot be searched just now: the search index has failed. The list still works.",
		Hint:    "Try again in a moment: the index is built anew. If it stays, make sure that the disk has room and start the app again.",
	}
}

// wait returns when the index is open and has seen the change seq.
func (x *indexer) wait(ctx context.Context, seq uint64, report func(idv.Progress)) error {
	meter := idv.NewMeter(report)
	defer meter.Close()
	var first uint64
	for started := false; ; {
		x.mu.RLock()
		at, fault, change := x.at, x.fault, x.change
		opened := x.index != nil
		x.mu.RUnlock()
		switch {
		case opened && at >= seq:
			return nil
		case fault != nil:
			return x.off(fault)
		}
		poke(x.hurry)
		if opened && !started {
			first, started = at, true
		}
		if opened {
			first = min(first, at) // it may have been built anew
			meter.Count(idv.Progress{Phase: idv.PhaseIndexing, Done: int(at - first), Total: int(seq - first)})
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-change:
		}
	}
}

// close ends the indexer. What the index lost by a failure comes back at the
// next start, so that is for the log only.
func (x *indexer) close() {
	x.stop()
	<-x.done
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.index != nil {
		if err := x.index.Close(); err != nil {
			x.log.Error("close text index", "error", err)
		}
	}
	x.index, x.fault = nil, context.Canceled
	close(x.change) // whoever waits still
	x.change = make(chan struct{})
}
