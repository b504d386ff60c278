package search

// From Bleve's document numbers, which are those of one segment, to ordinals.

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"veridesk/backend/giveway"
)

// readNumbers reads the ordinals of a segment's documents, deleted ones included,
// by document number, and which documents have none. It reads them from the
// dictionary of document IDs, which is sealed as a whole: that is quicker than to
// open every document, and where a document lies in the file is written in clear.
func (c *content) readNumbers(s *scorch.SegmentSnapshot, way *giveway.Way) error {
	ids, err := s.Segment().Dictionary(idField)
	if err != nil {
		return err
	}
	c.numbers, c.fillers = make([]uint32, s.Segment().Count()), roaring.New()
	terms := termsOf(ids, nil)
	var reader documentReader
	var id []byte
	for n := 0; ; n++ {
		if n%512 == 0 {
			way.Give()
		}
		entry, err := terms.Next()
		if err != nil || entry == nil {
			return err
		}
		id = append(id[:0], entry.Term...)
		local, err := reader.document(ids, id)
		if err != nil {
			return err
		}
		if entry.Term == fillerID {
			c.fillers.Add(uint32(local))
			continue
		}
		ordinal, err := ordinalOf(id)
		if err != nil {
			return err
		}
		if local >= uint64(len(c.numbers)) {
			return fmt.Errorf("document %d of %d", local, len(c.numbers))
		}
		c.numbers[local] = ordinal
		c.highest = max(c.highest, ordinal)
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

// usedBits is the memory of searches, to be used again: of each session, or of each
// document of a segment, a bit.
var usedBits = sync.Pool{New: func() any { return new([]uint64) }}

// translated gives the ordinals of the documents found in each part.
func translated(parts []*part, found []*roaring.Bitmap) *roaring.Bitmap {
	total, highest := uint64(0), uint32(0)
	for i, documents := range found {
		if documents != nil {
			total += documents.GetCardinality()
			highest = max(highest, parts[i].highest)
		}
	}
	switch {
	case total == 0:
		return roaring.New()
	case uint64(highest) > total*sparse:
		return translatedFew(parts, found, make([]uint32, 0, total))
	}
	used := clearBits(int(highest) + 1)
	defer usedBits.Put(used)
	for i, documents := range found {
		if documents != nil {
			parts[i].translate(*used, documents)
		}
	}
	return roaring.FromDense(*used, true)
}

// sparse is the number of possible ordinals to each hit from which sorting the
// hits beats setting bits in an array that must be cleared and read as a whole.
const sparse = 1024

func translatedFew(parts []*part, found []*roaring.Bitmap, ordinals []uint32) *roaring.Bitmap {
	for i, documents := range found {
		each(documents, func(some []uint32) {
			for _, number := range some {
				ordinals = append(ordinals, parts[i].numbers[number])
			}
		})
	}
	slices.Sort(ordinals)
	return roaring.BitmapOf(ordinals...)
}

// each hands over the members of a set, which may be nil, some at a time.
func each(set *roaring.Bitmap, do func(some []uint32)) {
	if set == nil {
		return
	}
	var buffer [1024]uint32
	for members := set.ManyIterator(); ; {
		n := members.NextMany(buffer[:])
		if n == 0 {
			return
		}
		do(buffer[:n])
	}
}
