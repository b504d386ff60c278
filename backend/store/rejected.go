package store

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"veridesk/backend/idv"
)

// rejectedValue is how a rejection is kept.
type rejectedValue struct {
	At     time.Time `json:"at"`
	File   string    `json:"file"`
	Row    int       `json:"row"`
	Column string    `json:"column"`
	Reason string    `json:"reason"`
	Raw    string    `json:"raw"`
}

// reject keeps what could not be read. Reading the same again replaces it.
func (w *writer) reject(r idv.Rejection) error {
	key, err := w.token(fieldRejected, fmt.Sprintf("%s\x00%d\x00%s\x00%s", r.File, r.Row, r.Column, r.Raw))
	if err != nil {
		return err
	}
	return w.bucket(bucketRejected).putValue(key[:], rejectedValue{w.now, r.File, r.Row, r.Column, r.Reason, r.Raw})
}

// Rejected lists what could not be read, newest first.
func (s *Store) Rejected() ([]idv.Rejection, error) {
	var all []rejectedValue
	err := s.view(func(t *txn) error {
		return t.bucket(bucketRejected).each(func(_, data []byte, err error) error {
			var v rejectedValue
			if err == nil {
				err = decode(data, &v)
			}
			if err != nil {
				return broken("A rejected row", err)
			}
			all = append(all, v)
			return nil
		})
	})
	slices.SortFunc(all, func(a, b rejectedValue) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row))
	})
	list := make([]idv.Rejection, len(all))
	for i, v := range all {
		list[i] = idv.Rejection{File: v.File, Row: v.Row, Column: v.Column, Reason: v.Reason, Raw: v.Raw}
	}
	return list, err
}
