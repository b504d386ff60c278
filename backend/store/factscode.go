package store

import (
	"encoding/binary"
	"errors"

	"veridesk/backend/idv"
)

// A chunk of facts in bytes is
//
//	format(1) | words | records
//
// where both lists begin with their length. Numbers are varints and texts stand
// behind their length. The words are those that many sessions share (outcome,
// document type, ..., tags); a record names them by their place in the list.

const factsFormat = 1

// The flags of a record.
const (
	flagDigital = 1 << iota
	flagNotFull
	flagReviewed
)

// factsEncoder makes chunks; its memory is used again for the next one.
type factsEncoder struct {
	words   map[string]uint64
	list    []string
	records []byte
	chunk   []byte // the result
}

func (e *factsEncoder) encode(facts []idv.Facts) {
	if e.words == nil {
		e.words = map[string]uint64{}
	}
	clear(e.words)
	e.list, e.records = e.list[:0], e.records[:0]
	for i := range facts {
		e.record(&facts[i])
	}
	e.chunk = append(e.chunk[:0], factsFormat)
	e.chunk = binary.AppendUvarint(e.chunk, uint64(len(e.list)))
	for _, word := range e.list {
		e.chunk = appendText(e.chunk, word)
	}
	e.chunk = binary.AppendUvarint(e.chunk, uint64(len(facts)))
	e.chunk = append(e.chunk, e.records...)
}

func (e *factsEncoder) record(f *idv.Facts) {
	b := binary.AppendVarint(e.records, f.Created)
	b = binary.AppendVarint(b, f.Finished-f.Created)
	b = append(b, flag(f.Digital, flagDigital)|flag(f.NotFull, flagNotFull)|flag(f.Reviewed, flagReviewed))
	b = binary.AppendUvarint(b, uint64(f.MatchLevel))
	for _, word := range [...]string{string(f.Outcome), f.DocumentType, f.Liveness, f.Environment, f.Device, f.Country} {
		b = e.word(b, word)
	}
	b = binary.AppendUvarint(b, uint64(len(f.Tags)))
	for _, tag := range f.Tags {
		b = e.word(b, tag)
	}
	for _, text := range [...]string{f.FirstName, f.LastName, f.PersonalNumber, f.DocumentNumber, f.SessionID, f.Extra} {
		b = appendText(b, text)
	}
	e.records = b
}

// word appends the place of a word in the list.
func (e *factsEncoder) word(b []byte, word string) []byte {
	at, known := e.words[word]
	if !known {
		at = uint64(len(e.list))
		e.words[word], e.list = at, append(e.list, word)
	}
	return binary.AppendUvarint(b, at)
}

func appendText(b []byte, text string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(text))), text...)
}

var errFacts = errors.New("it is no chunk of facts")

// decode reads a chunk into memory that may be used again. The texts are parts of the
// chunk's one.
func (d *factsDecoder) decode(into []idv.Facts, chunk string) ([]idv.Facts, error) {
	if chunk == "" || chunk[0] != factsFormat {
		return nil, errFacts
	}
	d.rest, d.words, d.bad = chunk[1:], d.words[:0], false
	for range d.length() {
		d.words = append(d.words, d.text())
	}
	facts := into[:0]
	for range d.length() {
		facts = append(facts, idv.Facts{})
		d.record(&facts[len(facts)-1]) // where it belongs: they are large
	}
	if d.bad || d.rest != "" {
		return nil, errFacts
	}
	return facts, nil
}

// factsDecoder takes chunks apart, one after the other. At something wrong it becomes
// bad, and gives nothing but zeros until the next one.
type factsDecoder struct {
	rest  string
	words []string
	tags  []string // those given, and memory for the next sessions'
	bad   bool
}

// roomForTags is how many tags get their memory at once.
const roomForTags = 256

func (d *factsDecoder) record(f *idv.Facts) {
	f.Created = d.signed()
	f.Finished = f.Created + d.signed()
	flags := d.number()
	f.Digital, f.NotFull, f.Reviewed = flags&flagDigital != 0, flags&flagNotFull != 0, flags&flagReviewed != 0
	f.MatchLevel = int(d.number())
	f.Outcome = idv.Outcome(d.word())
	f.DocumentType, f.Liveness, f.Environment = d.word(), d.word(), d.word()
	f.Device, f.Country = d.word(), d.word()
	if n := d.length(); n > 0 {
		if n > cap(d.tags)-len(d.tags) {
			d.tags = make([]string, 0, max(n, roomForTags)) // the others are in use
		}
		first := len(d.tags)
		for range n {
			d.tags = append(d.tags, d.word())
		}
		f.Tags = d.tags[first:len(d.tags):len(d.tags)]
	}
	f.FirstName, f.LastName = d.text(), d.text()
	f.PersonalNumber, f.DocumentNumber = d.text(), d.text()
	f.SessionID, f.Extra = d.text(), d.text()
}

func (d *factsDecoder) number() uint64 {
	if len(d.rest) > 0 && d.rest[0] < 0x80 { // most are small
		n := d.rest[0]
		d.rest = d.rest[1:]
		return uint64(n)
	}
	return d.long()
}

// long reads a number of several bytes.
func (d *factsDecoder) long() (n uint64) {
	for i := 0; i < len(d.rest) && i < binary.MaxVarintLen64; i++ {
		b := d.rest[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			d.rest = d.rest[i+1:]
			return n
		}
	}
	d.rest, d.bad = "", true
	return 0
}

func (d *factsDecoder) signed() int64 {
	n := d.number()
	return int64(n>>1) ^ -int64(n&1)
}

// length reads how many things or bytes follow: of each there is one byte at least.
func (d *factsDecoder) length() int {
	n := d.number()
	if n > uint64(len(d.rest)) {
		d.rest, d.bad = "", true
		return 0
	}
	return int(n)
}

func (d *factsDecoder) text() string {
	n := d.length()
	text := d.rest[:n]
	d.rest = d.rest[n:]
	return text
}

func (d *factsDecoder) word() string {
	n := d.number()
	if n >= uint64(len(d.words)) {
		d.rest, d.bad = "", true
		return ""
	}
	return d.words[n]
}
