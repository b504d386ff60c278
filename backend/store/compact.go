package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/disk"
	"veridesk/backend/idv"
)

// bbolt never gives back what a file once held: a value that was erased stays
// in a free page until something else happens to be written there. Compacting
// copies what is left into a new file, which then takes the old one's place.

// newSuffix ends the name of the new file while it is being made.
const newSuffix = ".new"

// compactSize is how many bytes one transaction copies.
const compactSize = 8 << 20

// compactRoom is how much room a compaction has to have beside the file's size:
// bbolt makes a file longer in steps of so many bytes.
const compactRoom = 16 << 20

// Compact makes the file anew without anything that was erased or replaced. On a
// disk without room for both files it does not begin (CodeDiskFull). Reads go on
// meanwhile and writes wait. After a crash at any moment the old
// file or the new one is there; after an error the old one, as it was.
func (s *Store) Compact(ctx context.Context, report func(idv.Progress)) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	meter := idv.NewMeter(report)
	defer meter.Close()
	path := s.path + newSuffix
	if err := s.compact(ctx, path, meter.Count); err != nil {
		_ = os.Remove(path)
		return compactError(err)
	}
	return nil
}

func (s *Store) compact(ctx context.Context, path string, report func(idv.Progress)) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := s.room(); err != nil {
		return err
	}
	to, err := bolt.Open(path, 0o600, &bolt.Options{FreelistType: bolt.FreelistMapType, NoSync: true})
	if err != nil {
		return err
	}
	if err := s.copyTo(ctx, to, report); err != nil {
		return errors.Join(err, to.Close())
	}
	to.NoSync = false
	s.files.Lock()
	defer s.files.Unlock()
	return s.swap(to)
}

// room looks for the room that a compaction takes at most.
func (s *Store) room() error {
	info, err := os.Stat(s.path)
	if err != nil {
		return err
	}
	return disk.Need(filepath.Dir(s.path), uint64(info.Size())+compactRoom)
}

func compactError(err error) error {
	if idv.DiskFull(err) {
		return &idv.Error{
			Code: idv.CodeDiskFull, Cause: err,
			Message: "The disk is too full to remove what was erased from the archive file. The archive is as it was, and what was erased stays sealed in it.",
			Hint:    "Free as much space as the archive takes and 20 MB more, and try again.",
		}
	}
	return err
}

// copyTo makes a whole and synced copy in which nothing is freed.
func (s *Store) copyTo(ctx context.Context, to *bolt.DB, report func(idv.Progress)) error {
	return s.view(func(t *txn) error {
		st, err := t.state()
		if err != nil {
			return err
		}
		c := copier{ctx: ctx, to: to, report: report, total: int(st.Last)}
		for _, name := range buckets {
			if err := c.copy(t.tx.Bucket([]byte(name)), name); err != nil {
				return fmt.Errorf("copy %s: %w", name, err)
			}
		}
		st.Freed = false
		err = to.Update(func(tx *bolt.Tx) error { return s.txn(tx).putState(st) })
		return errors.Join(err, to.Sync())
	})
}

// copier copies buckets, sealed as they are, in transactions of some size.
type copier struct {
	ctx         context.Context
	to          *bolt.DB
	report      func(idv.Progress)
	done, total int // sessions
}

// copy copies one bucket and counts what arrived.
func (c *copier) copy(from *bolt.Bucket, name string) error {
	cursor, copied := from.Cursor(), 0
	for key, value := cursor.First(); ; {
		err := c.to.Update(func(tx *bolt.Tx) error {
			to, err := tx.CreateBucketIfNotExists([]byte(name))
			if err != nil {
				return err
			}
			to.FillPercent = 0.9 // keys come in order
			for size := 0; key != nil && size < compactSize; key, value = cursor.Next() {
				if value == nil {
					return broken("A value", errBucket)
				}
				if err := to.Put(key, value); err != nil {
					return err
				}
				size += len(key) + len(value)
				copied++
			}
			return c.ctx.Err()
		})
		if err != nil {
			return err
		}
		c.tell(name, copied)
		if key == nil {
			return c.check(name, copied)
		}
	}
}

func (c *copier) tell(name string, copied int) {
	if name == bucketSessions {
		c.done = copied
	}
	c.report(idv.Progress{Phase: idv.PhaseCleaning, Done: c.done, Total: c.total})
}

func (c *copier) check(name string, copied int) error {
	return c.to.View(func(tx *bolt.Tx) error {
		if there := tx.Bucket([]byte(name)).Stats().KeyN; there != copied {
			return fmt.Errorf("%d values were copied but %d are there", copied, there)
		}
		return nil
	})
}
