package columns

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/idv"
)

// dimension is one of the things a list can be narrowed by.
type dimension int

// The dimensions.
const (
	documents dimension = iota
	outcomes
	spoofs
	matches
	liveness
	environments
	tags
	devices
	countries
	reviewed
	dimensions
)

// closed are the dimensions whose values are known beforehand, in their order.
// Another value may still come: it is put behind.
var closed = map[dimension][]string{
	outcomes: {
		string(idv.Verified), string(idv.Failed), string(idv.Rejected),
		string(idv.Pending), string(idv.Unfinished), string(idv.OutcomeUnknown),
	},
	spoofs:   {string(idv.DigitalSpoof), string(idv.NotFullID)}, // idv.LowFAR depends on the question
	matches:  {"0", "1", "2", "3", "4", "5", "6", "7"},
	liveness: {idv.LivenessPassed, idv.LivenessFailed, ""},
	reviewed: {idv.ReviewedYes, idv.ReviewedNo},
}

// value is one value of a dimension.
type value struct {
	name string
	held *roaring.Bitmap // the sessions that have it
	in   set             // the dimension that it is of, alone
}

// set is some of the dimensions.
type set uint16

func (d dimension) alone() set { return 1 << d }

// shape is the values that some sessions have together.
type shape struct {
	numbers  []uint32 // of the values
	sessions int      // how many they are; not counted of the shapeless
}

// values are the dimensions' values, and which session has which. A session's
// values together are its shape: sessions share a few thousand of those, so that
// one number a session is enough to know what it had before a change.
type values struct {
	all    []value                       // by number
	of     [dimensions][]uint32          // numbers, those of closed in their order first
	number [dimensions]map[string]uint32 // by name

	shapes []shape
	shape  map[string]uint32 // by the numbers of its values
	said   map[string]uint32 // by what facts say, a shorter way: see appendSaid
	key    []byte            // for looking a shape up
}

// shapeless is the shape of a session whose facts have not come.
const shapeless = 0

func newValues() values {
	v := values{shapes: []shape{{}}, shape: map[string]uint32{}, said: map[string]uint32{}}
	for d := range dimensions {
		v.number[d] = map[string]uint32{}
		for _, name := range closed[d] {
			v.numberOf(d, name)
		}
	}
	return v
}

// numberOf is the number of a value, a new one if it has none.
func (v *values) numberOf(d dimension, name string) uint32 {
	number, known := v.number[d][name]
	if !known {
		name, number = strings.Clone(name), uint32(len(v.all)) // not what it was cut from
		v.all = append(v.all, value{name, roaring.New(), d.alone()})
		v.of[d] = append(v.of[d], number)
		v.number[d][name] = number
	}
	return number
}

// reshape gives a session the values that its facts say, and its shape.
func (v *values) reshape(ordinal, from uint32, f *idv.Facts) (to uint32) {
	to = v.shapeOf(f)
	if from == to {
		return to
	}
	had, has := v.shapes[from].numbers, v.shapes[to].numbers
	for _, number := range had {
		if !slices.Contains(has, number) { // most stay: questions wait meanwhile
			v.all[number].held.Remove(ordinal)
		}
	}
	for _, number := range has {
		if !slices.Contains(had, number) {
			v.all[number].held.Add(ordinal)
		}
	}
	if from != shapeless {
		v.shapes[from].sessions--
	}
	v.shapes[to].sessions++
	return to
}

// fill gives sessions that are shapeless, by ascending ordinals, the values that their
// facts say, and their shapes: many at once in less time than one by one.
func (v *values) fill(news []told, shapes []uint32) {
	if len(news) == 0 {
		return
	}
	base := news[0].row.Ordinal &^ (1<<16 - 1) // so that a bitmap moves there as it is
	words := (news[len(news)-1].row.Ordinal-base)/64 + 1
	var held [][]uint64 // by a value's number: who has it, from base on
	for i := range news {
		at := news[i].row.Ordinal
		to := v.shapeOf(news[i].facts)
		shapes[at] = to
		v.shapes[to].sessions++
		at -= base
		for _, number := range v.shapes[to].numbers {
			for int(number) >= len(held) {
				held = append(held, nil)
			}
			if held[number] == nil {
				held[number] = make([]uint64, words)
			}
			held[number][at/64] |= 1 << (at % 64)
		}
	}
	for number, bits := range held {
		if bits != nil {
			v.all[number].held.Or(roaring.AddOffset(roaring.FromDense(bits, true), base))
		}
	}
}

