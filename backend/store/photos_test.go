package store_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"veridesk/backend/idv"
	"veridesk/backend/store"
)

func photo(name string) store.Photo {
	return store.Photo{
		Name: name, File: "ab/" + name, Key: []byte("a key of thirty-two bytes, so so"), Size: 7,
		SHA256: []byte{1, 2, 3}, Type: "image/jpeg", Small: []byte{0xff, 0xd8},
	}
}

func TestPhotosAreKeptAndWanted(t *testing.T) {
	s := open(t, path(t))
	with := session(0)
	with.Photos = []string{"selfie-1", "front"}
	write(t, s, store.Batch{Sessions: []idv.Session{with, session(1)}})
	wanted := func() bool { return rows(t, s)[0].Wanted }
	if !wanted() || rows(t, s)[1].Wanted {
		t.Errorf("at first: %+v", rows(t, s))
	}
	first := []store.Photo{photo("selfie-1")}
	if err := s.SetPhotos(with.ID, first, false); err != nil || !wanted() {
		t.Errorf("one of two: %v, wanted %v", err, wanted())
	}
	both := append(first, photo("front"))
	if err := s.SetPhotos(with.ID, both, true); err != nil || wanted() {
		t.Errorf("both: %v, wanted %v", err, wanted())
	}
	got, err := s.Photos(1)
	if err != nil || !reflect.DeepEqual(got, both) {
		t.Errorf("%+v %v", got, err)
	}
	var of map[uint32][]store.Photo
	err = s.Look(func(l *store.Look) (err error) {
		of, err = l.Photos([]uint32{2, 1, 99})
		return err
	})
	if err != nil || !reflect.DeepEqual(of, map[uint32][]store.Photo{1: both}) {
		t.Errorf("of several: %+v %v", of, err)
	}
	with.Partner = "Example Bank" // a change that names no new photo
	if write(t, s, store.Batch{Sessions: []idv.Session{with}}); wanted() {
		t.Error("wanted again without reason")
	}
	with.Photos = append(with.Photos, "back")
	if write(t, s, store.Batch{Sessions: []idv.Session{with}}); !wanted() {
		t.Error("a new photo is not wanted")
	}
	if seq, _ := s.Seq(); seq != 4 {
		t.Errorf("photos made changes: %d", seq)
	}
	var files []string
	if err := s.PhotoFiles(func(file string) { files = append(files, file) }); err != nil || !slices.Equal(files, []string{"ab/selfie-1", "ab/front"}) {
		t.Errorf("files %v %v", files, err)
	}
}

func TestPhotosOfNobody(t *testing.T) {
	s := open(t, path(t))
	write(t, s, store.Batch{Sessions: sessions(0, 1)})
	if err := s.SetPhotos("nobody", nil, true); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("set: %v", err)
	}
	if got, err := s.Photos(1); got != nil || err != nil {
		t.Errorf("none kept: %v %v", got, err)
	}
	for _, ordinal := range []uint32{0, 2} {
		if _, err := s.Photos(ordinal); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("ordinal %d: %v", ordinal, err)
		}
	}
	if err := errors.Join(s.SetPhotos(id(0), []store.Photo{photo("front")}, true), s.SetPhotos(id(0), nil, true)); err != nil {
		t.Fatal(err)
	}
	if got, err := s.Photos(1); got != nil || err != nil {
		t.Errorf("taken back: %v %v", got, err)
	}
}
