package export

import (
	"strings"

	"veridesk/backend/idv"
)

// hostile is text that some spreadsheet takes for something else, or cannot hold.
type hostile struct {
	in     string
	inXLSX string // what a workbook holds, where it is not in
}

var long = strings.Repeat("ა", 32_766)

var hostiles = []hostile{
	{in: `=1+1`}, {in: `=HYPERLINK("http://example.invalid","x")`}, {in: `=cmd|' /C calc'!A0`}, {in: `+1+1`}, {in: `+995 555 12 34 56`},
	{in: `-1+1`}, {in: `-2-3`}, {in: `@SUM(A1:A9)`}, {in: "\t=1+1"}, {in: "\r=1+1"}, {in: "\n=1+1"}, {in: ` =1+1`}, {in: `'=1+1`}, {in: `"=1+1"`},
	{in: "＝1+1"}, {in: "＋1"}, {in: "－1"}, {in: "＠SUM(A1)"}, {in: `{=1+1}`}, {in: `%0A=1+1`}, {in: `;=1+1`}, {in: `,=1+1`}, {in: `|calc`},
	{in: `00012345678`}, {in: `01`}, {in: `12345678901234567890`}, {in: `1E10`}, {in: `1e-3`}, {in: `0x1F`}, {in: `1,5`}, {in: `1.5`}, {in: `½`}, {in: `٣`},
	{in: `03-04-2005`}, {in: `1/2`}, {in: `2025-03-01`}, {in: `12:30`}, {in: `MAR1`}, {in: `#N/A`}, {in: `#REF!`}, {in: `Infinity`}, {in: `NaN`}, {in: `null`},
	{in: `a,b`}, {in: `a;b`}, {in: `"`}, {in: `""`}, {in: `a"b`}, {in: "a\nb"}, {in: "a\rb"}, {in: "a\r\nb"}, {in: "\n"}, {in: "tab\there"}, {in: ` `}, {in: " a "}, {in: "\u00a0a"},
	{in: `<f>1+1</f>`}, {in: `</t></is></c><c><f>1</f></c>`}, {in: `&lt;&#61;`}, {in: `]]>`}, {in: `<!--`},
	{in: `_x0041_`}, {in: `_x005F_`}, {in: `_x005F_x0041_`, inXLSX: "\uFFFDx005F\uFFFDx0041\uFFFD"}, {in: `_X0041_`}, {in: `_x41_`},
	{in: `_x0041_x0042_`, inXLSX: "\uFFFDx0041\uFFFDx0042\uFFFD"}, {in: `_xD800_`, inXLSX: "\uFFFDxD800\uFFFD"},
	{in: "ნინო"}, {in: "Ёлка"}, {in: "👩‍🚀"}, {in: "e\u0301"}, {in: "\u202Eabc"}, {in: "\u200B"}, {in: "\uFEFFa"}, {in: "\u0085"}, {in: "\u2028"}, {in: "\x7f"},
	{in: "a\x00b", inXLSX: "a\uFFFDb"}, {in: "\x0b=1", inXLSX: "\uFFFD=1"}, {in: "\x1b[31m", inXLSX: "\uFFFD[31m"}, {in: "a\uFFFEb", inXLSX: "a\uFFFDb"},
	{in: "bad\xffbyte", inXLSX: "bad\uFFFDbyte"}, {in: "\xed\xa0\x80", inXLSX: "\uFFFD\uFFFD\uFFFD"},
	{in: long + "ბ"}, {in: long + "ბგ", inXLSX: long + "…"}, {in: long + "😀", inXLSX: long + "…"}, {in: long[3:] + "😀a", inXLSX: long[3:] + "…"},
	{in: "\x00" + long + "bc", inXLSX: "\uFFFD" + long[3:] + "…"},
}

// cellsWith is in how many cells of its row the text stands: all of them, or
// the first three if it is so long that all would only take time.
func (h hostile) cellsWith() int {
	if len(h.in) > 1000 {
		return 3
	}
	return len(idv.Columns)
}

// session is one with the text in its first cells.
func (h hostile) session() idv.Session {
	row := make([]string, len(idv.Columns))
	for i := range h.cellsWith() {
		row[i] = h.in
	}
	return fromCells(row)
}

func hostileSessions() (sessions []idv.Session) {
	for _, h := range hostiles {
		sessions = append(sessions, h.session())
	}
	return sessions
}
