package export

import (
	"archive/zip"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"

	"veridesk/backend/idv"
)

// appName stands in the file as its maker.
const appName = "Veridesk"

// sheetLimits is what one sheet may hold; rows beyond go to the next sheet.
type sheetLimits struct {
	rows int   // with the header
	size int64 // bytes of its XML, about
}

// excelLimits are Excel's own rows, and a size under the 4 GiB above which
// Excel takes the zip file that Go writes for a damaged one.
var excelLimits = sheetLimits{rows: 1_048_576, size: 3 << 30}

// xlsxWriter writes a workbook of one or more sheets of sessions and a sheet
// that explains them. The rows stream through temporary files, and the zip
// straight into out, so the memory does not grow with their number.
type xlsxWriter struct {
	out     io.Writer
	book    *excelize.File
	spill   string // a private folder of this export, removed by Close
	styles  styles
	limits  sheetLimits
	changes changes

	sheet *excelize.StreamWriter // the one being written
	names []string               // of the sheets so far
	total int                    // sessions so far
	row   int                    // the sheet's last row
	size  int64                  // the sheet's bytes so far, about
	cells [len(idv.Columns)]any  // of the row being written
}

// newXLSX begins a workbook. It takes the folder spill over and removes it.
func newXLSX(out io.Writer, spill string, limits sheetLimits) (*xlsxWriter, error) {
	w := &xlsxWriter{out: out, spill: spill, limits: limits, book: excelize.NewFile(excelize.Options{TmpDir: spill})}
	if err := w.begin(); err != nil {
		w.Close()
		return nil, err
	}
	return w, nil
}

func (w *xlsxWriter) begin() error {
	now := time.Now().UTC().Format(time.RFC3339)
	err := w.book.SetDocProps(&excelize.DocProperties{Creator: appName, LastModifiedBy: appName, Created: now, Modified: now})
	if err != nil {
		return err
	}
	if err := w.book.SetAppProps(&excelize.AppProperties{Application: appName}); err != nil {
		return err
	}
	if w.styles, err = newStyles(w.book); err != nil {
		return err
	}
	return w.nextSheet()
}

// Write adds one session, on a new sheet when this one is full.
func (w *xlsxWriter) Write(s idv.Session) error {
	if w.row >= w.limits.rows || w.size >= w.limits.size {
		if err := w.endSheet(); err != nil {
			return err
		}
		if err := w.nextSheet(); err != nil {
			return err
		}
	}
	w.row++
	w.total++
	for i, text := range idv.Cells(s) {
		w.cells[i] = w.cell(i, text, s)
		w.size += 64 + escapedSize(text)
	}
	return w.sheet.SetRow("A"+strconv.Itoa(w.row), w.cells[:])
}

// cell is the value for one cell of the current row. An empty one is left out.
func (w *xlsxWriter) cell(column int, text string, s idv.Session) any {
	switch value := typed(idv.Columns[column], text, s).(type) {
	case time.Time:
		return excelize.Cell{StyleID: w.styles.moment, Value: value}
	case string:
		if value == "" {
			return nil
		}
		value, change := fit(value)
		if change != "" {
			w.changes.add(w.names[len(w.names)-1], column, w.row, change)
		}
		return excelize.Cell{StyleID: w.styles.text, Value: value}
	default:
		return excelize.Cell{Value: value}
	}
}

// Finish zips the workbook into the file.
func (w *xlsxWriter) Finish() (int, error) {
	if err := w.endSheet(); err != nil {
		return 0, err
	}
	if err := w.writeAbout(); err != nil {
		return 0, fmt.Errorf("describe the export: %w", err)
	}
	// By itself excelize would make the whole zip in memory.
	w.book.SetZipWriter(func(io.Writer) excelize.ZipWriter { return zip.NewWriter(w.out) })
	if err := w.book.Write(io.Discard); err != nil {
		return 0, err
	}
	return w.changes.count, nil
}

// Close removes the temporary files with their folder.
func (w *xlsxWriter) Close() {
	_ = w.book.Close()
	_ = os.RemoveAll(w.spill)
}
