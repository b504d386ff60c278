// The plan of a session: what becomes of it and when. It is cheap, so that a
// portal of a million sessions is ready within a second or two.
package demo

import (
	"cmp"
	"time"
)

// Epoch is the moment at which the demo clock starts. Every session began
// before it, and only pending ones change after it.
var Epoch = time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)

const (
	second = int64(1000) // times are in milliseconds since 1970
	minute = 60 * second
	hour   = 60 * minute
	day    = 24 * hour

	span     = 1826 * day // how far back the sessions go
	keepFor  = 1640 * day // some sessions older than this have been erased
	block    = 32         // one person in so many sessions may come again
	timezone = 4 * hour   // Tbilisi, where most people are: they sleep at night
)

// hours says how busy each local hour of the day is.
var hours = []int{2, 1, 1, 0, 0, 1, 2, 5, 10, 18, 26, 30, 30, 27, 28, 29, 28, 26, 22, 18, 15, 12, 8, 4}

type plan struct {
	index   uint32
	first   uint32 // the first session of the same person
	attempt int    // 1 for the first session of the person, then 2, 3
	kind    kind
	turn    kind // what a pending session becomes
	erased  bool
	sandbox bool

	created, started, finished int64
	changed                    int64 // the last change before Epoch
	turns                      int64 // when a pending session becomes final, after Epoch
}

// change is a session's place in the feed: ascending by moment, then by index.
type change struct {
	at    int64
	index uint32
}

func (a change) compare(b change) int {
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.index, b.index))
}

// plan is the session as it stood at Epoch.
func (p *Portal) plan(i uint32) plan {
	first, size := p.group(i)
	pl := plan{index: i, first: first, attempt: int(i-first) + 1}
	c := p.chance(streamPlan, i)
	switch {
	case pl.attempt < size:
		pl.kind = one(c, retried)
	case size > 1:
		pl.kind = verified
	default:
		pl.kind = c.kind()
	}
	pl.turn = one(c, turned)
	pl.sandbox = c.percent(1)
	p.schedule(&pl, c)
	return pl
}

// group is the person's first session and the number of the sessions. Within
// each block of sessions at most one person comes more than once.
func (p *Portal) group(i uint32) (first uint32, size int) {
	c := p.chance(streamGroup, i/block)
	size = 1 + c.weighted([]int{4, 4, 2})
	first = i/block*block + uint32(c.IntN(block-2))
	if i < first || i >= first+uint32(size) {
		return i, 1
	}
	return first, size
}

// schedule sets the times.
func (p *Portal) schedule(pl *plan, c chance) {
	epoch := Epoch.UnixMilli()
	arrived, keep := p.arrival(pl.first)
	pl.created = arrived + int64(pl.attempt-1)*8*minute
	if pl.kind == pending {
		pl.created = epoch - c.Int64N(40*hour) - 15*minute
		pl.turns = epoch + 20*second + c.Int64N(580*second)
	}
	pl.created += c.Int64N(2 * minute)
	pl.started = pl.created + 5*second + c.Int64N(50*second)
	pl.finished = pl.started + 20*second + c.Int64N(160*second)
	pl.changed = pl.finished
	if pl.kind.byHand() {
		pl.changed += min(5*minute+c.Int64N(day), (epoch-pl.finished)/2)
	}
	if arrived < epoch-keepFor-30*day && !keep && pl.kind != pending {
		pl.erased = true
		pl.changed = arrived + keepFor + c.Int64N(30*day)
	}
}

// arrival is when the person came first, and whether the person's sessions are
// kept for ever. The density of arrivals grows towards Epoch as it does for a
// company that grows.
func (p *Portal) arrival(first uint32) (at int64, keep bool) {
	c := p.chance(streamArrival, first)
	u := c.Int64N(1 << 20)
	days := (span / day) * u * u >> 40
	epoch := Epoch.UnixMilli()
	midnight := (epoch+timezone)/day*day - timezone
	at = midnight - days*day + int64(c.weighted(hours))*hour + c.Int64N(hour)
	if at > epoch-hour {
		at -= day
	}
	return at, c.percent(40)
}

// at is the plan as it stands at that moment of the portal's clock.
func (pl plan) at(now int64) plan {
	if pl.kind == pending && pl.turns <= now {
		pl.kind = pl.turn
		pl.finished = pl.turns
		pl.changed = pl.turns
	}
	return pl
}
