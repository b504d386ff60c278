package store_test

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"veridesk/backend/idv"
	"veridesk/backend/store"
)

// TestLookIsOneMoment reads while every session changes again and again: what one
// look shows belongs together.
func TestLookIsOneMoment(t *testing.T) {
	const many, rounds = 20, 150
	s := open(t, path(t))
	ordinals := make([]uint32, many)
	for i := range ordinals {
		ordinals[i] = uint32(i) + 1
	}
	change := func(round int) error {
		list := sessions(0, many)
		for i := range list {
			list[i].Person.LastName.Latin = fmt.Sprint(round)
		}
		_, err := s.Write(store.Batch{Sessions: list})
		return err
	}
	if err := change(1); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	var busy sync.WaitGroup
	busy.Go(func() {
		defer close(done)
		for round := 2; round <= rounds; round++ {
			if err := change(round); err != nil {
				t.Error(err)
				return
			}
		}
	})
	for open := true; open; {
		select {
		case <-done:
			open = false
		default:
		}
		err := s.Look(func(l *store.Look) error {
			for range 2 {
				list, err := l.Sessions(ordinals)
				if err != nil {
					return err
				}
				for _, one := range list {
					if want := fmt.Sprint(l.Seq() / many); one.Person.LastName.Latin != want {
						return fmt.Errorf("change %d of round %s shows round %s", l.Seq(), want, one.Person.LastName.Latin)
					}
				}
			}
			return nil
		})
		if err != nil {
			t.Error(err)
			break
		}
	}
	busy.Wait()
}

// TestLookSaysWhatIsDamaged reads a page with a damaged session and a damaged list of photos.
func TestLookSaysWhatIsDamaged(t *testing.T) {
	w := makeWorld(t, 8)
	edit(t, w.file, put("sessions", "\x00\x00\x00\x03", "what is no sealed value"))
	edit(t, w.file, put("photos", "\x00\x00\x00\x04", "nor is this"))
	s, err := store.Open(w.file, w.keys)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	err = s.Look(func(l *store.Look) error {
		list, err := l.Sessions([]uint32{2, 1, 3, 4})
		wantCode(t, "damaged session", err, idv.CodeDamaged)
		if len(list) != 2 || list[0].ID != w.want[1].ID || list[1].ID != w.want[0].ID {
			t.Errorf("before it come %d sessions", len(list))
		}
		kept, err := l.Photos([]uint32{1, 2, 4, 7})
		wantCode(t, "damaged photos", err, idv.CodeDamaged)
		if len(kept) != 2 || len(kept[1]) != 1 || kept[7][0].Name != secret {
			t.Errorf("photos %+v", kept)
		}
		return errors.New("given back")
	})
	if err == nil || err.Error() != "given back" {
		t.Errorf("the look answers %v", err)
	}
}

func TestUnchanged(t *testing.T) {
	s := open(t, path(t))
	write(t, s, store.Batch{Sessions: sessions(0, 100)})
	before, err := s.Seq()
	if err != nil {
		t.Fatal(err)
	}
	changed := session(40)
	changed.Partner = "Example Bank"
	write(t, s, store.Batch{Sessions: []idv.Session{changed}})
	err = s.Look(func(look *store.Look) error {
		for _, c := range []struct {
			ordinals []uint32
			since    uint64
			want     bool
		}{{nil, before, true}, {[]uint32{40, 42}, before, true}, {[]uint32{40, 41}, before, false}, {[]uint32{40, 41}, look.Seq(), true}} {
			if same, err := look.Unchanged(c.ordinals, c.since); same != c.want || err != nil {
				t.Errorf("%v since %d: %v, %v", c.ordinals, c.since, same, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
