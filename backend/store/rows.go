package store

import (
	"encoding/binary"
	"fmt"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// Row is what the columns in memory need to know of a session. The rows lie
// together in chunks, so that all of them are read without opening a record.
type Row struct {
	Ordinal  uint32
	Created  int64      // Unix milliseconds, 0 none
	Finished int64      // Unix milliseconds, 0 none
	Personal uint64     // Blind of the personal number, 0 none
	Document uint64     // Blind of the document number, 0 none
	Hold     bool       // under legal hold: nothing erases it
	Erased   bool       // a tombstone
	Wanted   bool       // photos of it are still to be fetched
	photos   bool       // there is a record of photos
	id       seal.Token // of the Session ID
	seq      uint64     // of its last change
}

// Changed is a session that was changed.
type Changed struct {
	Row
	Facts idv.Facts
}

// chunkRows is how many rows share a chunk: so few that a change of one session writes a
// page. Their places in a row follow.
const (
	chunkRows = 32

	rowFlags = 4 * 8 // after four numbers
	rowSeq   = rowFlags + 1
	rowID    = rowSeq + 8
	rowSize  = rowID + len(seal.Token{})
)

// The flags of a row in a chunk.
const (
	flagThere = 1 << iota // there is such a session
	flagHold
	flagErased
	flagWanted
	flagPhotos
)

// newRow is the row of a session, but for its ID and its last change, and its facts.
func (t *txn) newRow(ordinal uint32, s idv.Session) (row Changed, err error) {
	row.Facts = idv.NewFacts(s)
	row.Row = Row{Ordinal: ordinal, Created: row.Facts.Created, Finished: row.Facts.Finished, Erased: s.Erased != nil}
	if row.Personal, err = t.blind(s.Person.PersonalNumber); err != nil {
		return row, err
	}
	row.Document, err = t.blind(s.Document.Number)
	return row, err
}

func (r Row) encode(to []byte) {
	binary.BigEndian.PutUint64(to, uint64(r.Created))
	binary.BigEndian.PutUint64(to[8:], uint64(r.Finished))
	binary.BigEndian.PutUint64(to[16:], r.Personal)
	binary.BigEndian.PutUint64(to[24:], r.Document)
	to[rowFlags] = flagThere | flag(r.Hold, flagHold) | flag(r.Erased, flagErased) |
		flag(r.Wanted, flagWanted) | flag(r.photos, flagPhotos)
	binary.BigEndian.PutUint64(to[rowSeq:], r.seq)
	copy(to[rowID:], r.id[:])
}

// same says that the rows are kept as the same bytes; facts are none of them.
func (r Row) same(other Row) bool {
	var one, two [rowSize]byte
	r.encode(one[:])
	other.encode(two[:])
	return r.Ordinal == other.Ordinal && one == two
}

func flag(on bool, bit byte) byte {
	if on {
		return bit
	}
	return 0
}

// decodeRow reads a row of a chunk; there says whether there is one.
func decodeRow(ordinal uint32, from []byte) (row Row, there bool) {
	flags := from[rowFlags]
	return Row{
		Ordinal:  ordinal,
		Created:  int64(binary.BigEndian.Uint64(from)),
		Finished: int64(binary.BigEndian.Uint64(from[8:])),
		Personal: binary.BigEndian.Uint64(from[16:]),
		Document: binary.BigEndian.Uint64(from[24:]),
		Hold:     flags&flagHold != 0, Erased: flags&flagErased != 0,
		Wanted: flags&flagWanted != 0, photos: flags&flagPhotos != 0,
		seq: binary.BigEndian.Uint64(from[rowSeq:]), id: seal.Token(from[rowID:rowSize]),
	}, flags&flagThere != 0
}

// chunk is some rows, opened.
type chunk struct {
	plain   []byte
	changed bool
}

// row reads a row of the chunk, if it is there.
func (c *chunk) row(ordinal uint32) (row Row, there bool) {
	at := int(ordinal%chunkRows) * rowSize
	if at+rowSize > len(c.plain) {
		return Row{}, false
	}
	return decodeRow(ordinal, c.plain[at:])
}

// chunks are the rows of one transaction, each chunk opened once.
type chunks struct {
	bucket bucket
	read   func(key []byte) ([]byte, error) // from the bucket
	last   uint32                           // the ordinals up to this one have rows in the file
	open   map[uint32]*chunk
}

func (t *txn) chunks(last uint32) *chunks {
	bucket := t.bucket(bucketRows)
	return &chunks{bucket: bucket, read: bucket.get, last: last, open: map[uint32]*chunk{}}
}

// chunk gives the chunk with that number; a new one is empty.
func (c *chunks) chunk(number uint32) (*chunk, error) {
	if known := c.open[number]; known != nil {
		return known, nil
	}
	data, err := c.read(ordinalKey(number))
	if from, to := span(number, chunkRows, c.last); err == nil && data == nil && from <= to {
		err = errMissing
	}
	if err != nil {
		return nil, damagedRows(number, err)
	}
	made := &chunk{plain: append(make([]byte, 0, chunkRows*rowSize), data...)}
	c.open[number] = made
	return made, nil
}

func damagedRows(number uint32, err error) error {
	from := number * chunkRows
	return broken(fmt.Sprintf("The list of sessions number %d to %d", max(1, from), from+chunkRows-1), err)
}

// get reads the row of a session that is there.
func (c *chunks) get(ordinal uint32) (Row, error) {
	chunk, err := c.chunk(ordinal / chunkRows)
	if err != nil {
		return Row{}, err
	}
	row, there := chunk.row(ordinal)
	if !there {
		err = damagedSession(ordinal, errMissing)
	}
	return row, err
}

// put replaces a row, or adds the next one.
func (c *chunks) put(row Row) error {
	chunk, err := c.chunk(row.Ordinal / chunkRows)
	if err != nil {
		return err
	}
	at := int(row.Ordinal%chunkRows) * rowSize
	if at+rowSize > len(chunk.plain) {
		chunk.plain = chunk.plain[:at+rowSize] // what was not used yet is zero
	}
	row.encode(chunk.plain[at:])
	chunk.changed = true
	return nil
}

// flush keeps the chunks that changed.
func (c *chunks) flush() error {
	for number, chunk := range c.open {
		if !chunk.changed {
			continue
		}
		if err := c.bucket.put(ordinalKey(number), chunk.plain); err != nil {
			return err
		}
	}
	return nil
}

// Rows gives every session's row, in the order of the ordinals, without opening
// the records, after begin, which is told the highest of them. Neither must call the
// store.
func (s *Store) Rows(begin func(highest int), yield func(Row)) error {
	s.ids.reading.Lock()
	var ids []idEntry // are read on the way
	err := s.view(func(t *txn) error {
		st, err := t.state()
		if err != nil {
			return err
		}
		begin(int(st.Last))
		ids = make([]idEntry, 0, st.Last)
		return t.eachChunk(st.Last, func(chunk *chunk, from, to uint32, err error) error {
			for ordinal := from; ordinal <= to && err == nil; ordinal++ {
				row, there := chunk.row(ordinal)
				if !there {
					return damagedSession(ordinal, errMissing)
				}
				ids = append(ids, newIDEntry(row.id, ordinal))
				yield(row)
			}
			return err
		})
	})
	if err != nil || s.ids.known() {
		s.ids.reading.Unlock()
		return err
	}
	go func() { // who wants a Session ID waits for it, the rows do not
		defer s.ids.reading.Unlock()
		s.ids.set(ids, nil)
	}()
	return nil
}

// eachChunk gives every chunk, with the ordinals of its rows, or why it cannot be read.
// It is good until the next one.
func (t *txn) eachChunk(last uint32, yield func(chunk *chunk, from, to uint32, err error) error) error {
	rows := t.chunks(last)
	rows.read = rows.bucket.stepper().get
	for number := range last/chunkRows + 1 {
		from, to := span(number, chunkRows, last)
		if from > to {
			continue
		}
		clear(rows.open) // one in memory is enough
		chunk, err := rows.chunk(number)
		if err := yield(chunk, from, to, err); err != nil {
			return err
		}
	}
	return nil
}
