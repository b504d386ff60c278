package source

import (
	"bufio"
	"errors"
	"io"
)

// Cutting a text into lines of bounded length.

const (
	maxHeaderBytes = 1 << 20
	maxRecordBytes = 16 << 20 // a spreadsheet's cell has 32 KiB at most, the portal's rows far less
)

// lineReader reads a text line by line. It never holds more than one line, and
// of a line longer than most only the beginning.
type lineReader struct {
	text    *bufio.Reader
	end     byte
	most    int
	passing bool  // over what is left of a line that was too long
	err     error // how the text ended
}

// next reads a line with its end. One that is longer than most comes as its
// first most+1 bytes: see tooLong.
func (l *lineReader) next() (string, error) {
	var line []byte
	for l.err == nil {
		part, err := l.text.ReadSlice(l.end)
		ended := err == nil
		if !errors.Is(err, bufio.ErrBufferFull) {
			l.err = err
		}
		switch {
		case l.passing:
			l.passing = !ended
			continue
		case len(line)+len(part) > l.most:
			l.passing = !ended
			return string(append(line, part...)[:l.most+1]), nil
		case ended && line == nil:
			return string(part), nil
		}
		if line = append(line, part...); ended {
			return string(line), nil
		}
	}
	if len(line) > 0 && errors.Is(l.err, io.EOF) {
		return string(line), nil
	}
	return "", l.err
}

func (l *lineReader) tooLong(line string) bool { return len(line) > l.most }
