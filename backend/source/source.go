// Package source reads identity-verification sessions from where they are:
// a portal's session feed, or a CSV file that the portal exported. A source
// knows nothing of the archive; it hands over what it reads, batch by batch.
package source

import (
	"context"
	"iter"

	"veridesk/backend/idv"
)

// Source is one place that sessions come from.
//
// Every implementation must pass the conformance suite in conformance_test.go.
type Source interface {
	// Name identifies the source from one run to the next ("portal
	// https://api.example.com"). The archive keeps a cursor under it, so it
	// must not change and must not hold a secret. A source without memory, such
	// as a file, has the name "": no cursor is kept for it.
	Name() string

	// Batches reads on from cursor, which is "" at first and afterwards the
	// Cursor of the last batch that was kept. Batches come in the source's own
	// order, some hundred records each; the sequence ends when the source has
	// no more for now. An error ends it too: it is an *idv.Error or the
	// context's, and every batch before it is good. Reading the same records
	// again is harmless; leaving one out is not. What reads many records without
	// waiting for anything calls Give of giveway.Of(ctx) before each.
	Batches(ctx context.Context, cursor string) iter.Seq2[Batch, error]
}

// Batch is a piece of what a source has.
type Batch struct {
	Records  []idv.Record
	Rejected []idv.Rejection // what could not be read, by number and reason; the rest went on
	Cursor   string          // where to read on after this batch; "" if the source has no memory
	Total    int             // how many records the whole run will bring, the same in each batch; 0 if not known
}
