// Package store is the archive's file: a bbolt database that holds every
// session, the log of changes, the sources' cursors and the settings. It is
// the truth; the text index and the columns in memory are derived from it.
//
// Every session has an ordinal, a uint32 given once and never reused, and a
// sequence number, the number of the last change to it. A batch is written in
// one transaction: records, their changes and the source's cursor together, so
// that a crash leaves either all of it or nothing.
package store

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"veridesk/backend/idv"
)

// schema is the version of the file's layout. A file with a higher one is refused.
const schema = 1

// The buckets. Keys hold no personal data.
var (
	bucketMeta     = []byte("meta")     // schema, id, counters
	bucketSessions = []byte("sessions") // ordinal -> what lists and exports show of a session
	bucketDetails  = []byte("details")  // ordinal -> the rest of it, see details
	bucketIDs      = []byte("ids")      // Session ID -> ordinal, sequence number of its last change
	bucketChanges  = []byte("changes")  // sequence number -> ordinal; one entry a session
	bucketCreated  = []byte("created")  // ordinal -> creation time, Unix milliseconds
	bucketCursors  = []byte("cursors")  // source name -> cursor
	bucketSettings = []byte("settings") // name -> value
	bucketRejected = []byte("rejected") // digest -> what could not be read
)

var buckets = [][]byte{
	bucketMeta, bucketSessions, bucketDetails, bucketIDs, bucketChanges,
	bucketCreated, bucketCursors, bucketSettings, bucketRejected,
}

var (
	keySchema = []byte("schema")
	keyID     = []byte("id")
	keySeq    = []byte("seq")
	keyNext   = []byte("next") // the next ordinal to give
)

// lockWait is how long Open waits for another copy of the app to let go.
const lockWait = time.Second

// Store is an open archive file. It is safe for concurrent use.
type Store struct {
	db *bolt.DB
	id string
}

// Open opens the archive file at path, or makes it with its folder. Errors are
// *idv.Error: CodeInUse, CodeNewer, CodeDamaged, CodeNotWritable, CodeDiskFull.
func Open(path string) (s *Store, err error) {
	err = guard(path, func() error {
		s, err = open(path)
		return err
	})
	return s, err
}

func open(path string) (*Store, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, notWritable(path, err)
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: lockWait, FreelistType: bolt.FreelistMapType})
	if err != nil {
		return nil, openError(path, err)
	}
	s := &Store{db: db}
	if err := s.prepare(path); err != nil {
		db.Close()
		return nil, err
	}
	return s, nil
}

func openError(path string, err error) error {
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return &idv.Error{
			Code: idv.CodeInUse, Cause: err,
			Message: fmt.Sprintf("The archive %s is in use by another copy of Veridesk.", filepath.Dir(path)),
			Hint:    "Close the other copy, or wait until its work is done, and try again.",
		}
	case idv.DiskFull(err):
		return &idv.Error{
			Code: idv.CodeDiskFull, Cause: err,
			Message: fmt.Sprintf("The disk that holds %s is full.", filepath.Dir(path)),
			Hint:    "Free some space and try again.",
		}
	case errors.Is(err, fs.ErrPermission), errors.As(err, new(*fs.PathError)):
		return notWritable(path, err)
	default:
		return damaged(path, err)
	}
}

func notWritable(path string, err error) error {
	return &idv.Error{
		Code: idv.CodeNotWritable, Cause: err,
		Message: fmt.Sprintf("The archive %s cannot be opened for writing.", path),
		Hint:    "Check the rights of the folder, or name another one with --data.",
	}
}

func damaged(path string, err error) error {
	return &idv.Error{
		Code: idv.CodeDamaged, Cause: err,
		Message: fmt.Sprintf("The archive file %s is damaged or is not an archive of Veridesk. It was not changed.", path),
		Hint:    "Move the file away to start a new archive and sync again, or put back a copy of it.",
	}
}

// prepare makes the buckets of a new file and checks those of an old one.
func (s *Store) prepare(path string) error {
	err := s.update(func(tx *bolt.Tx) error {
		if meta := tx.Bucket(bucketMeta); meta != nil {
			return s.checkSchema(meta, path)
		}
		if first, _ := tx.Cursor().First(); first != nil {
			return damaged(path, errors.New("a database of another program"))
		}
		for _, name := range buckets {
			if _, err := tx.CreateBucket(name); err != nil {
				return fmt.Errorf("create %s: %w", name, err)
			}
		}
		meta := tx.Bucket(bucketMeta)
		s.id = rand.Text()
		return errors.Join(meta.Put(keySchema, number(schema)), meta.Put(keyID, []byte(s.id)))
	})
	if idv.DiskFull(err) {
		return openError(path, err)
	}
	return err
}

func (s *Store) checkSchema(meta *bolt.Bucket, path string) error {
	switch found := toNumber(meta.Get(keySchema)); {
	case found == 0 || found > 1<<16:
		return damaged(path, errors.New("no schema version"))
	case found > schema:
		return &idv.Error{
			Code:    idv.CodeNewer,
			Message: fmt.Sprintf("The archive was made by a newer Veridesk (layout %d; this one knows %d). It was not changed.", found, schema),
			Hint:    "Install the newer version.",
		}
	}
	s.id = string(meta.Get(keyID))
	return nil
}

// Close waits for running transactions and lets go of the file.
func (s *Store) Close() error { return s.db.Close() }

// ID names this archive; what is derived from it is stamped with it.
func (s *Store) ID() string { return s.id }

// Check reads the whole file and reports the first inconsistency between its
// pages, and between its buckets.
func (s *Store) Check() error {
	return s.view(func(tx *bolt.Tx) error {
		var faults []error
		for err := range tx.Check() { // to the end, or its goroutine stays
			faults = append(faults, err)
		}
		if len(faults) > 0 {
			return fmt.Errorf("check pages: %w", faults[0])
		}
		n := keys(tx, bucketSessions)
		for _, name := range [][]byte{bucketDetails, bucketIDs, bucketChanges, bucketCreated} {
			if m := keys(tx, name); m != n {
				return fmt.Errorf("check buckets: %d sessions but %d in %s", n, m, name)
			}
		}
		records := newRecords(tx)
		return tx.Bucket(bucketSessions).ForEach(func(key, _ []byte) error {
			_, err := records.whole(ordinalOf(key))
			return err
		})
	})
}

func keys(tx *bolt.Tx, bucket []byte) int { return tx.Bucket(bucket).Stats().KeyN }

// number writes a counter: 8 bytes, so that keys sort by value.
func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// toNumber reads a counter; a missing one is 0.
func toNumber(b []byte) uint64 {
	if len(b) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(b)
}

// ordinalKey writes an ordinal: 4 bytes, so that keys sort by value.
func ordinalKey(ordinal uint32) []byte { return binary.BigEndian.AppendUint32(nil, ordinal) }

// ordinalOf reads an ordinal from the start of a key or value.
func ordinalOf(b []byte) uint32 { return binary.BigEndian.Uint32(b) }
