package source

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"iter"
	"strings"

	"veridesk/backend/idv"
)

// The portal's CSV export, as the portal writes it or as a spreadsheet program
// has saved it since: see csvfile.go for encodings and delimiters, csvrecord.go
// for broken rows, dates.go and csvtimes.go for the spellings of dates.

// csvBatch is how many rows go into one batch.
const csvBatch = 500

// CSV is a file that the portal exported. It is read in two passes, the first
// of which counts the rows and learns the file's day order, and never held in
// memory.
type CSV struct{ path string }

var _ Source = (*CSV)(nil)

// NewCSV opens the file to see that it is the portal's: its header must have
// all 24 columns, in any order.
func NewCSV(path string) (*CSV, error) {
	file, err := openCSV(path)
	if err != nil {
		return nil, err
	}
	return &CSV{path}, file.close()
}

// Name is "": a file has no memory.
func (c *CSV) Name() string { return "" }

// Batches reads the file from its beginning, whatever the cursor. A file that
// is not text in a known encoding ends it before the first batch; a row that
// cannot be read is rejected by its number, blank rows not counted.
func (c *CSV) Batches(ctx context.Context, _ string) iter.Seq2[Batch, error] {
	return func(yield func(Batch, error) bool) {
		total, order, err := c.survey(ctx)
		if err != nil {
			yield(Batch{}, err)
			return
		}
		batch := Batch{Total: total}
		wanted := true // the consumer wants more
		err = c.rows(ctx, func(number int, row csvRow, broken error) bool {
			c.add(&batch, number, row, broken, order)
			if len(batch.Records)+len(batch.Rejected) == csvBatch {
				wanted = yield(batch, nil)
				batch = Batch{Total: total}
			}
			return wanted
		})
		switch {
		case !wanted:
		case err != nil:
			yield(Batch{}, err)
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
	for number := 1; ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		row, broken, err := file.next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return file.unreadable(number, err)
		case row.blank():
			continue
		case !each(number, row, broken):
			return nil
		}
		number++
	}
}

// errFolder is a folder where a file should be.
var errFolder = errors.New("is a folder")

// fileFault explains why a file cannot be opened.
func fileFault(path string, err error) *idv.Error {
	fault := &idv.Error{
		Code:    idv.CodeInvalid,
		Message: "The file " + path + " could not be opened. Nothing was imported.",
		Hint:    "Check that it is a file that this computer can read, then import it again.",
		Cause:   err,
	}
	switch {
	case errors.Is(err, errFolder):
		fault.Message = path + " is a folder, not a file. Nothing was imported."
		fault.Hint = "Choose the CSV files in it."
	case errors.Is(err, fs.ErrNotExist):
		fault.Code = idv.CodeNotFound
		fault.Message = "There is no file " + path + ". Nothing was imported."
		fault.Hint = "Check the name and the folder."
	case errors.Is(err, fs.ErrPermission):
		fault.Message = "You have no right to read the file " + path + ". Nothing was imported."
		fault.Hint = "Ask its owner for the right to read it, or copy it to a folder of yours."
	}
	return fault
}

// notExport says that a file is not the portal's.
func notExport(path, why string) *idv.Error {
	return &idv.Error{
		Code:    idv.CodeInvalid,
		Message: "The file " + path + " is not the portal's export: " + why + " Nothing was imported.",
		Hint:    "Export the sessions from the portal as CSV once more, and import that file as it is.",
	}
}

// missing names every column that a header lacks.
func missing(path string, columns []idv.Column) *idv.Error {
	word := "it lacks the columns "
	if len(columns) == 1 {
		word = "it lacks the column "
	}
	return notExport(path, word+strings.Join(columns, ", ")+".")
}
