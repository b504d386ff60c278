package main

import (
	"io/fs"
	"path/filepath"
	"time"
)

// sync fills both archives from the demo portal over HTTP. Its peer reads and
// decodes the same feed and keeps nothing.
func (b *bench) sync() error {
	sealed, err := b.filled(sealedDir) // first: its memory is measured
	if err != nil {
		return err
	}
	open, err := b.filled(clearDir)
	if err != nil {
		return err
	}
	read, plain, err := b.readOnly()
	if err != nil {
		return err
	}
	b.title("Sync over HTTP, the portal in a process of its own on the same machine", "", "sessions", "seconds", "sessions/s", "to reading", "to unsealed")
	b.row("read and decoded only", read, plain.Seconds(), perSecond(read, plain), 1.0, none)
	for _, line := range []struct {
		what         string
		open, sealed time.Duration
	}{{"kept in the store", open.stored, sealed.stored}, {"and searchable", open.searchable, sealed.searchable}} {
		b.row(line.what+", unsealed", read, line.open.Seconds(), perSecond(read, line.open), line.open.Seconds()/plain.Seconds(), 1.0)
		b.row(line.what+", sealed", read, line.sealed.Seconds(), perSecond(read, line.sealed), line.sealed.Seconds()/plain.Seconds(), line.sealed.Seconds()/line.open.Seconds())
	}
	b.say("a session of the last %d against one of the first %d: %.2f (sealed), %.2f (unsealed)",
		b.part(), b.part(), sealed.last.Seconds()/sealed.first.Seconds(), open.last.Seconds()/open.first.Seconds())
	b.say("most memory while syncing (RSS, sealed): %s", sealed.peak)
	return b.sizes()
}

// readOnly reads and decodes the whole feed.
func (b *bench) readOnly() (read int, took time.Duration, err error) {
	feed, err := b.feed()
	if err != nil {
		return 0, 0, err
	}
	begin := time.Now()
	for batch, err := range feed.Batches(b.ctx, "") {
		if err != nil {
			return 0, 0, err
		}
		read += len(batch.Records)
	}
	return read, time.Since(begin), nil
}

// sizes prints what the archives take on the disk.
func (b *bench) sizes() error {
	for _, name := range []string{clearDir, sealedDir} {
		store, err := size(filepath.Join(b.dir, name, storeFile))
		if err != nil {
			return err
		}
		index, err := size(filepath.Join(b.dir, name, indexDir))
		if err != nil {
			return err
		}
		n := max(1, int64(b.demo.Sessions))
		b.say("bytes a session on disk, %s: store %d, text index %d", name, store/n, index/n)
	}
	return nil
}

// The files of an archive.
const (
	storeFile = "archive.db"
	indexDir  = "index"
)

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