func (v *values) shapeOf(f *idv.Facts) uint32 {
	said := appendSaid(v.key[:0], f)
	v.key = said
	known, met := v.said[string(said)]
	if !met {
		name := string(said) // looking for the shape uses the key again
		known = v.shapeOfNew(f)
		v.said[name] = known
	}
	return known
}

// appendSaid appends what a shape goes by, with their lengths, so that what differs is
// never written alike. A session without tags and one with an empty tag have one shape
// all the same, as they are the same to a filter.
func appendSaid(b []byte, f *idv.Facts) []byte {
	b = append(b, flag(f.Digital)|flag(f.NotFull)<<1|flag(f.Reviewed)<<2)
	b = binary.AppendVarint(b, int64(f.MatchLevel))
	for _, text := range [...]string{f.DocumentType, string(f.Outcome), f.Liveness, f.Environment, f.Device, f.Country} {
		b = append(binary.AppendUvarint(b, uint64(len(text))), text...)
	}
	for _, tag := range f.Tags {
		b = append(binary.AppendUvarint(b, uint64(len(tag))), tag...)
	}
	return b
}

func flag(is bool) byte {
	if is {
		return 1
	}
	return 0
}

func (v *values) shapeOfNew(f *idv.Facts) uint32 {
	key := v.key[:0]
	v.tell(f, func(d dimension, name string) {
		key = binary.LittleEndian.AppendUint32(key, v.numberOf(d, name))
	})
	v.key = key
	known, met := v.shape[string(key)]
	if !met {
		numbers := make([]uint32, len(key)/4)
		for i := range numbers {
			numbers[i] = binary.LittleEndian.Uint32(key[4*i:])
		}
		number := uint32(len(v.shapes))
		v.shapes, v.shape[string(key)] = append(v.shapes, shape{numbers: numbers}), number
		return number
	}
	return known
}

// tell names the values of a session's facts.
func (v *values) tell(f *idv.Facts, is func(dimension, string)) {
	is(documents, f.DocumentType)
	is(outcomes, string(f.Outcome))
	is(matches, strconv.Itoa(f.MatchLevel))
	is(liveness, f.Liveness)
	is(environments, f.Environment)
	is(devices, f.Device)
	is(countries, f.Country)
	is(reviewed, yesNo(f.Reviewed))
	if f.Digital {
		is(spoofs, string(idv.DigitalSpoof))
	}
	if f.NotFull {
		is(spoofs, string(idv.NotFullID))
	}
	for _, tag := range f.Tags {
		is(tags, tag)
	}
	if len(f.Tags) == 0 {
		is(tags, "")
	}
}

func yesNo(is bool) string {
	if is {
		return idv.ReviewedYes
	}
	return idv.ReviewedNo
}

// any is who has one of the values. It is not to be changed.
func (v *values) any(numbers []uint32) *roaring.Bitmap {
	if len(numbers) == 1 {
		return v.all[numbers[0]].held
	}
	held := make([]*roaring.Bitmap, len(numbers))
	for i, number := range numbers {
		held[i] = v.all[number].held
	}
	return roaring.FastOr(held...)
}

// levels are the numbers of the match levels within a range.
func (v *values) levels(from, to int) (numbers []uint32) {
	for _, number := range v.of[matches] {
		if level, err := strconv.Atoi(v.all[number].name); err == nil && level >= from && level <= to {
			numbers = append(numbers, number)
		}
	}
	return numbers
}
