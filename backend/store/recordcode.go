package store

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"time"
	"unicode/utf8"
)

// A page of a list and the text index need a third of what a record holds, and
// the library takes as long for what is not needed. recordReader takes some fields
// out and steps over the rest. It reads the few forms of CBOR (RFC 8949) that
// encodeTo writes: definite lengths, keys in order. At anything else it is lost,
// and the library reads the record instead: it knows all forms and all errors.

// The major types that are read here.
const (
	majorNumber   = 0
	majorNegative = 1
	majorText     = 3
	majorList     = 4
	majorMap      = 5
	majorSimple   = 7 // yes, no, and numbers with a fraction
)

// recordReader reads a record from its start to its end.
type recordReader struct {
	rest []byte
	lost bool // something else stands here; what was read is worth nothing
}

// field is one of a map that is wanted.
type field[T any] struct {
	key  string
	read reading[T]
}

// reading reads a value and puts it where it belongs.
type reading[T any] func(r *recordReader, to *T)

// fields are those of a map that are wanted, in the order of their keys in a record.
func fields[T any](wanted map[string]reading[T]) []field[T] {
	all := make([]field[T], 0, len(wanted))
	for key, read := range wanted {
		all = append(all, field[T]{key, read})
	}
	slices.SortFunc(all, func(a, b field[T]) int {
		return cmp.Or(cmp.Compare(len(a.key), len(b.key)), cmp.Compare(a.key, b.key))
	})
	return all
}

// before reports whether the key stands before another one: the shorter is first.
func (f *field[T]) before(key []byte) bool {
	return len(f.key) < len(key) || len(f.key) == len(key) && f.key < string(key)
}

// readMap fills a value from a map. Its keys have to be in order, each once.
func readMap[T any](r *recordReader, to *T, wanted []field[T]) {
	var last []byte
	for range r.size(majorMap) {
		start := r.rest
		key := r.bytes()
		whole := start[:len(start)-len(r.rest)]
		if r.lost || bytes.Compare(last, whole) >= 0 {
			r.lose()
			return
		}
		last = whole
		for len(wanted) > 0 && wanted[0].before(key) {
			wanted = wanted[1:]
		}
		if len(wanted) > 0 && wanted[0].key == string(key) {
			wanted[0].read(r, to)
		} else {
			r.skip()
		}
	}
}

// readList reads a list whose items are maps.
func readList[T any](r *recordReader, wanted []field[T]) []T {
	list := make([]T, r.size(majorList))
	for i := range list {
		readMap(r, &list[i], wanted)
	}
	return list
}

// skip steps over a value, whatever is in it.
func (r *recordReader) skip() {
	for left := 1; left > 0 && !r.lost; left-- {
		switch major, n := r.head(); {
		case major <= majorNegative || major == majorSimple:
		case n > uint64(len(r.rest)):
			r.lose()
		case major == majorText:
			r.rest = r.rest[n:]
		case major == majorList:
			left += int(n)
		case major == majorMap:
			left += 2 * int(n)
		default:
			r.lose()
		}
	}
}

func (r *recordReader) lose() { r.rest, r.lost = nil, true }

// head reads what begins every value: its type and its number or length.
func (r *recordReader) head() (major byte, n uint64) {
	if len(r.rest) == 0 {
		r.lose()
		return 0, 0
	}
	first := r.rest[0]
	major, n = first>>5, uint64(first&0x1f)
	size := 0
	switch {
	case n < 24:
	case n < 28:
		size = 1 << (n - 24)
	default: // an indefinite length, or nothing that there is
		r.lose()
		return 0, 0
	}
	if len(r.rest) < 1+size {
		r.lose()
		return 0, 0
	}
	if size > 0 {
		var number [8]byte
		copy(number[8-size:], r.rest[1:1+size])
		n = binary.BigEndian.Uint64(number[:])
	}
	r.rest = r.rest[1+size:]
	return major, n
}

// size reads how many things of a list or map follow, or how many bytes of a text:
// each takes one byte at least.
func (r *recordReader) size(want byte) int {
	major, n := r.head()
	if major != want || n > uint64(len(r.rest)) {
		r.lose()
		return 0
	}
	return int(n)
}

// bytes reads the bytes of a text.
func (r *recordReader) bytes() []byte {
	n := r.size(majorText)
	text := r.rest[:n]
	r.rest = r.rest[n:]
	return text
}

func (r *recordReader) text() string {
	text := r.bytes()
	if !utf8.Valid(text) {
		r.lose()
		return ""
	}
	return string(text)
}

func (r *recordReader) time() time.Time {
	at, err := time.Parse(time.RFC3339, r.text())
	if err != nil {
		r.lose()
	}
	return at
}

// yes reads a yes or no, which is one byte.
func (r *recordReader) yes() *bool {
	const no, yes = majorSimple<<5 | 20, majorSimple<<5 | 21
	if len(r.rest) == 0 || r.rest[0] != no && r.rest[0] != yes {
		r.lose()
		return nil
	}
	answer := r.rest[0] == yes
	r.rest = r.rest[1:]
	return &answer
}

func (r *recordReader) number() *int {
	major, n := r.head()
	if n > math.MaxInt64 || major > majorNegative {
		r.lose()
		return nil
	}
	number := int(n)
	if major == majorNegative {
		number = -1 - number
	}
	return &number
}
