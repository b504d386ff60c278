// SQLite as a peer, set up as well as it can be for this job. It is not sealed.
//
//   - terms: an FTS5 table of a session's terms, without their places
//     (detail=none) and without the text itself, with an index of the prefixes of
//     1 to 3 characters. Its rowid is the rank, so that the newest 50 are the
//     first 50 of the postings.
//   - facts: rank and combination of values, nothing else: one pass over the hits
//     gives the exact total and all the counts, see tally.
//   - sessions: what a list shows, by rank.
//   - sorted: one table for each order, of key and rank alone.

package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver

	"veridesk/backend/idv"
)

// pragmas: a crash loses the last batches and no more, as it does to ours, and
// everything fits into the cache.
var pragmas = []string{
	"page_size(8192)", "cache_size(-4000000)", "temp_store(memory)",
	"journal_mode(wal)", "synchronous(normal)", "locking_mode(exclusive)",
}

const tables = `
CREATE VIRTUAL TABLE terms USING fts5(term, content='', detail=none, columnsize=0, tokenize='ascii', prefix='1 2 3');
CREATE TABLE facts(rank INTEGER PRIMARY KEY, combination INTEGER NOT NULL);
CREATE TABLE sessions(rank INTEGER PRIMARY KEY, created INTEGER NOT NULL,
	sessionId, firstName, lastName, firstNameGe, lastNameGe, personalNumber, documentNumber, createdAt, finishedAt,
	verified, outcome, documentType, liveness, matchLevel, extra, environment, liquidated, erased);
`

// sqlite is the peer.
type sqlite struct {
	db           *sql.DB
	combinations *combinations
	sessions     int
	text         building      // the terms alone
	lists        building      // everything else
	making       time.Duration // of the terms that it was given
	merging      time.Duration // of its index, for searching
}

// building is what a part of a database took.
type building struct {
	took  time.Duration
	bytes int64
}

// newSQLite builds the database. Only SQLite's own work is timed.
func newSQLite(ctx context.Context, dir string, d *data, accepted int) (s *sqlite, err error) {
	query := url.Values{"_pragma": pragmas}
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(filepath.Join(dir, "sqlite.db"))+"?"+query.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	s = &sqlite{db: db, combinations: newCombinations(), sessions: len(d.people)}
	if _, err = db.ExecContext(ctx, tables); err == nil {
		err = s.buildText(ctx, d)
	}
	if err == nil {
		err = s.buildLists(ctx, d, accepted)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("build the SQLite database: %w", err), db.Close())
	}
	return s, nil
}

func (s *sqlite) close() error { return s.db.Close() }

// buildText inserts the terms, made beforehand, and merges them into one b-tree.
func (s *sqlite) buildText(ctx context.Context, d *data) error {
	err := s.insert(ctx, len(d.people), &s.text.took, "INSERT INTO terms(rowid, term) VALUES (?, ?)", func(rank int) []any {
		begin := time.Now()
		terms := strings.Join(termsOf(d.session(rank)), " ")
		s.making += time.Since(begin)
		return []any{rank, terms}
	})
	if err != nil {
		return err
	}
	begin := time.Now()
	_, err = s.db.ExecContext(ctx, "INSERT INTO terms(terms) VALUES ('optimize')")
	s.merging = time.Since(begin)
	return errors.Join(err, s.size(ctx, &s.text.bytes))
}

// buildLists fills the other tables.
func (s *sqlite) buildLists(ctx context.Context, d *data, accepted int) error {
	row := func(rank int) []any {
		row := idv.NewRow(0, d.session(rank))
		return append([]any{rank, d.people[rank].created}, cells(&row)...)
	}
	fact := func(rank int) []any {
		return []any{rank, s.combinations.of(idv.NewFacts(d.session(rank)), accepted)}
	}
	marks := strings.Repeat(", ?", len(cells(&idv.Row{})))
	err := errors.Join(
		s.insert(ctx, len(d.people), &s.lists.took, "INSERT INTO facts VALUES (?, ?)", fact),
		s.insert(ctx, len(d.people), &s.lists.took, "INSERT INTO sessions VALUES (?, ?"+marks+")", row),
		s.buildOrders(ctx, d),
	)
	if err != nil {
		return err
	}
	begin := time.Now()
	_, err = s.db.ExecContext(ctx, "CREATE INDEX by_combination ON facts(combination); CREATE INDEX by_created ON sessions(created); CREATE INDEX by_id ON sessions(sessionId); ANALYZE")
	s.lists.took += time.Since(begin)
	err = errors.Join(err, s.size(ctx, &s.lists.bytes))
	s.lists.bytes -= s.text.bytes
	return err
}

// insertAtOnce is how many rows go into one transaction.
const insertAtOnce = 5000

// insert runs the statement for n rows; making the rows is not timed.
func (s *sqlite) insert(ctx context.Context, n int, took *time.Duration, statement string, make func(int) []any) error {
	prepared, err := s.db.PrepareContext(ctx, statement)
	if err != nil {
		return err
	}
	defer prepared.Close()
	for first := 0; first < n; first += insertAtOnce {
		var rows [][]any
		for rank := first; rank < min(n, first+insertAtOnce); rank++ {
			rows = append(rows, make(rank))
		}
		begin := time.Now()
		if err := s.insertRows(ctx, prepared, rows); err != nil {
			return err
		}
		*took += time.Since(begin)
	}
	return nil
}

func (s *sqlite) insertRows(ctx context.Context, prepared *sql.Stmt, rows [][]any) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing after a commit
	statement := tx.StmtContext(ctx, prepared)
	for _, row := range rows {
		if _, err := statement.ExecContext(ctx, row...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// size is how many bytes the database has by now.
func (s *sqlite) size(ctx context.Context, to *int64) error {
	return s.db.QueryRowContext(ctx, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").Scan(to)
}
