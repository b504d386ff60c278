// What the indexes took to build, and what they take on the disk.

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/seal"
	"veridesk/backend/search"
)

// buildIndex builds the text index alone, sealed, from the sessions as the archive
// would hand them over: by their ordinals.
func (b *bench) buildIndex(d *data) (done building, err error) {
	vault, err := b.keys(sealedDir)
	if err != nil {
		return done, err
	}
	defer vault.Close()
	dir := filepath.Join(b.dir, "index alone")
	if err := os.Mkdir(dir, 0o700); err != nil {
		return done, err
	}
	ranks := make([]int, len(d.people))
	for rank := range ranks {
		ranks[rank] = rank
	}
	slices.SortFunc(ranks, func(a, b int) int { return int(d.people[a].ordinal) - int(d.people[b].ordinal) })
	begin := time.Now()
	ix, err := search.Open(dir, "bench", vault)
	if err != nil {
		return done, err
	}
	last := uint64(0)
	next := func() ([]search.Doc, uint64, error) {
		chunk := ranks[:min(indexBatch, len(ranks))]
		ranks = ranks[len(chunk):]
		docs := make([]search.Doc, len(chunk))
		for i, rank := range chunk {
			docs[i] = search.Doc{Ordinal: d.people[rank].ordinal, Session: d.session(rank)}
		}
		last += uint64(len(chunk))
		return docs, last, b.ctx.Err()
	}
	if err := ix.Feed(next, func(uint64) {}); err != nil {
		return done, errors.Join(err, ix.Close())
	}
	if err := ix.Close(); err != nil { // with all of it on the disk
		return done, err
	}
	done.took = time.Since(begin)
	if err := isWhole(dir, vault, last); err != nil { // Bleve removes what it has merged
		return done, err
	}
	if done.bytes, err = size(dir); err != nil {
		return done, err
	}
	return done, os.RemoveAll(dir)
}

// isWhole makes sure that what was measured is a whole index.
func isWhole(dir string, vault *seal.Vault, last uint64) error {
	ix, err := search.Open(dir, "bench", vault)
	if err != nil {
		return err
	}
	if seq := ix.Seq(); seq != last {
		err = fmt.Errorf("the index on the disk ends at %d of %d", seq, last)
	}
	return errors.Join(err, ix.Close())
}

// indexBatch is how many sessions the archive gives the index at once.
const indexBatch = 5_000

// showBuilt prints rates and sizes.
func (b *bench) showBuilt(index building, lite *sqlite, bleve *plainBleve) error {
	n, withTerms := b.demo.Sessions, lite.making+lite.text.took
	b.title("Building the text index alone, of the same terms, in batches of which a crash loses the last ones",
		"", "seconds", "sessions/s", "to SQLite with its terms")
	for _, l := range []struct {
		name string
		took time.Duration
	}{
		{"sealed, terms included", index.took},
		{"SQLite FTS5, terms included", withTerms},
		{"SQLite FTS5, of terms made beforehand", lite.text.took},
		{"SQLite FTS5, terms included, and merged for searching", withTerms + lite.merging},
		{"Bleve, plain, of terms made beforehand", bleve.took},
		{"Bleve, plain, of terms made beforehand, and merged for searching", bleve.took + bleve.merging},
	} {
		b.row(l.name, l.took.Seconds(), perSecond(n, l.took), l.took.Seconds()/withTerms.Seconds())
	}
	b.out.Flush()
	text, err := size(filepath.Join(b.dir, sealedDir, indexDir))
	if err != nil {
		return err
	}
	lists, err := listBytes(filepath.Join(b.dir, sealedDir, storeFile))
	if err != nil {
		return err
	}
	each := int64(max(1, n))
	b.title("Bytes a session on the disk", "", "text", "filters, counts, orders", "together")
	b.row("sealed", text/each, lists/each, (text+lists)/each)
	b.row("sealed, index built alone", index.bytes/each, none, none)
	b.row("SQLite, with the list's rows", lite.text.bytes/each, lite.lists.bytes/each, (lite.text.bytes+lite.lists.bytes)/each)
	b.row("Bleve, plain", bleve.bytes/each, none, none)
	return b.out.Flush()
}

// listBytes is how much of the archive file the columns are made from.
func listBytes(path string) (sum int64, err error) {
	db, err := bolt.Open(path, 0o600, &bolt.Options{ReadOnly: true, Timeout: time.Second})
	if err != nil {
		return 0, err
	}
	err = db.View(func(tx *bolt.Tx) error {
		for _, name := range []string{"rows", "facts"} {
			bucket := tx.Bucket([]byte(name))
			if bucket == nil {
				return fmt.Errorf("the archive has no bucket %q", name)
			}
			stats := bucket.Stats()
			sum += int64(stats.LeafAlloc + stats.BranchAlloc)
		}
		return nil
	})
	return sum, errors.Join(err, db.Close())
}
