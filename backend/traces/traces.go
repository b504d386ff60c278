// Package traces keeps what the program leaves behind on the disk to its own
// data folder and clears it away: temporary files, what the web view stores, and
// core dumps, none of which are sealed.
package traces

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"veridesk/backend/idv"
)

const (
	runPattern = "run-*"
	lockName   = "lock" // in a run's folder: held while the run lives; in its parent: held while that changes
)

// folder is a private folder of one run.
type folder struct {
	path string
	lock *flock.Flock
}

// newFolder makes the run's folder below parent and clears away those of runs
// that are over, also by a crash. Another copy's folder stays as long as it runs.
// Only folders named as ours are touched: parent may hold something of the user.
func newFolder(parent string) (*folder, error) {
	if err := os.MkdirAll(parent, 0o700); err != nil {
		return nil, notMade(parent, err)
	}
	// Where a disk knows no locks, two copies that start at once may each take
	// the other's folder for an abandoned one. It is then made again when needed.
	alone := flock.New(filepath.Join(parent, lockName), flock.SetPermissions(0o600))
	_ = alone.Lock()
	defer func() { _ = alone.Unlock() }()
	sweep(parent)

	path, err := os.MkdirTemp(parent, runPattern)
	if err != nil {
		return nil, notMade(parent, err)
	}
	f := &folder{path: path, lock: flock.New(filepath.Join(path, lockName), flock.SetPermissions(0o600))}
	_, _ = f.lock.TryLock()
	return f, nil
}

func sweep(parent string) {
	old, _ := filepath.Glob(filepath.Join(parent, runPattern))
	for _, path := range old {
		info, err := os.Lstat(path)
		if err != nil || !info.IsDir() {
			continue
		}
		lock := flock.New(filepath.Join(path, lockName), flock.SetPermissions(0o600))
		if free, err := lock.TryLock(); free && err == nil {
			_ = lock.Unlock() // Windows cannot remove what is open
			_ = os.RemoveAll(path)
		}
	}
}

// remove deletes the folder. Programs of the web view may write into it until
// they have noticed that the window is gone; what still stays then goes at the
// next start.
func (f *folder) remove() error {
	_ = f.lock.Unlock()
	var err error
	for wait := 10 * time.Millisecond; wait < time.Second; wait *= 2 {
		if err = os.RemoveAll(f.path); err == nil {
			return nil
		}
		time.Sleep(wait)
	}
	return fmt.Errorf("clear away %s: %w", f.path, err)
}

func notMade(parent string, cause error) error {
	e := &idv.Error{
		Code: idv.CodeNotWritable, Cause: cause,
		Message: fmt.Sprintf("The folder %s for temporary files could not be made. Nothing was opened.", parent),
		Hint:    "Check that you may write there and that the disk is not write-protected, or name another data folder with --data.",
	}
	if idv.DiskFull(cause) {
		e.Code, e.Hint = idv.CodeDiskFull, "The disk is full: free some space, then start again."
	}
	return e
}

// setenv sets variables and says how to put back what was there.
func setenv(values map[string]string) (undo func(), err error) {
	var undos []func()
	undo = func() {
		for _, u := range undos {
			u()
		}
	}
	for name, value := range values {
		if old, was := os.LookupEnv(name); was {
			undos = append(undos, func() { _ = os.Setenv(name, old) })
		} else {
			undos = append(undos, func() { _ = os.Unsetenv(name) })
		}
		if err := os.Setenv(name, value); err != nil {
			undo()
			return nil, fmt.Errorf("set %s: %w", name, err)
		}
	}
	return undo, nil
}

// Temp is where this run's temporary files go.
type Temp struct {
	folder *folder
	undo   func()
}

// OpenTemp points every library of this process that makes temporary files into
// a private folder below dir. It changes the environment, so
// it must come before threads of other languages start, and programs of the
// user are to be started with the environment from before.
func OpenTemp(dir string) (*Temp, error) {
	f, err := newFolder(dir)
	if err != nil {
		return nil, err
	}
	undo, err := setenv(map[string]string{"TMPDIR": f.path, "TMP": f.path, "TEMP": f.path})
	if err != nil {
		return nil, errors.Join(err, f.remove())
	}
	return &Temp{folder: f, undo: undo}, nil
}

// Close puts the environment back and deletes the folder with all that is in it.
func (t *Temp) Close() error {
	t.undo()
	return t.folder.remove()
}
