package search

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	bolterrors "go.etcd.io/bbolt/errors"

	"veridesk/backend/idv"
)

// The files in an index's directory.
const (
	metaFile  = "index_meta.json" // Bleve's
	storeDir  = "store"           // Bleve's
	rootFile  = "root.bolt"       // Bleve's, in storeDir: its list of segments
	sumFile   = "closed.sum"      // see writeSum
	doubtFile = "doubt"           // there when an error cast doubt on the index
)

// Open opens the index in dir, or makes it. If it is missing, damaged, of
// another schema version or was made for another archive (archiveID differs) it
// is removed and made anew, empty, at sequence 0: the archive then feeds it
// everything again. Only the index's own files in dir are ever removed.
//
// When another process has the index the error is an *idv.Error with
// idv.CodeInUse; any other error means that dir cannot be read or written.
func Open(dir string, archiveID string) (*Index, error) {
	ix := &Index{dir: dir, archiveID: archiveID}
	err := guard(ix.openExisting)
	switch {
	case err == nil:
		return ix, nil
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, &idv.Error{
			Code:    idv.CodeInUse,
			Message: "Another copy of Veridesk is using the search index. Your archive is as it was.",
			Hint:    "Close the other copy, then try again.",
			Cause:   fmt.Errorf("open search index: %w", err),
		}
	case errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("open search index: %w", err)
	}
	ix.fresh = true
	if err := guard(ix.create); err != nil {
		return nil, fmt.Errorf("make search index: %w", err)
	}
	return ix, nil
}

// openExisting fails if the index is missing or not to be trusted.
func (ix *Index) openExisting() error {
	if _, err := os.Stat(filepath.Join(ix.dir, doubtFile)); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(errors.New("an error cast doubt on it"), err)
	}
	segments, err := checkFiles(ix.dir)
	if err != nil {
		return err
	}
	// From here on the files change.
	if err := os.RemoveAll(filepath.Join(ix.dir, sumFile)); err != nil {
		return err
	}
	opened, err := bleve.OpenUsing(ix.dir, config())
	if err != nil {
		return err
	}
	if err := guard(func() error { return ix.accept(opened, segments) }); err != nil {
		return errors.Join(err, guard(opened.Close))
	}
	ix.bleve = opened
	return nil
}

// accept checks that the index is of this schema and archive, and the newest.
func (ix *Index) accept(opened bleve.Index, segments []string) error {
	snapshot, err := snapshotOf(opened)
	if err != nil {
		return err
	}
	defer snapshot.Close()
	mark, err := parseStamp(snapshot.Internal()[string(stampKey)])
	if err != nil {
		return err
	}
	if mark.archiveID != ix.archiveID {
		return errors.New("made for another archive")
	}
	if err := checkNewest(snapshot, segments); err != nil {
		return err
	}
	ix.seq.Store(mark.seq)
	return nil
}

// create makes the index anew and sees to it that what Bleve does not sync is
// on disk: a file of its own and the directories.
func (ix *Index) create() error {
	for _, name := range []string{metaFile, storeDir, sumFile, doubtFile} {
		if err := os.RemoveAll(filepath.Join(ix.dir, name)); err != nil {
			return err
		}
	}
	mapping := bleve.NewIndexMapping()
	mapping.DefaultMapping.Enabled = false // documents come analysed, see newDocument
	made, err := bleve.NewUsing(ix.dir, mapping, scorch.Name, scorch.Name, config())
	if err != nil {
		return err
	}
	ix.bleve = made
	if err := ix.write(0, func(*bleve.Batch) error { return nil }); err != nil {
		return errors.Join(err, guard(made.Close))
	}
	for _, path := range []string{
		filepath.Join(ix.dir, metaFile), filepath.Join(ix.dir, storeDir), ix.dir, filepath.Dir(ix.dir),
	} {
		if err := syncPath(path); err != nil {
			return errors.Join(err, guard(made.Close))
		}
	}
	return nil
}

// config is how scorch is run. Batches do not wait for the disk: the stamp goes
// with them, so that what a crash loses is known to be missing. Segments are
// merged sooner than by default, for a search asks each of them: at 100,000
// sessions 5 segments in place of 11 take a fifth off the disk and off a long
// word's time, and cost 7 % of the rate of indexing.
func config() map[string]any {
	return map[string]any{
		"bolt_timeout": "2s",
		"unsafe_batch": true,
		"scorchMergePlanOptions": map[string]any{
			"MaxSegmentsPerTier": 4, "SegmentsPerMergeTask": 4, "TierGrowth": 4.0,
			"FloorSegmentSize": 20_000,
		},
	}
}

// Harmless tells errors that say nothing against the index's files.
func Harmless(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, errSlowDisk) || idv.DiskFull(err)
}

// syncPath makes a file, or a directory's list of names, survive a power cut.
func syncPath(path string) error {
	f, err := os.OpenFile(path, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	err = f.Sync()
	if runtime.GOOS == "windows" {
		err = nil // Windows syncs no directory and no file opened for reading, and journals both
	}
	return errors.Join(err, f.Close())
}
