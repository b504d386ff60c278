package columns

import "veridesk/backend/idv"

// Load brings the rows of all sessions, as they were at that change of the store:
// stage 1, before any other call. read says first how high their ordinals are, then
// gives each. Ordinals are dense, as the archive gives them, and under 1<<31: the memory
// goes by the highest.
func (c *Columns) Load(seq uint64, read func(upTo func(ordinal int), row func(Row)) error) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	err := c.load(seq, read)
	if err == nil && c.rows.count > 0 {
		c.settle(c.orders[0]) // the list newest first is what is asked for next
	}
	return err
}

func (c *Columns) load(seq uint64, read func(upTo func(ordinal int), row func(Row)) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	err := read(
		func(ordinal int) { c.rows = c.rows.grown(ordinal + 1) },
		func(row Row) { c.rows.set(row) },
	)
	if err != nil {
		return err
	}
	c.rows.enter()
	c.seq.Store(seq)
	c.recent.since = seq
	c.epoch++
	c.tell()
	return nil
}

// Fill brings the facts of the ordinals first, first+1, and so on: stage 2.
// Those that Put has brought since stay as they are, and an ordinal without a row
// is passed over.
func (c *Columns) Fill(first uint32, facts []idv.Facts) {
	c.writing.Lock()
	defer c.writing.Unlock()
	news := make([]told, 0, len(facts))
	for i := range facts {
		if row, ok := c.rows.row(first + uint32(i)); ok && c.rows.shape[row.Ordinal] == shapeless {
			news = append(news, told{row, &facts[i]})
		}
	}
	rows := c.rows
	keys := rows.keysOf(news)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rows = rows
	for i := range news {
		c.rows.setKeys(news[i].row.Ordinal, &keys[i])
	}
	c.values.fill(news, c.rows.shape) // no order is moved: those that go by facts are not there yet
	c.epoch++
	c.tell()
}

// Filled ends stage 2. Sessions whose facts have not come count as sessions of
// which nothing is known. If err is not nil, it is what every question that needs
// facts answers from now on.
func (c *Columns) Filled(err error) {
	if err == nil {
		nothing := make([]idv.Facts, stretch)
		for first := 0; first < c.behind(); first += stretch {
			c.Fill(uint32(first), nothing)
		}
	}
	c.writing.Lock()
	defer c.writing.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.whole, c.fault = true, err
	c.tell()
}

// Put brings what a change of the store has added or replaced; the columns are at
// that change afterwards. Questions see all of it or nothing.
func (c *Columns) Put(seq uint64, entries []Entry) {
	c.writing.Lock()
	defer c.writing.Unlock()
	news := make([]told, len(entries))
	for i := range entries {
		news[i] = told{entries[i].Row, &entries[i].Facts}
	}
	c.mu.Lock()
	c.recent.add(seq, entries) // before the rows have them: what they do not have is not found
	c.mu.Unlock()
	c.change(news, max(seq, c.seq.Load()))
	for _, o := range c.orders {
		if o.asked.Swap(false) {
			c.settle(o)
		}
	}
}

// told is what is new of a session.
type told struct {
	row   Row
	facts *idv.Facts
}

// change writes what is new. What can be got ready is got ready while questions go
// on. The caller holds writing.
func (c *Columns) change(news []told, seq uint64) {
	highest := 0
	for i := range news {
		highest = max(highest, int(news[i].row.Ordinal)+1)
	}
	rows := c.rows.grown(highest)
	keys := rows.keysOf(news)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.rows = rows
	for i := range news {
		c.apply(&news[i], &keys[i])
	}
	c.seq.Store(seq)
	c.epoch++
	c.tell()
}

// apply writes what is new of one session and notes in which orders it may have moved.
func (c *Columns) apply(news *told, keys *keys) {
	at := news.row.Ordinal
	before := c.ranksOf(at)
	added := c.rows.set(news.row)
	if added {
		c.rows.present.Add(at)
	}
	retold := c.rows.setKeys(at, keys)
	c.rows.shape[at] = c.values.reshape(at, c.rows.shape[at], news.facts)
	after := c.ranksOf(at)
	for i, o := range c.orders {
		if o.entries == nil {
			continue // settling it takes all
		}
		if added || before[i] != after[i] || before[0] != after[0] || (retold && o.text != nil) {
			o.pending.Add(at)
		}
	}
}

// ranksOf are the ranks of a session in the orders that are in use, zeros if there
// is no such session.
func (c *Columns) ranksOf(at uint32) (ranks [len(ranked)]uint64) {
	if c.rows.created[at] == absent {
		return ranks
	}
	for i, o := range c.orders {
		if o.entries != nil {
			ranks[i] = o.rank(at)
		}
	}
	return ranks
}
