package archive

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/columns"
	"veridesk/backend/idv"
	"veridesk/backend/search"
	"veridesk/backend/store"
)

// Find answers a query: the exact total, the rows of one page and, if it asks for
// them, the counts of every dimension, all as of one moment. Only text may be a
// few changes behind while a sync runs; see idv.Page.
func (a *Archive) Find(ctx context.Context, q idv.Query) (idv.Page, error) {
	a.resting.Reset(restAfter)
	defer a.way.Take()()
	q = q.Clamped()
	question, indexed, err := a.question(ctx, q)
	if err != nil {
		return idv.Page{}, err
	}
	page := idv.Page{Indexed: indexed, Offset: q.Offset, Nearest: []idv.Nearest{}}
	for moved := true; moved && err == nil; {
		err = a.store.Look(func(look *store.Look) error {
			moved, err = a.fill(ctx, &page, q.Text, question, look)
			return err
		})
	}
	if err == nil && page.Total == 0 && q.Text != "" {
		page.Nearest, err = a.nearest(ctx, q.Text, question)
	}
	return page, err
}

// question is what a query asks of the columns, and the change that its text has
// seen.
func (a *Archive) question(ctx context.Context, q idv.Query) (question columns.Question, indexed uint64, err error) {
	found, err := a.found(ctx, q.Text)
	if err != nil {
		return columns.Question{}, 0, err
	}
	if !found.All && found.Exact == nil {
		found.Exact = roaring.New()
	}
	question = columns.Question{
		Found: a.chosen(found.Exact, q), Filter: q.Filter, Sort: q.Sort,
		Offset: q.Offset, Limit: q.Limit, Facets: q.Facets, Around: q.Around,
	}
	if found.Near != nil {
		question.Near = a.chosen(found.Near, q)
	}
	if q.Facets || len(q.Filter.Spoofs) > 0 {
		settings, err := a.Settings()
		if err != nil {
			return columns.Question{}, 0, err
		}
		question.Accepted = settings.AcceptedLevel
	}
	return question, found.Seq, nil
}

// chosen leaves of what was found what the query has chosen by hand. nil is all as
// long as nothing was chosen.
func (a *Archive) chosen(found *roaring.Bitmap, q idv.Query) *roaring.Bitmap {
	if len(q.Only)+len(q.Except) == 0 {
		return found
	}
	if found == nil {
		found = roaring.New()
		found.AddRange(0, uint64(a.columns.Len())+1) // ordinals begin at 1 and leave none out
	}
	if len(q.Only) > 0 {
		found = roaring.And(found, roaring.BitmapOf(q.Only...))
	}
	return roaring.AndNot(found, roaring.BitmapOf(q.Except...))
}

// fill answers from the columns, and takes the rows from the store as they were at the
// same change. Moved says that this cannot be: then all is to be asked again.
func (a *Archive) fill(ctx context.Context, page *idv.Page, text string, question columns.Question, look *store.Look) (moved bool, err error) {
	answer, err := a.columns.Find(ctx, question)
	if err != nil || answer.Seq > look.Seq() {
		return err == nil, err
	}
	if answer.Seq < look.Seq() { // the columns follow some milliseconds behind
		same := answer.Seq >= page.Indexed // what the text finds is no newer
		if same {
			same, err = look.Unchanged(answer.Ordinals, answer.Seq)
		}
		if err == nil && !same {
			err = a.columns.Reach(ctx, look.Seq())
		}
		if err != nil || !same {
			return err == nil, err
		}
	}
	page.Seq, page.Total, page.Near, page.Facets, page.Place = answer.Seq, answer.Total, answer.Near, answer.Facets, answer.Place
	if !question.Facets {
		page.Facets = idv.NoFacets()
	}
	firstNear := max(0, answer.Total-answer.Near-question.Offset)
	page.Rows, err = a.rows(answer.Ordinals, answer.Flags, look, func(i int, session idv.Session) string {
		if i < firstNear {
			return ""
		}
		return search.Near(text, session)
	})
	return false, err
}

