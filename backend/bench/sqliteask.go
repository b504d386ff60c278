// How the SQLite peer answers: one statement for the page, which ends after 50
// rows, and one for total and counts.

package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"veridesk/backend/idv"
)

// ask implements engine. Look-alikes it does not know. Other orders than newest
// first it knows ascending, and for lists without text and filter.
func (s *sqlite) ask(ctx context.Context, q idv.Query) (done answer, err error) {
	begin := time.Now()
	defer func() { done.took = time.Since(begin) }()
	part, err := s.selection(ctx, q)
	if err != nil {
		return answer{}, err
	}
	tally := s.combinations.tally(q.Filter)
	if q.All() && !q.Facets {
		tally.total = s.sessions // which a program would keep
	} else if err := s.count(ctx, part, tally); err != nil {
		return answer{}, err
	}
	done.total = tally.total
	if q.Facets {
		done.facets = tally.facets()
	}
	if tally.total > q.Offset && q.Limit > 0 {
		done.rows, err = s.rows(ctx, s.page(q, part, tally), q.Offset, q.Limit)
	}
	return done, err
}

// selection looks a whole Session ID up, and otherwise takes text and dates.
func (s *sqlite) selection(ctx context.Context, q idv.Query) (part selection, err error) {
	if len(q.Text) == sessionIDLength {
		err := s.db.QueryRowContext(ctx, "SELECT rank FROM sessions WHERE sessionId = ?", q.Text).Scan(&part.from)
		if err == nil {
			part.to = part.from
		}
		if err != sql.ErrNoRows {
			return part, err
		}
	}
	part.match = expressionOf(q.Text).fts()
	part.from, part.to, err = s.span(ctx, q.Filter)
	return part, err
}

// sessionIDLength is the length of a Session ID in the portal's spelling.
const sessionIDLength = 36

// selection is what text and dates let through: FTS5's expression ("" all), and
// the first and the last rank.
type selection struct {
	match    string
	from, to int
}

// span turns dates into ranks, with one step into an index each.
func (s *sqlite) span(ctx context.Context, f idv.Filter) (from, to int, err error) {
	early, late, err := f.Span()
	if err != nil {
		return 0, 0, err
	}
	to = s.sessions - 1
	if f.Before != "" {
		err = s.db.QueryRowContext(ctx, "SELECT rank FROM sessions WHERE created < ? ORDER BY created DESC, rank LIMIT 1", late).Scan(&from)
		if err == sql.ErrNoRows {
			return 0, -1, nil
		}
	}
	if err == nil && f.From != "" {
		err = s.db.QueryRowContext(ctx, "SELECT rank FROM sessions WHERE created >= ? ORDER BY created, rank DESC LIMIT 1", early).Scan(&to)
		if err == sql.ErrNoRows {
			return 0, -1, nil
		}
	}
	return from, to, err
}

// count groups what is selected by combination.
func (s *sqlite) count(ctx context.Context, part selection, tally *tally) error {
	query, args := "SELECT combination, count(*) FROM facts INDEXED BY by_combination GROUP BY combination", []any(nil)
	switch {
	case part.match != "":
		query = "SELECT combination, count(*) FROM terms CROSS JOIN facts ON facts.rank = terms.rowid WHERE terms MATCH ?" + part.ranks("terms.rowid", s) + " GROUP BY combination"
		args = append(args, part.match)
	case part.to-part.from+1 < s.sessions:
		query = "SELECT combination, count(*) FROM facts NOT INDEXED WHERE 1" + part.ranks("rank", s) + " GROUP BY combination"
	}
	rows, err := s.db.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("%s: %w", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		var number, n int
		if err := rows.Scan(&number, &n); err != nil {
			return err
		}
		tally.add(number, n)
	}
	return rows.Err()
}

// ranks is the condition on the rank, if there is one.
func (p selection) ranks(column string, s *sqlite) string {
	if p.from == 0 && p.to == s.sessions-1 {
		return ""
	}
	return fmt.Sprintf(" AND %s BETWEEN %d AND %d", column, p.from, p.to)
}

// statement is a query for ranks in the order of the list.
type statement struct {
	query string
	args  []any
}

// rare is the part of all sessions under which it is faster to fetch those of a
// combination and sort them than to go through all, newest first.
const rare = 0.01

// page gives the ranks of the page.
func (s *sqlite) page(q idv.Query, part selection, tally *tally) statement {
	if q.Sort.By != idv.ByCreated {
		return statement{"SELECT rank FROM " + sortedTable(q.Sort.By) + " ORDER BY key, rank LIMIT ? OFFSET ?", nil}
	}
	conditions, args, source := "", []any(nil), "facts NOT INDEXED"
	if passing := tally.passing(); len(passing) < len(s.combinations.all) {
		list, err := json.Marshal(passing)
		if err != nil {
			panic(err) // of numbers
		}
		conditions, args = " AND combination IN (SELECT value FROM json_each(?))", append(args, string(list))
		if part.match == "" && float64(tally.total) < rare*float64(s.sessions) {
			source = "facts INDEXED BY by_combination"
		}
	}
	order := " ORDER BY rank"
	switch {
	case part.match != "" && conditions == "":
		source, order = "terms", " ORDER BY terms.rowid"
	case part.match != "":
		source, order = "terms CROSS JOIN facts ON facts.rank = terms.rowid", " ORDER BY terms.rowid"
	}
	rank := strings.TrimPrefix(order, " ORDER BY ")
	conditions += part.ranks(rank, s)
	if part.match != "" {
		conditions, args = " AND terms MATCH ?"+conditions, append([]any{part.match}, args...)
	}
	return statement{"SELECT " + rank + " AS rank FROM " + source + " WHERE 1" + conditions + order + " LIMIT ? OFFSET ?", args}
}

// rows reads what the list shows of the ranks.
func (s *sqlite) rows(ctx context.Context, ranks statement, offset, limit int) (list []idv.Row, err error) {
	query := "SELECT sessions.* FROM (" + ranks.query + ") AS page CROSS JOIN sessions USING (rank)"
	rows, err := s.db.QueryContext(ctx, query, append(ranks.args, limit, offset)...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", query, err)
	}
	defer rows.Close()
	for rows.Next() {
		var row idv.Row
		var rank, created int64
		if err := rows.Scan(append([]any{&rank, &created}, cells(&row)...)...); err != nil {
			return nil, err
		}
		list = append(list, row)
	}
	return list, rows.Err()
}
