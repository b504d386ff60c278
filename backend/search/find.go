package search

import (
	"context"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// Find returns the ordinals of the sessions that answer every word of text. A
// word is answered by a session that has a term beginning with it; see Terms and
// Word. A text without any word restricts nothing: then all is true and found is
// nil. Any text has an answer; see Words for what is read of a very long one.
//
// The answer is that of one moment: an Update is in it as a whole or not at all.
func (ix *Index) Find(ctx context.Context, text string) (found *roaring.Bitmap, all bool, err error) {
	words := Words(text)
	if len(words) == 0 {
		return nil, true, ctx.Err()
	}
	err = ix.use("search", func() error {
		found, err = ix.find(ctx, words)
		return err
	})
	if err != nil {
		return nil, false, err
	}
	return found, false, nil
}

// find asks every segment. What it gathers is copied out of the segments' mapped
// files before the snapshot is closed.
func (ix *Index) find(ctx context.Context, words []Word) (*roaring.Bitmap, error) {
	snapshot, err := ix.snapshot()
	if err != nil {
		return nil, err
	}
	defer snapshot.Close()
	segments := snapshot.Segments()
	ix.ordinals.keep(segments)
	var hits []uint32
	for _, s := range segments {
		local, err := findIn(ctx, s, words)
		if err != nil {
			return nil, err
		}
		if local.IsEmpty() {
			continue
		}
		numbers, err := ix.ordinals.of(s)
		if err != nil {
			return nil, err
		}
		hits = appendOrdinals(hits, local, numbers)
	}
	return bitmapOf(hits), nil
}

// findIn returns the segment's own numbers of its living documents that answer
// every word. The bitmap may lie in the segment's file: it must not be changed.
func findIn(ctx context.Context, s *scorch.SegmentSnapshot, words []Word) (*roaring.Bitmap, error) {
	look := lookup{ctx: ctx}
	var err error
	if look.grams, err = s.Segment().Dictionary(gramField); err != nil {
		return nil, err
	}
	if look.terms, err = s.Segment().Dictionary(termField); err != nil {
		return nil, err
	}
	var hits *roaring.Bitmap
	for _, word := range words {
		answering, err := look.word(word)
		if err != nil {
			return nil, err
		}
		if hits == nil {
			hits = answering
		} else {
			hits = roaring.And(hits, answering)
		}
		if hits.IsEmpty() {
			return hits, nil
		}
	}
	if dead := s.Deleted(); dead != nil {
		hits = roaring.AndNot(hits, dead)
	}
	return hits, nil
}

// lookup reads one segment's postings. Deleted documents are among them.
type lookup struct {
	ctx          context.Context
	grams, terms segment.TermDictionary
}

func (l lookup) word(word Word) (*roaring.Bitmap, error) {
	hits, err := l.prefix(word.Joined)
	if err != nil || len(word.Parts) == 0 {
		return hits, err
	}
	var every *roaring.Bitmap
	for _, part := range word.Parts {
		answering, err := l.prefix(part)
		if err != nil {
			return nil, err
		}
		if every == nil {
			every = answering
		} else {
			every = roaring.And(every, answering)
		}
	}
	return roaring.Or(hits, every), nil
}

func (l lookup) prefix(word string) (*roaring.Bitmap, error) {
	if err := l.ctx.Err(); err != nil {
		return nil, err
	}
	if utf8.RuneCountInString(word) <= maxGram {
		var one postings
		err := one.add(l.grams, []byte(word))
		return one.bitmap(), err
	}
	return l.expand(word)
}

// expand gathers the postings of every term that begins with word.
func (l lookup) expand(word string) (*roaring.Bitmap, error) {
	var all postings
	terms := termsFrom(l.terms, []byte(word), after(word))
	for n := 0; ; n++ {
		entry, err := terms.Next()
		if err != nil {
			return nil, err
		}
		if entry == nil {
			return all.bitmap(), nil
		}
		if err := all.add(l.terms, []byte(entry.Term)); err != nil {
			return nil, err
		}
		if n%1024 == 1023 && l.ctx.Err() != nil {
			return nil, l.ctx.Err()
		}
	}
}

// termsFrom lists a dictionary's terms from begin to before end, without reading
// the postings of each only to count them, if the segment's version can do so.
func termsFrom(terms segment.TermDictionary, begin, end []byte) segment.DictionaryIterator {
	uncounted, ok := terms.(interface {
		AutomatonIteratorOmitCount(a segment.Automaton, begin, end []byte) segment.DictionaryIterator
	})
	if ok {
		return uncounted.AutomatonIteratorOmitCount(nil, begin, end)
	}
	return terms.AutomatonIterator(nil, begin, end)
}

// after is the first key behind all that begin with word. The last byte of UTF-8
// is never 0xFF, so that it can be counted up.
func after(word string) []byte {
	end := []byte(word)
	end[len(end)-1]++
	return end
}

// postings gathers the documents of one or more terms: many terms have a single
// document, and the others a bitmap.
type postings struct {
	singles []uint32
	bitmaps []*roaring.Bitmap
}

func (p *postings) add(dictionary segment.TermDictionary, term []byte) error {
	list, err := dictionary.PostingsList(term, nil, nil)
	if err != nil {
		return err
	}
	iterator, ok := list.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
	if !ok {
		return nil // Bleve's iterator over nothing
	}
	if number, ok := iterator.DocNum1Hit(); ok {
		p.singles = append(p.singles, uint32(number))
	} else if bitmap := iterator.ActualBitmap(); bitmap != nil {
		p.bitmaps = append(p.bitmaps, bitmap)
	}
	return nil
}

// bitmap is the union. It must not be changed: it may lie in a segment's file.
func (p *postings) bitmap() *roaring.Bitmap {
	if len(p.bitmaps) == 1 && len(p.singles) == 0 {
		return p.bitmaps[0]
	}
	union := roaring.FastOr(p.bitmaps...)
	union.AddMany(p.singles)
	return union
}
