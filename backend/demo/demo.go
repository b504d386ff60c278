// Package demo is an invented verification portal: sessions of every kind,
// generated from a seed, and the HTTP interface that a real portal has. It
// gives a new user something to look at and the tests something true to talk
// to. It shares no code with the readers of that interface, so that each
// checks the other. Every person, number and picture in it is made up.
package demo

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// What a portal is made with when nobody says otherwise.
const (
	DefaultSessions = 5000
	DefaultSeed     = 1
	DefaultKey      = "demo"
)

// Options says which portal to make.
type Options struct {
	Sessions int    // how many, taken literally; a million needs about 16 MB
	Seed     int64  // another seed, other people
	Key      string // the company's secret key; "" is DefaultKey
	// Now is the portal's clock. nil is the demo clock, which shows Epoch when
	// the portal is made and runs on from there.
	Now func() time.Time
}

// SourceName is the name under which an archive keeps its place in this
// portal's feed. It holds the number of sessions: a bigger portal has more of
// them all through time, so that its feed is read from the start.
func SourceName(o Options) string {
	return fmt.Sprintf("demo portal, seed %d, %d sessions", o.Seed, o.Sessions)
}

// Portal serves the sessions. Session i depends on the seed and on i alone, so
// a bigger portal holds the very sessions of a smaller one and some more.
// Only the order of the feed is kept in memory; a session is made anew
// whenever it is asked for.
type Portal struct {
	options Options
	names   names
	pages   http.Handler
	fonts   fonts
	secret  []byte    // signs the links of photos and the cursors
	answers sync.Pool // of *answer, as long as a page of the feed

	feed  []change        // every session by its last change before Epoch, ascending
	turns []change        // pending sessions by the moment they turn final, ascending
	final map[uint32]move // the same by session

	mu     sync.Mutex
	closed map[uint32]bool      // guarded by mu: sessions that were closed to further reading
	sheets map[sheetName]canvas // guarded by mu: see sheet
}

// New makes a portal. The same options give the same sessions on every
// machine, and the same answers but for the time of day in them.
func New(o Options) *Portal {
	o.Sessions = max(0, o.Sessions)
	if o.Key == "" {
		o.Key = DefaultKey
	}
	if o.Now == nil {
		started := time.Now()
		o.Now = func() time.Time { return Epoch.Add(time.Since(started)) }
	}
	p := &Portal{
		options: o,
		names:   newNames(),
		fonts:   newFonts(),
		secret:  fmt.Appendf(nil, "veridesk demo portal %d", o.Seed),
		final:   map[uint32]move{},
		closed:  map[uint32]bool{},
		sheets:  map[sheetName]canvas{},
	}
	p.answers.New = func() any { return newAnswer() }
	p.pages = p.routes()
	p.arrange()
	return p
}

// ServeHTTP answers as the portal does.
func (p *Portal) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.pages.ServeHTTP(w, r) }

// arrange puts the sessions in the order of the feed.
func (p *Portal) arrange() {
	p.feed = make([]change, p.options.Sessions)
	for i := range p.feed {
		pl := p.plan(uint32(i))
		p.feed[i] = change{pl.changed, pl.index}
		if pl.kind == pending {
			p.turns = append(p.turns, change{pl.turns, pl.index})
			p.final[pl.index] = move{from: pl.changed, to: pl.turns}
		}
	}
	slices.SortFunc(p.feed, change.compare)
	slices.SortFunc(p.turns, change.compare)
}

// now is the portal's clock in milliseconds.
func (p *Portal) now() int64 { return p.options.Now().UnixMilli() }