// rows reads the list's rows of sessions with these flags; near, if there is one, says
// what a text only looks like.
func (a *Archive) rows(ordinals []uint32, flags []columns.Flags, look *store.Look, near func(i int, session idv.Session) string) ([]idv.Row, error) {
	photos, err := look.Photos(ordinals)
	if err != nil {
		a.log.Error("read photos", "error", err) // a row is shown without its selfie then
	}
	rows := make([]idv.Row, 0, len(ordinals))
	sessions, err := look.Sessions(ordinals)
	for i, session := range sessions {
		row := newRow(ordinals[i], session, flags[i], photos[ordinals[i]])
		if near != nil {
			row.Near = near(i, session)
		}
		rows = append(rows, row)
	}
	return rows, err
}

// newRow is the list's view of a session, with what only the archive knows of it.
func newRow(ordinal uint32, session idv.Session, flags columns.Flags, photos []store.Photo) idv.Row {
	row := idv.NewRow(ordinal, session)
	row.Hold = flags.Has(columns.Hold)
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

// found is what the text finds. A whole Session ID is one look-up in the store,
// whatever the index holds, and whole personal and document numbers are found too
// while the index has not seen everything or has failed.
func (a *Archive) found(ctx context.Context, text string) (search.Found, error) {
	exact, err := a.session(strings.TrimSpace(text))
	if exact != nil || err != nil {
		seq, seqErr := a.store.Seq()
		return search.Found{Exact: exact, Seq: seq}, errors.Join(err, seqErr)
	}
	found, err := a.index.find(ctx, text)
	if err == nil && (found.All || found.Seq >= a.columns.Seq()) {
		return found, nil
	}
	numbered, blindErr := a.numbered(text, found.Seq) // 0 if the index failed: all are looked at
	switch {
	case blindErr != nil:
		return search.Found{}, blindErr
	case err == nil && numbered.IsEmpty():
		return found, nil
	case err == nil:
		found.Exact.Or(numbered)
		found.Near.AndNot(numbered)
		return found, nil
	case numbered.IsEmpty() || ctx.Err() != nil:
		return search.Found{}, err
	}
	return search.Found{Exact: numbered, Seq: a.columns.Seq()}, nil
}

// session finds a session by its whole ID; nil if there is none.
func (a *Archive) session(id string) (*roaring.Bitmap, error) {
	if id == "" || len(id) > idv.MaxSessionID {
		return nil, nil
	}
	ordinal, ok, err := a.store.Ordinal(id)
	if err != nil || !ok {
		return nil, err
	}
	return roaring.BitmapOf(ordinal), nil
}

// numbered finds sessions by a whole personal or document number, those at least that
// have changed since.
func (a *Archive) numbered(text string, since uint64) (*roaring.Bitmap, error) {
	if len(text) > idv.MaxSessionID {
		return roaring.New(), nil
	}
	key, err := a.store.Blind(strings.TrimSpace(text))
	if err != nil {
		return nil, err
	}
	return a.columns.NumberedSince(since, key), nil
}

// mostNearest is how many texts are offered when one finds nothing.
const mostNearest = 5

// nearest offers texts with other names for one that finds nothing, filter or not.
func (a *Archive) nearest(ctx context.Context, text string, question columns.Question) ([]idv.Nearest, error) {
	nearest := []idv.Nearest{}
	if question.Found == nil || !question.Found.IsEmpty() || question.Near != nil && !question.Near.IsEmpty() {
		return nearest, nil // it is the filter that leaves nothing
	}
	texts, err := a.index.nearest(ctx, text, mostNearest)
	for _, text := range texts {
		found, err := a.index.find(ctx, text)
		if err != nil {
			return nearest, err
		}
		if total := found.Exact.GetCardinality(); total > 0 {
			nearest = append(nearest, idv.Nearest{Text: text, Total: int(total)})
		}
	}
	return nearest, err
}
