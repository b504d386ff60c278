package store

import "veridesk/backend/idv"

// The archives of the tests are given in several parts.
func init() { factsGiven = 20 }

// FactsChunk lets the tests make a chunk of facts of any size.
func FactsChunk(facts []idv.Facts) []byte {
	var e factsEncoder
	e.encode(facts)
	return e.chunk
}
