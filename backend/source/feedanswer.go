package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"veridesk/backend/idv"
)

// One page of the feed, and what else may come in its place.

type feedAnswer struct {
	records    []idv.Record
	unread     []feedItem
	items      int    // how many there are of both
	nextCursor string // "" at the end
	serverTime string
	left       int // sessions from this page on, itself included; 0 if the portal does not say
}

// feedItem is an item that cannot be read.
type feedItem struct {
	place int // in the page, from 1
	err   error
	json  string // as it came
}

// parse takes a page apart. For a body that is no page, seen says what it
// is instead, to go after the portal's name; it quotes nothing of the body.
func (r *feedReader) parse(body []byte) (answer *feedAnswer, seen string) {
	trimmed := bytes.TrimLeft(body, "\xef\xbb\xbf \t\r\n")
	switch {
	case len(trimmed) == 0:
		return nil, "sent an empty answer"
	case trimmed[0] == '<':
		return nil, "sent a web page (HTML) instead of sessions"
	}
	c := newJSONCutter(trimmed)
	if c.tokens.PeekKind() != jsontext.KindBeginObject {
		return nil, otherThanPage(c, trimmed)
	}
	p := page{other: map[string]raw{}}
	if err := p.read(c, r); err != nil || !c.done() {
		return nil, jsonFault(trimmed)
	}
	if seen := p.errorInside(); seen != "" {
		return nil, seen
	}
	p.nextCursor = strings.Clone(cursorText(p.other["nextCursor"]))
	p.serverTime = strings.Clone(looseText(p.other["serverTime"]))
	if left := (&reading{}).number("total", p.other["total"]); left != nil && *left > 0 {
		p.left = *left
	}
	r.expect = len(p.records)
	return &p.feedAnswer, ""
}

// otherThanPage says what JSON is that is no object.
func otherThanPage(c *jsonCutter, body []byte) string {
	v, err := c.value()
	switch {
	case err != nil || !c.done():
		return jsonFault(body)
	case v.kind() == jsontext.KindNull:
		return "sent nothing (null) instead of a page of sessions"
	default:
		return fmt.Sprintf("sent %s instead of a page of sessions", kindOf(v))
	}
}

// errorInside says what is wrong with an answer that claims success by its
// status, "" if nothing is. Only what cannot be anything but an error counts: a
// key that is new to this version, such as a "message", is none.
func (p *page) errorInside() string {
	told := []string{"error", "errors"}
	if !p.hasItems {
		told = append(told, "message")
	}
	var inside []string
	for _, key := range told {
		if saysSomething(p.other[key]) {
			inside = append(inside, strconv.Quote(key))
		}
	}
	if success, ok := parseFlag(looseText(p.other["success"])); ok && success != nil && !*success {
		inside = append(inside, `"success": false`)
	}
	for _, key := range [...]string{"statusCode", "status"} {
		if code, ok := parseWhole(looseText(p.other[key])); ok && code >= 400 {
			inside = append(inside, fmt.Sprintf("%q: %d", key, code))
		}
	}
	list := strings.Join(inside, ", ")
	switch {
	case !p.hasItems && list != "":
		return fmt.Sprintf(`sent an error (%s) and no list of sessions ("items")`, list)
	case !p.hasItems:
		return `sent JSON without a list of sessions ("items")`
	case list != "":
		return fmt.Sprintf("sent an error (%s) inside an answer that claims success", list)
	default:
		return ""
	}
}

// cursorText is a page cursor as text. Some gateways number their pages and
// write null, false or 0 behind the last.
func cursorText(v raw) string {
	switch v.kind() {
	case jsontext.KindFalse:
		return ""
	case jsontext.KindNumber:
		if n, err := strconv.ParseFloat(v.json(), 64); err == nil && n == 0 {
			return ""
		}
	}
	return looseText(v)
}

func jsonFault(text []byte) string {
	var fault *json.SyntaxError
	if err := json.Unmarshal(text, new(any)); errors.As(err, &fault) && int(fault.Offset) == len(text) {
		return "sent an answer that breaks off in the middle"
	}
	return "sent something that is not JSON"
}

// saysSomething is false for the values by which a portal says "no error".
func saysSomething(v raw) bool {
	switch v.json() {
	case "", "null", "false", "0", `""`, "[]", "{}":
		return false
	default:
		return true
	}
}
