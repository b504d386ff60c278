package archive

import (
	"context"
	"errors"
	"fmt"

	"veridesk/backend/columns"
	"veridesk/backend/idv"
	"veridesk/backend/store"
)

// Find answers a query: the exact total, and the rows of one page.
func (a *Archive) Find(ctx context.Context, q idv.Query) (idv.Page, error) {
	q = q.Clamped()
	seq, err := a.store.Seq()
	if err != nil {
		return idv.Page{}, err
	}
	found, err := a.selection(ctx, q.Text)
	if err != nil {
		return idv.Page{}, err
	}
	page := idv.Page{Seq: seq, Total: found.Total(), Offset: q.Offset, Rows: []idv.Row{}}
	ordinals := found.Slice(q.Offset, q.Limit)
	for session, err := range a.store.Sessions(ordinals) {
		if err != nil {
			return idv.Page{}, err
		}
		page.Rows = append(page.Rows, idv.NewRow(ordinals[len(page.Rows)], session))
	}
	return page, nil
}

// Get gives the whole session under a Session ID.
func (a *Archive) Get(id string) (idv.Session, error) {
	session, err := a.store.Session(id)
	if errors.Is(err, store.ErrNotFound) {
		err = &idv.Error{
			Code: idv.CodeNotFound, Message: fmt.Sprintf("There is no session %s in this archive.", id),
			Hint: "Search for it by its first characters, or sync first.",
		}
	}
	return session, err
}

// selection is what the text finds, newest first.
func (a *Archive) selection(ctx context.Context, text string) (columns.Selection, error) {
	found, err := a.index.find(ctx, text)
	if err != nil {
		return columns.Selection{}, err
	}
	return a.columns.Newest(found), nil
}
