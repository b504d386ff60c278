package archive

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"veridesk/backend/idv"
)

// This file is what a Safe does with an archive as a whole: it removes it, and it
// looks after it while it is open.

// wipeWord is what a user types to remove an archive.
const wipeWord = "DELETE"

// Wipe removes the archive and everything in it, open or locked: the keys first,
// for without them the rest is unreadable.
func (s *Safe) Wipe(word string) error {
	if word != wipeWord {
		return &idv.Error{
			Code:    idv.CodeInvalid,
			Message: fmt.Sprintf("Nothing was deleted: the word %s was not typed.", wipeWord),
			Hint:    "Type it in capital letters to delete this copy.",
		}
	}
	s.Lock(ByHand)
	s.turn.Lock()
	defer s.turn.Unlock()
	err := wipe(s.dir)
	s.mu.Lock()
	s.reason, s.cut = "", false
	s.mu.Unlock()
	s.Jobs.unpause()
	s.tell()
	return err
}

func wipe(dir string) error {
	lock, err := lockFolder(dir)
	if err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	errs := []error{err}
	for _, mine := range []func(name string) bool{isKeyFile, isData} {
		for _, entry := range entries {
			if mine(entry.Name()) {
				errs = append(errs, os.RemoveAll(filepath.Join(dir, entry.Name())))
			}
		}
	}
	return errors.Join(append(errs, lock.Unlock())...)
}

// tidyEvery is how often an open archive looks after itself.
const tidyEvery = 24 * time.Hour

// tidy erases what has been kept long enough, finishes an erasing that was cut
// short and removes what a crash left behind.
func (s *Safe) tidy(o *opened) {
	tick := time.NewTicker(tidyEvery)
	defer tick.Stop()
	for {
		for _, work := range []func() error{
			func() error { return o.retire(o.ctx, time.Now(), nil) },
			func() error { return o.clean(o.ctx, nil) },
			func() error { return o.sweepPhotos(o.ctx) },
		} {
			if err := work(); err != nil && o.ctx.Err() == nil {
				s.options.Log.Error("tidy the archive", "error", err)
			}
		}
		select {
		case <-o.ctx.Done():
			return
		case <-tick.C:
		case <-o.tidy:
		}
	}
}
