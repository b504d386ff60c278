package store

import "veridesk/backend/idv"

// FactsChunk lets the tests make a chunk of facts of any size.
func FactsChunk(facts []idv.Facts) []byte {
	var e factsEncoder
	e.encode(facts)
	return e.chunk
}
