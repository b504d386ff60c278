package source

import "strings"

// Cutting a record into its fields (RFC 4180). encoding/csv does not serve here:
// a broken quote makes it lose its place, and it rewrites CRLF inside a field,
// which an export must repeat.

type recordState int

const (
	recordGood   recordState = iota
	recordOpen               // the line ends inside a quoted field: the next one belongs to it
	recordBroken             // a quotation mark where none may be
)

// cutter cuts one record, line by line, and looks at each line once.
type cutter struct {
	comma  byte
	fields []string
	inside bool            // the last line ended inside a quoted field
	field  strings.Builder // what that field holds so far
}

func newCutter(comma byte) *cutter { return &cutter{comma: comma, fields: make([]string, 0, 24)} }

// cut takes the next line of the record, with its end.
func (c *cutter) cut(line string) recordState {
	text := trimLineEnd(line)
	end := line[len(text):]
	for more := true; more; {
		if !c.inside && !strings.HasPrefix(text, `"`) {
			var field string
			field, text, more = strings.Cut(text, string(c.comma))
			if strings.Contains(field, `"`) {
				return recordBroken
			}
			c.fields = append(c.fields, field)
			continue
		}
		if !c.inside {
			text = text[1:]
		}
		closing := closingQuote(text)
		if c.inside = closing < 0; c.inside {
			c.field.WriteString(unescaped(text) + end)
			return recordOpen
		}
		c.close(unescaped(text[:closing]))
		text = text[closing+1:]
		if more = text != ""; more && text[0] != c.comma {
			return recordBroken
		}
		text = strings.TrimPrefix(text, string(c.comma))
	}
	return recordGood
}

// close ends a quoted field.
func (c *cutter) close(text string) {
	if c.field.Len() > 0 {
		c.field.WriteString(text)
		text = c.field.String()
		c.field.Reset()
	}
	c.fields = append(c.fields, text)
}

// closingQuote finds the end of a quoted field; two quotation marks in a row
// stand for one in it. -1 means that the text ends first.
func closingQuote(text string) int {
	for i := 0; i < len(text); i++ {
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

func unescaped(text string) string { return strings.ReplaceAll(text, `""`, `"`) }

// trimLineEnd takes one line end away.
func trimLineEnd(line string) string {
	if trimmed, ok := strings.CutSuffix(line, "\n"); ok {
		return strings.TrimSuffix(trimmed, "\r")
	}
	return strings.TrimSuffix(line, "\r")
}
