package source

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// JSON values as words and texts.

// kindOf names the kind of a JSON value in words, "" for none and null.
func kindOf(v raw) string {
	switch v.Type {
	case gjson.Null:
		return ""
	case gjson.String:
		return "a text"
	case gjson.Number:
		return "a number"
	case gjson.JSON:
		if v.IsArray() {
			return "a list"
		}
		return "an object"
	default:
		return "true or false"
	}
}

// looseText is a value as text: a text itself, and the JSON of anything else, so
// that a number keeps all its digits. It is a copy: a session must not keep the
// whole page alive that it came in.
func looseText(v raw) string {
	switch v.Type {
	case gjson.Null:
		return ""
	case gjson.String:
		return strings.Clone(v.Str)
	case gjson.JSON:
		return compact(v)
	default:
		return strings.Clone(v.Raw)
	}
}

func compact(v raw) string {
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(v.Raw)); err != nil {
		return strings.Clone(v.Raw)
	}
	return b.String()
}

// quoted shows the beginning of an unreadable value in a reason.
func quoted(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return strconv.Quote(text)
}

// validText is JSON as text; bytes that are no UTF-8 become U+FFFD, as
// encoding/json has it.
func validText(text []byte) string {
	if utf8.Valid(text) {
		return string(text)
	}
	return strings.ToValidUTF8(string(text), "\uFFFD")
}
