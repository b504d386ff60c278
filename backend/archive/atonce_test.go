package archive

import (
	"testing"

	"veridesk/backend/idv"
)

// So many sessions go into the next transaction that it writes about as much as one
// should.
func TestAtOnce(t *testing.T) {
	for _, c := range []struct {
		sessions, atOnce int
		pages            int64
	}{
		{500, mostAtOnce, 1 << 20},    // new sessions
		{1000, leastAtOnce, 32 << 20}, // each has pages of its own
		{750, 750, writePages},
		{0, mostAtOnce, 0}, // a cursor alone
		{1, leastAtOnce, 1 << 20},
	} {
		held := gathered{read: c.sessions, atOnce: leastAtOnce}
		held.batch.Sessions = make([]idv.Session, c.sessions)
		held.kept(c.pages)
		if held.atOnce != c.atOnce || held.read != 0 || held.batch.Sessions != nil {
			t.Errorf("%d sessions in %d bytes: %d at once, %d left", c.sessions, c.pages, held.atOnce, held.read)
		}
	}
}
