package store_test

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/store"
)

// The rows before layout 4, in bytes, and how many of them and of facts shared a chunk.
const (
	rowBytes, oldRowBytes = 57, 33
	oldestRows, oldRows   = 4096, 128
	oldFacts              = 128
)

// earlier is an edit that gives a file an earlier layout.
func (w *world) earlier(t *testing.T, layout byte, facts []idv.Facts) func(*bolt.Tx) error {
	t.Helper()
	box, err := w.keys.Box(seal.Records, 1)
	if err != nil {
		t.Fatal(err)
	}
	inChunk := uint32(oldRows)
	if layout == 2 {
		inChunk = oldestRows
	}
	return func(tx *bolt.Tx) error {
		rows, ids := map[string][]byte{}, map[string][]byte{}
		err := tx.Bucket([]byte("rows")).ForEach(func(key, sealed []byte) error {
			plain, err := box.Open(nil, sealed, seal.Place{Schema: 2, Bucket: "rows", Key: key})
			ordinal := binary.BigEndian.Uint32(key) * 32
			for row := range slices.Chunk(plain, rowBytes) {
				number := fourBytes(ordinal / inChunk)
				rows[number] = append(rows[number], row[:oldRowBytes]...)
				if seq, token := row[oldRowBytes:][:8], row[oldRowBytes+8:]; ordinal > 0 {
					ids[string(token)] = append([]byte(fourBytes(ordinal)), seq...)
				}
				ordinal++
			}
			return err
		})
		chunks := map[string][]byte{}
		for at := range slices.Chunk(ordinals(len(facts)), oldFacts) {
			first, last := max(1, at[0]), at[len(at)-1]
			chunks[fourBytes(first/oldFacts)] = store.FactsChunk(facts[first-1 : last])
		}
		for bucket, values := range map[string]map[string][]byte{"rows": rows, "ids": ids, "facts": chunks} {
			if bucket != "ids" {
				err = errors.Join(err, tx.DeleteBucket([]byte(bucket)))
			}
			for key, plain := range values {
				sealed, sealErr := box.Seal(nil, plain, seal.Place{Schema: 2, Bucket: bucket, Key: []byte(key)})
				err = errors.Join(err, sealErr, put(bucket, key, string(sealed))(tx))
			}
		}
		return errors.Join(err, put("meta", "schema", "\x00\x00\x00\x00\x00\x00\x00"+string(rune(layout)))(tx),
			w.state(t, func(state map[string]any) {
				if state["rows"] = inChunk; layout == 2 {
					delete(state, "rows")
				}
			})(tx))
	}
}

func fourBytes(n uint32) string { return string(binary.BigEndian.AppendUint32(nil, n)) }

// ordinals are 0, which no session has, and those of so many.
func ordinals(sessions int) (all []uint32) {
	for n := range sessions + 1 {
		all = append(all, uint32(n))
	}
	return all
}

// TestUpgrade opens files of earlier layouts. Nothing of them is lost.
func TestUpgrade(t *testing.T) {
	const many = 2*oldestRows + 100
	for _, layout := range []byte{2, 3} {
		w := &world{file: path(t), keys: vault(t)}
		s, err := store.Open(w.file, w.keys)
		if err != nil {
			t.Fatal(err)
		}
		write(t, s, store.Batch{Sessions: sessions(0, many)})
		held := []string{id(0), id(6), id(7), id(126), id(127), id(4094), id(4095), id(many - 1)}
		if _, err := s.SetHold(held, true); err != nil {
			t.Fatal(err)
		}
		wantRows, wantedFacts := rows(t, s), facts(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		edit(t, w.file, w.earlier(t, layout, wantedFacts))
		old := w.bytes(t)

		for range 2 { // the second time there is nothing to do
			if s, err = store.Open(w.file, w.keys); err != nil {
				t.Fatal(err)
			}
			if got := rows(t, s); !slices.EqualFunc(got, wantRows, sameRow) {
				t.Errorf("layout %d: the rows are not those of before", layout)
			}
			wantFacts(t, fmt.Sprint("layout ", layout), s)
			if result := write(t, s, store.Batch{Sessions: sessions(0, many)}); result.Unchanged != many {
				t.Errorf("layout %d: written again: %+v", layout, result)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			check(t, w.file, w.keys)
		}
		for at := range w.values(t) {
			if at.bucket == "ids" {
				t.Fatalf("layout %d: the bucket of IDs is left", layout)
			}
		}

		replaceFile(t, w.file, old)
		edit(t, w.file, put("facts", fourBytes(1), "what is no sealed value"))
		if s, err = store.Open(w.file, w.keys); err != nil {
			t.Fatal(err)
		}
		wantFacts(t, "a damaged chunk of facts", s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestUpgradeOfDamage opens a file of layout 3 with a damaged chunk of rows: its sessions
// are named, and nothing comes twice. With a damaged Session ID it is left as it is.
func TestUpgradeOfDamage(t *testing.T) {
	const many = 1000
	w := makeWorld(t, many)
	s, err := store.Open(w.file, w.keys)
	if err != nil {
		t.Fatal(err)
	}
	want := facts(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	edit(t, w.file, w.earlier(t, 3, want))
	old := w.bytes(t)

	edit(t, w.file, put("rows", fourBytes(2), "what is no sealed value"))
	if s, err = store.Open(w.file, w.keys); err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var named []string
	for first := 256; first < 384; first += 32 {
		named = append(named, fmt.Sprintf("list of sessions number %d to %d", first, first+31))
	}
	named = append(named, "number of rows")
	if found, err := s.Scrub(t.Context(), silent); err != nil || !slices.Equal(found.Damaged, named) {
		t.Errorf("scrub names %q, %v", found.Damaged, err)
	}
	n := 0
	err = s.Rows(func(int) {}, func(row store.Row) { n++ })
	if wantCode(t, "rows", err, idv.CodeDamaged); n != 255 {
		t.Errorf("%d rows before the damage", n)
	}
	changed := func(n int) store.Batch {
		return store.Batch{Sessions: []idv.Session{{ID: w.want[n].ID, Partner: "Example Bank"}}}
	}
	write(t, s, changed(700)) // behind the damage
	for what, batch := range map[string]store.Batch{
		"a change of a session without a row": changed(300), "what may be one of them": {Sessions: sessions(many, many+1)},
	} {
		_, err = s.Write(batch)
		wantCode(t, what, err, idv.CodeDamaged)
	}

	token, err := w.keys.Blind("session id", []byte(w.want[8].ID))
	if err != nil {
		t.Fatal(err)
	}
	for what, harm := range map[string]func(*bolt.Tx) error{
		"a damaged entry": put("ids", string(token[:]), "what is no sealed value"),
		"a missing entry": func(tx *bolt.Tx) error { return tx.Bucket([]byte("ids")).Delete(token[:]) },
	} {
		w := &world{file: path(t), keys: w.keys}
		replaceFile(t, w.file, old)
		edit(t, w.file, harm)
		before := w.values(t)
		_, err := store.Open(w.file, w.keys)
		wantCode(t, what, err, idv.CodeDamaged)
		if after := w.values(t); len(after) != len(before) || after[place{"rows", fourBytes(1)}] != before[place{"rows", fourBytes(1)}] {
			t.Errorf("%s: the file was changed", what)
		}
	}
}

func sameRow(a, b store.Row) bool { return fmt.Sprintf("%+v", a) == fmt.Sprintf("%+v", b) }
