package store_test

import (
	"encoding/binary"
	"fmt"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/store"
)

// layout2 is an edit that gives a file the layout with 4096 rows in a chunk.
func (w *world) layout2(t *testing.T) func(*bolt.Tx) error {
	t.Helper()
	box, err := w.keys.Box(seal.Records, 1)
	if err != nil {
		t.Fatal(err)
	}
	return func(tx *bolt.Tx) error {
		chunks := map[uint32][]byte{}
		err := tx.Bucket([]byte("rows")).ForEach(func(key, sealed []byte) (err error) {
			old := binary.BigEndian.Uint32(key) / 32
			chunks[old], err = box.Open(chunks[old], sealed, seal.Place{Schema: 2, Bucket: "rows", Key: key})
			return err
		})
		if err != nil {
			return err
		}
		if err := tx.DeleteBucket([]byte("rows")); err != nil {
			return err
		}
		for old, plain := range chunks {
			key := string(binary.BigEndian.AppendUint32(nil, old))
			sealed, err := box.Seal(nil, plain, seal.Place{Schema: 2, Bucket: "rows", Key: []byte(key)})
			if err != nil {
				return err
			}
			if err := put("rows", key, string(sealed))(tx); err != nil {
				return err
			}
		}
		if err := w.state(t, func(state map[string]any) { delete(state, "rows") })(tx); err != nil {
			return err
		}
		return put("meta", "schema", "\x00\x00\x00\x00\x00\x00\x00\x02")(tx)
	}
}

// TestUpgradeOfRows opens a file whose rows lie in the chunks of layout 2. Nothing
// of it is lost, and of a damaged chunk the sessions are named as they were.
func TestUpgradeOfRows(t *testing.T) {
	const many = 2*4096 + 100
	w := &world{file: path(t), keys: vault(t)}
	s, err := store.Open(w.file, w.keys)
	if err != nil {
		t.Fatal(err)
	}
	write(t, s, store.Batch{Sessions: sessions(0, many)})
	held := []string{id(0), id(126), id(127), id(4094), id(4095), id(many - 1)}
	if _, err := s.SetHold(held, true); err != nil {
		t.Fatal(err)
	}
	want := rows(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	edit(t, w.file, w.layout2(t))
	old := w.bytes(t)

	for range 2 { // the second time there is nothing to do
		if s, err = store.Open(w.file, w.keys); err != nil {
			t.Fatal(err)
		}
		if got := rows(t, s); !slices.EqualFunc(got, want, sameRow) {
			t.Error("the rows are not those of before")
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		check(t, w.file, w.keys)
	}

	replaceFile(t, w.file, old)
	edit(t, w.file, put("rows", "\x00\x00\x00\x01", "what is no sealed value"))
	if s, err = store.Open(w.file, w.keys); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var named []string
	for first := 4096; first < 2*4096; first += 128 {
		named = append(named, fmt.Sprintf("list of sessions number %d to %d", first, first+127))
	}
	named = append(named, "number of rows")
	if found, err := s.Scrub(t.Context(), silent); err != nil || !slices.Equal(found.Damaged, named) {
		t.Errorf("scrub names %q, %v", found.Damaged, err)
	}
	n := 0
	err = s.Rows(func(int) {}, func(row store.Row) {
		if !sameRow(row, want[n]) {
			t.Errorf("row %+v, want %+v", row, want[n])
		}
		n++
	})
	if wantCode(t, "rows", err, idv.CodeDamaged); n != 4095 {
		t.Errorf("%d rows before the damage", n)
	}
	write(t, s, store.Batch{Sessions: sessions(many, many+40)}) // behind the damage
	_, err = s.Write(store.Batch{Sessions: []idv.Session{{ID: id(5000), Partner: "Example Bank"}}})
	wantCode(t, "a change of a session without a row", err, idv.CodeDamaged)
}

func sameRow(a, b store.Row) bool {
	a.Facts, b.Facts = idv.Facts{}, idv.Facts{}
	return fmt.Sprintf("%+v", a) == fmt.Sprintf("%+v", b)
}
