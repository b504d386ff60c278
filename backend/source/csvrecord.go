package source

import (
	"bufio"
	"bytes"
	"io"
	"strings"
)

// Cutting a CSV file into records (RFC 4180). encoding/csv does not serve here:
// a broken quote makes it lose its place, and it rewrites CRLF inside a field,
// which an export must repeat.
//
// A record goes on over the end of its line while a quoted field is open. Where
// that leads to no good record (the quote never closes, something stands behind
// the closing quote, the number of fields is wrong), only the record's first
// line is given up as broken and the next record is looked for from its second
// line on. So one stray quote costs one line, not the rest of the file.

const (
	maxLineBytes   = 1 << 20
	maxRecordLines = 50 // a field of the portal's has no more
)

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

	lines  *bufio.Scanner
	behind []string // lines that were read and given back, the next one last
}

func newRecordReader(text io.Reader, end byte) *recordReader {
	lines := bufio.NewScanner(text)
	lines.Buffer(make([]byte, 0, 64<<10), maxLineBytes)
	lines.Split(func(data []byte, atEOF bool) (int, []byte, error) {
		if i := bytes.IndexByte(data, end); i >= 0 {
			return i + 1, data[:i+1], nil
		}
		if atEOF && len(data) > 0 {
			return len(data), data, nil
		}
		return 0, nil, nil
	})
	return &recordReader{lines: lines}
}

// line reads a line with its end.
func (r *recordReader) line() (string, error) {
	if last := len(r.behind) - 1; last >= 0 {
		line := r.behind[last]
		r.behind = r.behind[:last]
		return line, nil
	}
	if r.lines.Scan() {
		return r.lines.Text(), nil
	}
	if err := r.lines.Err(); err != nil {
		return "", err
	}
	return "", io.EOF
}

// giveBack makes lines the next ones to be read, in their order.
func (r *recordReader) giveBack(lines ...string) {
	for i := len(lines) - 1; i >= 0; i-- {
		r.behind = append(r.behind, lines[i])
	}
}

func (r *recordReader) next() csvRecord {
	first, err := r.line()
	if err != nil {
		return csvRecord{err: err}
	}
	fields, state := splitFields(trimLineEnd(first), r.comma)
	if state == recordGood {
		return csvRecord{fields: fields, text: trimLineEnd(first)}
	}
	if state == recordOpen {
		if record, ok := r.longRecord(first); ok {
			return record
		}
	}
	return csvRecord{text: trimLineEnd(first), broken: "broken by a quotation mark that stands alone"}
}

// longRecord reads on from a first line that ends inside a quoted field. If no
// good record comes of it, the lines after the first are given back.
func (r *recordReader) longRecord(first string) (csvRecord, bool) {
	text := first
	var more []string
	for len(more) < maxRecordLines && len(text) < maxLineBytes {
		line, err := r.line()
		if err != nil {
			break // the same error comes again when the lines given back are used up
		}
		more = append(more, line)
		text += line
		if !strings.Contains(line, `"`) {
			continue
		}
		fields, state := splitFields(trimLineEnd(text), r.comma)
		if state == recordGood && (r.width == 0 || len(fields) == r.width) {
			return csvRecord{fields: fields, text: trimLineEnd(text)}, true
		}
		if state != recordOpen {
			break
		}
	}
	r.giveBack(more...)
	return csvRecord{}, false
}

type recordState int

const (
	recordGood   recordState = iota
	recordOpen               // the text ends inside a quoted field
	recordBroken             // a quotation mark where none may be
)

// splitFields cuts a record into its fields.
func splitFields(text string, comma byte) ([]string, recordState) {
	fields := make([]string, 0, 24)
	for {
		var field string
		more := true
		if !strings.HasPrefix(text, `"`) {
			field, text, more = strings.Cut(text, string(comma))
			if strings.Contains(field, `"`) {
				return nil, recordBroken
			}
		} else {
			end := closingQuote(text)
			if end < 0 {
				return nil, recordOpen
			}
			field = strings.ReplaceAll(text[1:end], `""`, `"`)
			text = text[end+1:]
			if more = text != ""; more && text[0] != comma {
				return nil, recordBroken
			}
			text = strings.TrimPrefix(text, string(comma))
		}
		fields = append(fields, field)
		if !more {
			return fields, recordGood
		}
	}
}

// closingQuote finds the end of a field that begins with a quotation mark; two
// in a row stand for one. -1 means that the text ends first.
func closingQuote(text string) int {
	for i := 1; i < len(text); i++ {
		if text[i] != '"' {
			continue
		}
		if i+1 == len(text) || text[i+1] != '"' {
			return i
		}
		i++
	}
	return -1
}

// trimLineEnd takes one line end away.
func trimLineEnd(line string) string {
	if trimmed, ok := strings.CutSuffix(line, "\n"); ok {
		return strings.TrimSuffix(trimmed, "\r")
	}
	return strings.TrimSuffix(line, "\r")
}
