package search

import (
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"veridesk/backend/giveway"
	"veridesk/backend/seal"
)

// ErrDoubt is the answer of an index that has been given up: what it says can no
// longer be trusted, or its key is used up. Close it and Open again.
var ErrDoubt = errors.New("the search index can no longer be trusted")

// generation is one index as it lies on disk: a folder, named by a number, and
// the key of that number. A new index is a new folder and a new key; an old one
// is never mended.
type generation struct {
	dir    string // "" for an index in memory
	box    seal.Box
	hook   string                      // names the box's key in every file of Bleve's
	gone   chan struct{}               // closed when Bleve has let go of the files
	locked atomic.Bool                 // the keys have been closed
	way    atomic.Pointer[giveway.Way] // what writes its files gives way here; may be nil
	check  check                       // of the files that were there

	mu      sync.Mutex
	cause   error         // why it was given up; guarded by mu
	givenUp chan struct{} // closed with it
}

func newGeneration(dir string, number uint32, keys seal.Keyring) (*generation, error) {
	box, err := keys.Box(seal.Index, number)
	if err != nil {
		return nil, err
	}
	id := box.ID()
	return &generation{
		dir:  filepath.Join(dir, strconv.FormatUint(uint64(number), 10)),
		box:  box,
		hook: "veridesk-" + hex.EncodeToString(id[:]),
		gone: make(chan struct{}), givenUp: make(chan struct{}),
	}, nil
}

// numbers lists the generations in a folder. What is not one of ours is no
// business of ours.
func numbers(dir string) ([]uint32, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	var found []uint32
	for _, entry := range entries {
		number, wrong := strconv.ParseUint(entry.Name(), 10, 32)
		if wrong == nil && entry.IsDir() && strconv.FormatUint(number, 10) == entry.Name() {
			found = append(found, uint32(number))
		}
	}
	return found, err
}

// following is the number of the generation after the highest. It is at least
// the time in seconds, so that a key is not used again when somebody has removed
// the folder.
func following(highest uint32) uint32 {
	return max(highest+1, uint32(time.Now().Unix()))
}

// place binds every sealed piece to its file, so that none passes for one of
// another. Where it stands in the file is not bound: the file's checksum sees to
// that, see checkSegment.
func (g *generation) place(file string) seal.Place {
	return seal.Place{Schema: schema, Bucket: "index", Key: []byte(file)}
}

// ready tries the key before Bleve begins a file or a transaction.
func (g *generation) ready(at seal.Place) error {
	if err := g.fault(); err != nil {
		return err
	}
	if _, err := g.box.Seal(nil, nil, at); err != nil {
		g.refused(err, false)
		return err
	}
	return nil
}

// seal seals a piece of a file for Bleve, which has no ear for an error. If the
// key fails in the middle, because it was locked or is used up, Bleve gets
// zeros, and the generation is given up before it sees them: then the hooks
// refuse to open the file, so that it never becomes part of the index.
func (g *generation) seal(data []byte, at seal.Place) []byte {
	sealed, err := g.box.Seal(make([]byte, 0, len(data)+seal.Overhead), data, at)
	if err == nil {
		return sealed
	}
	// A segment's file is opened before it is listed; the list itself and the
	// settings are not.
	name := string(at.Key)
	g.refused(err, name == rootFile || name == metaFile)
	return make([]byte, len(data)+seal.Overhead)
}

// refused notes that the key did not seal.
func (g *generation) refused(err error, doubt bool) {
	if errors.Is(err, seal.ErrLocked) {
		g.locked.Store(true)
	}
	g.abandon(err, doubt || errors.Is(err, seal.ErrExhausted))
}

// open opens a piece of a file for Bleve.
func (g *generation) open(data []byte, at seal.Place) ([]byte, error) {
	plain, err := g.box.Open(nil, data, at)
	switch {
	case err == nil:
		return plain, nil
	case errors.Is(err, seal.ErrLocked):
		g.locked.Store(true)
	default:
		g.abandon(fmt.Errorf("%s: %w", at.Key, err), true)
	}
	return nil, err
}

// abandon gives the generation up for this run, and with doubt for good. The
// first cause counts, but doubt can still come later.
func (g *generation) abandon(cause error, doubt bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.cause == nil {
		g.cause = fmt.Errorf("%w: %w", ErrDoubt, cause)
		if errors.Is(cause, seal.ErrLocked) {
			g.cause = seal.ErrLocked
		}
		close(g.givenUp)
	}
	if doubt && g.dir != "" {
		if err := os.WriteFile(filepath.Join(g.dir, doubtFile), nil, 0o600); err != nil {
			g.cause = errors.Join(g.cause, err)
		}
	}
}

// lock is seal.ErrLocked once the keys were found closed. Bleve passes errors on
// as text, so this is how to know.
func (g *generation) lock() error {
	if g.locked.Load() {
		return seal.ErrLocked
	}
	return nil
}

// fault is why the generation was given up, or nil. That is seal.ErrLocked when
// nothing is wrong with it but that its key is gone.
func (g *generation) fault() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.cause
}
