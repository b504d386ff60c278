package store_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/store"
)

// world is a closed archive file with something in every bucket. Session n is
// under ordinal n+1, which is also its change.
type world struct {
	file  string
	keys  *seal.Vault
	want  []idv.Session
	names map[string]string // bucket/key of each value -> how Scrub names what it belongs to
}

// secret stands in everything that is kept, see makeWorld.
const secret = "Qz7-unmistakable"

func makeWorld(t *testing.T, sessions int) *world {
	t.Helper()
	w := &world{file: path(t), keys: vault(t), names: map[string]string{}}
	s, err := store.Open(w.file, w.keys)
	if err != nil {
		t.Fatal(err)
	}
	for n := range sessions {
		one := full(n)
		one.Person.LastName.Latin, one.Person.PersonalNumber = secret, fmt.Sprint(secret, n)
		one.Attempts[0].FrontText, one.Tags, one.Unknown = secret, nil, map[string]string{secret: secret}
		w.want = append(w.want, one)
	}
	write(t, s, store.Batch{
		Source: secret + ".example.com", Cursor: secret, Sessions: w.want,
		Rejected: []idv.Rejection{{File: secret + ".csv", Row: 1, Reason: secret, Raw: secret}},
		Audit:    []store.Entry{{Action: "export", Object: secret}, {Action: "export"}, {Action: "backup"}},
	})
	for n := range w.want {
		kept := []store.Photo{{Name: secret, File: secret, Key: []byte(secret), Small: []byte(secret)}}
		if n%3 == 0 {
			err = errors.Join(err, s.SetPhotos(w.want[n].ID, kept, true))
		}
	}
	err = errors.Join(err, s.SetSetting("folder", secret), s.SetSetting("origin", secret),
		s.SetSecret("portal key", secret), s.SetSecret("proxy", secret), s.Compact(t.Context(), silent), s.Close())
	if err != nil {
		t.Fatal(err)
	}
	w.name(t)
	return w
}

// name fills names.
func (w *world) name(t *testing.T) {
	t.Helper()
	for place := range w.values(t) {
		bucket, key := place.bucket, place.key
		switch bucket {
		case "sessions", "details", "photos":
			w.names[bucket+"/"+key] = fmt.Sprintf("session number %d", binary.BigEndian.Uint32([]byte(key)))
		case "changes":
			w.names[bucket+"/"+key] = fmt.Sprintf("session number %d", binary.BigEndian.Uint64([]byte(key)))
		case "rows":
			w.names[bucket+"/"+key] = "list of sessions number " + chunkName(key, 32)
		case "facts":
			w.names[bucket+"/"+key] = "facts of sessions number " + chunkName(key, 8)
		case "settings":
			w.names[bucket+"/"+key] = "setting " + key
		case "secrets":
			w.names[bucket+"/"+key] = "secret " + key
		case "cursors":
			w.names[bucket+"/"+key] = "place to read on from a source"
		case "rejected":
			w.names[bucket+"/"+key] = "rejected row"
		case "audit":
			w.names[bucket+"/"+key] = fmt.Sprintf("audit entry %d", binary.BigEndian.Uint64([]byte(key)))
		case "hashes":
			w.names[bucket+"/"+key] = fmt.Sprintf("audit hash %d", binary.BigEndian.Uint64([]byte(key)))
		}
	}
}

// chunkName is how Scrub names the sessions of a chunk.
func chunkName(key string, size uint32) string {
	first := binary.BigEndian.Uint32([]byte(key)) * size
	return fmt.Sprintf("%d to %d", max(1, first), first+size-1)
}

// place is where a value stands in the file.
type place struct{ bucket, key string }

// values reads all sealed values as they stand in the file, but the state.
func (w *world) values(t *testing.T) map[place]string {
	t.Helper()
	all := map[place]string{}
	edit(t, w.file, func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bolt.Bucket) error {
			return b.ForEach(func(key, value []byte) error {
				if string(name) != "meta" {
					all[place{string(name), string(key)}] = string(value)
				}
				return nil
			})
		})
	})
	return all
}

// read reads the file in every way that the app does. A wrong value fails the
// test. It returns how many answers were errors, or "not there" for what is.
func (w *world) read(t *testing.T, what string) (refused int) {
	t.Helper()
	s, err := store.Open(w.file, w.keys)
	if err != nil {
		w.wantDamage(t, what, err)
		return 1
	}
	defer s.Close()
	refuse := func(err error) {
		if err != nil {
			refused++
			w.wantDamage(t, what, err)
		}
	}
	refuse(w.readSessions(t, what, s))
	refuse(w.readChanges(t, what, s))
	refuse(w.readFacts(t, what, s))
	for n, want := range w.want {
		got, err := s.Session(want.ID)
		switch {
		case errors.Is(err, store.ErrNotFound):
			refused++
		case err != nil:
			refuse(err)
		case !reflect.DeepEqual(got, want):
			t.Errorf("%s: session %d is another: %+v", what, n, got)
		}
	}
	refuse(s.PhotoFiles(func(file string) { w.same(t, what, "photo file", file) }))
	for _, name := range []string{"folder", "origin"} {
		text := secret
		refuse(s.Setting(name, &text))
		w.same(t, what, name, text)
	}
	for _, name := range []string{"portal key", "proxy"} {
		value, err := s.Secret(name)
		if refuse(err); err == nil {
			w.same(t, what, name, value)
		}
	}
	cursor, err := s.Cursor(secret + ".example.com")
	if refuse(err); err == nil {
		w.same(t, what, "cursor", cursor)
	}
	list, err := s.Rejected()
	if refuse(err); err == nil && len(list) == 1 {
		w.same(t, what, "rejected row", list[0].Raw)
	}
	return refused
}

