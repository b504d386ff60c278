// The two archives of a run: as the app makes it, and unsealed.

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/source"
)

// The folders of the archives.
const (
	sealedDir = "sealed" // protected by passphrase
	clearDir  = "clear"
)

var passphrase = []byte("a passphrase for the benchmark")

// noKeychain leaves the user's keychain alone.
func noKeychain() (seal.Keychain, error) { return nil, seal.ErrNoKeychain }

// options are those of every archive here.
func options() archive.Options { return archive.Options{Keychain: noKeychain} }

// secrets open the archive in that folder.
func secrets(dir string) seal.Secrets {
	if filepath.Base(dir) == clearDir {
		return seal.Secrets{Demo: true}
	}
	return seal.Secrets{Passphrase: passphrase}
}

// params are the hardening of the passphrase, the app's own; the other archive
// has none.
func params(dir string) seal.Params {
	if filepath.Base(dir) == clearDir {
		return seal.Params{}
	}
	return seal.DefaultParams()
}

// fill is how an archive was filled.
type fill struct {
	stored, searchable time.Duration
	first, last        time.Duration // to keep the first sessions, and as many last ones; see part
	peak               resident
}

// part is how many of the first and of the last sessions a sync is judged by.
func (b *bench) part() int { return min(100_000, b.demo.Sessions/4) }

// filled makes the archive in that folder by a sync over HTTP, once in a run. It
// is closed then, so that no archive is measured beside another.
func (b *bench) filled(name string) (fill, error) {
	if done, ok := b.fills[name]; ok {
		return done, nil
	}
	dir := filepath.Join(b.dir, name)
	if err := os.Mkdir(dir, 0o700); err != nil {
		return fill{}, err
	}
	vault, _, err := seal.NewKeys(dir, nil).Create(secrets(dir), params(dir))
	if err != nil {
		return fill{}, err
	}
	a, err := openWith(dir, vault)
	if err != nil {
		return fill{}, err
	}
	done, err := b.fill(a)
	if err := errors.Join(err, a.Close()); err != nil {
		return fill{}, err
	}
	b.fills[name] = done
	b.say("(%s archive filled in %.1f s)", name, done.searchable.Seconds())
	return done, nil
}

// fill syncs everything into an empty archive.
func (b *bench) fill(a *archive.Archive) (done fill, err error) {
	feed, err := b.feed()
	if err != nil {
		return done, err
	}
	var way []mark
	peak := watchResident()
	begin := time.Now()
	report, err := a.Sync(b.ctx, feed, func(p idv.Progress) {
		if p.Phase == idv.PhaseReading {
			way = append(way, mark{time.Since(begin), p.Done})
		} else if done.stored == 0 {
			done.stored = time.Since(begin)
		}
	})
	done.searchable, done.peak = time.Since(begin), peak()
	if done.stored == 0 {
		done.stored = done.searchable
	}
	if err == nil && report.Added != b.demo.Sessions { // pending ones may come again
		err = fmt.Errorf("%d of %d sessions came", report.Added, b.demo.Sessions)
	}
	way = append(way, mark{done.stored, report.Read})
	done.first = reached(way, b.part())
	done.last = done.stored - reached(way, report.Read-b.part())
	return done, err
}

// mark says when so many sessions had been kept.
type mark struct {
	after time.Duration
	done  int
}

// reached is when so many sessions had been kept, between two marks by proportion.
func reached(way []mark, sessions int) time.Duration {
	last := mark{}
	for _, m := range way {
		if m.done >= sessions && m.done > last.done {
			share := float64(sessions-last.done) / float64(m.done-last.done)
			return last.after + time.Duration(share*float64(m.after-last.after))
		}
		last = m
	}
	return last.after
}

func (b *bench) feed() (*source.Feed, error) {
	return source.NewFeed(source.FeedOptions{Address: b.portal.url, Key: b.demo.Key})
}

// open unlocks the archive in that folder and opens it.
func (b *bench) open(name string) (*archive.Archive, error) {
	if _, err := b.filled(name); err != nil {
		return nil, err
	}
	vault, err := b.keys(name)
	if err != nil {
		return nil, err
	}
	return openWith(filepath.Join(b.dir, name), vault)
}

// keys are those of the archive in that folder. The caller closes them.
func (b *bench) keys(name string) (*seal.Vault, error) {
	return keysOf(b.ctx, filepath.Join(b.dir, name))
}

func keysOf(ctx context.Context, dir string) (*seal.Vault, error) {
	return seal.NewKeys(dir, nil).Unlock(ctx, secrets(dir))
}

func openWith(dir string, vault *seal.Vault) (*archive.Archive, error) {
	if filepath.Base(dir) == clearDir {
		return archive.OpenWith(dir, clearKeys{vault}, options())
	}
	return archive.OpenWith(dir, vault, options())
}
