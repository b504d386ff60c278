package search

// How many beginnings of a term have a postings list of their own. A beginning
// that many terms share must have one, for to gather them term by term would take
// too long. One that only a few terms share needs none, however many sessions have
// those: it would cost more than the few lists that a search has to gather. How
// many share it is seen batch by batch, so that the index is right for whatever
// names and numbers a company's sessions have.

import (
	"slices"
	"strings"

	"veridesk/backend/giveway"
)

const (
	leastDepth = 2  // shorter beginnings are never gathered term by term
	smallDepth = 5  // the same of terms in a small batch, which knows little of what is rare
	maxDepth   = 32 // longer ones always are
	smallBatch = 200
)

// rare is how many terms of a batch may share a beginning that has no list of its
// own: so many that a search gathers about as many in all, whether the archive was
// indexed in large batches or in small ones.
func rare(batch int) int { return min(max(2, batch*rareInLarge/largeBatch), rareInLarge) }

const (
	largeBatch  = 10_000
	rareInLarge = 16
)

// known is a term, and what its batch says of it.
type known struct {
	term  string
	first int // the first session that has it
	depth int // the length of its longest beginning that is not rare, within bounds
}

// whole reports whether nothing of the term is beyond its depth.
func (k *known) whole() bool { return k.depth >= len(k.term) }

// own is the length of the longest beginning that has a list of its own.
func (k *known) own() int { return min(k.depth, len(k.term)) }

// depths looks at the terms of each session of a batch.
func depths(all [][]string, way *giveway.Way) [][]*known {
	var sorted []*known // each term once
	batch := make(map[string]*known, len(all))
	found := make([][]*known, len(all))
	least, enough := leastDepth, rare(len(all))
	if len(all) < smallBatch {
		least = smallDepth
	}
	for i, terms := range all {
		way.Give()
		found[i] = make([]*known, len(terms))
		for j, term := range terms {
			k := batch[term]
			if k == nil {
				k = &known{term, i, least}
				batch[term] = k
				sorted = append(sorted, k)
			}
			found[i][j] = k
		}
	}
	slices.SortFunc(sorted, func(a, b *known) int {
		way.Give() // the sort of a batch takes longer than who asks should wait
		return strings.Compare(a.term, b.term)
	})
	// Of so many neighbours, the first and the last share what all do.
	for i := 0; i+enough <= len(sorted); i++ {
		neighbours := sorted[i : i+enough]
		shared := min(sharedLength(neighbours[0].term, neighbours[enough-1].term), maxDepth)
		if shared <= least {
			continue
		}
		for _, k := range neighbours {
			k.depth = max(k.depth, shared)
		}
	}
	return found
}

// sharedLength is how many bytes two terms begin with alike.
func sharedLength(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
