package search

// One segment of the index, as a search asks it.

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"veridesk/backend/giveway"
)

// part is a segment at one moment.
type part struct {
	*content
	segment *scorch.SegmentSnapshot
	dead    *roaring.Bitmap // ordinals of deleted documents; nil if there are none
}

// content is what searches need of a segment. It never changes: deletions apart,
// neither does the segment.
type content struct {
	numbers []uint32        // the ordinals, by the segment's own document number
	runs    []run           // the same
	highest uint32          // of the ordinals
	fillers *roaring.Bitmap // documents that have none, see fillerID
	tails   []int           // the depths of which it has tail fields, ascending
	// begins holds, by a term's first sign, the segment's own document numbers, and
	// firsts the ordinals: they are so many that a search would take its time to
	// gather and to translate them. So firsts has the first two signs that are frequent.
	begins, firsts map[string]*roaring.Bitmap
}

// newPart reads what searches need of a segment. known is what has been read of
// the same segment at another moment, or nil.
func newPart(ctx context.Context, s *scorch.SegmentSnapshot, known *content, way *giveway.Way) (p *part, err error) {
	p = &part{content: known, segment: s}
	// Bleve opens a dictionary when it is first asked for.
	for _, field := range s.Segment().Fields() {
		if _, err := s.Segment().Dictionary(field); err != nil {
			return nil, err
		}
	}
	if known == nil {
		if err := p.read(ctx, way); err != nil {
			return nil, err
		}
		p.letGo()
	}
	if deleted := s.Deleted(); deleted != nil && !deleted.IsEmpty() {
		p.dead = translated([]*part{p}, []*roaring.Bitmap{without(deleted, p.fillers)})
	}
	return p, nil
}

// letGo hands back the pages of the segment's file, if it has one.
func (p *part) letGo() {
	file, mapped := p.segment.Segment().(interface{ Data() []byte })
	if _, kept := p.segment.Segment().(segment.PersistedSegment); kept && mapped {
		forget(file.Data())
	}
}

func (p *part) read(ctx context.Context, way *giveway.Way) error {
	p.content = &content{begins: map[string]*roaring.Bitmap{}, firsts: map[string]*roaring.Bitmap{}}
	if err := p.readNumbers(p.segment, way); err != nil {
		return err
	}
	p.runs = runsOf(p.numbers)
	fields := p.segment.Segment().Fields()
	for depth, field := range tailFields {
		if slices.Contains(fields, field) {
			p.tails = append(p.tails, depth)
		}
	}
	return p.readFirsts(ctx, way)
}

// readFirsts puts together what begins with a sign, the shortest lists, and what begins
// with two that are frequent.
func (p *part) readFirsts(ctx context.Context, way *giveway.Way) error {
	look := lookup{ctx: ctx, part: p, dictionaries: map[string]segment.TermDictionary{}}
	found, pairs := map[string]*postings{}, []string{}
	err := look.gather(gramField, short{}, func(term string) *postings {
		if len(term) == leastGram {
			pairs = append(pairs, term)
		}
		if found[term[:1]] == nil {
			found[term[:1]] = &postings{}
		}
		return found[term[:1]]
	})
	if err != nil {
		return err
	}
	for sign, postings := range found {
		p.begins[sign] = postings.bitmap().Clone() // it outlives the segment's file
		p.firsts[sign] = translated([]*part{p}, []*roaring.Bitmap{p.begins[sign]})
	}
	if len(p.numbers) < frequentOf {
		return nil
	}
	for _, pair := range pairs {
		way.Give()
		var found postings
		if err := look.beginning(&found, pair); err != nil {
			return err
		}
		documents := found.bitmap()
		if documents != nil && documents.GetCardinality()*frequent >= uint64(len(p.numbers)) {
			p.firsts[pair] = translated([]*part{p}, []*roaring.Bitmap{documents})
		}
	}
	return nil
}

// frequent two signs are if one of so many documents has a term that begins with them.
const frequent = 64

// frequentOf is how many documents a part has for whose frequent signs it is worth it.
// Tests set it.
var frequentOf = 1 << 16

// living gives the ordinals of what begins with any of these, if they are at hand. It
// must not be changed.
func (p *part) living(prefixes []string) (ordinals *roaring.Bitmap, atHand bool) {
	for _, prefix := range prefixes {
		known := p.firsts[prefix]
		if known == nil && len(prefix) != 1 {
			return nil, false
		}
		ordinals = either(ordinals, known)
	}
	return without(ordinals, p.dead), true
}

// short is an automaton like likeness: it matches the shortest beginnings.
type short struct{}

// Start implements segment.Automaton, as the others do.
func (short) Start() int { return 0 }

// IsMatch reports whether what has been read matches.
func (short) IsMatch(state int) bool { return 0 < state && state <= leastGram }

// CanMatch reports whether it may become a match.
func (short) CanMatch(state int) bool { return state <= leastGram }

// WillAlwaysMatch reports whether it stays a match, whatever follows.
func (short) WillAlwaysMatch(int) bool { return false }

// Accept reads a byte.
func (short) Accept(state int, _ byte) int { return state + 1 }

// answer is the sets of a part's own document numbers that answer some words:
// exactly, and in any way. They must not be changed: they may lie in Bleve's
// memory. Deleted documents are among them.
type answer struct{ exact, any *roaring.Bitmap }

// find gives the living documents of a part that answer a question.
func (p *part) find(ctx context.Context, asked Question) (answer, error) {
	look := lookup{ctx: ctx, part: p, dictionaries: map[string]segment.TermDictionary{}}
	upTo := make([]answer, asked.words+1)
	for _, r := range asked.readings {
		if r.from > 0 && upTo[r.from].any == nil {
			continue
		}
		one, err := look.reading(r)
		if err != nil {
			return answer{}, err
		}
		if r.from > 0 {
			one.exact = both(one.exact, upTo[r.from].exact)
			one.any = both(one.any, upTo[r.from].any)
		}
		upTo[r.to].exact = either(upTo[r.to].exact, one.exact)
		upTo[r.to].any = either(upTo[r.to].any, one.any)
	}
	found := upTo[asked.words]
	if dead := p.segment.Deleted(); dead != nil {
		found.exact, found.any = without(found.exact, dead), without(found.any, dead)
	}
	return found, nil
}

// both, either and without work on sets of which nil is the empty one. What they
// return may be what they are given.

func both(a, b *roaring.Bitmap) *roaring.Bitmap {
	switch {
	case a == b:
		return a
	case a == nil || b == nil:
		return nil
	}
	return orNil(roaring.And(a, b))
}

func either(a, b *roaring.Bitmap) *roaring.Bitmap {
	switch {
	case a == nil || a == b:
		return b
	case b == nil:
		return a
	}
	return roaring.Or(a, b)
}

func without(a, b *roaring.Bitmap) *roaring.Bitmap {
	if a == nil || b == nil {
		return a
	}
	return orNil(roaring.AndNot(a, b))
}

func orNil(a *roaring.Bitmap) *roaring.Bitmap {
	if a.IsEmpty() {
		return nil
	}
	return a
}
