// What is compared: engines that hold the same sessions and answer the same
// queries.

package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"veridesk/backend/idv"
)

// engine answers queries. A peer may leave out what it cannot do: see answer.
type engine interface {
	ask(ctx context.Context, q idv.Query) (answer, error)
}

// answer is a page, the exact total, and the counts if the query asks for them.
type answer struct {
	total  int
	near   int       // of the total, at its end: found by look-alikes only
	rows   []idv.Row // with what is in cells; of an engine that knows IDs alone, with those
	facets idv.Facets
	took   time.Duration // in the process of the engine
}

// cells are what a list shows of a row, in the order of the columns of the peer's table.
func cells(row *idv.Row) []any {
	return []any{
		&row.SessionID, &row.FirstName, &row.LastName, &row.FirstNameGe, &row.LastNameGe, &row.PersonalNumber, &row.DocumentNumber,
		&row.CreatedAt, &row.FinishedAt, &row.Verified, &row.Outcome, &row.DocumentType, &row.Liveness, &row.MatchLevel,
		&row.Extra, &row.Environment, &row.Liquidated, &row.Erased,
	}
}

// shown is a row with those cells alone.
func shown(row idv.Row) idv.Row {
	return idv.Row{
		SessionID: row.SessionID, FirstName: row.FirstName, LastName: row.LastName, FirstNameGe: row.FirstNameGe, LastNameGe: row.LastNameGe,
		PersonalNumber: row.PersonalNumber, DocumentNumber: row.DocumentNumber, CreatedAt: row.CreatedAt, FinishedAt: row.FinishedAt,
		Verified: row.Verified, Outcome: row.Outcome, DocumentType: row.DocumentType, Liveness: row.Liveness, MatchLevel: row.MatchLevel,
		Extra: row.Extra, Environment: row.Environment, Liquidated: row.Liquidated, Erased: row.Erased,
	}
}

// differ says in what a peer's answer is another one. What only look-alikes find
// is left out, for the peers do not know them; then the counts are left out too.
// whole says that the peer gives whole rows, and counts.
func differ(q idv.Query, a, peer answer, whole bool) error {
	a.rows = a.rows[:min(len(a.rows), max(0, a.total-a.near-q.Offset))]
	if a.total-a.near != peer.total || len(a.rows) != len(peer.rows) {
		return fmt.Errorf("%+v: %d in all and %d on the page, the peer has %d and %d", q, a.total-a.near, len(a.rows), peer.total, len(peer.rows))
	}
	for i := range a.rows {
		mine, theirs := shown(a.rows[i]), peer.rows[i]
		if mine.SessionID != theirs.SessionID || whole && fmt.Sprint(mine) != fmt.Sprint(theirs) {
			return fmt.Errorf("%+v: row %d is %+v, the peer's %+v", q, i, mine, theirs)
		}
	}
	if !q.Facets || !whole || a.near > 0 {
		return nil
	}
	for i, d := range dimensions {
		mine, theirs := sorted(*d.counts(&a.facets)), sorted(*d.counts(&peer.facets))
		if !slices.Equal(mine, theirs) {
			return fmt.Errorf("%+v: dimension %d counts %v, the peer %v", q, i, mine, theirs)
		}
	}
	return nil
}

// sorted are the counts that are not 0, by value.
func sorted(counts []idv.Count) []idv.Count {
	some := slices.DeleteFunc(slices.Clone(counts), func(c idv.Count) bool { return c.Count == 0 })
	slices.SortFunc(some, func(a, b idv.Count) int {
		switch {
		case a.Value < b.Value:
			return -1
		case a.Value > b.Value:
			return 1
		}
		return 0
	})
	return some
}
