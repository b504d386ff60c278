package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/store"
)

// vault makes real keys that ask for nothing.
func vault(t testing.TB) *seal.Vault {
	t.Helper()
	keys, _, err := seal.NewKeys(t.TempDir(), nil).Create(seal.Secrets{Demo: true}, seal.Params{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(keys.Close)
	return keys
}

// open opens a store with keys of its own that is checked when the test ends.
func open(t *testing.T, path string) *store.Store {
	t.Helper()
	return openWith(t, path, vault(t))
}

// openWith opens a store that is closed, opened again and checked when the test ends.
func openWith(t *testing.T, path string, keys seal.Keyring) *store.Store {
	t.Helper()
	s, err := store.Open(path, keys)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		check(t, path, keys)
	})
	return s
}

// check opens the file anew and looks at all of it.
func check(t *testing.T, path string, keys seal.Keyring) {
	t.Helper()
	if err := store.CheckPages(path); err != nil {
		t.Error(err)
	}
	s, err := store.Open(path, keys)
	if err != nil {
		t.Fatalf("reopen: %v", err)
	}
	defer s.Close()
	found, err := s.Scrub(context.Background(), silent) // the test's own context is done by now
	if err != nil || len(found.Damaged) > 0 {
		t.Errorf("scrub: %v %v", found.Damaged, err)
	}
	if err := s.VerifyAudit(context.Background()); err != nil {
		t.Error(err)
	}
}

func silent(idv.Progress) {}

func path(t *testing.T) string { return filepath.Join(t.TempDir(), "archive.db") }

func ptr[T any](v T) *T { return &v }

func session(n int) idv.Session {
	return idv.Session{
		ID:       id(n),
		Outcome:  idv.Verified,
		Created:  time.Date(2025, 3, 1, 8, 0, n, 448e6, time.UTC),
		Person:   idv.Person{FirstName: idv.Name{Latin: "NINO", Georgian: "ნინო"}, PersonalNumber: fmt.Sprintf("%011d", n)},
		Document: idv.Document{Type: "ID", Number: fmt.Sprintf("17BB%05d", n)},
		Checks:   idv.Checks{MatchLevel: ptr(7), Liveness: ptr(0)},
		Tags:     []string{},
	}
}

func id(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }

func sessions(from, to int) []idv.Session {
	var list []idv.Session
	for n := from; n < to; n++ {
		list = append(list, session(n))
	}
	return list
}

func write(t *testing.T, s *store.Store, b store.Batch) store.Result {
	t.Helper()
	result, err := s.Write(b)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// rows lists all rows.
func rows(t *testing.T, s *store.Store) []store.Row {
	t.Helper()
	var list []store.Row
	if err := s.Rows(func(int) {}, func(row store.Row) { list = append(list, row) }); err != nil {
		t.Fatal(err)
	}
	return list
}

// edit changes a closed file with bbolt itself.
func edit(t *testing.T, path string, change func(*bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(change), db.Close()); err != nil {
		t.Fatal(err)
	}
}

// put is an edit of one value.
func put(bucket, key, value string) func(*bolt.Tx) error {
	return func(tx *bolt.Tx) error {
		b, err := tx.CreateBucketIfNotExists([]byte(bucket))
		if err != nil {
			return err
		}
		return b.Put([]byte(key), []byte(value))
	}
}

// wantCode checks that an error says what to do, under the right code.
func wantCode(t *testing.T, what string, err error, code idv.Code) {
	t.Helper()
	if got := idv.AsError(err); got == nil || got.Code != code || got.Hint == "" {
		t.Errorf("%s: %v, want code %s", what, err, code)
	}
}

// replaceFile gives a closed file other bytes.
func replaceFile(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
