package search

// What tells a good index from a damaged one, as long as its files carry no
// authentication of their own: Bleve does not check its checksums when it reads.

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/util"
	segment "github.com/blevesearch/scorch_segment_api/v2"
	"go.etcd.io/bbolt"
)

// schema is the version of everything that decides what is in the index: fold,
// Terms, the fields and their grams. Raise it with any change of these.
const schema = 1

// stamp says what an index is of and how far it has come. It is kept in Bleve,
// written in the same batch as the documents that it speaks of.
type stamp struct {
	archiveID string
	seq       uint64
}

var stampKey = []byte("veridesk")

// bytes: schema (4), seq (8), archive ID, CRC-32 of all that (4); big-endian.
func (s stamp) bytes() []byte {
	b := binary.BigEndian.AppendUint32(nil, schema)
	b = binary.BigEndian.AppendUint64(b, s.seq)
	b = append(b, s.archiveID...)
	return binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b))
}

func parseStamp(b []byte) (stamp, error) {
	if len(b) < 16 {
		return stamp{}, errors.New("no stamp")
	}
	body := b[:len(b)-4]
	if crc32.ChecksumIEEE(body) != binary.BigEndian.Uint32(b[len(body):]) {
		return stamp{}, errors.New("damaged stamp")
	}
	if version := binary.BigEndian.Uint32(body); version != schema {
		return stamp{}, fmt.Errorf("schema %d, want %d", version, schema)
	}
	return stamp{seq: binary.BigEndian.Uint64(body[4:]), archiveID: string(body[12:])}, nil
}

// checkFiles looks at the files before Bleve does, and returns the names of the
// segments that make up the newest state. Bleve itself would quietly go back to
// an older state if a segment is damaged, and what is written upon that is lost
// at the next opening. It fails with bbolt's ErrTimeout while the index is open.
func checkFiles(dir string) ([]string, error) {
	list, err := bbolt.Open(filepath.Join(dir, storeDir, rootFile), 0o600, &bbolt.Options{
		ReadOnly: true, Timeout: 2 * time.Second,
	})
	if err != nil {
		return nil, err
	}
	defer list.Close()
	if err := checkSum(dir); err != nil {
		return nil, err
	}
	var names []string
	if err := list.View(func(tx *bbolt.Tx) (err error) {
		names, err = newestSegments(tx)
		return err
	}); err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := checkSegment(filepath.Join(dir, storeDir, name)); err != nil {
			return nil, fmt.Errorf("segment %s: %w", name, err)
		}
	}
	return names, nil
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
	for _, s := range snapshot.Segments() {
		if persisted, ok := s.Segment().(segment.PersistedSegment); ok {
			names = append(names, filepath.Base(persisted.Path()))
		}
	}
	slices.Sort(names)
	if !slices.Equal(names, want) {
		return fmt.Errorf("segments %v were opened, the newest are %v", names, want)
	}
	return nil
}

// checkSegment compares a segment's file with the CRC-32 at its end.
func checkSegment(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyN(sum, f, info.Size()-4); err != nil {
		return err
	}
	var want [4]byte
	if _, err := io.ReadFull(f, want[:]); err != nil {
		return err
	}
	if sum.Sum32() != binary.BigEndian.Uint32(want[:]) {
		return errors.New("checksum does not match")
	}
	return nil
}

// writeSum keeps a checksum of Bleve's two files that have none of their own, its
// settings and its list of segments, once they are closed and will not change.
func writeSum(dir string) error {
	sum, err := filesSum(dir)
	if err != nil {
		return fmt.Errorf("sum up search index: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, sumFile), sum, 0o600); err != nil {
		return fmt.Errorf("sum up search index: %w", err)
	}
	return nil
}

// checkSum compares the two files with what writeSum kept. After a crash there is
// no sum, and the list is as good as bbolt's promise to survive one.
func checkSum(dir string) error {
	kept, err := os.ReadFile(filepath.Join(dir, sumFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	sum, err := filesSum(dir)
	if err != nil {
		return err
	}
	if !bytes.Equal(kept, sum) {
		return errors.New("list of segments or settings do not match their checksum")
	}
	return nil
}

func filesSum(dir string) ([]byte, error) {
	sum := sha256.New()
	for _, name := range []string{metaFile, filepath.Join(storeDir, rootFile)} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		sum.Write(content)
	}
	return sum.Sum(nil), nil
}
