package search

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
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
	numbers, err := readOrdinals(s)
	if err != nil {
		return nil, err
	}
	if o.bySegment == nil {
		o.bySegment = map[uint64][]uint32{}
	}
	o.bySegment[s.Id()] = numbers
	return numbers, nil
}

// readOrdinals reads them from the dictionary of document IDs, which is sealed as
// a whole: that is quicker than to open every document, and where a document
// lies in the file is written in clear.
func readOrdinals(s *scorch.SegmentSnapshot) ([]uint32, error) {
	ids, err := s.Segment().Dictionary("_id")
	if err != nil {
		return nil, err
	}
	numbers := make([]uint32, s.Segment().Count())
	terms := termsFrom(ids, nil, nil)
	var reader documentReader
	for {
		entry, err := terms.Next()
		if err != nil || entry == nil {
			return numbers, err
		}
		if entry.Term == fillerID {
			continue
		}
		ordinal, err := ordinalOf([]byte(entry.Term))
		if err != nil {
			return nil, err
		}
		local, err := reader.document(ids, []byte(entry.Term))
		if err != nil {
			return nil, err
		}
		if local >= uint64(len(numbers)) {
			return nil, fmt.Errorf("document %d of %d", local, len(numbers))
		}
		numbers[local] = ordinal
	}
}

// documentReader looks up one document after the other without leaving garbage.
type documentReader struct {
	list     segment.PostingsList
	iterator segment.PostingsIterator
}

// document is the segment's own number of the document with this ID.
func (r *documentReader) document(ids segment.TermDictionary, id []byte) (local uint64, err error) {
	if r.list, err = ids.PostingsList(id, nil, r.list); err != nil {
		return 0, err
	}
	r.iterator = r.list.Iterator(false, false, false, r.iterator)
	if quick, ok := r.iterator.(segment.OptimizablePostingsIterator); ok {
		if local, ok = quick.DocNum1Hit(); ok {
			return local, nil
		}
	}
	posting, err := r.iterator.Next()
	if err != nil || posting == nil {
		return 0, errors.Join(fmt.Errorf("no document %x", id), err)
	}
	return posting.Number(), nil
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
