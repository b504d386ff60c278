package archive_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"veridesk/backend/demo"
	"veridesk/backend/idv"
	"veridesk/backend/source"
)

func TestIndexComesBack(t *testing.T) {
	dir := t.TempDir()
	fill := func() {
		a, err := enter(dir)
		if err != nil {
			t.Fatal(err)
		}
		url := serve(t, demo.New(demo.Options{Sessions: 200, Seed: 1, Key: "k"}))
		_, err = a.Sync(t.Context(), feed(t, url, "k"), nil)
		if err := errors.Join(err, a.Close()); err != nil {
			t.Fatal(err)
		}
	}
	fill()
	index := filepath.Join(dir, "index")
	for name, harm := range map[string]func() error{
		"garbage": func() error { return garble(index) },
		"deleted": func() error { return os.RemoveAll(index) },
		"emptied": func() error { return errors.Join(os.RemoveAll(index), os.Mkdir(index, 0o700)) },
		"a file":  func() error { return errors.Join(os.RemoveAll(index), os.WriteFile(index, []byte("?"), 0o600)) },
	} {
		if err := harm(); err != nil {
			t.Fatal(err)
		}
		a, err := enter(dir)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := a.Indexed(t.Context(), nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		id := find(t, a, "", 1).Rows[0].SessionID
		if !has(find(t, a, id, 5), id) {
			t.Errorf("%s: the newest session is not found", name)
		}
		if err := a.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// garble ruins the settings of every index in the folder.
func garble(index string) error {
	found, err := filepath.Glob(filepath.Join(index, "*", "index_meta.json"))
	if len(found) == 0 {
		err = errors.Join(err, errors.New("there is no index to ruin"))
	}
	for _, path := range found {
		err = errors.Join(err, os.WriteFile(path, []byte("?"), 0o600))
	}
	return err
}

// TestIndexThatFailsIsBuiltAnew cuts the index's files under the open archive.
func TestIndexThatFailsIsBuiltAnew(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	url := serve(t, demo.New(demo.Options{Sessions: 40, Seed: 1, Key: "k"}))
	if _, err := a.Sync(t.Context(), feed(t, url, "k"), nil); err != nil {
		t.Fatal(err)
	}
	if err := a.Close(); err != nil { // so that all of it is in files
		t.Fatal(err)
	}
	a = open(t, dir)
	want := find(t, a, "a", 0).Total
	segments, err := filepath.Glob(filepath.Join(dir, "index", "*", "store", "*.zap"))
	if err != nil || len(segments) == 0 || want == 0 {
		t.Fatalf("%d files, %d sessions found, %v", len(segments), want, err)
	}
	for _, segment := range segments {
		if err := os.Truncate(segment, 0); err != nil {
			t.Skip("files in use cannot be cut here:", err)
		}
	}
	// The check in the background may have noticed first: then the answer is right.
	for range 500 {
		switch page, err := a.Find(t.Context(), idv.Query{Text: "a"}); {
		case err == nil && page.Total == want:
			return
		case err != nil && idv.AsError(err).Hint == "":
			t.Fatal(err)
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Error("the index did not come back")
}

// TestIndexSettles lets an archive stand still: then the segments of the index are
// merged, and go on being searched and written.
func TestIndexSettles(t *testing.T) {
	t.Parallel()
	a := open(t, t.TempDir())
	sync := func(sessions int) {
		url := serve(t, demo.New(demo.Options{Sessions: sessions, Seed: 1, Key: "k"}))
		anew, err := source.NewFeed(source.FeedOptions{Address: url, Key: "k", Name: fmt.Sprint(sessions, " sessions")})
		if err != nil {
			t.Fatal(err)
		}
		_, err = a.Sync(t.Context(), anew, nil)
		if err := errors.Join(err, a.Indexed(t.Context(), nil)); err != nil {
			t.Fatal(err)
		}
	}
	sync(40)
	ctx, stop := context.WithTimeout(t.Context(), time.Millisecond)
	defer stop()
	if err := a.Settled(ctx); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("settled at once: %v", err)
	}
	want := find(t, a, "a", 10)
	if err := a.Settled(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := find(t, a, "a", 10); want.Total == 0 || !reflect.DeepEqual(got, want) {
		t.Errorf("found %+v, before %+v", got, want)
	}
	sync(90)
	all := find(t, a, "", 90)
	if len(all.Rows) != 90 {
		t.Fatalf("%d sessions", len(all.Rows))
	}
	for _, row := range all.Rows {
		if name := row.FirstName; name != "" && !has(find(t, a, name, 90), row.SessionID) {
			t.Errorf("%s is not found by %q", row.SessionID, name)
		}
	}
}
