package store_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/store"
)

// facts lists the facts of all sessions.
func facts(t *testing.T, s *store.Store) (list []idv.Facts) {
	t.Helper()
	err := s.Facts(t.Context(), func(first uint32, facts []idv.Facts) ([]idv.Facts, error) {
		if int(first) != len(list)+1 {
			t.Errorf("facts from %d on come after %d", first, len(list))
		}
		list = append(list, facts...)
		return facts, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// wantFacts compares the facts with those of every record.
func wantFacts(t *testing.T, what string, s *store.Store) {
	t.Helper()
	got := facts(t, s)
	all := rows(t, s)
	if len(got) != len(all) {
		t.Fatalf("%s: facts of %d sessions, %d are there", what, len(got), len(all))
	}
	ordinals := make([]uint32, len(all))
	for i := range ordinals {
		ordinals[i] = uint32(i) + 1
	}
	i := 0
	for session, err := range s.Sessions(ordinals) {
		if err != nil {
			t.Fatal(err)
		}
		if want := idv.NewFacts(session); !reflect.DeepEqual(got[i], want) {
			t.Fatalf("%s: session %d\nhas facts %+v\nwant %+v", what, i+1, got[i], want)
		}
		i++
	}
}

// TestFactsFollow writes, changes, holds and erases sessions at random.
func TestFactsFollow(t *testing.T) {
	s := open(t, path(t))
	random := rand.New(rand.NewPCG(11, 12))
	many := 0
	for round := range 30 {
		var batch []idv.Session
		for range random.IntN(120) {
			batch = append(batch, rich(many))
			many++
		}
		for range random.IntN(20) {
			changed := rich(random.IntN(many + 1))
			changed.Person.LastName.Latin = strings.Repeat("X", random.IntN(5))
			changed.Tags = []string{"b", "a", "b"}[:random.IntN(4)]
			if random.IntN(4) == 0 {
				changed = liquidated(random.IntN(many + 1))
			}
			batch = append(batch, changed)
		}
		result := write(t, s, store.Batch{Sessions: batch})
		many = len(rows(t, s))
		wantChanged(t, s, result)
		if round%5 == 4 {
			result, err := s.Erase([]string{id(random.IntN(many))}, idv.ByUser, noon)
			if err != nil {
				t.Fatal(err)
			}
			wantChanged(t, s, result)
			if result, err = s.SetHold([]string{id(random.IntN(many))}, true); err != nil {
				t.Fatal(err)
			}
			wantChanged(t, s, result)
			if _, err := s.SetHold([]string{id(0)}, false); err != nil {
				t.Fatal(err)
			}
		}
		wantFacts(t, "round", s)
	}
}

// wantChanged checks what a result says of the change and its sessions.
func wantChanged(t *testing.T, s *store.Store, result store.Result) {
	t.Helper()
	if seq, err := s.Seq(); err != nil || seq != result.Seq {
		t.Fatalf("the result says change %d, the store %d, %v", result.Seq, seq, err)
	}
	last := map[uint32]idv.Facts{}
	for _, row := range result.Changed {
		last[row.Ordinal] = row.Facts
	}
	for ordinal, got := range last {
		for session, err := range s.Sessions([]uint32{ordinal}) {
			if want := idv.NewFacts(session); err != nil || !reflect.DeepEqual(got, want) {
				t.Fatalf("session %d changed to %+v\nwant %+v, %v", ordinal, got, want, err)
			}
		}
	}
}

// TestFactsAreMadeAnew opens archives whose facts are missing, damaged or of
// another version. They are right again, also where a session was changed before
// they were read, and are kept.
func TestFactsAreMadeAnew(t *testing.T) {
	const many = 900
	w := makeWorld(t, many)
	whole := w.bytes(t)
	chunk := "\x00\x00\x00\x01"
	for name, harm := range map[string]func(*bolt.Tx) error{
		"nothing":         func(*bolt.Tx) error { return nil },
		"a chunk":         func(tx *bolt.Tx) error { return tx.Bucket([]byte("facts")).Delete([]byte(chunk)) },
		"a damaged chunk": put("facts", chunk, "what is no sealed value"),
		"a cut chunk": w.reseal(t, seal.Records, place{"facts", chunk}, func(plain []byte) []byte {
			return plain[:len(plain)-1]
		}),
		"no bucket": func(tx *bolt.Tx) error {
			return errors.Join(tx.DeleteBucket([]byte("facts")), w.version(t, nil)(tx))
		},
		"another version": func(tx *bolt.Tx) error {
			other := w.reseal(t, seal.Records, place{"facts", chunk}, func(plain []byte) []byte {
				return bytes.ReplaceAll(plain, []byte("NINO"), []byte("Nino"))
			})
			return errors.Join(other(tx), w.version(t, uint64(999))(tx))
		},
	} {
		replaceFile(t, w.file, whole)
		edit(t, w.file, harm)
		s, err := store.Open(w.file, w.keys)
		if err != nil {
			t.Fatal(err)
		}
		changed := w.want[300]
		changed.Person.LastName.Latin = "changed"
		write(t, s, store.Batch{Sessions: append(sessions(5000, 5200), changed)})
		wantFacts(t, name, s)
		found, err := s.Scrub(t.Context(), silent)
		if err := errors.Join(err, s.Close()); err != nil || len(found.Damaged) > 0 {
			t.Errorf("%s: scrub names %q, %v", name, found.Damaged, err)
		}
		kept := 0
		for at := range w.values(t) {
			if at.bucket == "facts" {
				kept++
			}
		}
		if kept != (many+200)/8+1 {
			t.Errorf("%s: %d chunks are kept", name, kept)
		}
	}
}

// version is an edit that changes the version of the facts, or takes it away as
// in an archive that was written before there were any.
func (w *world) version(t *testing.T, version any) func(*bolt.Tx) error {
	return w.state(t, func(state map[string]any) {
		if state["facts"] = version; version == nil {
			delete(state, "facts")
		}
	})
}

// state is an edit of what the archive knows of itself.
func (w *world) state(t *testing.T, change func(map[string]any)) func(*bolt.Tx) error {
	return w.reseal(t, seal.Records, place{"meta", "state"}, func(plain []byte) []byte {
		state := map[string]any{}
		err := cbor.Unmarshal(plain, &state)
		change(state)
		changed, err2 := cbor.Marshal(state)
		if err := errors.Join(err, err2); err != nil {
			t.Fatal(err)
		}
		return changed
	})
}

// TestFactsOfADamagedSession makes facts anew while a record cannot be read: the
// times are known from its row, and nothing else fails.
func TestFactsOfADamagedSession(t *testing.T) {
	w := makeWorld(t, 3)
	edit(t, w.file, put("sessions", "\x00\x00\x00\x02", "what is no sealed value"))
	edit(t, w.file, put("facts", "\x00\x00\x00\x00", "nor is this"))
	s, err := store.Open(w.file, w.keys)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	got := facts(t, s)
	want := idv.Facts{Created: w.want[1].Created.UnixMilli()}
	if len(got) != 3 || !reflect.DeepEqual(got[1], want) || !reflect.DeepEqual(got[2], idv.NewFacts(w.want[2])) {
		t.Errorf("facts %+v", got)
	}
}

func TestFactsStop(t *testing.T) {
	s := open(t, path(t))
	if got := facts(t, s); len(got) != 0 {
		t.Errorf("an empty archive has facts %+v", got)
	}
	write(t, s, store.Batch{Sessions: sessions(0, 600)})
	calls, enough := 0, errors.New("enough")
	if err := s.Facts(t.Context(), func(uint32, []idv.Facts) ([]idv.Facts, error) { calls++; return nil, enough }); !errors.Is(err, enough) || calls != 1 {
		t.Errorf("%d calls, %v", calls, err)
	}
	ctx, stop := context.WithCancel(t.Context())
	err := s.Facts(ctx, func(uint32, []idv.Facts) ([]idv.Facts, error) { stop(); return nil, nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
	calls = 0
	if err := s.Facts(ctx, func(uint32, []idv.Facts) ([]idv.Facts, error) { calls++; return nil, nil }); !errors.Is(err, context.Canceled) || calls > 0 {
		t.Errorf("stopped before: %d calls, %v", calls, err)
	}
}

// TestErasingLeavesNoFacts opens the chunk of facts of a session that was erased.
func TestErasingLeavesNoFacts(t *testing.T) {
	w := makeWorld(t, 3)
	s, err := store.Open(w.file, w.keys)
	if err != nil {
		t.Fatal(err)
	}
	tagged := rich(7)
	tagged.Tags = []string{"a telling tag"}
	write(t, s, store.Batch{Sessions: []idv.Session{tagged}})
	telling := []string{secret, "telling", tagged.Document.Number, "+995 555", "NINO"}
	plain := func() (text string) {
		edit(t, w.file, w.reseal(t, seal.Records, place{"facts", "\x00\x00\x00\x00"}, func(plain []byte) []byte {
			text = string(plain)
			return plain
		}))
		return text
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	before := plain()
	if s, err = store.Open(w.file, w.keys); err != nil {
		t.Fatal(err)
	}
	ids := []string{tagged.ID}
	for _, one := range w.want {
		ids = append(ids, one.ID)
	}
	_, err = s.Erase(ids, idv.ByUser, noon)
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	after := plain()
	for _, text := range telling {
		if !strings.Contains(before, text) || strings.Contains(after, text) {
			t.Errorf("%q: in the facts before %v, after %v", text, strings.Contains(before, text), strings.Contains(after, text))
		}
	}
	if !slices.ContainsFunc(ids, func(id string) bool { return strings.Contains(after, id) }) {
		t.Error("not even the Session ID is there: the search is blind")
	}
}
