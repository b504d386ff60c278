package source

import (
	"fmt"
	"strconv"
	"strings"
)

// What is remembered while an item is read: the fault, the unknown, and where in
// the item the reading is.

// reading goes through one item after another. Of each it remembers the first
// value that cannot be read and everything that it has no place for.
type reading struct {
	words   *words // may be nil
	failed  *unreadable
	unknown map[string]string
	way     []step // into the item; paths go on from there

	item  wireSession
	lists wireLists // of the item; the next one's take their room
}

// begin makes ready for the next item.
func (r *reading) begin() {
	r.failed, r.unknown, r.way, r.item = nil, nil, r.way[:0], wireSession{}
}

func (r *reading) fail(path, format string, args ...any) {
	if r.failed == nil {
		r.failed = &unreadable{r.path(path), fmt.Sprintf(format, args...)}
	}
}

// keep files a value that this version does not know under its path.
func (r *reading) keep(path string, v raw) {
	if r.unknown == nil {
		r.unknown = map[string]string{}
	}
	r.unknown[strings.Clone(r.path(path))] = strings.Clone(compact(v))
}

// lesser reads a value that a session can do without. One of an impossible kind
// does not reject the session: it is kept as unknown, and the field stays unset.
func lesser[T any](r *reading, path string, v raw, read func(path string, v raw) T) T {
	before := r.failed
	value := read(path, v)
	if r.failed == before {
		return value
	}
	r.failed = before
	r.keep(path, v)
	return *new(T)
}

// step is one step on the way into an item: to a key, or to a place in a list.
type step struct {
	key   string
	place int // from 1; 0 is a key
}

func toKey(key string) step  { return step{key: key} }
func toPlace(index int) step { return step{place: index + 1} }

func (r *reading) enter(s step) { r.way = append(r.way, s) }
func (r *reading) leave()       { r.way = r.way[:len(r.way)-1] }

// path is where a value stands in the item, for people: path itself if that is
// said in full, else the way with path behind it.
func (r *reading) path(path string) string {
	text := ""
	for _, s := range r.way {
		if s.place > 0 {
			text += "[" + strconv.Itoa(s.place-1) + "]"
		} else {
			text = joined(text, s.key)
		}
	}
	if path == "" {
		return text
	}
	return joined(text, path)
}

func joined(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
