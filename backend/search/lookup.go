package search

// Reading Bleve's postings: the dictionary of a field leads to the documents of
// a term.

import (
	"context"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// lookup reads one part for one search.
type lookup struct {
	ctx          context.Context
	part         *part
	dictionaries map[string]segment.TermDictionary // by field, those that were asked for
}

func (l *lookup) dictionary(field string) (segment.TermDictionary, error) {
	if known, ok := l.dictionaries[field]; ok {
		return known, nil
	}
	opened, err := l.part.segment.Segment().Dictionary(field)
	l.dictionaries[field] = opened
	return opened, err
}

// reading gives the documents that answer the words of a reading.
func (l *lookup) reading(r reading) (answer, error) {
	if err := l.ctx.Err(); err != nil {
		return answer{}, err
	}
	if r.near != "" {
		return l.looking(r.near)
	}
	var found postings
	for _, prefix := range r.exact {
		if err := l.beginning(&found, prefix); err != nil {
			return answer{}, err
		}
	}
	exact := found.bitmap()
	return answer{exact: exact, any: exact}, nil
}

// beginning adds the documents of the terms that begin with a prefix: of one
// that is not deeper than its terms there is a list, and the other terms are in
// the fields of their depths.
func (l *lookup) beginning(to *postings, prefix string) error {
	if len(prefix) < leastGram {
		to.addBitmap(l.part.begins[prefix])
		return nil
	}
	grams, err := l.dictionary(gramField)
	if err != nil {
		return err
	}
	if err := to.add(grams, []byte(prefix)); err != nil {
		return err
	}
	for _, depth := range l.tails(prefix) {
		// A term of that depth has a list for each of its beginnings up to it.
		if listed, err := grams.Contains([]byte(prefix[:depth])); !listed || err != nil {
			return err
		}
		all := func(string) *postings { return to }
		if err := l.gather(tailFields[depth], begins(prefix), all); err != nil {
			return err
		}
	}
	return nil
}

// looking gives the documents of the terms that begin with a word, and those of
// the terms that begin with what looks like it.
func (l *lookup) looking(word string) (found answer, err error) {
	var exact, near postings
	which := func(term string) *postings {
		if strings.HasPrefix(term, word) {
			return &exact
		}
		return &near
	}
	grams, err := l.dictionary(gramField)
	if err != nil {
		return answer{}, err
	}
	deepest := 0
	if err := eachTerm(l.ctx, termsOf(grams, likeness{word, true}), func(term string) error {
		deepest = max(deepest, len(term))
		if len(term) < len(word) {
			return nil
		}
		return which(term).add(grams, []byte(term))
	}); err != nil {
		return answer{}, err
	}
	for _, depth := range l.tails(word) {
		if depth > deepest { // see beginning
			break
		}
		if err := l.gather(tailFields[depth], likeness{word, false}, which); err != nil {
			return answer{}, err
		}
	}
	found.exact = exact.bitmap()
	found.any = either(found.exact, near.bitmap())
	return found, nil
}

// tails are the depths of the terms that are less deep than a prefix is long.
func (l *lookup) tails(prefix string) []int {
	n, _ := slices.BinarySearch(l.part.tails, len(prefix))
	return l.part.tails[:n]
}

// gather adds the documents of a field's terms that match to the postings that are
// for the term.
func (l *lookup) gather(field string, match segment.Automaton, to func(term string) *postings) error {
	dictionary, err := l.dictionary(field)
	if err != nil {
		return err
	}
	return eachTerm(l.ctx, termsOf(dictionary, match), func(term string) error {
		return to(term).add(dictionary, []byte(term))
	})
}

// eachTerm hands over the terms of an iterator.
func eachTerm(ctx context.Context, terms segment.DictionaryIterator, do func(term string) error) error {
	for n := 1; ; n++ {
		entry, err := terms.Next()
		if err != nil || entry == nil {
			return err
		}
		if err := do(entry.Term); err != nil {
			return err
		}
		if n%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// termsOf lists a dictionary's terms that match, nil all, without reading the
// postings of each only to count them, if the segment's version can do so.
func termsOf(terms segment.TermDictionary, match segment.Automaton) segment.DictionaryIterator {
	uncounted, ok := terms.(interface {
		AutomatonIteratorOmitCount(match segment.Automaton, from, before []byte) segment.DictionaryIterator
	})
	if ok {
		return uncounted.AutomatonIteratorOmitCount(match, nil, nil)
	}
	return terms.AutomatonIterator(match, nil, nil)
}

// begins is an automaton like likeness: it matches what begins with this. A range
// from it on would do as well, but where nothing begins so Bleve goes on to the next
// term, all the way.
type begins string

// Start implements segment.Automaton, as the others do.
func (begins) Start() int { return 0 }

// IsMatch reports whether what has been read matches.
func (b begins) IsMatch(state int) bool { return state == len(b) }

// CanMatch reports whether it may become a match.
func (begins) CanMatch(state int) bool { return state != fail }

// WillAlwaysMatch reports whether it stays a match, whatever follows.
func (b begins) WillAlwaysMatch(state int) bool { return state == len(b) }

// Accept reads a byte.
func (b begins) Accept(state int, sign byte) int {
	switch {
	case state == fail || state == len(b):
		return state
	case sign == b[state]:
		return state + 1
	}
	return fail
}

// postings gathers the documents of one or more terms: many terms have a single
// document, and the others a bitmap.
type postings struct {
	singles []uint32
	bitmaps []*roaring.Bitmap
	list    segment.PostingsList // to be used again, if what it gave is not
	walk    segment.PostingsIterator
}

func (p *postings) add(dictionary segment.TermDictionary, term []byte) (err error) {
	if p.list, err = dictionary.PostingsList(term, nil, p.list); err != nil {
		return err
	}
	p.walk = p.list.Iterator(false, false, false, p.walk)
	iterator, ok := p.walk.(segment.OptimizablePostingsIterator)
	if !ok {
		return nil // Bleve's iterator over nothing
	}
	if number, ok := iterator.DocNum1Hit(); ok {
		p.singles = append(p.singles, uint32(number))
	} else if p.addBitmap(iterator.ActualBitmap()) {
		p.list, p.walk = nil, nil
	}
	return nil
}

// addBitmap reports whether there was anything to add.
func (p *postings) addBitmap(bitmap *roaring.Bitmap) bool {
	if bitmap == nil || bitmap.IsEmpty() {
		return false
	}
	p.bitmaps = append(p.bitmaps, bitmap)
	return true
}

// bitmap is the union, nil if it is empty. It must not be changed: it may lie in
// a segment's file.
func (p *postings) bitmap() *roaring.Bitmap {
	switch {
	case len(p.bitmaps) == 1 && len(p.singles) == 0:
		return p.bitmaps[0]
	case len(p.bitmaps) == 0 && len(p.singles) == 0:
		return nil
	}
	union := roaring.FastOr(p.bitmaps...)
	union.AddMany(p.singles)
	return union
}
