package search

// A batch numbers its documents in the order of their ordinals, see latest, and a merge
// puts segments one behind the other. So the ordinals of a segment mostly come in runs,
// and most of a large set is translated word by word.

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// run is documents in a row whose ordinals are in a row too.
type run struct{ document, ordinal, length uint32 }

// runsOf are the runs of ordinals by document number.
func runsOf(numbers []uint32) (runs []run) {
	for begin := 0; begin < len(numbers); {
		end := begin + 1
		for end < len(numbers) && numbers[end] == numbers[end-1]+1 {
			end++
		}
		runs = append(runs, run{uint32(begin), numbers[begin], uint32(end - begin)})
		begin = end
	}
	return slices.Clip(runs)
}

// words is how many words hold so many bits.
func words(bits int) int { return (bits + 63) / 64 }

// clearBits gives the words of so many bits, all of them 0. They go back to usedBits.
func clearBits(bits int) (used *[]uint64) {
	used = usedBits.Get().(*[]uint64)
	*used = slices.Grow((*used)[:0], words(bits))[:words(bits)]
	clear(*used)
	return used
}

// runsCost is the number of hits that take as long as one run.
const runsCost = 2

// translate sets the bits of the ordinals of documents.
func (c *content) translate(to []uint64, documents *roaring.Bitmap) {
	total := documents.GetCardinality()
	if uint64(words(len(c.numbers))+runsCost*len(c.runs)) >= total {
		each(documents, func(some []uint32) {
			for _, number := range some {
				ordinal := c.numbers[number]
				to[ordinal/64] |= 1 << (ordinal % 64)
			}
		})
		return
	}
	used := clearBits(len(c.numbers))
	defer usedBits.Put(used)
	documents.WriteDenseTo(*used)
	for _, r := range c.runs {
		copyBits(to, r.ordinal, *used, r.document, r.length)
	}
}

// copyBits sets the bits from toAt on that are set in from from fromAt on, of so many.
func copyBits(to []uint64, toAt uint32, from []uint64, fromAt, length uint32) {
	for length > 0 {
		offset, skip := toAt%64, fromAt%64
		n := min(64-offset, length) // the rest of a word
		bits := from[fromAt/64] >> skip
		if skip+n > 64 {
			bits |= from[fromAt/64+1] << (64 - skip)
		}
		to[toAt/64] |= bits << (64 - n) >> (64 - n) << offset
		toAt, fromAt, length = toAt+n, fromAt+n, length-n
	}
}
