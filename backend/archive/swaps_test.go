package archive_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
)

// TestSwappedPhotoFiles puts the file of one photo in the place of another's:
// neither is shown, both are named, and everything else is.
func TestSwappedPhotoFiles(t *testing.T) {
	dir := t.TempDir()
	fillPhotos(t, dir, newPortal(20, 20, 3))
	files := photoFiles(t, dir)
	random := rand.New(rand.NewPCG(6, 6))
	for range 5 {
		random.Shuffle(len(files), func(i, j int) { files[i], files[j] = files[j], files[i] })
		swapFiles(t, files[0], files[1])
		a := open(t, dir)
		refused := 0
		for _, row := range find(t, a, "", 100).Rows {
			session, err := a.Get(row.SessionID)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range session.Photos {
				photo, _, err := a.Photo(row.Ordinal, name, false)
				if err != nil {
					mustFail(t, err, idv.CodeDamaged)
					refused++
				} else if !slices.Equal(photo, photoOf(numberIn(row.SessionID), name)) {
					t.Fatalf("%s of %s is another photo", name, row.SessionID)
				}
			}
		}
		found, err := a.Verify(t.Context(), nil)
		if err != nil || refused != 2 || len(found.Damaged) != 2 {
			t.Fatalf("%d were refused, %v are named, %v", refused, found.Damaged, err)
		}
		if err := a.Close(); err != nil {
			t.Fatal(err)
		}
		swapFiles(t, files[0], files[1])
	}
}

func swapFiles(t *testing.T, a, b string) {
	t.Helper()
	between := a + ".between"
	if err := errors.Join(os.Rename(a, between), os.Rename(b, a), os.Rename(between, b)); err != nil {
		t.Fatal(err)
	}
}

// TestSwappedValues exchanges two sealed values of a bucket, in turn in each: what
// is shown is right or refused, and a check of the archive names the damage.
func TestSwappedValues(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "whole")
	fillPhotos(t, dir, newPortal(20, 20, 3))
	truth := newTruth(t, dir)
	random := rand.New(rand.NewPCG(8, 8))
	for _, bucket := range buckets(t, dir) {
		copied := filepath.Join(t.TempDir(), "copy")
		if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
			t.Fatal(err)
		}
		if !swapValues(t, copied, bucket, random) {
			continue
		}
		j := &judgement{truth: truth, flip: flip{File: "archive.db"}, dir: copied}
		j.run(t)
		for _, fault := range j.faults {
			t.Errorf("%s: %s", bucket, fault)
		}
		if len(j.errors)+len(j.named) == 0 && bucket != "facts" { // those are made anew on opening
			t.Errorf("%s: nobody noticed", bucket)
		}
	}
}

// change runs a transaction on the file of a closed archive, past its sealing.
func change(t *testing.T, dir string, work func(*bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(filepath.Join(dir, "archive.db"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(work), db.Close()); err != nil {
		t.Fatal(err)
	}
}

func buckets(t *testing.T, dir string) (names []string) {
	change(t, dir, func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, _ *bolt.Bucket) error {
			names = append(names, string(name))
			return nil
		})
	})
	return names
}

// swapValues is false for a bucket that has no two values.
func swapValues(t *testing.T, dir, bucket string, random *rand.Rand) (swapped bool) {
	change(t, dir, func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte(bucket))
		var keys [][]byte
		err := b.ForEach(func(key, value []byte) error {
			if value == nil {
				return fmt.Errorf("%s holds a bucket", bucket)
			}
			keys = append(keys, slices.Clone(key))
			return nil
		})
		if err != nil || len(keys) < 2 {
			return err
		}
		random.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
		one, other := slices.Clone(b.Get(keys[0])), slices.Clone(b.Get(keys[1]))
		swapped = true
		return errors.Join(b.Put(keys[0], other), b.Put(keys[1], one))
	})
	return swapped
}
