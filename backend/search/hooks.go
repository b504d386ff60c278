package search

// How Bleve comes to seal what it writes: it has two hooks for that, variables
// of the process. They are set once, before any index is opened, and find the
// index that a file belongs to by the file's path.

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"veridesk/backend/seal"
)

// ourCallbacks is the name under which Bleve reports what happens and what fails
// in its own goroutines.
const ourCallbacks = "veridesk"

// retryPause keeps Bleve's goroutines, which try again at once and for ever,
// from taking a processor for themselves.
const retryPause = 100 * time.Millisecond

// install sets the hooks.
var install = sync.OnceFunc(func() {
	index.WriterHook = writerFor
	index.ReaderHook = readerFor
	scorch.RegistryAsyncErrorCallbacks[ourCallbacks] = hear
	scorch.RegistryEventCallbacks[ourCallbacks] = see
	scorch.RegisterSegmentPlugin(maker, true)
})

// generations are those in use by this process. The hooks are the only reason
// for a variable here: Bleve gives them nothing but a path.
var generations registry

type registry struct {
	mu      sync.RWMutex
	byDir   map[string]*generation // by its folder; guarded by mu
	indexes sync.Map               // those that follow what Bleve does, by their *scorch.Scorch
}

// add makes a generation known to the hooks. If its folder is known already, the
// one who has it is returned.
func (r *registry) add(g *generation) (holder *generation) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if known := r.byDir[g.dir]; known != nil {
		return known
	}
	if r.byDir == nil {
		r.byDir = map[string]*generation{}
	}
	r.byDir[g.dir] = g
	return nil
}

// remove ends the life of a generation in this process. What Bleve still tries
// with its files fails from here on.
func (r *registry) remove(g *generation) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.byDir, g.dir)
	close(g.gone)
}

// of finds the generation of a file of Bleve's.
func (r *registry) of(path string) (*generation, error) {
	dir := filepath.Dir(filepath.Clean(path))
	if filepath.Base(dir) == storeDir {
		dir = filepath.Dir(dir)
	}
	r.mu.RLock()
	defer r.mu.RUnlock()
	if g := r.byDir[dir]; g != nil {
		return g, nil
	}
	return nil, fmt.Errorf("no key for %s: its index is not open", filepath.Base(path))
}

// inMemory tells the index that has no files. Bleve asks for its settings all
// the same, under their bare name, and then writes none.
func inMemory(path string) bool { return path == "" || path == metaFile }

// writerFor is Bleve's index.WriterHook. The name that it gives to the way of
// sealing is kept in clear in every file and must never be empty for one: Bleve
// would take that for leave to write in clear.
func writerFor(context []byte) (string, func([]byte) []byte, error) {
	path := string(context)
	if inMemory(path) {
		return "", nil, nil
	}
	g, err := generations.of(path)
	if err != nil {
		return "", nil, err
	}
	// This is one of Bleve's goroutines, about to read mapped files: let a
	// fault in one end the goroutine, not the process.
	debug.SetPanicOnFault(true)
	at := g.place(filepath.Base(path))
	if err := g.ready(at); err != nil {
		return "", nil, err
	}
	return g.hook, func(data []byte) []byte {
		g.way.Load().Give()
		return g.seal(data, at)
	}, nil
}

// readerFor is Bleve's index.ReaderHook. A file without the name of a key is not
// one of ours and is refused.
func readerFor(hook string, context []byte) (func([]byte) ([]byte, error), error) {
	path := string(context)
	if hook == "" && inMemory(path) {
		return nil, nil
	}
	g, err := generations.of(path)
	if err != nil {
		return nil, err
	}
	if err := g.fault(); err != nil {
		return nil, err
	}
	if hook != g.hook {
		g.abandon(seal.ErrKey, true)
		return nil, fmt.Errorf("%s: %w", filepath.Base(path), seal.ErrKey)
	}
	at := g.place(filepath.Base(path))
	return func(data []byte) ([]byte, error) { return g.open(data, at) }, nil
}

// hear gives an index up when something fails in Bleve's own goroutines: behind
// such a failure Bleve has been seen to crash, to hang and to write nonsense.
func hear(err error, store string) {
	if g, unknown := generations.of(filepath.Join(store, rootFile)); unknown == nil {
		g.abandon(errors.Join(err, room(g.dir, 0), g.lock()), errors.Is(err, scorch.ErrAsyncPanic))
	}
	time.Sleep(retryPause)
}

// see tells the index that its segments have been written or merged, and holds
// Bleve's writer back. The answer lets Bleve go on.
func see(event scorch.Event) bool {
	written := event.Kind == scorch.EventKindPersisterProgress
	if known, ok := generations.indexes.Load(event.Scorch); ok {
		ix := known.(*Index)
		if written || event.Kind == scorch.EventKindMergeTaskIntroduction {
			poke(ix.moved)
		}
		if written {
			ix.gathering.wait()
		}
	}
	return true
}

// poke wakes whoever waits for something to have happened.
func poke(happened chan<- struct{}) {
	select {
	case happened <- struct{}{}:
	default: // it knows already
	}
}
