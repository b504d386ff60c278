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
	if err := b.archive.Close(); err != nil {
		return err
	}
	dir := filepath.Join(b.dir, sealedDir)
	var hardening, rows, found []time.Duration
	for range unlocks {
		begin := time.Now()
		vault, err := seal.NewKeys(dir, nil).Unlock(b.ctx, seal.Secrets{Passphrase: passphrase})
		if err != nil {
			return err
		}
		hardening = append(hardening, time.Since(begin))
		vault.Close()
		begin = time.Now()
		if b.archive, err = archive.Open(b.ctx, dir, passphrase, options()); err != nil {
			return err
		}
		for _, ask := range []struct {
			text  string
			times *[]time.Duration
		}{{"", &rows}, {"a", &found}} {
			if _, err := b.archive.Find(b.ctx, idv.Query{Text: ask.text, Limit: pageRows}); err != nil {
				return err
			}
			*ask.times = append(*ask.times, time.Since(begin))
		}
		if err := b.archive.Close(); err != nil {
			return err
		}
	}
	var err error
	if b.archive, err = archive.Open(b.ctx, dir, passphrase, options()); err != nil {
		return err
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
