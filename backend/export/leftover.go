package export

import (
	"os"
	"path/filepath"
	"time"
)

// What an export makes beside its file. Only these names are ever swept.
const (
	tempPattern  = ".veridesk-export-*.tmp"   // the file in the making
	spillPattern = ".veridesk-export-*.spill" // a folder for what does not fit into memory
	spillLock    = "lock"                     // in that folder: held while it is in use
)

// settleTime is how long a spill folder is let be, so that one which another
// export is just about to lock is not taken from it.
const settleTime = time.Minute

// sweep removes what exports that were killed have left in the folder: they
// hold personal data. What another export is using stays. A failure to remove
// is no reason not to export.
func sweep(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())
		switch {
		case !isOurs(entry.Name()):
		case entry.Type().IsRegular():
			reclaim(path)
		case entry.IsDir() && isLeftover(path):
			_ = os.RemoveAll(path)
		}
	}
}

func isOurs(name string) bool {
	temp, _ := filepath.Match(tempPattern, name)
	spilt, _ := filepath.Match(spillPattern, name)
	return temp || spilt
}

// isLeftover tells a folder that no export is using.
func isLeftover(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && time.Since(info.ModTime()) >= settleTime && abandoned(filepath.Join(path, spillLock))
}

// spill is a private folder for the unsealed rows of one export.
type spill struct {
	dir  string
	lock *os.File
}

func newSpill(parent string) (*spill, error) {
	sweep(parent)
	dir, err := os.MkdirTemp(parent, spillPattern)
	if err != nil {
		return nil, err
	}
	held, err := os.OpenFile(filepath.Join(dir, spillLock), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		_ = os.RemoveAll(dir)
		return nil, err
	}
	lock(held)
	return &spill{dir: dir, lock: held}, nil
}

// remove deletes the folder with all that is in it.
func (s *spill) remove() {
	_ = s.lock.Close()
	_ = os.RemoveAll(s.dir)
}
