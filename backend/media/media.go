// Package media keeps the photos of sessions: each one sealed in a file of its
// own, under a key of its own that only the session's record holds. When the
// record goes, nobody reads the photo again. It knows nothing of sessions.
package media

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
)

// Store is a folder of sealed photos. It may be used from several goroutines,
// but only by one process at a time: who opens it holds the archive's lock.
type Store struct {
	dir      string
	run      string          // ends the names of the files that this Store makes
	decoding chan struct{}   // holds one token: a photo is decoded at a time
	life     context.Context // done once the store is closed
	end      context.CancelFunc

	mu     sync.Mutex
	closed bool           // guarded by mu
	busy   sync.WaitGroup // what works on files; begun under mu
}

// tempDir holds the files in the making. No photo's folder has a name that long.
const tempDir = "new"

// Open makes the folder, for this user alone, and removes what a crash left of
// files in the making.
func Open(dir string) (*Store, error) {
	temp := filepath.Join(dir, tempDir)
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		err = errors.Join(os.Chmod(dir, 0o700), os.RemoveAll(temp))
	}
	if err == nil {
		err = os.Mkdir(temp, 0o700)
	}
	if err != nil {
		return nil, cannotOpen(dir, err)
	}
	life, end := context.WithCancel(context.Background())
	return &Store{dir: dir, run: letters(runLetters), decoding: make(chan struct{}, 1), life: life, end: end}, nil
}

// Close stops what is being kept, waits until no file is in use, and makes
// everything later answer ErrClosed. A second Close does nothing.
func (s *Store) Close() {
	s.mu.Lock()
	s.closed = true
	s.mu.Unlock()
	s.end()
	s.busy.Wait()
}

// begin announces work on a file, which ends with busy.Done.
func (s *Store) begin() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	s.busy.Add(1)
	return nil
}

// whileOpen is the context until the store is closed. Its cause is then
// ErrClosed.
func (s *Store) whileOpen(ctx context.Context) (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(s.life, func() { cancel(ErrClosed) })
	return ctx, func() {
		stop()
		cancel(nil)
	}
}
