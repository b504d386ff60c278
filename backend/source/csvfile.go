package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"veridesk/backend/idv"
)

// Opening a CSV file: its encoding (UTF-8 with or without a byte order mark,
// UTF-16 with one), its line ends, its delimiter and its header.

// errEncoding is text that is not in the encoding that its file is in.
var errEncoding = errors.New("bytes that are no text in UTF-8")

// csvFile is an open file, read up to behind its header.
type csvFile struct {
	path    string
	file    *os.File
	records *recordReader
	header  csvHeader
}

// openCSV opens a file of the portal's. The error is an *idv.Error.
func openCSV(path string) (*csvFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fileFault(path, err)
	}
	f := &csvFile{path: path, file: file}
	info, err := file.Stat()
	switch {
	case err != nil:
		err = fileFault(path, err)
	case info.IsDir():
		err = fileFault(path, errFolder)
	default:
		err = f.readHeader()
	}
	if err != nil {
		_ = file.Close() // nothing was written
		return nil, err
	}
	return f, nil
}

func (f *csvFile) close() error { return f.file.Close() }

func (f *csvFile) readHeader() error {
	text := decoded(f.file)
	f.records = newRecordReader(text, lineEnd(text))
	line, err := f.records.line()
	if comma, ok := separatorLine(line); ok && err == nil { // a line for Excel before the header
		f.records.comma = comma
		line, err = f.records.line()
	}
	switch {
	case errors.Is(err, io.EOF) && line == "":
		return &idv.Error{
			Code:    idv.CodeInvalid,
			Message: "The file " + f.path + " is empty. Nothing was imported.",
			Hint:    "Export the sessions from the portal once more.",
		}
	case err != nil:
		return f.unreadable(0, err)
	case !utf8.ValidString(line) || strings.Contains(line, "\x00"):
		return f.unreadable(0, errEncoding)
	}
	if f.records.comma == 0 {
		f.records.comma = delimiter(line)
	}
	f.records.giveBack(line)
	header := f.records.next()
	if header.broken != "" {
		return notExport(f.path, "its first line is "+header.broken+".")
	}
	var lacking []idv.Column
	if f.header, lacking = newHeader(header.fields); len(lacking) > 0 {
		return missing(f.path, lacking)
	}
	f.records.width = len(header.fields)
	return nil
}

// next reads a row. broken says why it has not the shape of a row; err ends the
// file, io.EOF in peace.
func (f *csvFile) next() (row csvRow, broken, err error) {
	record := f.records.next()
	switch {
	case record.err != nil:
		return row, nil, record.err
	case !utf8.ValidString(record.text):
		return row, nil, errEncoding
	}
	row = csvRow{header: &f.header, fields: record.fields, text: record.text}
	if record.broken != "" {
		return row, &unreadable{reason: record.broken}, nil
	}
	if got := len(row.fields); got != f.records.width && !row.blank() {
		return row, &unreadable{reason: fmt.Sprintf("has %d fields, and the header has %d", got, f.records.width)}, nil
	}
	return row, nil, nil
}

// unreadable explains what ended the reading of the file. row 0 is the header.
func (f *csvFile) unreadable(row int, err error) error {
	place := fmt.Sprintf("row %d", row)
	if row == 0 {
		place = "its first line"
	}
	switch {
	case errors.Is(err, errEncoding):
		return &idv.Error{
			Code:    idv.CodeInvalid,
			Message: fmt.Sprintf("The file %s is not text in UTF-8: %s holds other bytes. Nothing was imported.", f.path, place),
			Hint:    "Import the file as the portal gave it, or save it as “CSV UTF-8” in your spreadsheet program.",
		}
	case errors.Is(err, bufio.ErrTooLong):
		return notExport(f.path, place+" is longer than a line can be.")
	default:
		return &idv.Error{
			Code:    idv.CodeInvalid,
			Message: fmt.Sprintf("The file %s cannot be read on from %s. What was imported before stays.", f.path, place),
			Hint:    "Copy the file to this computer's own disk and import it again. Rows that come twice do no harm.",
			Cause:   err,
		}
	}
}

// decoded is the file as UTF-8, without a byte order mark.
func decoded(file io.Reader) *bufio.Reader {
	text := bufio.NewReaderSize(file, 64<<10)
	mark, _ := text.Peek(3) // an error comes again when the text is read
	endian := unicode.LittleEndian
	switch {
	case bytes.HasPrefix(mark, []byte("\xef\xbb\xbf")):
		_, _ = text.Discard(3)
		return text
	case bytes.HasPrefix(mark, []byte("\xfe\xff")):
		endian = unicode.BigEndian
	case !bytes.HasPrefix(mark, []byte("\xff\xfe")):
		return text
	}
	return bufio.NewReaderSize(unicode.UTF16(endian, unicode.UseBOM).NewDecoder().Reader(text), 64<<10)
}

// lineEnd is '\n', for LF and CRLF, or '\r' for the files of old Macs.
func lineEnd(text *bufio.Reader) byte {
	start, _ := text.Peek(32 << 10)
	at := bytes.IndexAny(start, "\r\n")
	if at >= 0 && at < len(start)-1 && start[at] == '\r' && start[at+1] != '\n' {
		return '\r'
	}
	return '\n'
}

// separatorLine reads the line "sep=;" by which Excel is told the delimiter.
func separatorLine(line string) (comma byte, ok bool) {
	line = strings.Trim(strings.TrimRight(line, "\r\n"), `"`)
	if len(line) != 5 || !strings.EqualFold(line[:4], "sep=") || line[4] >= utf8.RuneSelf || line[4] == '"' {
		return 0, false
	}
	return line[4], true
}

// delimiter is what stands most often in the header; no column's name has one.
func delimiter(header string) byte {
	best, most := byte(','), 0
	for _, comma := range []byte{',', ';', '\t'} {
		if n := strings.Count(header, string(comma)); n > most {
			best, most = comma, n
		}
	}
	return best
}
