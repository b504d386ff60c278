package source

import (
	"context"
	"errors"
	"io"
	"iter"

	"veridesk/backend/giveway"
	"veridesk/backend/idv"
)

// The portal's CSV export, as the portal writes it or as a spreadsheet program
// has saved it since: see csvtext.go for encodings and delimiters, csvrecord.go
// for broken rows, dates.go and csvtimes.go for the spellings of dates.

// A batch ends when it has one or the other: rows of ordinary length are many,
// and a batch of the longest must still fit into memory.
const (
	csvBatch      = 500     // rows
	csvBatchBytes = 4 << 20 // of their text
)

// CSV is a file that the portal exported. It is read in two passes, the first
// of which counts the rows and learns the file's day order, and never held in
// memory.
type CSV struct{ path string }

var _ Source = (*CSV)(nil)

// NewCSV looks at the file to see that it is the portal's: its header must have
// all 24 columns, in any order. It keeps no file open, so that a caller can look
// at many files before it reads the first.
func NewCSV(path string) (*CSV, error) {
	file, err := openCSV(path)
	if err != nil {
		return nil, ending(err, nothingImported)
	}
	return &CSV{path}, file.close()
}

// Name is "": a file has no memory.
func (c *CSV) Name() string { return "" }

// Batches reads the file from its beginning, whatever the cursor. A row that
// cannot be read is rejected by its number, blank rows not counted.
func (c *CSV) Batches(ctx context.Context, _ string) iter.Seq2[Batch, error] {
	return func(yield func(Batch, error) bool) {
		total, order, err := c.survey(ctx)
		if err != nil {
			yield(Batch{}, ending(err, nothingOfIt))
			return
		}
		batch, size := Batch{Total: total}, 0
		wanted := true // the consumer wants more
		err = c.rows(ctx, func(number int, row csvRow, broken error) bool {
			c.add(&batch, number, row, broken, order)
			size += len(row.text)
			if len(batch.Records)+len(batch.Rejected) == csvBatch || size >= csvBatchBytes {
				wanted = yield(batch, nil)
				batch, size = Batch{Total: total}, 0
			}
			return wanted
		})
		switch {
		case !wanted:
		case err != nil:
			yield(Batch{}, ending(err, beforeStays))
		case len(batch.Records)+len(batch.Rejected) > 0:
			yield(batch, nil)
		}
	}
}

func (c *CSV) add(batch *Batch, number int, row csvRow, broken error, order dayOrder) {
	session, err := idv.Session{}, broken
	if err == nil {
		session, err = row.session(order)
	}
	if err != nil {
		batch.Rejected = append(batch.Rejected, rejection(c.path, number, err, row.text))
		return
	}
	batch.Records = append(batch.Records, idv.Record{Session: session})
}

// survey is the first pass.
func (c *CSV) survey(ctx context.Context) (total int, order dayOrder, err error) {
	var votes orderVotes
	err = c.rows(ctx, func(number int, row csvRow, broken error) bool {
		total = number
		if broken == nil {
			votes.count(row)
		}
		return true
	})
	return total, votes.order(), err
}

// rows calls each for every row that is not blank, numbered from 1, until it
// says to stop. A row of the wrong shape comes with the reason.
func (c *CSV) rows(ctx context.Context, each func(number int, row csvRow, broken error) bool) error {
	file, err := openCSV(c.path)
	if err != nil {
		return err
	}
	defer file.close()
	way := giveway.Of(ctx)
	for number := 1; ; {
		way.Give()
		if err := ctx.Err(); err != nil {
			return err
		}
		row, broken, err := file.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return readFault(c.path, number, err)
		case row.blank():
			continue
		case !each(number, row, broken):
			return nil
		}
		number++
	}
}
