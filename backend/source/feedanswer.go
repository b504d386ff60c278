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
	nextCursor string // "" at the end
	serverTime string
	left       int // sessions from this page on, itself included; 0 if the portal does not say
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
	switch {
	case page.Type == gjson.Null:
		return nil, "sent nothing (null) instead of a page of sessions"
	case !page.IsObject():
		return nil, fmt.Sprintf("sent %s instead of a page of sessions", kindOf(page))
	}
	if seen := errorInside(page); seen != "" {
		return nil, seen
	}
	answer = &feedAnswer{
		items:      page.Get("items").Array(),
		nextCursor: cursorText(page.Get("nextCursor")),
		serverTime: looseText(page.Get("serverTime")),
	}
	if left := (&reading{}).number("total", page.Get("total")); left != nil && *left > 0 {
		answer.left = *left
	}
	return answer, ""
}

// errorInside says what is wrong with an answer that claims success by its
// status, "" if nothing is. Only what cannot be anything but an error counts: a
// key that is new to this version, such as a "message", is none.
func errorInside(page raw) string {
	hasItems := page.Get("items").IsArray()
	told := []string{"error", "errors"}
	if !hasItems {
		told = append(told, "message")
	}
	var inside []string
	for _, key := range told {
		if saysSomething(page.Get(key)) {
			inside = append(inside, strconv.Quote(key))
		}
	}
	if success, ok := parseFlag(looseText(page.Get("success"))); ok && success != nil && !*success {
		inside = append(inside, `"success": false`)
	}
	for _, key := range [...]string{"statusCode", "status"} {
		if code, ok := parseWhole(looseText(page.Get(key))); ok && code >= 400 {
			inside = append(inside, fmt.Sprintf("%q: %d", key, code))
		}
	}
	list := strings.Join(inside, ", ")
	switch {
	case !hasItems && list != "":
		return fmt.Sprintf(`sent an error (%s) and no list of sessions ("items")`, list)
	case !hasItems:
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
	if v.Type == gjson.False || v.Type == gjson.Number && v.Num == 0 {
		return ""
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
	switch v.Raw {
	case "", "null", "false", "0", `""`, "[]", "{}":
		return false
	default:
		return true
	}
}
