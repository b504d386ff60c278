// Package store is the archive's file: a bbolt database that holds every
// session, the log of changes, the sources' cursors, the settings and the audit
// log. It is the truth; the text index and the columns in memory are derived
// from it.
//
// Every session has an ordinal, a uint32 given once and never reused, and a
// sequence number, the number of the last change to it. A batch is written in
// one transaction: records, their changes and the source's cursor together, so
// that a crash leaves either all of it or nothing.
//
// Every value is sealed for its bucket and key (see package seal), so what is
// read is what was written there, or an error. Keys are numbers, blind tokens
// and names of our own; the layout's version is the one value in the clear.
package store

import (
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/giveway"
	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// schema is the version of the file's layout. A file with a higher one is
// refused, and so is version 1, which did not seal. For versions 2 and 3 see upgrade.
const (
	schema   = 4
	unsealed = 1
)

// The buckets.
const (
	bucketMeta     = "meta"     // schema in the clear; state, see there
	bucketSessions = "sessions" // ordinal -> what lists and exports show of a session
	bucketDetails  = "details"  // ordinal -> the rest of it, see details
	bucketChanges  = "changes"  // sequence number -> ordinal; one entry a session
	bucketRows     = "rows"     // chunk number -> rows of that chunk
	bucketFacts    = "facts"    // chunk number -> facts of that chunk
	bucketPhotos   = "photos"   // ordinal -> the photos that are kept
	bucketCursors  = "cursors"  // token of the source's name -> cursor
	bucketSettings = "settings" // name -> value
	bucketSecrets  = "secrets"  // name -> secret
	bucketRejected = "rejected" // token of it -> what could not be read
	bucketAudit    = "audit"    // entry number -> entry
	bucketHashes   = "hashes"   // index -> hash of the audit log's tree
)

var buckets = []string{
	bucketMeta, bucketSessions, bucketDetails, bucketChanges, bucketRows, bucketFacts, bucketPhotos,
	bucketCursors, bucketSettings, bucketSecrets, bucketRejected, bucketAudit, bucketHashes,
}

var (
	keySchema = []byte("schema")
	keyState  = []byte("state")
)

// lockWait is how long Open waits for another copy of the app to let go.
const lockWait = time.Second

// Store is an open archive file. It is safe for concurrent use.
type Store struct {
	path  string
	id    string
	keys  seal.Keyring
	boxes boxes

	writing sync.Mutex   // held by the one that writes, and by all who want the file to stand still
	files   sync.RWMutex // guards db, which Compact replaces; taken after writing
	db      *bolt.DB

	ids sessionIDs

	way *giveway.Way // what works in the background gives way here; may be nil
}

// GiveWay has the work in the background stand still while somebody asks. It is
// called before any such work begins.
func (s *Store) GiveWay(to *giveway.Way) { s.way = to }

// Open opens the archive file at path, or makes it with its folder. The keys
// have to stay open as long as the store. Errors are *idv.Error: CodeInUse,
// CodeNewer, CodeDamaged, CodeInvalid (the keys are not those of the file),
// CodeNotWritable, CodeDiskFull.
func Open(path string, keys seal.Keyring) (*Store, error) {
	boxes, err := newBoxes(keys)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, notWritable(path, err)
	}
	s := &Store{path: path, keys: keys, boxes: boxes}
	if s.db, err = openFile(path); err != nil {
		return nil, err
	}
	_ = os.Remove(path + newSuffix) // what a compaction left that was killed
	if err := s.prepare(); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	return s, nil
}

// openFile opens the database and waits for its lock. By then another copy of
// the app may have put a new file in its place (see Compact); that one is meant.
func openFile(path string) (*bolt.DB, error) {
	for {
		var file *os.File
		options := &bolt.Options{Timeout: lockWait, FreelistType: bolt.FreelistMapType}
		options.OpenFile = func(name string, flag int, mode os.FileMode) (_ *os.File, err error) {
			file, err = os.OpenFile(name, flag, mode)
			return file, err
		}
		var db *bolt.DB
		err := guard(path, func() (err error) {
			db, err = bolt.Open(path, 0o600, options)
			return err
		})
		if err != nil {
			if file != nil {
				release(file) // bbolt has, unless it panicked
			}
			return nil, openError(path, err)
		}
		if current(file, path) {
			return db, nil
		}
		if err := db.Close(); err != nil {
			return nil, openError(path, err)
		}
	}
}

// current says that path still names the file.
func current(file *os.File, path string) bool {
	opened, err1 := file.Stat()
	named, err2 := os.Stat(path)
	return err1 == nil && err2 == nil && os.SameFile(opened, named)
}

// prepare makes the buckets of a new file and checks those of an old one.
func (s *Store) prepare() error {
	fresh := false
	err := guard(s.path, func() error {
		err := s.db.View(func(tx *bolt.Tx) error {
			meta := tx.Bucket([]byte(bucketMeta))
			if meta != nil {
				return checkSchema(s.path, toNumber(meta.Get(keySchema)))
			}
			first, _ := tx.Cursor().First()
			if fresh = first == nil; !fresh {
				return damaged(s.path, errors.New("a database of another program"))
			}
			return nil
		})
		if err == nil && fresh {
			err = s.db.Update(s.create)
		}
		return err
	})
	if err == nil {
		err = s.resume()
	}
	if err == nil {
		err = s.upgrade()
	}
	if idv.DiskFull(err) {
		return openError(s.path, err)
	}
	return err
}

func (s *Store) create(tx *bolt.Tx) error {
	for _, name := range buckets {
		if _, err := tx.CreateBucket([]byte(name)); err != nil {
			return fmt.Errorf("create %s: %w", name, err)
		}
	}
	return errors.Join(
		tx.Bucket([]byte(bucketMeta)).Put(keySchema, number(schema)),
		s.txn(tx).putState(state{ID: rand.Text(), Serial: s.keys.Serial(), Facts: idv.FactsVersion, Rows: chunkRows}),
	)
}

// Close waits for running transactions and lets go of the file. The keys stay open.
func (s *Store) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	s.files.Lock()
	defer s.files.Unlock()
	_ = s.settle() // a full disk must not keep anybody from closing
	return s.db.Close()
}

// settle writes an empty transaction. When the page that the last transaction
// begins at is damaged, bbolt goes back to the one before without a word: now that
// one has the same data.
func (s *Store) settle() error {
	return guard(s.path, func() error { return s.db.Update(func(*bolt.Tx) error { return nil }) })
}

// ID names this archive; what is derived from it is stamped with it.
func (s *Store) ID() string { return s.id }

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

// toOrdinal reads an ordinal; anything else than one is 0, which no session has.
func toOrdinal(b []byte) uint32 {
	if len(b) != 4 {
		return 0
	}
	return binary.BigEndian.Uint32(b)
}
