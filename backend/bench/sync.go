package main

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// sync fills the archive from the demo portal over HTTP. Its peer reads and
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
	var stored time.Duration
	begin := time.Now()
	report, err := b.archive.Sync(b.ctx, feed, func(p idv.Progress) {
		if p.Phase == idv.PhaseIndexing && stored == 0 {
			stored = time.Since(begin)
		}
	})
	if err != nil {
		return err
	}
	searchable := time.Since(begin)
	if !show {
		fmt.Printf("(filled in %.1f s)\n", searchable.Seconds())
		return nil
	}
	if stored == 0 {
		stored = searchable
	}
	b.title("Sync over HTTP, the portal in the same process", "", "sessions", "seconds", "sessions/s", "ratio")
	b.row("read and decoded only", read, plain.Seconds(), perSecond(read, plain), 1.0)
	b.row("kept in the store", report.Added, stored.Seconds(), perSecond(report.Added, stored), stored.Seconds()/plain.Seconds())
	b.row("and searchable", report.Added, searchable.Seconds(), perSecond(report.Added, searchable), searchable.Seconds()/plain.Seconds())
	b.out.Flush()
	store, err := size(filepath.Join(b.dir, "archive.db"))
	if err != nil {
		return err
	}
	index, err := size(filepath.Join(b.dir, "index"))
	if err == nil && report.Added > 0 {
		fmt.Printf("bytes a session on disk: store %d, text index %d\n", store/int64(report.Added), index/int64(report.Added))
	}
	return err
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
