package store

import (
	"errors"
	"fmt"
	"slices"

	"veridesk/backend/idv"
)

// Photo is a photo that is kept: where its sealed file is, the key that opens
// it, and what must come out.
type Photo struct {
	Name   string `json:"name"` // as in idv.Session.Photos
	File   string `json:"file"` // in the media folder
	Key    []byte `json:"key"`
	Size   int64  `json:"size"`
	SHA256 []byte `json:"sha256"`
	Type   string `json:"type"`
	Small  []byte `json:"small,omitempty"` // a preview as JPEG; nil if none could be made
}

// SetPhotos keeps the list of a session's photos in place of the one before.
// Complete says that no more have to be fetched. For a session that is unknown
// or erased it answers ErrNotFound; the caller then removes the files.
func (s *Store) SetPhotos(id string, photos []Photo, complete bool) error {
	_, err := s.updateSessions(func(w *writer) error {
		_, ordinal, known, err := w.find(id)
		if err != nil {
			return err
		}
		if !known {
			return ErrNotFound
		}
		row, err := w.rows.get(ordinal)
		if err != nil {
			return err
		}
		if row.Erased {
			return ErrNotFound
		}
		row.photos, row.Wanted = len(photos) > 0, row.Wanted && !complete
		return errors.Join(w.putPhotos(ordinal, photos), w.rows.put(row))
	})
	return err
}

func (w *writer) putPhotos(ordinal uint32, photos []Photo) error {
	kept, key := w.bucket(bucketPhotos), ordinalKey(ordinal)
	if len(photos) == 0 {
		return kept.delete(key)
	}
	return kept.putValue(key, photos)
}

// Photos lists the photos that are kept of a session.
func (s *Store) Photos(ordinal uint32) (photos []Photo, err error) {
	err = s.view(func(t *txn) error {
		st, err := t.state()
		if err != nil {
			return err
		}
		if ordinal == 0 || ordinal > st.Last {
			return ErrNotFound
		}
		if photos, err = t.photos(ordinal); photos != nil || err != nil {
			return err
		}
		row, err := t.chunks(st.Last).get(ordinal)
		if err == nil && row.photos {
			err = damagedPhotos(ordinal, errMissing)
		}
		return err
	})
	return photos, err
}

// photos reads the record of photos; nil if there is none.
func (t *txn) photos(ordinal uint32) (photos []Photo, err error) {
	if _, err = t.bucket(bucketPhotos).getValue(ordinalKey(ordinal), &photos); err != nil {
		return nil, damagedPhotos(ordinal, err)
	}
	return photos, nil
}

func damagedPhotos(ordinal uint32, err error) error {
	return broken(fmt.Sprintf("The list of photos of session number %d", ordinal), err)
}

// PhotoFiles gives every media file that a session refers to. yield must not
// call the store.
func (s *Store) PhotoFiles(yield func(file string)) error {
	return s.view(func(t *txn) error {
		return t.bucket(bucketPhotos).each(func(key, data []byte, err error) error {
			var photos []Photo
			if err == nil {
				err = decode(data, &photos)
			}
			if err != nil {
				return damagedPhotos(toOrdinal(key), err)
			}
			for _, p := range photos {
				yield(p.File)
			}
			return nil
		})
	})
}

// wanted says whether the session names photos that are not kept yet. Those of
// a liquidated session cannot be had any more.
func (w *writer) wanted(row Row, s idv.Session) (bool, error) {
	if len(s.Photos) == 0 || s.IsLiquidated() {
		return false, nil
	}
	if !row.photos {
		return true, nil
	}
	kept, err := w.photos(row.Ordinal)
	for _, name := range s.Photos {
		if !slices.ContainsFunc(kept, func(p Photo) bool { return p.Name == name }) {
			return true, err
		}
	}
	return false, err
}

// dropPhotos removes the record of photos. If it cannot be read, its files are
// found by comparing PhotoFiles with the folder.
func (w *writer) dropPhotos(old Row) error {
	if !old.photos {
		return nil
	}
	kept, _ := w.photos(old.Ordinal)
	for _, p := range kept {
		w.result.Gone = append(w.result.Gone, p.File)
	}
	return w.bucket(bucketPhotos).delete(ordinalKey(old.Ordinal))
}
