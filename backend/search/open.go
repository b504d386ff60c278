package search

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bolterrors "go.etcd.io/bbolt/errors"

	"veridesk/backend/disk"
	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// The files in a generation's folder.
const (
	metaFile  = "index_meta.json" // Bleve's
	storeDir  = "store"           // Bleve's
	rootFile  = "root.bolt"       // Bleve's, in storeDir: its list of segments
	sumFile   = "closed.sum"      // see writeSum
	doubtFile = "doubt"           // there when something cast doubt on the index
)

// Open opens the index in dir, or makes it. If it is missing, damaged, of
// another schema version, sealed with another key or made for another archive
// (archiveID differs), a new generation is begun, empty, at sequence 0: the
// archive then feeds it everything again. Older generations are removed; nothing
// else in dir ever is.
//
// Open looks at the beginnings and ends of the files only. The rest is checked
// afterwards; see Checked.
//
// When another process has the index the error is an *idv.Error with
// idv.CodeInUse, and when the keys are closed it is seal.ErrLocked; any other
// error means that dir cannot be read or written.
func Open(dir string, archiveID string, keys seal.Keyring) (*Index, error) {
	known, err := numbers(dir)
	if err != nil {
		return nil, fmt.Errorf("open search index: %w", err)
	}
	var highest uint32
	if len(known) > 0 {
		highest = slices.Max(known)
		ix, err := openGeneration(dir, highest, archiveID, keys)
		if err == nil {
			removeOthers(dir, known, highest)
			return ix, nil
		}
		if err := refusal(err); err != nil {
			return nil, err
		}
	}
	number := following(highest)
	ix, err := makeGeneration(dir, number, archiveID, keys)
	if err != nil {
		return nil, fmt.Errorf("make search index: %w", err)
	}
	removeOthers(dir, known, number)
	return ix, nil
}

// refusal is the error that Open gives back in place of starting anew, or nil.
func refusal(err error) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return &idv.Error{
			Code:    idv.CodeInUse,
			Message: "Another copy of Veridesk is using the search index. Your archive is as it was.",
			Hint:    "Close the other copy, then try again.",
			Cause:   fmt.Errorf("open search index: %w", err),
		}
	case errors.Is(err, fs.ErrPermission), errors.Is(err, seal.ErrLocked):
		return fmt.Errorf("open search index: %w", err)
	}
	return nil
}

// removeOthers removes the generations that are no longer used. One that cannot
// be removed yet, because it is still mapped, is removed the next time.
func removeOthers(dir string, known []uint32, used uint32) {
	for _, number := range known {
		if number != used {
			_ = os.RemoveAll(filepath.Join(dir, strconv.FormatUint(uint64(number), 10)))
		}
	}
}

func newIndex(g *generation, archiveID string) *Index {
	install()
	ix := &Index{
		generation: g, archiveID: archiveID,
		views: views{first: make(chan struct{})}, moved: make(chan struct{}, 1),
		gathering: gathering{changed: make(chan struct{}, 1)},
	}
	ix.ending, ix.end = context.WithCancel(context.Background())
	return ix
}

// openGeneration fails if the index is missing or not to be trusted.
func openGeneration(dir string, number uint32, archiveID string, keys seal.Keyring) (*Index, error) {
	g, err := newGeneration(dir, number, keys)
	if err != nil {
		return nil, err
	}
	if err := register(g); err != nil {
		return nil, err
	}
	g.check.done = make(chan struct{})
	ix := newIndex(g, archiveID)
	if err := guard(ix.openExisting); err != nil {
		err = errors.Join(err, g.lock()) // Bleve passes on text
		generations.remove(g)
		return nil, err
	}
	ix.startCheck()
	return ix, ix.follow()
}

// register makes the generation known to the hooks. If this process still holds
// it, because Bleve has not let go after a Close, register waits for a while.
func register(g *generation) error {
	timeout := time.After(closeWait)
	for {
		holder := generations.add(g)
		if holder == nil {
			return nil
		}
		if holder.fault() == nil {
			return bolterrors.ErrTimeout // it is open: as another process would find
		}
		select {
		case <-holder.gone:
		case <-timeout:
			return fmt.Errorf("%w: Bleve hangs", ErrDoubt)
		}
	}
}

func (ix *Index) openExisting() error {
	dir := ix.generation.dir
	segments, used, err := ix.generation.checkFiles()
	if err != nil {
		return err
	}
	// From here on the files change.
	if err := errors.Join(os.RemoveAll(filepath.Join(dir, sumFile)), disk.Sync(dir)); err != nil {
		return err
	}
	opened, err := bleve.OpenUsing(dir, config())
	if err != nil {
		return err
	}
	if err := guard(func() error { return ix.accept(opened, segments, used) }); err != nil {
		return errors.Join(err, guard(opened.Close))
	}
	ix.bleve = opened
	return nil
}

// accept checks that the index is of this schema and archive, and the newest.
func (ix *Index) accept(opened bleve.Index, segments []string, used uint64) error {
	snapshot, err := snapshotOf(opened)
	if err != nil {
		return err
	}
	defer snapshot.Close()
	mark, err := parseStamp(snapshot.Internal()[string(stampKey)])
	if err != nil {
		return err
	}
	if mark.archiveID != ix.archiveID {
		return errors.New("made for another archive")
	}
	if err := errors.Join(checkNewest(snapshot, segments), ix.generation.fault()); err != nil {
		return err
	}
	ix.seq.Store(mark.seq)
	if used == 0 {
		used = mark.used + afterCrash
	}
	return ix.generation.resume(used)
}

// makeGeneration makes an empty index.
func makeGeneration(dir string, number uint32, archiveID string, keys seal.Keyring) (*Index, error) {
	g, err := newGeneration(dir, number, keys)
	if err != nil {
		return nil, err
	}
	if err := register(g); err != nil {
		return nil, err
	}
	ix := newIndex(g, archiveID)
	ix.fresh = true
	if err := guard(ix.create); err != nil {
		generations.remove(g)
		return nil, errors.Join(err, g.lock(), os.RemoveAll(g.dir))
	}
	return ix, ix.follow()
}

// create sees to it that what Bleve does not sync is on disk: a file of its own
// and the folders.
func (ix *Index) create() error {
	dir := ix.generation.dir
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	made, err := bleve.NewUsing(dir, emptyMapping(), scorch.Name, scorch.Name, config())
	if err != nil {
		return err
	}
	ix.bleve = made
	if err := ix.write(0, nothing); err != nil {
		return errors.Join(err, guard(made.Close))
	}
	parent := filepath.Dir(dir)
	for _, path := range []string{
		filepath.Join(dir, metaFile), filepath.Join(dir, storeDir), dir, parent, filepath.Dir(parent),
	} {
		if err := disk.Sync(path); err != nil {
			return errors.Join(err, guard(made.Close))
		}
	}
	return nil
}