func (w *world) readSessions(t *testing.T, what string, s *store.Store) error {
	var ordinals []uint32
	if err := s.Rows(func(int) {}, func(row store.Row) { ordinals = append(ordinals, row.Ordinal) }); err != nil {
		return err
	}
	if len(ordinals) != len(w.want) {
		t.Errorf("%s: %d rows without an error", what, len(ordinals))
		return nil
	}
	n := 0
	for got, err := range s.Sessions(ordinals) {
		if err != nil {
			return err
		}
		if want := w.want[n]; got.ID != want.ID || got.Person != want.Person || !got.Created.Equal(want.Created) {
			t.Errorf("%s: session %d is another: %+v", what, n, got)
		}
		n++
	}
	return nil
}

// readFacts reads the facts, which are right however damaged they were: of a
// session that cannot be read there are only times.
func (w *world) readFacts(t *testing.T, what string, s *store.Store) error {
	n := 0
	err := s.Facts(t.Context(), func(_ uint32, facts []idv.Facts) ([]idv.Facts, error) {
		for _, got := range facts {
			if want := idv.NewFacts(w.want[n]); got.SessionID != "" && !reflect.DeepEqual(got, want) {
				t.Errorf("%s: session %d has the facts %+v", what, n, got)
			}
			n++
		}
		return facts, nil
	})
	if err == nil && n != len(w.want) {
		t.Errorf("%s: facts of %d sessions without an error", what, n)
	}
	return err
}

func (w *world) readChanges(t *testing.T, what string, s *store.Store) error {
	changes, err := s.Changes(0, len(w.want)+10)
	for _, c := range changes {
		if n := int(c.Ordinal) - 1; c.Seq != uint64(c.Ordinal) || c.Session.ID != w.want[n].ID {
			t.Errorf("%s: change %d is another: %+v", what, c.Seq, c)
		}
	}
	return err
}

func (w *world) same(t *testing.T, what, thing, got string) {
	t.Helper()
	if got != secret {
		t.Errorf("%s: the %s is %q", what, thing, got)
	}
}

// wantDamage checks that an error says that the file is damaged, or not ours.
func (w *world) wantDamage(t *testing.T, what string, err error) {
	t.Helper()
	if e := idv.AsError(err); !slices.Contains([]idv.Code{idv.CodeDamaged, idv.CodeNewer, idv.CodeInvalid}, e.Code) {
		t.Errorf("%s: %v, code %s", what, err, e.Code)
	}
}

// scrub opens the file and gives what Scrub names.
func (w *world) scrub(t *testing.T) ([]string, error) {
	t.Helper()
	s, err := store.Open(w.file, w.keys)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	found, err := s.Scrub(t.Context(), silent)
	return found.Damaged, err
}

func (w *world) bytes(t *testing.T) []byte {
	t.Helper()
	data, err := os.ReadFile(w.file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// writeTo writes to a file that may be damaged. It must come back.
func (w *world) writeTo(t *testing.T, what string) {
	t.Helper()
	s, err := store.Open(w.file, w.keys)
	if err != nil {
		return
	}
	changed := slices.Clone(w.want[:20])
	for i := range changed {
		changed[i].Partner = "Example Bank"
	}
	_, err1 := s.Write(store.Batch{Source: "feed", Cursor: "c", Sessions: append(changed, sessions(5000, 5020)...)})
	_, err2 := s.Erase([]string{w.want[50].ID}, idv.ByUser, noon)
	for _, err := range []error{err1, err2} {
		if err != nil && idv.AsError(err).Code != idv.CodeNotFound {
			w.wantDamage(t, what, err)
		}
	}
	_ = s.Compact(t.Context(), silent)
	_ = s.Close()
}

// reseal is an edit that who has the keys could make: it changes a value and
// seals it again for the same place.
func (w *world) reseal(t *testing.T, purpose seal.Purpose, at place, change func([]byte) []byte) func(*bolt.Tx) error {
	t.Helper()
	box, err := w.keys.Box(purpose, 1)
	if err != nil {
		t.Fatal(err)
	}
	return func(tx *bolt.Tx) error {
		bucket, where := tx.Bucket([]byte(at.bucket)), seal.Place{Schema: 2, Bucket: at.bucket, Key: []byte(at.key)}
		plain, err := box.Open(nil, bucket.Get([]byte(at.key)), where)
		if err != nil {
			return err
		}
		sealed, err := box.Seal(nil, change(plain), where)
		if err != nil {
			return err
		}
		return bucket.Put([]byte(at.key), sealed)
	}
}
