package traces

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Webview is where this run's web view keeps its caches and databases.
type Webview struct {
	folder *folder
	undo   func()
	others []string // folders that the system gives it and nobody can move
}

// OpenWebview makes an empty folder for it below dir. On Linux it changes the environment: see
// OpenTemp for what follows from that.
func OpenWebview(dir string) (*Webview, error) {
	f, err := newFolder(dir)
	if err != nil {
		return nil, err
	}
	undo, err := setenv(webviewEnv(f.path))
	if err != nil {
		return nil, errors.Join(err, f.remove())
	}
	w := &Webview{folder: f, undo: undo, others: webviewFolders()}
	_ = w.wipeOthers() // Close tries again, and tells
	return w, nil
}

// Path is the folder; Windows has to be told.
func (w *Webview) Path() string { return w.folder.path }

// Close deletes all that the web view has kept. The window must be gone.
func (w *Webview) Close() error {
	endWebview()
	w.undo()
	return errors.Join(w.wipeOthers(), w.folder.remove())
}

func (w *Webview) wipeOthers() error {
	var failed []error
	for _, path := range w.others {
		if err := os.RemoveAll(path); err != nil {
			failed = append(failed, fmt.Errorf("clear away %s: %w", path, err))
		}
	}
	return errors.Join(failed...)
}

// Sweep deletes the files that the web view has kept so far and lets go of; the
// window may be there. Close deletes the rest.
func (w *Webview) Sweep() {
	_ = filepath.WalkDir(w.folder.path, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Type().IsRegular() {
			_ = os.Remove(path) // one in use stays for Close
		}
		return nil
	})
}
