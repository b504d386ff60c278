package export

import (
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// maxCellUnits is the most UTF-16 units that Excel keeps in a cell.
const maxCellUnits = 32767

// The marks where a cell does not hold the whole text. They can be seen, and
// searched for.
const (
	lostMark = "\uFFFD"
	cutMark  = "…"
)

// What fit did to a text, as the sheet About says it.
const (
	changeLost = "Characters that a workbook cannot hold are shown as \uFFFD."
	changeCut  = "Cut after 32,766 characters, the most that a cell can hold; the cut is marked with …"
	changeBoth = changeLost + " " + changeCut
)

// misread is text that looks like a workbook's own notation for characters,
// in the two forms that excelize does not protect: overlapping, and half of a
// pair of surrogates. Excel would show other characters in its place.
var misread = regexp.MustCompile(`_x[0-9A-Fa-f]{4}_x[0-9A-Fa-f]{4}_|_x[dD][89A-Fa-f][0-9A-Fa-f]{2}_`)

// fit is the text as a cell can hold it, and what was changed, "" for nothing.
func fit(s string) (fitted, change string) {
	fitted = strings.Map(func(r rune) rune {
		if !inXML(r) {
			return utf8.RuneError
		}
		return r
	}, s)
	if strings.Contains(fitted, "_x") {
		fitted = misread.ReplaceAllStringFunc(fitted, func(m string) string {
			return strings.ReplaceAll(m, "_", lostMark)
		})
	}
	lost := fitted != s
	cut := cutTo(fitted, maxCellUnits)
	switch {
	case cut != fitted && lost:
		change = changeBoth
	case cut != fitted:
		change = changeCut
	case lost:
		change = changeLost
	}
	return cut, change
}

// inXML reports whether XML 1.0 (section 2.2) has the character.
func inXML(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' ||
		r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000
}

// cutTo shortens a text to so many UTF-16 units, the mark included.
func cutTo(s string, units int) string {
	if len(s) <= units {
		return s
	}
	used, keep := 0, 0
	for i, r := range s {
		if used < units {
			keep = i
		}
		if used += utf16.RuneLen(r); used > units {
			return s[:keep] + cutMark
		}
	}
	return s
}

// escapedSize is about how many bytes the text takes in XML.
func escapedSize(s string) int64 {
	size := len(s)
	for i := range len(s) {
		switch s[i] {
		case '&', '<', '>', '"', '\'', '\t', '\r':
			size += 4
		}
	}
	return int64(size)
}
