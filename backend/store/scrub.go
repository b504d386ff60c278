package store

import (
	"context"
	"errors"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// Scrubbed is what Scrub found.
type Scrubbed struct {
	Values   int      // that were opened
	Sessions int      // that were read, tombstones too
	Damaged  []string // what cannot be read or does not agree, by name
}

// Scrub opens every value of the archive, and compares what its buckets say of
// each session. What is wrong is named in the result; an error only says why it
// could not go on. Reads go on meanwhile and writes wait.
func (s *Store) Scrub(ctx context.Context, report func(idv.Progress)) (Scrubbed, error) {
	s.writing.Lock()
	defer s.writing.Unlock()
	meter := idv.NewMeter(report)
	defer meter.Close()
	c := &scrubber{path: s.path, ctx: ctx, report: meter.Count}
	err := s.view(func(t *txn) (err error) {
		if c.state, err = t.state(); err != nil {
			return err
		}
		c.txn, c.rows, c.ids = t, t.chunks(c.state.Last), map[seal.Token]bool{}
		c.found.Values++ // the state
		for _, step := range []func() error{c.checkRows, c.checkSessions, c.checkSmall, c.checkAudit, c.checkCounts} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	return c.found, err
}

// scrubber is one run of Scrub.
type scrubber struct {
	*txn
	path    string
	ctx     context.Context
	report  func(idv.Progress)
	state   state
	rows    *chunks
	bad     map[uint32]bool     // chunks of rows that cannot be read
	photos  int                 // records of photos that the rows promise
	ids     map[seal.Token]bool // of the sessions so far
	changed map[uint32]bool     // by ordinal, see isChanged
	facts   scrubbedFacts
	found   Scrubbed
}

// try runs one look and names the thing if it fails. The error is what ends the
// whole run: a vault that was locked, or a context that is done.
func (c *scrubber) try(thing string, look func() error) error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	err := guard(c.path, look)
	if errors.Is(err, seal.ErrLocked) {
		return err
	}
	if err != nil {
		c.found.Damaged = append(c.found.Damaged, thing)
	}
	return nil
}

// checkRows opens the chunks of rows, so that a damaged one is named once.
func (c *scrubber) checkRows() error {
	c.bad = map[uint32]bool{}
	for n := range c.state.Last/chunkRows + 1 {
		first := max(1, n*chunkRows)
		if first > c.state.Last {
			break
		}
		c.bad[n] = true
		err := c.try(fmt.Sprintf("list of sessions number %d to %d", first, n*chunkRows+chunkRows-1), func() error {
			_, err := c.rows.chunk(n)
			c.bad[n] = err != nil
			return err
		})
		if err != nil {
			return err
		}
		c.found.Values++
	}
	return nil
}

func (c *scrubber) checkSessions() error {
	for ordinal := uint32(1); ordinal <= c.state.Last; ordinal++ {
		if row, err := c.rows.get(ordinal); err == nil && row.photos {
			c.photos++
		}
		if err := c.checkFacts(ordinal); err != nil {
			return err
		}
		if err := c.try(fmt.Sprintf("session number %d", ordinal), func() error { return c.session(ordinal) }); err != nil {
			return err
		}
		c.found.Sessions++
		if ordinal%256 == 0 || ordinal == c.state.Last {
			c.report(idv.Progress{Phase: idv.PhaseChecking, Done: int(ordinal), Total: int(c.state.Last)})
		}
	}
	return nil
}

// anyCount is a number of values that is not known.
const anyCount = -1

var errDisagree = errors.New("the archive says different things of it")

// session checks that all buckets have the session and agree on it.
func (c *scrubber) session(ordinal uint32) error {
	s, err := c.records().whole(ordinal)
	if err != nil {
		return err
	}
	c.found.Values += 2
	return errors.Join(c.row(ordinal, s), c.sameFacts(ordinal, s))
}

// row checks a session against its row, and that against its change and its photos.
func (c *scrubber) row(ordinal uint32, s idv.Session) error {
	kept, err := c.txn.photos(ordinal)
	if err != nil {
		return err
	}
	if c.bad[ordinal/chunkRows] {
		return c.isChanged(ordinal)
	}
	row, err1 := c.rows.get(ordinal)
	want, err2 := c.newRow(ordinal, s)
	id, err3 := c.token(fieldID, s.ID)
	changed, err4 := c.bucket(bucketChanges).get(number(row.seq))
	want.Hold, want.Wanted, want.photos, want.id, want.seq = row.Hold, row.Wanted, row.photos, id, row.seq
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return err
	}
	c.found.Values++ // the change
	if row.photos {
		c.found.Values++
	}
	if !row.same(want.Row) || c.ids[id] || toOrdinal(changed) != ordinal || row.photos != (kept != nil) {
		return errDisagree
	}
	c.ids[id] = true
	return nil
}

// isChanged checks that a session has a change, where its row cannot say which.
func (c *scrubber) isChanged(ordinal uint32) error {
	if c.changed == nil {
		c.changed = map[uint32]bool{}
		err := c.bucket(bucketChanges).each(func(_, value []byte, damage error) error {
			if damage == nil {
				c.changed[toOrdinal(value)] = true
			}
			return c.ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	if !c.changed[ordinal] {
		return errDisagree
	}
	return nil
}

// checkSmall opens the buckets of small values.
func (c *scrubber) checkSmall() error {
	for _, small := range []struct {
		bucket, thing string
		named         bool // the keys are names
	}{
		{bucketSettings, "setting ", true}, {bucketSecrets, "secret ", true},
		{bucketCursors, "place to read on from a source", false}, {bucketRejected, "rejected row", false},
	} {
		err := c.try("bucket "+small.bucket, func() error {
			return c.bucket(small.bucket).each(func(key, _ []byte, damage error) error {
				c.found.Values++
				thing := small.thing
				if small.named {
					thing += string(key)
				}
				return c.try(thing, func() error { return damage })
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// checkAudit opens the audit log; VerifyAudit tells whether its tree is right.
func (c *scrubber) checkAudit() error {
	for n := uint64(1); n <= c.state.Audit; n++ {
		err := c.try(fmt.Sprintf("audit entry %d", n), func() error {
			_, err := c.entry(n, new(Entry))
			return err
		})
		if err != nil {
			return err
		}
	}
	hashes := tlog.StoredHashCount(int64(c.state.Audit))
	for index := range hashes {
		err := c.try(fmt.Sprintf("audit hash %d", index), func() error {
			_, err := c.hashes().ReadHashes([]int64{index})
			return err
		})
		if err != nil {
			return err
		}
	}
	c.found.Values += int(c.state.Audit) + int(hashes)
	return nil
}

// checkCounts finds values that nothing refers to.
func (c *scrubber) checkCounts() error {
	last, entries := int(c.state.Last), int(c.state.Audit)
	photos := c.photos
	for _, bad := range c.bad {
		if bad {
			photos = anyCount // the rows cannot tell
		}
	}
	for _, count := range []struct {
		bucket string
		want   int
	}{
		{bucketMeta, 2}, {bucketSessions, last}, {bucketDetails, last}, {bucketChanges, last},
		{bucketRows, len(c.bad)}, {bucketFacts, c.facts.chunks}, {bucketPhotos, photos},
		{bucketAudit, entries}, {bucketHashes, int(tlog.StoredHashCount(int64(entries)))},
	} {
		err := c.try("number of "+count.bucket, func() error {
			there, err := c.keyCount(count.bucket)
			if err == nil && count.want != anyCount && there != count.want {
				err = fmt.Errorf("%d instead of %d", there, count.want)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// errBucket is the cause when a damaged page has a bucket where values are.
var errBucket = errors.New("a bucket is among the values")

// keyCount counts a bucket's keys. bbolt's own statistics would go into what a damaged page
// takes for a bucket within, and from there round and round.
func (c *scrubber) keyCount(name string) (n int, err error) {
	err = c.tx.Bucket([]byte(name)).ForEach(func(_, value []byte) error {
		if value == nil {
			return errBucket
		}
		if n++; n%4096 == 0 {
			return c.ctx.Err()
		}
		return nil
	})
	return n, err
}
