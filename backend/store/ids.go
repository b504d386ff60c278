package store

import (
	"cmp"
	"encoding/binary"
	"errors"
	"slices"
	"sync"

	"veridesk/backend/seal"
)

// sessionIDs says which session a Session ID is. It is made from the rows, in memory: in
// the file the tokens of the IDs would lie in no order, and every new session would write
// a page of its own.
type sessionIDs struct {
	reading sync.Mutex // held while the rows are read

	mu     sync.RWMutex // guards the fields below
	table  *idTable     // nil until the rows were read
	damage error        // of rows that cannot be read: an ID that is not found may be among them
}

// readIDs reads the rows, if that has not been done yet.
func (s *Store) readIDs() error {
	if s.ids.known() {
		return nil
	}
	s.ids.reading.Lock()
	defer s.ids.reading.Unlock()
	if s.ids.known() {
		return nil
	}
	// Who adds a session has called this before: none is added between the reading and
	// its end.
	var entries []idEntry
	var damage error
	err := s.view(func(t *txn) (err error) {
		entries, damage, err = t.idEntries()
		return err
	})
	if err == nil {
		s.ids.set(entries, damage)
	}
	return err
}

func (x *sessionIDs) known() bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.table != nil
}

func (x *sessionIDs) set(entries []idEntry, damage error) {
	table := newIDTable(entries)
	x.mu.Lock()
	defer x.mu.Unlock()
	x.table, x.damage = table, damage
}

// idEntries reads those of all rows; damage is the first of what cannot be read.
func (t *txn) idEntries() (entries []idEntry, damage, err error) {
	st, err := t.state()
	if err != nil {
		return nil, nil, err
	}
	err = t.eachChunk(st.Last, func(chunk *chunk, from, to uint32, err error) error {
		if errors.Is(err, seal.ErrLocked) {
			return err
		}
		if err != nil {
			damage = cmp.Or(damage, err)
			return nil
		}
		for ordinal := from; ordinal <= to; ordinal++ {
			if row, there := chunk.row(ordinal); there {
				entries = append(entries, newIDEntry(row.id, ordinal))
			} else {
				damage = cmp.Or(damage, damagedSession(ordinal, errMissing))
			}
		}
		return nil
	})
	return entries, damage, err
}

// candidates are the sessions that a token of a Session ID may stand for, see pick. With
// damage, it may be none of them and there all the same.
func (x *sessionIDs) candidates(token seal.Token) (candidates []uint32, damage error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.table.candidates(token), x.damage
}

// pick finds the candidate whose row has the token.
func (c *chunks) pick(candidates []uint32, token seal.Token) (ordinal uint32, found bool, err error) {
	for _, ordinal := range candidates {
		row, err := c.get(ordinal)
		if err != nil || row.id == token {
			return ordinal, err == nil, err
		}
	}
	return 0, false, nil
}

// add takes in what a transaction has added.
func (x *sessionIDs) add(ordinals map[seal.Token]uint32) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for token, ordinal := range ordinals {
		x.table.add(newIDEntry(token, ordinal))
	}
}

// idEntry is an ordinal behind the first four bytes of the token of its Session ID.
type idEntry uint64

func newIDEntry(token seal.Token, ordinal uint32) idEntry {
	return idEntry(binary.BigEndian.Uint32(token[:]))<<32 | idEntry(ordinal)
}

func (e idEntry) head() uint32    { return uint32(e >> 32) }
func (e idEntry) ordinal() uint32 { return uint32(e) }

// idTable finds the entries with the same head. It is an open-addressing hash table with
// linear probing; tokens are hashes by themselves.
type idTable struct {
	slots []idEntry // 0 is empty
	used  int
	shift int // bits of a head that are not its slot's number
}

// newIDTable makes a table of entries. Made at once from all of them it takes a tenth of
// the time: the memory of several slots is waited for together.
func newIDTable(entries []idEntry) *idTable {
	bits := 10
	for len(entries) > 1<<bits/2 {
		bits++
	}
	t := &idTable{slots: make([]idEntry, 1<<bits), shift: 32 - bits}
	for _, entry := range entries {
		t.put(entry)
	}
	return t
}

func (t *idTable) add(entry idEntry) {
	if t.used >= len(t.slots)*3/4 {
		*t = *newIDTable(slices.DeleteFunc(t.slots, func(e idEntry) bool { return e == 0 }))
	}
	t.put(entry)
}

func (t *idTable) put(entry idEntry) {
	at := t.slot(entry)
	for t.slots[at] != 0 {
		at = t.next(at)
	}
	t.slots[at] = entry
	t.used++
}

func (t *idTable) slot(e idEntry) int { return int(e.head() >> t.shift) }
func (t *idTable) next(slot int) int  { return (slot + 1) & (len(t.slots) - 1) }

// candidates are the ordinals of all tokens that begin as this one does.
func (t *idTable) candidates(token seal.Token) (ordinals []uint32) {
	like := newIDEntry(token, 0)
	for at := t.slot(like); t.slots[at] != 0; at = t.next(at) {
		if t.slots[at].head() == like.head() {
			ordinals = append(ordinals, t.slots[at].ordinal())
		}
	}
	return ordinals
}

// Ordinal finds a session by its exact Session ID.
func (s *Store) Ordinal(id string) (ordinal uint32, found bool, err error) {
	token, err := (&txn{keys: s.keys}).token(fieldID, id)
	if err == nil {
		err = s.readIDs()
	}
	if err != nil {
		return 0, false, err
	}
	candidates, damage := s.ids.candidates(token)
	if len(candidates) == 0 {
		return 0, false, damage
	}
	// A transaction that begins now has them all.
	err = s.view(func(t *txn) error {
		ordinal, found, err = t.chunks(slices.Max(candidates)).pick(candidates, token)
		return err
	})
	if err == nil && !found {
		err = damage
	}
	return ordinal, found, err
}
