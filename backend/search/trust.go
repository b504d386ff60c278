package search

// What tells a good index from a damaged one before it is used. What is sealed
// proves itself when it is read; here is the rest: that the files belong
// together, and are the newest.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/util"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"go.etcd.io/bbolt"

	"veridesk/backend/seal"
)

// schema is the version of everything that decides what is in the index: Terms
// and all that it goes by (fold, romanise, sounds), the fields and how deep terms
// are, and how they are sealed. Raise it with any change of these.
const schema = 4

// stamp says what an index is of and how far it has come. It is kept in Bleve,
// written in the same batch as the documents that it speaks of.
type stamp struct {
	archiveID string
	seq       uint64
	used      uint64 // how often the key has sealed
}

var stampKey = []byte("veridesk")

// bytes: schema (4), seq (8), used (8), archive ID; big-endian.
func (s stamp) bytes() []byte {
	b := binary.BigEndian.AppendUint32(nil, schema)
	b = binary.BigEndian.AppendUint64(b, s.seq)
	b = binary.BigEndian.AppendUint64(b, s.used)
	return append(b, s.archiveID...)
}

func parseStamp(b []byte) (stamp, error) {
	if len(b) < 20 {
		return stamp{}, errors.New("no stamp")
	}
	if version := binary.BigEndian.Uint32(b); version != schema {
		return stamp{}, fmt.Errorf("schema %d, want %d", version, schema)
	}
	return stamp{
		seq: binary.BigEndian.Uint64(b[4:]), used: binary.BigEndian.Uint64(b[12:]), archiveID: string(b[20:]),
	}, nil
}

// A key may seal 2^32 pieces. An index that has come near that on opening starts
// anew with another key. What was sealed behind the last stamp of a run that
// ended in a crash is not known; it is taken to be afterCrash, which a run that
// merges a million sessions does not reach.
const (
	nearlyAll  = math.MaxUint32 / 4 * 3
	afterCrash = 1 << 25
)

// resume counts on from what earlier runs have sealed with the key. The box may
// know of it: it is the same as long as the keys are open.
func (g *generation) resume(used uint64) error {
	if used > nearlyAll {
		return seal.ErrExhausted
	}
	if known := g.box.Used(); known < used {
		g.box.Resume(used - known)
	}
	return nil
}

// checkFiles looks at the files before Bleve does. It returns the names of the
// segments that make up the newest state, and how often the key has sealed, or 0
// when that is not known. Bleve itself would quietly go back to
// an older state if a segment is damaged, and what is written upon that is lost
// at the next opening. It fails with bbolt's ErrTimeout while the index is open.
func (g *generation) checkFiles() (segments []string, used uint64, err error) {
	if segments, err = g.segments(); err != nil {
		return nil, 0, err
	}
	if _, err := os.Stat(filepath.Join(g.dir, doubtFile)); !errors.Is(err, fs.ErrNotExist) {
		return nil, 0, errors.Join(errors.New("something cast doubt on it"), err)
	}
	used, err = g.checkSum(segments)
	return segments, used, err
}

// segments lists the files of the newest state.
func (g *generation) segments() (names []string, err error) {
	list, err := bbolt.Open(filepath.Join(g.dir, storeDir, rootFile), 0o600, &bbolt.Options{
		ReadOnly: true, Timeout: 2 * time.Second,
	})
	if err != nil {
		return nil, err
	}
	defer list.Close()
	err = list.View(func(tx *bbolt.Tx) error {
		names, err = newestSegments(tx)
		return err
	})
	return names, err
}

// newestSegments reads Bleve's list: a bucket a state, ascending, and in each a
// bucket a segment beside those of its settings.
func newestSegments(tx *bbolt.Tx) ([]string, error) {
	states := tx.Bucket(util.BoltSnapshotsBucket)
	if states == nil {
		return nil, errors.New("no list of segments")
	}
	newest, _ := states.Cursor().Last()
	state := states.Bucket(newest)
	if state == nil {
		return nil, errors.New("empty list of segments")
	}
	var names []string
	err := state.ForEachBucket(func(key []byte) error {
		if bytes.Equal(key, util.BoltInternalKey) || bytes.Equal(key, util.BoltMetaDataKey) {
			return nil
		}
		name := string(state.Bucket(key).Get(util.BoltPathKey))
		names = append(names, filepath.Base(name))
		return nil
	})
	slices.Sort(names)
	return names, err
}

// checkNewest reports whether Bleve has opened the state of these segments.
func checkNewest(snapshot *scorch.IndexSnapshot, want []string) error {
	var names []string
	for _, path := range pathsOf(snapshot) {
		names = append(names, filepath.Base(path))
	}
	slices.Sort(names)
	if !slices.Equal(names, want) {
		return fmt.Errorf("segments %v were opened, the newest are %v", names, want)
	}
	return nil
}

// pathsOf lists the files of a snapshot's segments, by the segment's ID.
func pathsOf(snapshot *scorch.IndexSnapshot) map[uint64]string {
	paths := map[uint64]string{}
	for _, s := range snapshot.Segments() {
		if persisted, ok := s.Segment().(segment.PersistedSegment); ok {
			paths[s.Id()] = persisted.Path()
		}
	}
	return paths
}
