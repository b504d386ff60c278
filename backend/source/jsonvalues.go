package source

import (
	"bytes"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// Cutting a JSON text into its values. Each byte is looked at once; what is
// inside a value is found afterwards without looking at the text again.

// raw is a JSON value that was not read yet: the value itself, then everything
// in it in the order of the text. It is empty where there is none.
type raw []rawValue

// rawValue is one value in its place.
type rawValue struct {
	key  string // of a member of an object
	json string // the value as it was written
	size int32  // how many values it is, with all that is inside
	kind jsontext.Kind
}

// kind is jsontext.KindInvalid where there is no value.
func (v raw) kind() jsontext.Kind {
	if len(v) == 0 {
		return jsontext.KindInvalid
	}
	return v[0].kind
}

func (v raw) exists() bool   { return len(v) > 0 }
func (v raw) isObject() bool { return v.kind() == jsontext.KindBeginObject }
func (v raw) isArray() bool  { return v.kind() == jsontext.KindBeginArray }

// json is the value as it was written, "" where there is none.
func (v raw) json() string {
	if len(v) == 0 {
		return ""
	}
	return v[0].json
}

// members goes through the values in an object, with their keys, or in a list.
func (v raw) members() iter.Seq2[string, raw] {
	return func(yield func(string, raw) bool) {
		for at := 1; at < len(v); {
			end := at + int(v[at].size)
			if !yield(v[at].key, v[at:end]) {
				return
			}
			at = end
		}
	}
}

// len counts the members.
func (v raw) len() (n int) {
	for range v.members() {
		n++
	}
	return n
}

// get is the first member of that key.
func (v raw) get(key string) raw {
	for k, value := range v.members() {
		if k == key {
			return value
		}
	}
	return nil
}

// unquoted is what a JSON string says. Half a surrogate pair becomes U+FFFD.
func unquoted(json string) string {
	if strings.IndexByte(json, '\\') < 0 {
		return json[1 : len(json)-1]
	}
	text, _ := jsontext.AppendUnquote(nil, json) // fails for such halves only, and goes on
	return string(text)
}

// jsonCutter cuts one JSON text. What it hands out is good until the next value.
type jsonCutter struct {
	text   string
	tokens *jsontext.Decoder
	at     int // the end of the last token
	values raw
	open   []int // the lists and objects in values that have not ended
}

// newJSONCutter begins at the body's first byte. Bytes that are no UTF-8 become
// U+FFFD.
func newJSONCutter(body []byte) *jsonCutter {
	text := string(body)
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		body = []byte(text)
	}
	return &jsonCutter{text: text, tokens: jsontext.NewDecoder(
		bytes.NewBuffer(body), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true),
	)}
}

// token reads the next token, and gives it as it was written.
func (c *jsonCutter) token() (kind jsontext.Kind, json string, err error) {
	token, err := c.tokens.ReadToken()
	if err != nil {
		return jsontext.KindInvalid, "", err
	}
	end := int(c.tokens.InputOffset())
	at := c.at
	for isBetween(c.text[at]) {
		at++
	}
	c.at = end
	return token.Kind(), c.text[at:end], nil
}

// isBetween tells what may stand between two tokens.
func isBetween(b byte) bool {
	return b == ',' || b == ':' || b == ' ' || b == '\n' || b == '\r' || b == '\t'
}

// value cuts the next value, with all that is in it.
func (c *jsonCutter) value() (raw, error) {
	c.values, c.open = c.values[:0], c.open[:0]
	key, named := "", false
	for {
		kind, json, err := c.token()
		if err != nil {
			return nil, err
		}
		switch {
		case kind == jsontext.KindEndObject || kind == jsontext.KindEndArray:
			c.end()
		case !named && len(c.open) > 0 && c.values[c.open[len(c.open)-1]].kind == jsontext.KindBeginObject:
			key, named = unquoted(json), true
			continue
		default:
			c.begin(key, json, kind)
			key, named = "", false
		}
		if len(c.open) == 0 {
			return c.values, nil
		}
	}
}

func (c *jsonCutter) begin(key, json string, kind jsontext.Kind) {
	if kind == jsontext.KindBeginObject || kind == jsontext.KindBeginArray {
		c.open = append(c.open, len(c.values))
		json = c.text[c.at-1:] // its end is not known yet
	}
	c.values = append(c.values, rawValue{key: key, json: json, size: 1, kind: kind})
}

func (c *jsonCutter) end() {
	last := len(c.open) - 1
	value := &c.values[c.open[last]]
	value.json = value.json[:len(value.json)-(len(c.text)-c.at)]
	value.size = int32(len(c.values) - c.open[last])
	c.open = c.open[:last]
}

// done reports whether nothing follows.
func (c *jsonCutter) done() bool {
	_, err := c.tokens.ReadToken()
	return err == io.EOF
}
