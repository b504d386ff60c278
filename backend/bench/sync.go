package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// sync fills both archives from the demo portal over HTTP. Its peer reads and
// decodes the same feed and keeps nothing.
func (b *bench) sync(show bool) error {
	feed, err := source.NewFeed(source.FeedOptions{Address: b.portal.URL(), Key: b.demo.Key})
	if err != nil {
		return err
	}
	var read int
	var plain time.Duration
	if show {
		begin := time.Now()
		for batch, err := range feed.Batches(b.ctx, "") {
			if err != nil {
				return err
			}
			read += len(batch.Records)
		}
		plain = time.Since(begin)
	}
	open, err := b.fill(b.clear, feed)
	if err != nil {
		return err
	}
	sealed, err := b.fill(b.archive, feed)
	if err != nil {
		return err
	}
	if !show {
		fmt.Printf("(filled in %.1f s)\n", (open.searchable + sealed.searchable).Seconds())
		return nil
	}
	b.title("Sync over HTTP, the portal in the same process", "", "sessions", "seconds", "sessions/s", "to reading", "to unsealed")
	b.row("read and decoded only", read, plain.Seconds(), perSecond(read, plain), 1.0, "")
	b.filled("kept in the store", read, plain, open.stored, sealed.stored)
	b.filled("and searchable", read, plain, open.searchable, sealed.searchable)
	b.out.Flush()
	return b.sizes(read)
}

// filled prints two lines: unsealed and sealed.
func (b *bench) filled(what string, n int, plain, open, sealed time.Duration) {
	b.row(what+", unsealed", n, open.Seconds(), perSecond(n, open), open.Seconds()/plain.Seconds(), 1.0)
	b.row(what+", sealed", n, sealed.Seconds(), perSecond(n, sealed), sealed.Seconds()/plain.Seconds(), sealed.Seconds()/open.Seconds())
}

// fill is how long a sync took.
type fill struct{ stored, searchable time.Duration }

func (b *bench) fill(a *archive.Archive, feed *source.Feed) (took fill, err error) {
	begin := time.Now()
	_, err = a.Sync(b.ctx, feed, func(p idv.Progress) {
		if p.Phase == idv.PhaseIndexing && took.stored == 0 {
			took.stored = time.Since(begin)
		}
	})
	took.searchable = time.Since(begin)
	if took.stored == 0 {
		took.stored = took.searchable
	}
	return took, err
}

// sizes prints what the archives take on the disk.
func (b *bench) sizes(sessions int) error {
	for _, dir := range []string{clearDir, sealedDir} {
		store, err1 := size(filepath.Join(b.dir, dir, "archive.db"))
		index, err2 := size(filepath.Join(b.dir, dir, "index"))
		if err := errors.Join(err1, err2); err != nil || sessions == 0 {
			return err
		}
		fmt.Printf("bytes a session on disk, %s: store %d, text index %d\n", dir, store/int64(sessions), index/int64(sessions))
	}
	return nil
}

// size is the bytes in a file or a folder.
func size(path string) (sum int64, err error) {
	err = filepath.WalkDir(path, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			sum += info.Size()
		}
		return err
	})
	return sum, err
}
