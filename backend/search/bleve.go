package search

import (
	"fmt"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"

	"veridesk/backend/seal"
)

// config is how scorch is run. Batches do not wait for the disk: the stamp goes
// with them, so that what a crash loses is known to be missing.
func config() map[string]any {
	return map[string]any{
		"bolt_timeout":           "2s",
		"unsafe_batch":           true,
		"asyncErrorCallbackName": ourCallbacks,
		"eventCallbackName":      ourCallbacks,
		"scorchMergePlanOptions": whileIndexing,
	}
}

// emptyMapping keeps Bleve from analysing: documents come analysed, see
// newDocument.
func emptyMapping() mapping.IndexMapping {
	m := bleve.NewIndexMapping()
	m.DefaultMapping.Enabled = false
	return m
}

// OpenMemory makes an empty index without files, for when there can be none on
// the disk. Give it large batches and not too many sessions (50,000 take some
// 100 MB): Bleve does not merge in memory, and a search asks every batch.
func OpenMemory(archiveID string) (*Index, error) {
	ix := newIndex(&generation{box: unused{}, givenUp: make(chan struct{})}, archiveID)
	ix.fresh = true
	err := guard(func() (err error) {
		ix.bleve, err = bleve.NewUsing("", emptyMapping(), scorch.Name, scorch.Name, nil)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("make search index in memory: %w", err)
	}
	if err := ix.write(0, nothing); err != nil {
		return nil, err
	}
	return ix, nil
}

// unused is the box of an index in memory, for which nothing is sealed.
type unused struct{ seal.Box }

// Used implements seal.Box.
func (unused) Used() uint64 { return 0 }
