package store

import (
	"fmt"
	"reflect"

	"veridesk/backend/idv"
)

// scrubbedFacts are the facts that Scrub has read. A chunk that is missing is no
// damage: Facts makes it anew.
type scrubbedFacts struct {
	from, to uint32      // the ordinals of the chunk read last
	list     []idv.Facts // its facts; none if it is missing or damaged
	chunks   int         // that are there
}

// checkFacts opens the chunk of facts that begins with a session, if one does.
func (c *scrubber) checkFacts(ordinal uint32) error {
	if ordinal <= c.facts.to {
		return nil
	}
	number := ordinal / chunkFacts
	c.facts.list = nil
	c.facts.from, c.facts.to = span(number, chunkFacts, c.state.Last)
	if c.bucket(bucketFacts).raw.Get(ordinalKey(number)) == nil {
		return nil
	}
	c.facts.chunks++
	c.found.Values++
	thing := fmt.Sprintf("facts of sessions number %d to %d", c.facts.from, number*chunkFacts+chunkFacts-1)
	return c.try(thing, func() (err error) {
		c.facts.list, err = c.readFacts(c.bucket(bucketFacts).get, nil, number, c.state.Last)
		return err
	})
}

// sameFacts checks a session against its facts.
func (c *scrubber) sameFacts(ordinal uint32, s idv.Session) error {
	if c.facts.list != nil && !reflect.DeepEqual(c.facts.list[ordinal-c.facts.from], idv.NewFacts(s)) {
		return errDisagree
	}
	return nil
}
