package main

import (
	"path/filepath"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

const unlocks = 5

// unlock times the way from the passphrase to the first rows and to the first
// answer of a search. Its peer is the hardening of the passphrase alone, which
// is slow so that nobody can try many.
func (b *bench) unlock() error {
	if _, err := b.filled(sealedDir); err != nil {
		return err
	}
	var hardening, rows, found []time.Duration
	for range unlocks {
		alone, err := b.harden()
		if err != nil {
			return err
		}
		toRows, toFound, err := b.unlockOnce()
		if err != nil {
			return err
		}
		hardening, rows, found = append(hardening, alone), append(rows, toRows), append(found, toFound)
	}
	b.title("Unlock with a passphrase, default hardening", "", "p50", "max", "ratio")
	alone, _, _ := quantiles(hardening)
	for _, line := range []struct {
		name  string
		times []time.Duration
	}{{"hardening alone", hardening}, {"to the first rows", rows}, {"to the first search", found}} {
		p50, _, most := quantiles(line.times)
		b.row(line.name, p50, most, p50.Seconds()/alone.Seconds())
	}
	return b.out.Flush()
}

// harden unwraps the key and does nothing with it.
func (b *bench) harden() (time.Duration, error) {
	begin := time.Now()
	vault, err := seal.NewKeys(filepath.Join(b.dir, sealedDir), nil).Unlock(b.ctx, seal.Secrets{Passphrase: passphrase})
	if err != nil {
		return 0, err
	}
	vault.Close()
	return time.Since(begin), nil
}

// unlockOnce opens the archive, asks for the first rows and for a text.
func (b *bench) unlockOnce() (rows, found time.Duration, err error) {
	begin := time.Now()
	a, err := archive.Open(b.ctx, filepath.Join(b.dir, sealedDir), passphrase, options())
	if err != nil {
		return 0, 0, err
	}
	defer func() {
		if closing := a.Close(); err == nil {
			err = closing
		}
	}()
	if _, err := a.Find(b.ctx, idv.Query{Limit: pageRows}); err != nil {
		return 0, 0, err
	}
	rows = time.Since(begin)
	_, err = a.Find(b.ctx, idv.Query{Text: "a", Limit: pageRows, Facets: true})
	return rows, time.Since(begin), err
}
