package search

// How many beginnings of a term have a postings list of their own. A beginning
// that many terms share must have one, for to gather them term by term would take
// too long. One that only a few terms share needs none, however many sessions have
// those: it would cost more than the few lists that a search has to gather. How
// many share it is seen batch by batch, so that the index is right for whatever
// names and numbers a company's sessions have.

import "slices"

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

// known is what a batch says of a term.
type known struct {
	first int // the first session that has it
	depth int // the length of its longest beginning that is not rare, within bounds
}

// whole reports whether nothing of the term is beyond its depth.
func (k *known) whole(term string) bool { return k.depth >= len(term) }

// depths looks at the terms of each session of a batch.
func depths(all [][]string) map[string]*known {
	batch := map[string]*known{}
	for i, terms := range all {
		for _, term := range terms {
			if batch[term] == nil {
				batch[term] = &known{first: i}
			}
		}
	}
	least, enough := leastDepth, rare(len(all))
	if len(all) < smallBatch {
		least = smallDepth
	}
	sorted := make([]string, 0, len(batch))
	for term, k := range batch {
		k.depth = least
		sorted = append(sorted, term)
	}
	slices.Sort(sorted)
	// Of so many neighbours, the first and the last share what all do.
	for i := 0; i+enough <= len(sorted); i++ {
		shared := min(sharedLength(sorted[i], sorted[i+enough-1]), maxDepth)
		if shared <= least {
			continue
		}
		for _, term := range sorted[i : i+enough] {
			k := batch[term]
			k.depth = max(k.depth, shared)
		}
	}
	return batch
}

// sharedLength is how many bytes two terms begin with alike.
func sharedLength(a, b string) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}
