package source

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// What a CSV file is written in: its encoding (UTF-8 with or without a byte
// order mark, UTF-16 with one), its line ends and its delimiter.

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

// looksUTF16 tells a line of English words in UTF-16 by its zero bytes: every
// other one is.
func looksUTF16(line string) bool { return strings.Count(line, "\x00")*3 > len(line) }

// isText reports whether a line is text in UTF-8.
func isText(line string) bool { return utf8.ValidString(line) && !strings.Contains(line, "\x00") }

// lineEnd is '\n', for LF and CRLF, or '\r' for the files of old Macs.
func lineEnd(text *bufio.Reader) byte {
	start, _ := text.Peek(32 << 10)
	at := bytes.IndexAny(start, "\r\n")
	if at >= 0 && at < len(start)-1 && start[at] == '\r' && start[at+1] != '\n' {
		return '\r'
	}
	return '\n'
}

// isBlankLine reports a line that holds nothing but delimiters, as spreadsheets
// leave them above a table.
func isBlankLine(line string) bool { return strings.Trim(line, " \t\r\n,;|\"") == "" }

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
