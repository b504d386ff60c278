package archive

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

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
	photos, err := a.store.PhotosOf(ordinals)
	if err != nil {
		a.log.Error("read photos", "error", err) // a row is shown without its selfie then
	}
	for session, err := range a.store.Sessions(ordinals) {
		if err != nil {
			return idv.Page{}, err
		}
		ordinal := ordinals[len(page.Rows)]
		page.Rows = append(page.Rows, a.row(ordinal, session, photos[ordinal]))
	}
	return page, nil
}

// row is the list's view of a session, with what only the archive knows of it.
func (a *Archive) row(ordinal uint32, session idv.Session, photos []store.Photo) idv.Row {
	row := idv.NewRow(ordinal, session)
	known, _ := a.columns.Row(ordinal)
	row.Hold = known.Flags.Has(columns.Hold)
	for _, photo := range photos {
		if photo.Small != nil && strings.HasPrefix(photo.Name, "selfie") {
			row.Selfie = photo.Name
			break
		}
	}
	return row
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

// selection is what the text finds, newest first. A whole Session ID is found
// whatever the index holds, and whole personal and document numbers while the
// index has not seen everything or has failed.
func (a *Archive) selection(ctx context.Context, text string) (columns.Selection, error) {
	found, err := a.index.find(ctx, text)
	if found == nil && err == nil {
		return a.columns.Newest(nil), nil
	}
	exact, exactErr := a.exact(strings.TrimSpace(text), err != nil || a.index.trails())
	switch {
	case exactErr != nil:
		return columns.Selection{}, exactErr
	case err == nil:
		exact.Or(found)
	case exact.IsEmpty() || ctx.Err() != nil:
		return columns.Selection{}, err
	}
	return a.columns.Newest(exact), nil
}

// exact finds a session by its whole ID and, with numbers, by a whole number.
func (a *Archive) exact(text string, numbers bool) (*roaring.Bitmap, error) {
	found := roaring.New()
	if len(text) <= idv.MaxSessionID {
		ordinal, ok, err := a.store.Ordinal(text)
		if err != nil {
			return nil, err
		}
		if ok {
			found.Add(ordinal)
		}
	}
	if numbers {
		key, err := a.store.Blind(text)
		if err != nil {
			return nil, err
		}
		found.Or(a.columns.Numbered(key))
	}
	return found, nil
}
