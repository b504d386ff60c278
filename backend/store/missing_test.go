package store_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/store"
)

// TestMissingIsNotNone takes values out of the file, or moves them to another
// key: the answer is an error, and never that there is nothing.
func TestMissingIsNotNone(t *testing.T) {
	w := makeWorld(t, 40)
	whole := w.bytes(t)
	take := func(bucket, key string) func(*bolt.Tx) error {
		return func(tx *bolt.Tx) error { return tx.Bucket([]byte(bucket)).Delete([]byte(key)) }
	}
	first := func(bucket, to string) func(*bolt.Tx) error {
		return func(tx *bolt.Tx) error {
			b := tx.Bucket([]byte(bucket))
			key, value := b.Cursor().First()
			return errors.Join(b.Put([]byte(to), append([]byte{}, value...)), b.Delete(append([]byte{}, key...)))
		}
	}
	ordinal := func(n uint32) string { return string(binary.BigEndian.AppendUint32(nil, n)) }
	number := func(n uint64) string { return string(binary.BigEndian.AppendUint64(nil, n)) }
	text := ""
	for name, c := range map[string]struct {
		change func(*bolt.Tx) error
		ask    func(*store.Store) error
	}{
		"record":   {take("sessions", ordinal(1)), func(s *store.Store) error { _, err := s.Session(w.want[0].ID); return err }},
		"details":  {take("details", ordinal(1)), func(s *store.Store) error { _, err := s.Session(w.want[0].ID); return err }},
		"change":   {take("changes", number(40)), func(s *store.Store) error { _, err := s.Changes(30, 100); return err }},
		"rows":     {take("rows", ordinal(0)), func(s *store.Store) error { return s.Rows(func(int) {}, func(store.Row) {}) }},
		"add":      {take("rows", ordinal(0)), func(s *store.Store) error { _, err := s.Write(store.Batch{Sessions: sessions(90, 91)}); return err }},
		"photos":   {take("photos", ordinal(1)), func(s *store.Store) error { _, err := s.Photos(1); return err }},
		"setting":  {first("settings", "holder"), func(s *store.Store) error { return s.Setting("folder", &text) }},
		"secret":   {first("secrets", "portal kez"), func(s *store.Store) error { _, err := s.Secret("portal key"); return err }},
		"cursor":   {first("cursors", "another token"), func(s *store.Store) error { _, err := s.Cursor(secret + ".example.com"); return err }},
		"entry":    {take("audit", number(2)), func(s *store.Store) error { _, err := s.Audit(0, 9); return err }},
		"hash":     {take("hashes", number(0)), func(s *store.Store) error { return s.VerifyAudit(t.Context()) }},
		"rejected": {first("rejected", "another token"), func(s *store.Store) error { _, err := s.Rejected(); return err }},
	} {
		replaceFile(t, w.file, whole)
		edit(t, w.file, c.change)
		s, err := store.Open(w.file, w.keys)
		if err != nil {
			t.Fatal(err)
		}
		wantCode(t, name, c.ask(s), idv.CodeDamaged)
		found, err := s.Scrub(t.Context(), silent)
		if err != nil || len(found.Damaged) == 0 {
			t.Errorf("%s: scrub finds %q, %v", name, found.Damaged, err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestADamagedSessionCanBeErased erases a session that nobody can read.
func TestADamagedSessionCanBeErased(t *testing.T) {
	w := makeWorld(t, 3)
	edit(t, w.file, put("sessions", "\x00\x00\x00\x02", "what is no sealed value"))
	s := openWith(t, w.file, w.keys)
	for _, err := range s.Sessions([]uint32{2}) {
		wantCode(t, "damaged", err, idv.CodeDamaged)
	}
	result, err := s.Erase([]string{w.want[1].ID}, idv.ByUser, noon)
	if err != nil || result.Erased != 1 {
		t.Fatalf("%+v %v", result, err)
	}
	got := get(t, s, w.want[1].ID)
	if got.Erased == nil || !got.Created.Equal(w.want[1].Created) {
		t.Errorf("what is left: %+v", got)
	}
}

// TestKeysArePutToUse checks that secrets have a key of their own, and that the
// count of what a key has sealed goes on when the vault is opened again.
func TestKeysArePutToUse(t *testing.T) {
	dir, file := t.TempDir(), path(t)
	keys := unlock(t, dir)
	s, err := store.Open(file, keys)
	if err != nil {
		t.Fatal(err)
	}
	write(t, s, store.Batch{Sessions: sessions(0, 100)})
	if err := errors.Join(s.SetSecret("portal key", "s3cret"), s.Close()); err != nil {
		t.Fatal(err)
	}
	box := func(keys *seal.Vault, purpose seal.Purpose) seal.Box {
		t.Helper()
		box, err := keys.Box(purpose, 1)
		if err != nil {
			t.Fatal(err)
		}
		return box
	}
	edit(t, file, func(tx *bolt.Tx) error {
		key, err := seal.KeyOf(tx.Bucket([]byte("secrets")).Get([]byte("portal key")))
		if err != nil || key != box(keys, seal.Credentials).ID() {
			t.Errorf("the secret is sealed with another key, %v", err)
		}
		return nil
	})
	used := box(keys, seal.Records).Used()
	keys.Close()
	again := unlock(t, dir)
	s = openWith(t, file, again)
	if now := box(again, seal.Records).Used(); now < used || now > used+10 {
		t.Errorf("the key was used %d times and counts on from %d", used, now)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	openWith(t, file, again)
	if now := box(again, seal.Records).Used(); now > used+20 {
		t.Errorf("opened again it counts on from %d, twice the same", now)
	}
}

// TestScrubComparesBuckets changes values that are sealed as they should be.
func TestScrubComparesBuckets(t *testing.T) {
	w := makeWorld(t, 5)
	whole := w.bytes(t)
	const row = 4 * 57 // where the fourth row begins; the chunk does with ordinal 0
	for name, at := range map[string]struct {
		place
		flip int // the byte
	}{
		"its change names another":    {place{"changes", "\x00\x00\x00\x00\x00\x00\x00\x04"}, 3},
		"its row has another time":    {place{"rows", "\x00\x00\x00\x00"}, row},
		"its row has another change":  {place{"rows", "\x00\x00\x00\x00"}, row + 33 + 7},
		"its row has another ID":      {place{"rows", "\x00\x00\x00\x00"}, row + 57 - 1},
		"its record is of another ID": {place: place{"sessions", "\x00\x00\x00\x04"}},
		"its facts are of another ID": {place: place{"facts", "\x00\x00\x00\x00"}},
	} {
		replaceFile(t, w.file, whole)
		edit(t, w.file, w.reseal(t, seal.Records, at.place, func(plain []byte) []byte {
			if at.bucket == "sessions" || at.bucket == "facts" {
				return bytes.Replace(plain, []byte(w.want[3].ID), []byte(w.want[2].ID), 1)
			}
			plain[at.flip] ^= 1
			return plain
		}))
		damaged, err := w.scrub(t)
		if err != nil || !slices.Equal(damaged, []string{"session number 4"}) {
			t.Errorf("%s: scrub names %q, %v", name, damaged, err)
		}
	}
}
