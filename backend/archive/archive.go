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
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"veridesk/backend/columns"
	"veridesk/backend/giveway"
	"veridesk/backend/idv"
	"veridesk/backend/media"
	"veridesk/backend/seal"
	"veridesk/backend/store"
)

// What the archive's folder holds. The index may be deleted.
const (
	storeFile = "archive.db"
	lockFile  = "lock"   // held while the archive is open
	indexDir  = "index"  // the text index; comes back by itself
	mediaDir  = "photos" // the sealed photos
)

// What the program keeps beside the archive.
const (
	LogFile    = "veridesk.log"
	OldLogFile = "veridesk.log.old"
	WebviewDir = "webview"
	TempDir    = "tmp"
	WindowFile = "window.json"
)

// own are the app's names in the archive's folder beside the archive itself.
var own = []string{lockFile, LogFile, OldLogFile, WebviewDir, TempDir, WindowFile}

// isOwn tells the app's names in the archive's folder from others.
func isOwn(name string) bool { return slices.Contains(own, name) || isKeyFile(name) || isData(name) }

// isKeyFile takes the key files, the count of tries to unlock, and what a crash
// leaves of them.
func isKeyFile(name string) bool { return strings.HasPrefix(name, "keys.") }

// isData takes what is sealed with the keys, what a crash leaves of it, and the
// ballast.
func isData(name string) bool {
	return slices.Contains([]string{storeFile, indexDir, mediaDir, ballastFile}, name) || strings.HasPrefix(name, storeFile+".")
}

// Status is where the archive stands.
type Status struct {
	Seq     uint64 `json:"seq"`     // the store's last change
	Indexed uint64 `json:"indexed"` // the change that the text index has seen
	Total   int    `json:"total"`   // sessions in the archive
	NoText  bool   `json:"noText"`  // text cannot be searched until the next start
}

// Options are what an archive is opened with. The zero value will do.
type Options struct {
	Log      *slog.Logger
	Moved    func(Status)                  // called from the archive's goroutines after each change; must not block
	Keychain func() (seal.Keychain, error) // nil: the system's
	Params   seal.Params                   // of a new passphrase; zero: seal.DefaultParams
}

func (o Options) keychain() (seal.Keychain, error) {
	if o.Keychain == nil {
		return seal.SystemKeychain()
	}
	return o.Keychain()
}

func (o Options) params() seal.Params {
	if o.Params == (seal.Params{}) {
		return seal.DefaultParams()
	}
	return o.Params
}

// Archive is an open archive. It is safe for concurrent use.
type Archive struct {
	dir      string
	options  Options
	log      *slog.Logger
	moved    func(Status)
	lock     *flock.Flock
	keys     seal.Keyring
	kind     seal.Kind // what the key files ask for; 0 where there are none
	store    *store.Store
	columns  *columns.Columns
	index    *indexer
	media    *media.Store
	ballast  ballast
	beside   sync.WaitGroup // what goes on beside the questions: see loadFacts, collect
	stop     context.CancelFunc
	way      giveway.Way // questions go first
	resting  *time.Timer // runs out when nobody has asked anything for a while
	links    links       // to photos, from the last pages of a sync
	syncing  sync.Mutex  // held by the one sync that may run
	fetching sync.Mutex  // held by whoever fetches photos
	changing sync.Mutex  // held from a write until what is derived from it has followed
	telling  sync.Mutex  // held while moved is called: what it hears never goes back
}

// OpenWith opens the archive in dir, or makes one, with keys that are unlocked
// already; Close closes them. It is for measuring what sealing costs: the keys of
// the program come from Open, Create and Recover.
func OpenWith(dir string, keys seal.Keyring, o Options) (*Archive, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, notWritable(dir, err)
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return nil, err
	}
	return open(dir, lock, keys, o)
}

// open takes over the lock and the keys, also when it fails.
func open(dir string, lock *flock.Flock, keys seal.Keyring, o Options) (*Archive, error) {
	a := &Archive{dir: dir, options: o, log: o.Log, moved: o.Moved, lock: lock, keys: keys, columns: columns.New()}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	if a.moved == nil {
		a.moved = func(Status) {}
	}
	if state, err := seal.NewKeys(dir, nil).Inspect(); err == nil {
		a.kind = state.Kind
	}
	if err := a.openFiles(); err != nil {
		return nil, errors.Join(err, a.closeFiles())
	}
	a.store.GiveWay(&a.way)
	a.index = newIndexer(a)
	a.index.start()
	a.resting = time.AfterFunc(restAfter, a.restIfWorth)
	var ctx context.Context
	ctx, a.stop = context.WithCancel(context.Background())
	a.beside.Go(func() { a.loadFacts(ctx) })
	a.beside.Go(func() { a.collect(ctx) })
	a.layBallast()
	return a, nil
}

func (a *Archive) openFiles() (err error) {
	if err := checkNotEmptied(a.dir); err != nil {
		return err
	}
	if a.store, err = store.Open(filepath.Join(a.dir, storeFile), a.keys); err != nil {
		return err
	}
	if a.media, err = media.Open(filepath.Join(a.dir, mediaDir)); err != nil {
		return err
	}
	return a.loadColumns()
}

// closeFiles closes what is open, forgets the keys and lets others in.
func (a *Archive) closeFiles() error {
	var errs []error
	a.ballast.laying.Wait()
	if a.stop != nil {
		a.stop()
		a.beside.Wait()
	}
	if a.media != nil {
		a.media.Close()
	}
	if a.store != nil {
		errs = append(errs, a.store.Close())
	}
	a.keys.Close()
	return errors.Join(append(errs, a.lock.Unlock())...)
}

// checkNotEmptied tells an archive file that has lost its content from a new one:
// a new one has no index beside it.
func checkNotEmptied(dir string) error {
	path := filepath.Join(dir, storeFile)
	if info, err := os.Stat(path); err == nil && info.Size() > 0 {
		return nil // opening it says what is wrong, if anything
	}
	if _, err := os.Stat(filepath.Join(dir, indexDir)); err != nil {
		return nil
	}
	return &idv.Error{
		Code:    idv.CodeDamaged,
		Message: fmt.Sprintf("The archive file %s is empty or gone, but it was not before. Nothing was changed.", path),
		Hint:    "Put back a copy of it or restore a backup, or remove the whole folder to start a new archive and sync again.",
	}
}

// IsDemo reports whether the archive is protected by nothing: its sessions ought
// to be invented.
func (a *Archive) IsDemo() bool { return a.kind == seal.Demo }

// Close stops the index, closes the files and forgets the keys. A running sync
// or export must have been cancelled and waited for.
func (a *Archive) Close() error {
	a.resting.Stop()
	a.index.close()
	return a.closeFiles()
}

// forget drops the keys at once: whatever still runs fails with seal.ErrLocked.
func (a *Archive) forget() { a.keys.Close() }

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

// Settled waits until the segments of the text index have been merged as far as they
// will be, which begins when nothing has come for it for some seconds; on a disk
// without room for that, until ctx is done.
func (a *Archive) Settled(ctx context.Context) error {
	seq, err := a.store.Seq()
	if err != nil {
		return err
	}
	return a.index.settled(ctx, seq)
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
