package source

import (
	"bufio"
	"fmt"
	"slices"
	"strings"
)

// Cutting a CSV file into records, the broken ones among them.
//
// A record goes on over the end of its line while a quoted field is open. Where
// that leads to no good record (the quote never closes, something stands behind
// the closing quote, the number of fields is wrong), only the record's first
// line is given up as broken and the next record is looked for from its second
// line on. So one stray quote costs one line, not the rest of the file.
//
// Such an attempt cannot make a file with many stray quotes slow: the lines
// between the one that opens it and the one that ends it have their quotation
// marks in pairs, so none of them opens an attempt of its own.

// csvRecord is one record as it was cut.
type csvRecord struct {
	fields []string
	text   string // the record itself, without its line end
	broken string // why it is none; fields is nil then
	err    error  // the end of the file, or a fault in reading it; all else is empty then
}

type recordReader struct {
	comma byte
	width int // fields in a good record; 0 not known yet

	lines  lineReader
	behind []string // lines that were read and given back, the next one last
}

func newRecordReader(text *bufio.Reader, end byte) *recordReader {
	return &recordReader{lines: lineReader{text: text, end: end, most: maxHeaderBytes}}
}

// line reads a line with its end.
func (r *recordReader) line() (string, error) {
	if last := len(r.behind) - 1; last >= 0 {
		line := r.behind[last]
		r.behind[last] = "" // free it
		r.behind = r.behind[:last]
		return line, nil
	}
	return r.lines.next()
}

// giveBack makes lines the next ones to be read, in their order.
func (r *recordReader) giveBack(lines ...string) {
	for _, line := range slices.Backward(lines) {
		r.behind = append(r.behind, line)
	}
}

func (r *recordReader) next() csvRecord {
	first, err := r.line()
	switch {
	case err != nil:
		return csvRecord{err: err}
	case r.lines.tooLong(first):
		return r.overlong(first)
	}
	c := newCutter(r.comma)
	switch c.cut(first) {
	case recordGood:
		return csvRecord{fields: c.fields, text: trimLineEnd(first)}
	case recordOpen:
		if record, ok := r.readOn(c, first); ok {
			return record
		}
	}
	return csvRecord{text: trimLineEnd(first), broken: "broken by a quotation mark that stands alone"}
}

// readOn reads on behind a first line that ends inside a quoted field. If no
// record comes of it, the lines after the first are given back.
func (r *recordReader) readOn(c *cutter, first string) (csvRecord, bool) {
	var more []string
	size := len(first)
	for {
		line, err := r.line()
		if err != nil {
			break // the same error comes again when the lines given back are used up
		}
		more = append(more, line)
		if size += len(line); size > r.lines.most {
			if slices.ContainsFunc(more, r.isRow) {
				break
			}
			r.passField(line)
			return r.overlong(first), true
		}
		state := c.cut(line)
		if state == recordGood && r.fits(c.fields) {
			return csvRecord{fields: c.fields, text: trimLineEnd(first + strings.Join(more, ""))}, true
		}
		if state != recordOpen {
			break
		}
	}
	r.giveBack(more...)
	return csvRecord{}, false
}

// passField passes over the rest of a record that is too long to be kept, up to
// the line that closes its quoted field, or to one that is a row by itself: no
// good row may be lost to a quote that never closes.
func (r *recordReader) passField(line string) {
	for strings.Count(line, `"`)%2 == 0 {
		var err error
		if line, err = r.line(); err != nil {
			return // the same error comes again
		}
		if r.isRow(line) {
			r.giveBack(line)
			return
		}
	}
}

// overlong is a record of which only the beginning was kept.
func (r *recordReader) overlong(first string) csvRecord {
	const kept = 64 << 10
	return csvRecord{
		text:   trimLineEnd(first[:min(len(first), kept)]),
		broken: fmt.Sprintf("longer than %d MiB; only its beginning is kept", r.lines.most>>20),
	}
}

// isRow reports whether a line is a good row by itself.
func (r *recordReader) isRow(line string) bool {
	if r.lines.tooLong(line) {
		return false
	}
	c := newCutter(r.comma)
	return c.cut(line) == recordGood && r.fits(c.fields)
}

// fits reports whether a record has the fields of the header. Spreadsheets put
// empty ones behind them.
func (r *recordReader) fits(fields []string) bool {
	return r.width == 0 || len(fields) >= r.width && blankFields(fields[r.width:])
}
