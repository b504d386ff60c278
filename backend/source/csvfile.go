package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"

	"veridesk/backend/idv"
)

// An open CSV file: its header, and its rows one by one.

// csvFile is an open file, read up to behind its header.
type csvFile struct {
	path    string
	file    *os.File
	records *recordReader
	header  csvHeader
}

// openCSV opens a file of the portal's. The error is an *idv.Error that does
// not say yet what became of the file.
func openCSV(path string) (*csvFile, error) {
	file, err := openFile(path)
	if err != nil {
		return nil, fileFault(path, err)
	}
	f := &csvFile{path: path, file: file}
	if err := f.readHeader(); err != nil {
		_ = file.Close() // nothing was written
		return nil, err
	}
	return f, nil
}

// openFile opens what can be read more than once. It looks before it opens: to
// open a pipe is to wait for who writes into it. Files that a cloud service
// keeps elsewhere are neither regular nor a stream on Windows, and are read.
func openFile(path string) (*os.File, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errFolder
	case info.Mode()&(fs.ModeNamedPipe|fs.ModeSocket|fs.ModeDevice|fs.ModeCharDevice) != 0:
		return nil, errStream
	}
	return os.Open(path)
}

func (f *csvFile) close() error { return f.file.Close() }

func (f *csvFile) readHeader() error {
	text := decoded(f.file)
	f.records = newRecordReader(text, lineEnd(text))
	line, err := f.headerLine()
	switch {
	case errors.Is(err, io.EOF):
		return emptyFile(f.path)
	case err != nil:
		return readFault(f.path, 0, err)
	case f.records.lines.tooLong(line):
		return notExport(f.path, "its first line is longer than a header can be")
	case looksUTF16(line):
		return notText(f.path, "it seems to be in UTF-16 without a byte order mark")
	case !isText(line):
		return notText(f.path, "its first line holds other bytes")
	}
	if f.records.comma == 0 {
		f.records.comma = delimiter(line)
	}
	f.records.giveBack(line)
	header := f.records.next()
	if header.broken != "" {
		return notExport(f.path, "its first line is "+header.broken)
	}
	var lacking []idv.Column
	if f.header, lacking = newHeader(header.fields); len(lacking) > 0 {
		return missing(f.path, lacking)
	}
	f.records.width = len(header.fields)
	f.records.lines.most = maxRecordBytes
	return nil
}

// headerLine passes over blank lines, and the one that is meant for Excel.
func (f *csvFile) headerLine() (string, error) {
	for {
		line, err := f.records.line()
		if err != nil {
			return "", err
		}
		if comma, told := separatorLine(line); told {
			f.records.comma = comma
		} else if !isBlankLine(line) {
			return line, nil
		}
	}
}

// next reads a row. broken says why it has not the shape of a row; err ends the
// file, io.EOF in peace.
func (f *csvFile) next() (row csvRow, broken, err error) {
	record := f.records.next()
	if record.err != nil {
		return row, nil, record.err
	}
	row = csvRow{header: &f.header, fields: record.fields, text: record.text}
	valid := utf8.ValidString(record.text)
	if !valid {
		row.text = strings.ToValidUTF8(record.text, "\uFFFD")
	}
	switch {
	case record.broken != "":
		broken = &unreadable{reason: record.broken}
	case !valid:
		broken = &unreadable{reason: "is not text in UTF-8; save the file as “CSV UTF-8”"}
	case !f.records.fits(row.fields) && !row.blank():
		broken = &unreadable{reason: fmt.Sprintf("has %d fields, and the header has %d", len(row.fields), f.records.width)}
	}
	return row, broken, nil
}
