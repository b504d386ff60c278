package source

import (
	"bytes"
	"encoding/json"
	"hash/maphash"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// JSON values as words and texts.

// kindOf names the kind of a JSON value in words, "" for none and null.
func kindOf(v raw) string {
	switch v.kind() {
	case jsontext.KindInvalid, jsontext.KindNull:
		return ""
	case jsontext.KindString:
		return "a text"
	case jsontext.KindNumber:
		return "a number"
	case jsontext.KindBeginArray:
		return "a list"
	case jsontext.KindBeginObject:
		return "an object"
	default:
		return "true or false"
	}
}

// looseText is a value as text: a text itself, and the JSON of anything else, so
// that a number keeps all its digits. It is part of the page that it came in:
// what outlives the page goes through words.keep.
func looseText(v raw) string {
	switch v.kind() {
	case jsontext.KindInvalid, jsontext.KindNull:
		return ""
	case jsontext.KindString:
		return unquoted(v.json())
	default:
		return compact(v)
	}
}

// compact is a value as JSON without blanks.
func compact(v raw) string {
	if !v.isObject() && !v.isArray() {
		return v.json()
	}
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(v.json())); err != nil {
		return v.json()
	}
	return b.String()
}

// words copies texts out of a page, which a session must not keep alive as a
// whole. A short one that comes again is the same copy: most of what a session
// says, others have said too. nil copies each time.
type words struct {
	seed maphash.Seed
	seen [2048]string
}

const longestWord = 32

func newWords() *words { return &words{seed: maphash.MakeSeed()} }

func (w *words) keep(text string) string {
	if w == nil || len(text) > longestWord {
		return strings.Clone(text)
	}
	seen := &w.seen[maphash.String(w.seed, text)%uint64(len(w.seen))]
	if *seen != text {
		*seen = strings.Clone(text)
	}
	return *seen
}

// quoted shows the beginning of an unreadable value in a reason.
func quoted(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return strconv.Quote(text)
}
