package export

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"veridesk/backend/idv"
)

// sheetName is what the sheets of sessions are called; from the second on with
// their number.
const sheetName = "Sessions"

// nextSheet begins a sheet: widths, frozen header, header.
func (w *xlsxWriter) nextSheet() error {
	name := sheetName
	var err error
	if len(w.names) == 0 {
		err = w.book.SetSheetName("Sheet1", name)
	} else {
		name = fmt.Sprintf("%s %d", sheetName, len(w.names)+1)
		_, err = w.book.NewSheet(name)
	}
	if err != nil {
		return fmt.Errorf("make sheet %q: %w", name, err)
	}
	// An empty workbook says that its used range is A1, and some readers believe it.
	if err := w.book.SetSheetDimension(name, ""); err != nil {
		return err
	}
	if w.sheet, err = w.book.NewStreamWriter(name); err != nil {
		return err
	}
	w.names, w.row, w.size = append(w.names, name), 1, 0
	if err := w.layOut(); err != nil {
		return fmt.Errorf("lay out sheet %q: %w", name, err)
	}
	return w.sheet.SetRow("A1", w.header())
}

func (w *xlsxWriter) layOut() error {
	for i, column := range idv.Columns {
		if err := w.sheet.SetColWidth(i+1, i+1, layouts[column].width); err != nil {
			return err
		}
	}
	return w.sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
}

func (w *xlsxWriter) header() []any {
	header := make([]any, len(idv.Columns))
	for i, column := range idv.Columns {
		header[i] = excelize.Cell{StyleID: w.styles.header, Value: column}
	}
	return header
}

// endSheet puts a filter on the rows and writes the sheet's last bytes.
func (w *xlsxWriter) endSheet() error {
	name := w.names[len(w.names)-1]
	lastColumn, err := excelize.ColumnNumberToName(len(idv.Columns))
	if err != nil {
		return err
	}
	if err := w.book.AutoFilter(name, "A1:"+lastColumn+strconv.Itoa(w.row), nil); err != nil {
		return fmt.Errorf("filter sheet %q: %w", name, err)
	}
	return w.sheet.Flush()
}

// styles are the workbook's cell styles, by their number in it.
type styles struct{ header, text, moment int }

func newStyles(book *excelize.File) (s styles, err error) {
	const textFormat = 49 // Excel's built-in format "@"
	timeFormat := "yyyy-mm-dd hh:mm:ss"
	for _, want := range []struct {
		id    *int
		style excelize.Style
	}{
		{&s.header, excelize.Style{Font: &excelize.Font{Bold: true}}},
		{&s.text, excelize.Style{NumFmt: textFormat}},
		{&s.moment, excelize.Style{CustomNumFmt: &timeFormat}},
	} {
		if *want.id, err = book.NewStyle(&want.style); err != nil {
			return s, fmt.Errorf("make style: %w", err)
		}
	}
	return s, nil
}
