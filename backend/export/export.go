// Package export writes sessions into a spreadsheet file, the portal's 24
// columns as CSV or as XLSX. The file appears under its name whole or not at
// all: see target.
package export

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"strings"

	"veridesk/backend/idv"
)

// Format is a kind of file.
type Format string

// The formats.
const (
	CSV  Format = "csv"
	XLSX Format = "xlsx"
)

// ParseFormat reads a format as a person writes it, in any case.
func ParseFormat(s string) (Format, error) {
	switch f := Format(strings.ToLower(strings.TrimSpace(s))); f {
	case CSV, XLSX:
		return f, nil
	default:
		return "", &idv.Error{
			Code:    idv.CodeUsage,
			Message: fmt.Sprintf("There is no export format %q. Nothing was written.", s),
			Hint:    "The formats are csv and xlsx.",
		}
	}
}

// Chosen is the path that a user chose in a save dialog, with the extension that
// the dialog may leave out. The dialog has asked before replacing a file of the
// name that it gives, and of no other: replace says whether that holds.
func Chosen(named string, f Format) (path string, replace bool) {
	if filepath.Ext(named) != "" {
		return named, true
	}
	return named + "." + string(f), false
}

// Job is one export.
type Job struct {
	Path   string // where the file goes; its folder must exist
	Format Format
	Force  bool                          // replace a file that is there already
	Rows   iter.Seq2[idv.Session, error] // in the order they are to be written
	Total  int                           // how many rows will come, for the progress; 0 if not known

	// Before hears of the file when it is whole and has no name yet; an error of it
	// ends the export without a file. It may be nil.
	Before func(idv.Exported) error
	// Report hears of the progress: at most 10 times a second, and once at the
	// end. It may be nil. It is called on Run's own goroutine.
	Report func(idv.Progress)
}

// Writer puts sessions into one file format.
type Writer interface {
	// Write adds one session.
	Write(idv.Session) error
	// Finish writes what is still to be written and says how many cells hold
	// something else than the session, because the format cannot hold that.
	Finish() (altered int, err error)
	// Close gives back what the writer took from the system. It must be called
	// whether or not Finish was.
	Close()
}

// Run writes the rows into the file. Its errors are *idv.Error, except those of
// Rows, which pass through as they are. After any error there is nothing new in
// the folder, and a file that was there is as it was.
//
// An XLSX keeps its rows, unsealed, in a private hidden folder beside the file
// until the last one is known: what is written in clear lies where the user
// wanted it, on a disk that has to have the room anyway. Whatever happens, a Run
// that ends leaves nothing; what a killed one leaves the next one there removes.
func Run(ctx context.Context, job Job) (idv.Exported, error) {
	out, err := newTarget(ctx, job.Path, job.Force)
	if err != nil {
		return idv.Exported{}, err
	}
	defer out.discard()

	rows, altered, err := job.write(ctx, out)
	if err != nil {
		return idv.Exported{}, err
	}
	sum, err := out.commit(func(sum string) error {
		if job.Before == nil {
			return nil
		}
		return job.Before(idv.Exported{File: job.Path, Rows: rows, SHA256: sum, Altered: altered})
	})
	if err != nil {
		return idv.Exported{}, writeError(job.Path, err)
	}
	return idv.Exported{File: job.Path, Rows: rows, SHA256: sum, Altered: altered}, nil
}

func (job Job) write(ctx context.Context, out *target) (rows, altered int, err error) {
	w, err := job.newWriter(out)
	if err != nil {
		return 0, 0, writeError(job.Path, err)
	}
	defer w.Close()
	meter := idv.NewMeter(job.Report)
	defer meter.Close()
	meter.Count(idv.Progress{Phase: idv.PhaseWriting, Total: job.Total})

	for s, err := range job.Rows {
		switch {
		case ctx.Err() != nil:
			return 0, 0, writeError(job.Path, ctx.Err())
		case err != nil:
			return 0, 0, err
		}
		if err := w.Write(s); err != nil {
			return 0, 0, writeError(job.Path, err)
		}
		rows++
		meter.Count(idv.Progress{Phase: idv.PhaseWriting, Done: rows, Total: job.Total})
	}
	altered, err = w.Finish()
	if err != nil {
		return 0, 0, writeError(job.Path, err)
	}
	return rows, altered, nil
}

func (job Job) newWriter(out *target) (Writer, error) {
	switch job.Format {
	case CSV:
		return newCSV(out), nil
	case XLSX:
		spill, err := newSpill(out.file.Name())
		if err != nil {
			return nil, err
		}
		return newXLSX(out, spill, excelLimits)
	default:
		_, err := ParseFormat(string(job.Format))
		return nil, err
	}
}
