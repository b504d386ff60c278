package export

import (
	"bufio"
	"io"
	"strings"

	"veridesk/backend/idv"
)

// csvWriter writes RFC 4180: CRLF after each row, every field quoted. The byte
// order mark tells Excel that the text is UTF-8. The cells are exact: what the
// portal wrote, line breaks and leading equals signs included.
type csvWriter struct {
	buf *bufio.Writer // keeps the first error, so only the last write of a row is checked
}

func newCSV(out io.Writer) *csvWriter {
	w := &csvWriter{buf: bufio.NewWriterSize(out, 1<<16)}
	_, _ = w.buf.WriteString("\uFEFF")
	_ = w.row(idv.Columns)
	return w
}

// Write adds one session.
func (w *csvWriter) Write(s idv.Session) error { return w.row(idv.Cells(s)) }

// Finish writes what is buffered. CSV holds every cell, so none is altered.
func (w *csvWriter) Finish() (int, error) { return 0, w.buf.Flush() }

// Close has nothing to give back.
func (w *csvWriter) Close() {}

// row exists because encoding/csv quotes only the fields that need it, and
// turns a lone line feed inside a field into CRLF.
func (w *csvWriter) row(cells [24]string) error {
	separator := `"`
	for _, cell := range cells {
		_, _ = w.buf.WriteString(separator)
		_, _ = w.buf.WriteString(strings.ReplaceAll(cell, `"`, `""`))
		separator = `","`
	}
	_, err := w.buf.WriteString("\"\r\n")
	return err
}
