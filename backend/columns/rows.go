package columns

import (
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/idv"
)

// Row is what is known of a session from the start.
type Row struct {
	Ordinal  uint32
	Created  int64  // Unix milliseconds, 0 none
	Finished int64  // Unix milliseconds, 0 none
	Personal uint64 // stands for the personal number, 0 none
	Document uint64 // stands for the document number, 0 none
	Flags    Flags
}

// Entry is a session as a change of the store leaves it.
type Entry struct {
	Row   Row
	Facts idv.Facts // an erased session's are those of its tombstone
}

// Flags are a session's yes-or-no properties.
type Flags uint8

// The flags.
const (
	Hold   Flags = 1 << iota // under legal hold
	Erased                   // a tombstone
	Wanted                   // photos of it are still to be fetched
)

// Has reports whether all the flags are set.
func (f Flags) Has(flags Flags) bool { return f&flags == flags }

// absent marks the ordinals without a session. No session is that old.
const absent = math.MinInt64

// rows are the columns proper, by ordinal.
type rows struct {
	created  []int64 // absent where there is no session
	finished []int64
	personal []uint64
	document []uint64
	flags    []Flags
	shape    []uint32 // see values
	zones    []zone   // of created

	first, last []uint32 // names: places in ranks
	ranks       []uint32 // of all names, from 1; 0 is no name's
	numbers     [3][]uint64
	extra       []uint32 // in texts

	names *names // only for who changes something
	texts *texts

	present *roaring.Bitmap // the ordinals that are not absent
	count   int             // how many they are
}

func newRows() rows {
	return rows{ranks: []uint32{0}, names: newNames(), texts: newTexts(), present: roaring.New()}
}

// grown is the rows with room for that many ordinals. The rows it is called on
// stay good for those who read them.
func (r rows) grown(want int) rows {
	have := len(r.created)
	if want <= have {
		return r
	}
	r.created = lengthen(r.created, want)
	for i := have; i < want; i++ {
		r.created[i] = absent
	}
	r.finished = lengthen(r.finished, want)
	r.personal = lengthen(r.personal, want)
	r.document = lengthen(r.document, want)
	r.flags = lengthen(r.flags, want)
	r.shape = lengthen(r.shape, want)
	r.first = lengthen(r.first, want)
	r.last = lengthen(r.last, want)
	for i := range r.numbers {
		r.numbers[i] = lengthen(r.numbers[i], want)
	}
	r.extra = lengthen(r.extra, want)
	r.zones = lengthen(r.zones, (want+zoned-1)/zoned)
	return r
}

// lengthen copies a slice to one that is that long, with some room behind; what is
// new is zero. Twice the room, as append makes it, would be too much of this.
func lengthen[T any](s []T, want int) []T {
	if want <= cap(s) {
		return s[:want]
	}
	longer := make([]T, want, want+want/16)
	copy(longer, s)
	return longer
}

// set writes a row, and reports whether there was none: then it is to be present.
func (r *rows) set(row Row) (added bool) {
	at := row.Ordinal
	if added = r.created[at] == absent; added {
		r.count++
	}
	r.zones[at/zoned].retime(r.created[at], row.Created)
	r.created[at], r.finished[at], r.flags[at] = row.Created, row.Finished, row.Flags
	r.personal[at], r.document[at] = row.Personal, row.Document
	return added
}

// enter makes present whatever has a row.
func (r *rows) enter() {
	words := make([]uint64, (len(r.created)+63)/64)
	for at, created := range r.created {
		if created != absent {
			words[at/64] |= 1 << (at % 64)
		}
	}
	r.present = roaring.FromDense(words, true)
}

// full reports whether every ordinal has a row, but for 0, which the archive gives to
// no session.
func (r *rows) full() bool {
	return r.count > 0 && r.count == len(r.created)-1 && r.created[0] == absent
}

// row reads a row; false if there is none.
func (r *rows) row(ordinal uint32) (Row, bool) {
	if int(ordinal) >= len(r.created) || r.created[ordinal] == absent {
		return Row{}, false
	}
	return Row{
		Ordinal: ordinal, Created: r.created[ordinal], Finished: r.finished[ordinal],
		Personal: r.personal[ordinal], Document: r.document[ordinal], Flags: r.flags[ordinal],
	}, true
}

// Row is the row of a session; false if there is none.
func (c *Columns) Row(ordinal uint32) (Row, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.rows.row(ordinal)
}

// Flags are those of sessions, in their order; none where there is no session.
func (c *Columns) Flags(ordinals []uint32) []Flags {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.flagsOf(ordinals)
}

// flagsOf needs mu held.
func (c *Columns) flagsOf(ordinals []uint32) []Flags {
	flags := make([]Flags, len(ordinals))
	for i, ordinal := range ordinals {
		row, _ := c.rows.row(ordinal)
		flags[i] = row.Flags
	}
	return flags
}

// stretch is how many rows a scan looks at before it lets others in.
const stretch = 1 << 15

// Where lists the ordinals of the rows that fit, ascending. It does not hold
// others up: rows that change meanwhile are seen before or after.
func (c *Columns) Where(fits func(Row) bool) []uint32 {
	var found []uint32
	for start, more := 0, true; more; start += stretch {
		c.mu.RLock()
		end := min(start+stretch, len(c.rows.created))
		for at := start; at < end; at++ {
			if row, ok := c.rows.row(uint32(at)); ok && fits(row) {
				found = append(found, row.Ordinal)
			}
		}
		more = end < len(c.rows.created)
		c.mu.RUnlock()
	}
	return found
}

// behind is the first ordinal behind all rows.
func (c *Columns) behind() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return len(c.rows.created)
}

// Len is the number of sessions.
func (c *Columns) Len() int {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.rows.count
}
