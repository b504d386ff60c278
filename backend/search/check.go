package search

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
)

// check is the look at all of the files that follows Open.
type check struct {
	done chan struct{} // closed at the end; nil when there is nothing to check
	err  error         // set before done is closed
}

// wait waits for the end, and reports whether everything is good. It is not when
// what it is waited for breaks off first.
func (c *check) wait(broken <-chan struct{}) (good bool) {
	if c.done == nil {
		return true
	}
	select {
	case <-c.done:
		return c.err == nil
	case <-broken:
		return false
	}
}

// Checked waits until the files that Open found have been read as a whole, which
// takes a second for some hundred megabytes, and tells whether they are good.
// When they are not, the index is given up: the error is ErrDoubt, as of every
// other call from then on. For an index that Open made it returns at once.
func (ix *Index) Checked(ctx context.Context) error {
	check := &ix.generation.check
	if check.done == nil {
		return nil
	}
	select {
	case <-check.done:
		return check.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// startCheck begins with what the first search would otherwise have to wait for.
func (ix *Index) startCheck() {
	check := &ix.generation.check
	go func() {
		defer close(check.done)
		err := ix.use("read", ix.refresh)
		if err == nil {
			err = ix.checkSegments()
		}
		check.err = wrap("check search index", err)
	}()
}

// checkSegments does not hold the index: a segment that a merge removes while it
// is read needs no check.
func (ix *Index) checkSegments() error {
	var paths map[uint64]string
	err := ix.use("list", func() error {
		snapshot, err := snapshotOf(ix.bleve)
		if err != nil {
			return err
		}
		defer snapshot.Close()
		paths = pathsOf(snapshot)
		return nil
	})
	if err != nil {
		return err
	}
	for _, path := range paths {
		err := checkSegment(ix.ending, path)
		switch {
		case err == nil, errors.Is(err, fs.ErrNotExist):
		case ix.ending.Err() != nil:
			return ErrClosed
		default:
			ix.generation.abandon(err, true)
			return ix.generation.fault()
		}
	}
	return nil
}

// checkSegment compares a segment's file with the CRC-32 at its end. Sealing
// proves each piece, but not where it stands.
func checkSegment(ctx context.Context, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	sum, piece := crc32.NewIEEE(), make([]byte, 1<<20)
	body := io.LimitReader(f, info.Size()-4)
	for n := 0; err == nil; {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		n, err = body.Read(piece)
		sum.Write(piece[:n])
	}
	if err != io.EOF {
		return err
	}
	var want [4]byte
	if _, err := io.ReadFull(f, want[:]); err != nil {
		return err
	}
	if sum.Sum32() != binary.BigEndian.Uint32(want[:]) {
		return fmt.Errorf("%s: checksum does not match", info.Name())
	}
	return nil
}
