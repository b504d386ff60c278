package archive

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"veridesk/backend/idv"
	"veridesk/backend/media"
	"veridesk/backend/seal"
	"veridesk/backend/store"
)

// Verified is what a check of a whole archive found.
type Verified struct {
	Sessions int      `json:"sessions"`
	Values   int      `json:"values"`  // sealed values that were opened
	Photos   int      `json:"photos"`  // that were read
	Damaged  []string `json:"damaged"` // what cannot be read, by name; never nil
}

// Verify opens every value and every photo of the archive. What is damaged is
// named in the result; an error only says why it could not go on.
func (a *Archive) Verify(ctx context.Context, report func(idv.Progress)) (Verified, error) {
	meter := idv.NewMeter(report)
	defer meter.Close()
	return verify(ctx, a.store, a.media, a.columns.Len(), meter.Count)
}

// CheckPages checks the structure of a closed archive's file. It is for a process
// of its own: a damaged page may end it.
func CheckPages(dir string) error { return store.CheckPages(filepath.Join(dir, storeFile)) }

// check verifies the archive in a folder that nobody has open.
func check(ctx context.Context, dir string, keys seal.Keyring, report func(idv.Progress)) (Verified, error) {
	st, err := store.Open(filepath.Join(dir, storeFile), keys)
	if err != nil {
		return Verified{}, err
	}
	defer st.Close()
	photos, err := media.Open(filepath.Join(dir, mediaDir))
	if err != nil {
		return Verified{}, err
	}
	defer photos.Close()
	var last uint32
	if err := st.Rows(func(int) {}, func(row store.Row) { last = max(last, row.Ordinal) }); err != nil {
		return Verified{}, err
	}
	return verify(ctx, st, photos, int(last), report)
}

func verify(ctx context.Context, st *store.Store, photos *media.Store, last int, report func(idv.Progress)) (Verified, error) {
	scrubbed, err := st.Scrub(ctx, report)
	found := Verified{Sessions: scrubbed.Sessions, Values: scrubbed.Values, Damaged: append([]string{}, scrubbed.Damaged...)}
	if err != nil {
		return found, err
	}
	for ordinal := uint32(1); ordinal <= uint32(last); ordinal++ {
		if err := ctx.Err(); err != nil {
			return found, err
		}
		kept, err := st.Photos(ordinal)
		if err != nil {
			continue // named above
		}
		for _, p := range kept {
			_, err := photos.Read(media.Kept{File: p.File, Key: p.Key, Size: p.Size, SHA256: p.SHA256, Type: p.Type})
			if errors.Is(err, media.ErrClosed) {
				return found, err
			}
			found.Photos++
			if err != nil {
				found.Damaged = append(found.Damaged, photoName(ordinal, p.Name))
			}
		}
	}
	return found, nil
}

func photoName(ordinal uint32, name string) string {
	return fmt.Sprintf("photo %s of session number %d", name, ordinal)
}
