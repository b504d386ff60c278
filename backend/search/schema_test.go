package search

import (
	"context"
	"testing"

	"veridesk/backend/seal"
)

// An index of another schema version is sealed with the right key and says so
// only in its stamp.
func TestOtherSchemaStartsAnew(t *testing.T) {
	keys, _, err := seal.NewKeys(t.TempDir(), nil).Create(seal.Secrets{Demo: true}, seal.Params{})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, raised := range []byte{0, 1} {
		ix, err := Open(dir, "archive", keys)
		if err != nil {
			t.Fatal(err)
		}
		if err := ix.Checked(context.Background()); err != nil {
			t.Fatal(err)
		}
		ix.end() // nobody looks at what is written now
		ix.following.Wait()
		other := stamp{archiveID: "archive", seq: 7}.bytes()
		other[3] += raised
		batch, onDisk := ix.bleve.NewBatch(), make(chan struct{})
		batch.SetInternal(stampKey, other)
		batch.SetPersistedCallback(func(error) { close(onDisk) })
		if err := ix.bleve.Batch(batch); err != nil {
			t.Fatal(err)
		}
		<-onDisk
		if err := ix.Close(); err != nil {
			t.Fatal(err)
		}
		again, err := Open(dir, "archive", keys)
		if err != nil {
			t.Fatal(err)
		}
		if again.Fresh() != (raised == 1) {
			t.Errorf("schema raised by %d: fresh %v", raised, again.Fresh())
		}
		if err := again.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
