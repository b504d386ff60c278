package columns

// walk goes through the entries of an order and collects hits.
type walk struct {
	entries []uint32
	valued  int
	hits    dense    // nil: every entry is one
	page    []uint32 // its capacity is how many are wanted
}

// full reports whether nothing more is wanted.
func (w *walk) full() bool { return len(w.page) == cap(w.page) }

// is is 1 if the entry is a hit, else 0.
func (w *walk) is(entry uint32) int {
	if w.hits == nil {
		return 1
	}
	return w.hits.bit(entry &^ mark)
}

// seek is where among the entries the hit is that has so many before it.
func (w *walk) seek(entries []uint32, skip int) int {
	if w.hits == nil {
		return min(skip, len(entries))
	}
	at := 0
	for ; at < len(entries); at++ {
		if skip -= w.hits.bit(entries[at] &^ mark); skip < 0 {
			break
		}
	}
	return at
}

// seekBack is where the hit is that has so many behind it, among those with a
// value; -1 and how many are still to be skipped if there are fewer.
func (w *walk) seekBack(skip int) (at, left int) {
	if at = w.valued - 1; w.hits == nil {
		return max(-1, at-skip), max(0, skip-w.valued)
	}
	for ; at >= 0; at-- {
		if skip -= w.hits.bit(w.entries[at] &^ mark); skip < 0 {
			return at, 0
		}
	}
	return -1, skip
}

// collect puts the hits among entries on the page, less the first so many.
func (w *walk) collect(entries []uint32, skip int) {
	for _, entry := range entries {
		switch {
		case w.full():
			return
		case w.is(entry) == 0:
		case skip > 0:
			skip--
		default:
			w.page = append(w.page, entry&^mark)
		}
	}
}

// backward collects from the last value to the first, each group of equals
// forward; those without a value come last, forward too.
func (w *walk) backward(skip int) []uint32 {
	at, skip := w.seekBack(skip)
	first := true
	for at >= 0 && !w.full() {
		start, end := w.group(at)
		if first { // the hits of the group behind at are among those skipped
			skip, first = w.count(w.entries[at+1:end]), false
		}
		w.collect(w.entries[start:end], skip)
		for skip, at = 0, start-1; at >= 0 && w.is(w.entries[at]) == 0; {
			at--
		}
	}
	rest := w.entries[w.valued:]
	w.collect(rest[w.seek(rest, skip):], 0)
	return w.page
}

// group is where the group of equals begins and ends that the entry is of.
func (w *walk) group(at int) (start, end int) {
	for start = at; w.entries[start]&mark == 0; {
		start--
	}
	for end = at + 1; end < w.valued && w.entries[end]&mark == 0; {
		end++
	}
	return start, end
}

func (w *walk) count(entries []uint32) (n int) {
	for _, entry := range entries {
		n += w.is(entry)
	}
	return n
}
