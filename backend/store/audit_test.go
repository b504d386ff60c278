package store_test

import (
	"encoding/binary"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/store"
)

func TestAuditPages(t *testing.T) {
	s := open(t, path(t))
	size, empty, err := s.Checkpoint()
	if size != 0 || err != nil {
		t.Errorf("at first: %d %v", size, err)
	}
	seen := map[[32]byte]bool{empty: true}
	for n := range 20 {
		entry := store.Entry{At: noon.Add(time.Duration(n)), Action: "export", Object: "a hash", Result: "ok", Detail: map[string]string{"rows": "7"}}
		if err := s.Append(entry); err != nil {
			t.Fatal(err)
		}
		size, root, err := s.Checkpoint()
		if err != nil || size != uint64(n+1) || seen[root] {
			t.Errorf("after %d: size %d, root seen before %v, %v", n+1, size, seen[root], err)
		}
		seen[root] = true
	}
	page, err := s.Audit(15, 3)
	if err != nil || len(page) != 3 || page[0].Number != 16 || !page[2].At.Equal(noon.Add(17)) || page[2].Detail["rows"] != "7" {
		t.Errorf("%+v %v", page, err)
	}
	if rest, err := s.Audit(18, 100); err != nil || len(rest) != 2 {
		t.Errorf("%+v %v", rest, err)
	}
	if none, err := s.Audit(20, 100); err != nil || len(none) != 0 {
		t.Errorf("%+v %v", none, err)
	}
}

func TestFailedWriteLogsNothing(t *testing.T) {
	s := open(t, path(t))
	if _, err := s.Write(store.Batch{Sessions: []idv.Session{{ID: ""}}, Audit: []store.Entry{{Action: "sync"}}}); err == nil {
		t.Fatal("a session without an ID was taken")
	}
	if size, _, err := s.Checkpoint(); size != 0 || err != nil {
		t.Errorf("%d entries, %v", size, err)
	}
}

// TestVerifyAudit changes the log in ways that even who has the keys would try.
func TestVerifyAudit(t *testing.T) {
	w := makeWorld(t, 1)
	key := func(n uint64) string { return string(binary.BigEndian.AppendUint64(nil, n)) }
	reseal := func(bucket string, n uint64, change func([]byte) []byte) func(*bolt.Tx) error {
		return w.reseal(t, seal.Audit, place{bucket, key(n)}, change)
	}
	whole := w.bytes(t)
	for name, c := range map[string]struct {
		change func(*bolt.Tx) error
		says   string
	}{
		"nothing": {func(*bolt.Tx) error { return nil }, ""},
		"an entry says something else": {reseal("audit", 2, func(plain []byte) []byte {
			return []byte(strings.Replace(string(plain), "export", "backup", 1))
		}), "Entry number 2"},
		"a hash is another": {reseal("hashes", 0, func(plain []byte) []byte {
			plain[5] ^= 1
			return plain
		}), "Entry number 1"},
		"an entry is gone": {func(tx *bolt.Tx) error { return tx.Bucket([]byte("audit")).Delete([]byte(key(3))) }, "Entry number 3"},
		"an entry stands for another": {func(tx *bolt.Tx) error {
			b := tx.Bucket([]byte("audit"))
			return b.Put([]byte(key(1)), []byte(string(b.Get([]byte(key(2))))))
		}, "Entry number 1"},
	} {
		replaceFile(t, w.file, whole)
		edit(t, w.file, c.change)
		s, err := store.Open(w.file, w.keys)
		if err != nil {
			t.Fatal(err)
		}
		err = s.VerifyAudit(t.Context())
		if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %v, want %q", name, err, c.says)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
