package search

import (
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
)

// ordinals knows, by segment, which ordinal each of its documents has. A
// segment's ID is never given to another one while the index is open.
type ordinals struct {
	mu        sync.Mutex          // guards bySegment, and is held while a segment is read
	bySegment map[uint64][]uint32 // by the segment's own document number
}

// of returns the ordinals of a segment's documents, deleted ones included.
func (o *ordinals) of(s *scorch.SegmentSnapshot) ([]uint32, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if known, ok := o.bySegment[s.Id()]; ok {
		return known, nil
	}
	numbers := make([]uint32, s.Segment().Count())
	for local := range numbers {
		id, err := s.DocID(uint64(local))
		if err != nil {
			return nil, err
		}
		if numbers[local], err = ordinalOf(id); err != nil {
			return nil, err
		}
	}
	if o.bySegment == nil {
		o.bySegment = map[uint64][]uint32{}
	}
	o.bySegment[s.Id()] = numbers
	return numbers, nil
}

// keep forgets the segments that are gone. A search that still reads an older
// snapshot only has to read them again.
func (o *ordinals) keep(segments []*scorch.SegmentSnapshot) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.bySegment) <= len(segments) {
		return
	}
	for id := range o.bySegment {
		if !slices.ContainsFunc(segments, func(s *scorch.SegmentSnapshot) bool { return s.Id() == id }) {
			delete(o.bySegment, id)
		}
	}
}

// appendOrdinals translates a segment's document numbers.
func appendOrdinals(hits []uint32, local *roaring.Bitmap, numbers []uint32) []uint32 {
	hits = slices.Grow(hits, int(local.GetCardinality()))
	var buffer [1024]uint32
	for iterator := local.ManyIterator(); ; {
		n := iterator.NextMany(buffer[:])
		if n == 0 {
			return hits
		}
		for _, number := range buffer[:n] {
			hits = append(hits, numbers[number])
		}
	}
}

// sparse is the number of possible ordinals to each hit from which sorting the
// hits beats setting bits in an array that must be cleared and read as a whole.
const sparse = 1024

// bitmapOf makes a bitmap of ordinals in any order, which it may reorder.
func bitmapOf(hits []uint32) *roaring.Bitmap {
	if len(hits) == 0 {
		return roaring.New()
	}
	highest := slices.Max(hits)
	if uint64(highest) > uint64(len(hits))*sparse {
		slices.Sort(hits)
		return roaring.BitmapOf(hits...)
	}
	dense := make([]uint64, highest/64+1)
	for _, hit := range hits {
		dense[hit/64] |= 1 << (hit % 64)
	}
	return roaring.FromDense(dense, true)
}
