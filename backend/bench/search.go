package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"veridesk/backend/idv"
)

// search asks the sealed archive, SQLite's FTS5 and Bleve's own search the same
// questions about the same sessions, and checks that they give the same answers:
// total, page and every count. Then it shows what the indexes took to build, what
// lies on the disk and in memory, how long a start takes, and what questions take while
// the archive changes.
func (b *bench) search() (err error) {
	if _, err := b.filled(sealedDir); err != nil {
		return err
	}
	d, accepted, err := b.data()
	if err != nil {
		return err
	}
	index, err := b.buildIndex(d)
	if err != nil {
		return err
	}
	lite, err := newSQLite(b.ctx, b.dir, d, accepted)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lite.close()) }()
	bleve, err := newPlainBleve(b.ctx, b.dir, d)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, bleve.close()) }()
	questions := newDraw(d, b.tries)
	d.people = nil
	runtime.GC() // what follows is measured without them
	if err := b.compare(questions, lite, bleve); err != nil {
		return err
	}
	if err := b.showBuilt(index, lite, bleve); err != nil {
		return err
	}
	if err := b.start(); err != nil {
		return err
	}
	return b.changes()
}

// data reads the archive's sessions, and the match level that it accepts.
func (b *bench) data() (d *data, accepted int, err error) {
	a, err := b.open(sealedDir)
	if err != nil {
		return nil, 0, err
	}
	settings, err := a.Settings()
	if err := errors.Join(err, a.Close()); err != nil {
		return nil, 0, err
	}
	vault, err := b.keys(sealedDir)
	if err != nil {
		return nil, 0, err
	}
	defer vault.Close()
	d, err = readData(filepath.Join(b.dir, sealedDir), vault)
	return d, settings.AcceptedLevel, err
}

// compare prints the tables of times.
func (b *bench) compare(w *draw, lite, bleve engine) (err error) {
	a, err := b.startApart()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.close()) }()
	if err := flush(b.dir); err != nil { // or the system would write meanwhile what has just been built
		return err
	}
	b.title("Search, the archive in a process of its own: the newest 50, the exact total and all counts (Bleve: without counts). \"faster\" is p50 and p95 of the same questions",
		"", "p50", "p95", "max", "SQLite p50", "p95", "faster", "", "Bleve p50", "p95", "faster", "", "found p50", "same answers")
	for _, q := range w.questions() {
		line, err := b.ask(a, q)
		if err != nil {
			return err
		}
		if err := b.against(&line, lite, true); err != nil {
			return err
		}
		if !q.bleve {
			line.leaveOut()
		} else if err := b.against(&line, bleve, false); err != nil {
			return err
		}
		b.row(append(line.cells, line.found(), line.checked)...)
	}
	return b.orders(w, a, lite)
}

// flush has every file in a folder written to the disk.
func flush(dir string) error { return eachFile(dir, (*os.File).Sync) }

// warm brings every file in a folder into the system's cache: some systems take out what
// nobody has read for a minute.
func warm(dir string) error {
	return eachFile(dir, func(f *os.File) error {
		_, err := io.Copy(io.Discard, f)
		return err
	})
}

func eachFile(dir string, do func(*os.File) error) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // merged meanwhile
		}
		if err != nil {
			return err
		}
		return errors.Join(do(f), f.Close())
	})
}

// orders prints the table of orders; SQLite is asked for the ascending ones.
func (b *bench) orders(w *draw, a, lite engine) error {
	b.title("Orders of the whole list: page and total",
		"", "first p50", "p95", "max", "SQLite p50", "p95", "faster", "", "anywhere p50", "p95", "max", "SQLite p50", "p95", "faster", "", "same answers")
	for _, by := range idv.Orders {
		for _, ascending := range []bool{true, false} {
			first, deep := w.order(idv.Sort{By: by, Ascending: ascending})
			cells, checked := []any{orderName(by, ascending)}, 0
			for _, q := range []question{first, deep} {
				line, err := b.ask(a, q)
				if err != nil {
					return err
				}
				if ascending != (by == idv.ByCreated) {
					err = b.against(&line, lite, true)
				} else {
					line.leaveOut()
				}
				if err != nil {
					return err
				}
				cells, checked = append(cells, line.cells[1:]...), checked+line.checked
			}
			b.row(append(cells, checked)...)
		}
	}
	return b.out.Flush()
}

func orderName(by idv.Order, ascending bool) string {
	name := string(by)
	if by == idv.ByCreated {
		name = "created"
	}
	if ascending {
		return name + " up"
	}
	return name + " down"
}

// line is one line of a table while it is measured.
type line struct {
	question
	cells   []any
	answers []answer
	times   []time.Duration
	checked int // answers that a peer has given too
}

// ask puts all queries of a question to the archive, whose files and those of its peers
// are in the cache. The first is asked twice: what it finds in no cache counts as the
// start, see start.
func (b *bench) ask(a engine, q question) (line, error) {
	l := line{question: q}
	if err := warm(b.dir); err != nil {
		return l, err
	}
	if _, err := a.ask(b.ctx, q.queries[0]); err != nil {
		return l, err
	}
	for _, query := range q.queries {
		answer, err := a.ask(b.ctx, query)
		if err != nil {
			return l, err
		}
		l.times, l.answers = append(l.times, answer.took), append(l.answers, answer)
	}
	p50, p95, most := quantiles(slices.Clone(l.times))
	l.cells = []any{q.name, p50, p95, most}
	return l, nil
}

// How long a peer is asked about one line at most, and how often at least.
const (
	peerTime  = 1500 * time.Millisecond
	peerTries = 5
)

// against puts the same queries to a peer, as many as there is time for, and
// checks its answers; whole says that it gives rows and counts.
func (b *bench) against(l *line, peer engine, whole bool) error {
	times, err := b.askPeer(l, peer, whole)
	if err != nil {
		return err
	}
	p50, p95, _ := quantiles(times)
	our50, our95, _ := quantiles(slices.Clone(l.times[:len(times)]))
	l.cells = append(l.cells, p50, p95, p50.Seconds()/our50.Seconds(), p95.Seconds()/our95.Seconds())
	l.checked = max(l.checked, len(times))
	return nil
}

func (b *bench) askPeer(l *line, peer engine, whole bool) (times []time.Duration, err error) {
	if _, err := peer.ask(b.ctx, l.queries[0]); err != nil {
		return nil, err
	}
	all := time.Now()
	for i, query := range l.queries {
		if i >= peerTries && time.Since(all) > peerTime {
			break
		}
		answer, err := peer.ask(b.ctx, query)
		if err != nil {
			return nil, err
		}
		times = append(times, answer.took)
		if err := differ(query, l.answers[i], answer, whole); err != nil {
			return nil, fmt.Errorf("%T gives another answer: %w", peer, err)
		}
	}
	return times, context.Cause(b.ctx)
}

// leaveOut fills the cells of a peer that cannot answer.
func (l *line) leaveOut() { l.cells = append(l.cells, none, none, none, none) }

// found is how many sessions an answer has, in the middle.
func (l *line) found() int {
	var totals []int
	for _, answer := range l.answers {
		totals = append(totals, answer.total)
	}
	slices.Sort(totals)
	return totals[len(totals)/2]
}
