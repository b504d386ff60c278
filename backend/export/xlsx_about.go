package export

import (
	"fmt"
	"strconv"

	"github.com/xuri/excelize/v2"

	"veridesk/backend/idv"
)

// maxListed is how many changed cells the sheet About lists one by one.
const maxListed = 1000

// changes are the cells that hold something else than the session.
type changes struct {
	count  int
	listed [][]string // sheet, cell, column, what was changed
}

func (c *changes) add(sheet string, column, row int, what string) {
	c.count++
	if len(c.listed) < maxListed {
		name, _ := excelize.ColumnNumberToName(column + 1) // columns are the portal's 24
		c.listed = append(c.listed, []string{sheet, name + strconv.Itoa(row), idv.Columns[column], what})
	}
}

// writeAbout adds the sheet that explains the others.
func (w *xlsxWriter) writeAbout() error {
	const about = "About"
	if _, err := w.book.NewSheet(about); err != nil {
		return err
	}
	if err := w.book.SetSheetDimension(about, ""); err != nil {
		return err
	}
	sheet, err := w.book.NewStreamWriter(about)
	if err != nil {
		return err
	}
	for i, width := range []float64{18, 18, 20, 80} {
		if err := sheet.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	for i, line := range w.aboutLines() {
		cells := make([]any, len(line))
		for j, text := range line {
			cells[j] = excelize.Cell{StyleID: w.styles.text, Value: text}
		}
		if err := sheet.SetRow("A"+strconv.Itoa(i+1), cells); err != nil {
			return err
		}
	}
	return sheet.Flush()
}

func (w *xlsxWriter) aboutLines() [][]string {
	lines := [][]string{
		{"Made by", appName},
		{"Sessions", strconv.Itoa(w.total)},
		{"Sheets", fmt.Sprintf("%d. A sheet holds at most %d sessions; those beyond follow on the next sheet.", len(w.names), w.limits.rows-1)},
		{"Times", "All times are in UTC."},
		{"Spelling", "What was not understood as a date, a time or a number stands as text, as the portal wrote it."},
		{"Changed cells", strconv.Itoa(w.changes.count)},
		{},
		{"Column", "Content"},
	}
	for _, column := range idv.Columns {
		lines = append(lines, []string{column, layouts[column].about})
	}
	if w.changes.count == 0 {
		return lines
	}
	lines = append(lines, nil, []string{"Sheet", "Changed cell", "Column", "Change"})
	lines = append(lines, w.changes.listed...)
	if more := w.changes.count - len(w.changes.listed); more > 0 {
		lines = append(lines, []string{"", "", "", fmt.Sprintf("%d more cells were changed in these ways.", more)})
	}
	return lines
}
