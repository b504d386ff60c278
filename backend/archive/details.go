package archive

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"veridesk/backend/columns"
	"veridesk/backend/idv"
	"veridesk/backend/store"
)

// maxSame is how many sessions of the same person are shown.
const maxSame = 100

// Details tells all of a session. Days are those of the zone.
func (a *Archive) Details(ctx context.Context, ordinal uint32, zone *time.Location) (idv.Details, error) {
	defer a.way.Take()()
	settings, err := a.Settings()
	if err != nil {
		return idv.Details{}, err
	}
	session, err := a.whole(ordinal)
	if err != nil {
		return idv.Details{}, err
	}
	same, err := a.columns.Find(ctx, columns.Question{Found: a.samePerson(ordinal), Limit: maxSame})
	if err != nil {
		return idv.Details{}, err
	}
	var rows []idv.Row
	err = a.store.Look(func(look *store.Look) error {
		ordinals := append([]uint32{ordinal}, same.Ordinals...)
		rows, err = a.rows(ordinals, a.columns.Flags(ordinals), look, nil)
		return err
	})
	if err != nil {
		return idv.Details{}, err
	}
	d := idv.NewDetails(rows[0], session, settings.AcceptedLevel, time.Now().In(zone))
	d.Same, d.SameTotal, d.Missing = rows[1:], same.Total, a.missingPhotos(ordinal, session)
	return d, nil
}

// missingPhotos are the session's photos that are not kept. Where the list of those
// that are cannot be read, none is said to be missing: they cannot be opened either.
func (a *Archive) missingPhotos(ordinal uint32, session idv.Session) []idv.MissingPhoto {
	missing, why := []idv.MissingPhoto{}, idv.PhotoGone
	if row, ok := a.columns.Row(ordinal); ok && row.Flags.Has(columns.Wanted) {
		why = idv.PhotoWaiting
	}
	kept, err := a.store.Photos(ordinal)
	if err != nil {
		a.log.Error("read photos", "error", err)
		return missing
	}
	for _, name := range session.Photos {
		if !slices.ContainsFunc(kept, func(p store.Photo) bool { return p.Name == name }) {
			missing = append(missing, idv.MissingPhoto{Name: name, Why: why})
		}
	}
	return missing
}

// whole reads the session under an ordinal.
func (a *Archive) whole(ordinal uint32) (idv.Session, error) {
	if _, ok := a.columns.Row(ordinal); !ok {
		return idv.Session{}, &idv.Error{
			Code: idv.CodeNotFound, Message: fmt.Sprintf("There is no session number %d in this archive.", ordinal),
			Hint: "Go back to the list and choose another one.",
		}
	}
	id, err := a.idOf(ordinal)
	if err != nil {
		return idv.Session{}, err
	}
	return a.Get(id)
}

// samePerson are the other sessions with the personal number of this one.
func (a *Archive) samePerson(ordinal uint32) *roaring.Bitmap {
	same := roaring.New()
	row, _ := a.columns.Row(ordinal)
	if row.Personal == 0 {
		return same
	}
	for other := range roaring.Values(a.columns.Numbered(row.Personal)) {
		if known, ok := a.columns.Row(other); ok && known.Personal == row.Personal && other != ordinal {
			same.Add(other)
		}
	}
	return same
}
