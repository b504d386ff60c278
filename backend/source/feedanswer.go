package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// One page of the feed, before its items are decoded.

type feedAnswer struct {
	items      []raw
	nextCursor string
	serverTime string
	total      int // of the whole run; 0 if the portal does not say
}

// parseAnswer takes a page apart. For a body that is no page, seen says what it
// is instead, to go after the portal's name; it quotes nothing of the body.
func parseAnswer(body []byte) (answer *feedAnswer, seen string) {
	trimmed := bytes.TrimLeft(body, "\xef\xbb\xbf \t\r\n")
	switch {
	case len(trimmed) == 0:
		return nil, "sent an empty answer"
	case trimmed[0] == '<':
		return nil, "sent a web page (HTML) instead of sessions"
	}
	if !json.Valid(trimmed) {
		return nil, jsonFault(trimmed)
	}
	page := gjson.Parse(validText(trimmed))
	if !page.IsObject() {
		return nil, fmt.Sprintf("sent %s instead of a page of sessions", kindOf(page))
	}
	var inside []string
	for _, key := range [...]string{"error", "message"} {
		if saysSomething(page.Get(key)) {
			inside = append(inside, strconv.Quote(key))
		}
	}
	items := page.Get("items")
	switch {
	case len(inside) > 0:
		return nil, fmt.Sprintf("sent an error (%s) inside an answer that claims success", strings.Join(inside, ", "))
	case !items.IsArray():
		return nil, `sent JSON without a list of sessions ("items")`
	}
	answer = &feedAnswer{
		items:      items.Array(),
		nextCursor: looseText(page.Get("nextCursor")),
		serverTime: looseText(page.Get("serverTime")),
	}
	if total := (&reading{}).number("total", page.Get("total")); total != nil && *total > 0 {
		answer.total = *total
	}
	return answer, ""
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
	switch v.Raw {
	case "", "null", "false", "0", `""`, "[]", "{}":
		return false
	default:
		return true
	}
}
