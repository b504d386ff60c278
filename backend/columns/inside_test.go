package columns

import (
	"testing"

	"veridesk/backend/idv"
)

// Who waits for the counts hears what went wrong with them, and no lock stays behind.
func TestMeanwhilePanics(t *testing.T) {
	c := New()
	c.mu.RLock()
	facets := c.meanwhile(func() idv.Facets { panic("of a count") })
	defer func() {
		if fault := recover(); fault != "of a count" {
			t.Errorf("panic %v", fault)
		}
		if !c.mu.TryLock() {
			t.Error("the columns are still locked")
		}
	}()
	facets()
}
