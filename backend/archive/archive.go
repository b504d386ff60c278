// Package archive is the one service behind the window and the command line:
// it opens an archive, syncs it from a source, answers queries and exports
// what they find.
//
// The store is the truth. The columns in memory and the text index on disk are
// derived from it: columns follow every batch at once, the index is caught up
// by one goroutine and may trail by seconds while a sync runs.
package archive

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"veridesk/backend/columns"
	"veridesk/backend/idv"
	"veridesk/backend/store"
)

// The archive's folder holds one file and two folders that may be deleted.
const (
	storeFile = "archive.db"
	indexDir  = "index" // the text index; comes back by itself
	tempDir   = "tmp"   // what an export spills; wiped at every start
)

// isOwn tells the names that the app uses in the archive's folder.
func isOwn(name string) bool {
	return slices.Contains([]string{storeFile, indexDir, tempDir, LogFile, OldLogFile, WebviewDir}, name)
}

// What the program keeps beside the archive.
const (
	LogFile    = "veridesk.log"
	OldLogFile = "veridesk.log.old"
	WebviewDir = "webview"
)

// Status is where the archive stands.
type Status struct {
	Seq     uint64 `json:"seq"`     // the store's last change
	Indexed uint64 `json:"indexed"` // the change that the text index has seen
	Total   int    `json:"total"`   // sessions in the archive
	NoText  bool   `json:"noText"`  // text cannot be searched until the next start
}

// Options are what an archive is opened with. The zero value will do.
type Options struct {
	Log   *slog.Logger
	Moved func(Status) // called from the archive's goroutines after each change; must not block
}

// Archive is an open archive. It is safe for concurrent use.
type Archive struct {
	dir     string
	log     *slog.Logger
	moved   func(Status)
	store   *store.Store
	columns *columns.Columns
	index   *indexer
	syncing sync.Mutex // held by the one sync that may run
	telling sync.Mutex // held while moved is called: what it hears never goes back
}

// Open opens the archive in dir, or makes a new one. It returns when the list
// can be shown; the text index catches up in the background (see Indexed).
func Open(dir string, o Options) (*Archive, error) {
	if err := checkNotEmptied(dir); err != nil {
		return nil, err
	}
	st, err := store.Open(filepath.Join(dir, storeFile))
	if err != nil {
		return nil, err
	}
	a := &Archive{dir: dir, log: o.Log, moved: o.Moved, store: st, columns: columns.New()}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	if a.moved == nil {
		a.moved = func(Status) {}
	}
	if err := errors.Join(a.loadColumns(), os.RemoveAll(filepath.Join(dir, tempDir))); err != nil {
		st.Close()
		return nil, err
	}
	a.index = newIndexer(filepath.Join(dir, indexDir), st, a.log, a.tell)
	a.index.start()
	return a, nil
}

// checkNotEmptied tells an archive file that has lost its content from a new one:
// a new one has no index beside it.
func checkNotEmptied(dir string) error {
	path := filepath.Join(dir, storeFile)
	info, err := os.Stat(path)
	if err != nil || info.Size() > 0 {
		return nil // opening it says what is wrong, if anything
	}
	if _, err := os.Stat(filepath.Join(dir, indexDir)); err != nil {
		return nil
	}
	return &idv.Error{
		Code:    idv.CodeDamaged,
		Message: fmt.Sprintf("The archive file %s is empty, but it was not before. It was not changed.", path),
		Hint:    "Put back a copy of it, or remove it to start a new archive and sync again.",
	}
}

func (a *Archive) loadColumns() error {
	var rows []columns.Row
	err := a.store.Created(func(ordinal uint32, unixMilli int64) {
		rows = append(rows, columns.Row{Ordinal: ordinal, Created: unixMilli})
	})
	a.columns.Put(rows)
	return err
}

// Close stops the index and closes the files. A running sync or export must
// have been cancelled and waited for.
func (a *Archive) Close() error {
	a.index.close()
	return a.store.Close()
}

// tell passes on where the archive stands.
func (a *Archive) tell() {
	a.telling.Lock()
	defer a.telling.Unlock()
	a.moved(a.Status())
}

// Status is where the archive stands now.
func (a *Archive) Status() Status {
	seq, err := a.store.Seq()
	if err != nil {
		a.log.Error("read status", "error", err)
	}
	indexed, off := a.index.stand()
	return Status{Seq: seq, Indexed: indexed, Total: a.columns.Len(), NoText: off}
}

// Indexed waits until the text index has seen every change that the store has
// now. The error is the context's, or says why there is no index.
func (a *Archive) Indexed(ctx context.Context, report func(idv.Progress)) error {
	seq, err := a.store.Seq()
	if err != nil {
		return err
	}
	return a.index.wait(ctx, seq, report)
}

// Rejections are rows and items that could not be read.
type Rejections struct {
	Total int             `json:"total"`
	Rows  []idv.Rejection `json:"rows"` // newest first; never nil
}

// Rejected gives up to limit of the rows and items that could not be read.
func (a *Archive) Rejected(limit int) (Rejections, error) {
	all, err := a.store.Rejected()
	return Rejections{Total: len(all), Rows: all[:min(max(0, limit), len(all))]}, err
}
