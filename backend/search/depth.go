package search

// How many beginnings of a term have a postings list of their own. A beginning
// that many sessions share must have one, for to gather them term by term would
// take too long. A rare one needs none: it costs more than the few terms that a
// search has to gather. What is rare is seen batch by batch, so that the index
// is right for whatever numbers a company uses.

import "slices"

const (
	leastDepth = 3  // shorter beginnings are never gathered term by term
	smallDepth = 5  // the same of terms in a small batch, which knows little of what is rare
	maxDepth   = 32 // longer ones always are
	smallBatch = 200
)

// rare is how many sessions of a batch may share a beginning that has no list of
// its own: so many that a search gathers about as many terms in all, whether the
// archive was indexed in large batches or in small ones.
func rare(batch int) int { return min(max(2, batch*rareInLarge/largeBatch), rareInLarge) }

const (
	largeBatch  = 10_000
	rareInLarge = 16
)

// known is what a batch says of a term.
type known struct {
	count int
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
			if k := batch[term]; k != nil {
				k.count++
			} else {
				batch[term] = &known{count: 1, first: i}
			}
		}
	}
	least, enough := leastDepth, rare(len(all))
	if len(all) < smallBatch {
		least = smallDepth
	}
	var sorted []string // each as often as it counts
	for term, k := range batch {
		k.depth = least
		for range min(k.count, enough) {
			sorted = append(sorted, term)
		}
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
