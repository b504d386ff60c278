package archive_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// This file is what TestKill looks at after each kill.

// reopen opens what a killed worker left behind, checks it, and gives how long it
// took until it could be worked with and searched.
func (c *crashed) reopen(t *testing.T) time.Duration {
	t.Helper()
	c.checkCode(t)
	c.litter(t)
	took := c.unlock(t)
	err := c.worker.With(func(ctx context.Context, a *archive.Archive) error {
		start := time.Now()
		if err := a.Indexed(ctx, nil); err != nil {
			return err
		}
		took += time.Since(start)
		c.checkSessions(t, a)
		c.checkPhotos(t, a)
		if c.code == "" && c.nth >= 0 {
			code, err := a.NewRecoveryCode(ctx, nthPassphrase(c.nth))
			c.code = code.Text()
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	c.worker.Lock(archive.ByHand)
	if err := archive.CheckPages(c.dir); err != nil {
		t.Fatal(err)
	}
	return took
}

// checkCode sees that the recovery code opens the vault, unless a new one was on
// its way: that has died with who was to see it.
func (c *crashed) checkCode(t *testing.T) {
	t.Helper()
	if c.code == "" {
		return
	}
	vault, err := seal.NewKeys(c.dir, nil).Recover(c.code)
	switch {
	case err == nil:
		vault.Close()
	case c.mayHaveOtherCode:
		c.code = ""
	default:
		t.Fatalf("in %s: the recovery code: %v", c.began, err)
	}
	c.mayHaveOtherCode = false
}

// unlock opens it with the passphrase it had, or the one it was to get.
func (c *crashed) unlock(t *testing.T) time.Duration {
	t.Helper()
	for _, nth := range slices.Compact([]int{c.nth, c.next}) {
		found, err := archive.Inspect(c.dir)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(found.Wait) // after a try that failed
		c.worker.nth = nth
		start := time.Now()
		err = c.worker.unlock()
		if err == nil {
			c.nth, c.next = nth, nth
			return time.Since(start)
		}
		mustFail(t, err, idv.CodeWrongSecret)
	}
	t.Fatalf("in %s: neither passphrase %d nor %d opens it", c.began, c.nth, c.next)
	return 0
}

// checkSessions compares the list, the records and the text index with what the
// portal gave and what was acknowledged.
func (c *crashed) checkSessions(t *testing.T, a *archive.Archive) {
	t.Helper()
	total := find(t, a, "", 0).Total
	if total < c.kept {
		t.Fatalf("in %s: %d sessions were kept, %d are there", c.began, c.kept, total)
	}
	c.kept = total
	gone := 0
	for n := range total {
		id, name := sessionID(n), firstName(n)
		page := find(t, a, id, 5)
		if page.Total != 1 || page.Rows[0].SessionID != id {
			t.Fatalf("in %s: %s finds %d sessions", c.began, id, page.Total)
		}
		session, err := a.Get(id)
		if err != nil {
			t.Fatal(err)
		}
		tomb, named := session.Erased != nil, find(t, a, name, 5)
		switch {
		case tomb != c.erased[id] && !slices.Contains(c.erasing, id):
			t.Fatalf("in %s: %s: erased %t, acknowledged %t", c.began, id, tomb, c.erased[id])
		case tomb && (session.Person != idv.Person{} || named.Total != 0):
			t.Fatalf("in %s: %s is erased, and something is left: %d found", c.began, id, named.Total)
		case !tomb && (session.Person.FirstName.Latin != name || named.Total != 1 || named.Rows[0].SessionID != id):
			t.Fatalf("in %s: %s has the name %s, by which %d are found", c.began, id, session.Person.FirstName.Latin, named.Total)
		case tomb && slices.Contains(c.erasing, id):
			c.erased[id] = true
			gone++
		}
	}
	if gone != 0 && gone != len(c.erasing) {
		t.Fatalf("%d of %d sessions were erased", gone, len(c.erasing))
	}
	c.erasing = nil
}

// checkPhotos compares the photos with the records that name them, waits until
// the files that nobody names are cleared away, and looks for left-overs.
func (c *crashed) checkPhotos(t *testing.T, a *archive.Archive) {
	t.Helper()
	verified, err := a.Verify(t.Context(), nil)
	if err != nil || len(verified.Damaged) > 0 {
		t.Fatalf("in %s: %+v, %v", c.began, verified, err)
	}
	for n := 0; n < c.photos; n += 3 {
		row := find(t, a, sessionID(n), 1).Rows[0]
		if row.Erased != "" {
			continue
		}
		photo, _, err := a.Photo(row.Ordinal, "selfie-1", false)
		if err != nil || !bytes.Equal(photo, photoOf(n, "selfie-1")) {
			t.Fatalf("in %s: photo of session %d: %d bytes, %v", c.began, n, len(photo), err)
		}
	}
	var left []string
	for range 1000 {
		if left = c.leftovers(t, verified.Photos); len(left) == 0 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("in %s: %d photos are named; left over: %q", c.began, verified.Photos, left)
}

// litter puts files where crashes leave them at moments that are rarely struck.
func (c *crashed) litter(t *testing.T) {
	t.Helper()
	for _, name := range []string{"keys.a.1.new", "keys.tries.1.new", "archive.db.new", "photos/new/1", "photos/a/b/" + strings.Repeat("a", 24)} {
		path := filepath.Join(c.dir, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(path), 0o700)
		if err := errors.Join(err, os.WriteFile(path, []byte("litter"), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
}

// leftovers are the files that an archive with so many photos should not have.
func (c *crashed) leftovers(t *testing.T, photos int) (left []string) {
	t.Helper()
	files := photoFiles(t, c.dir)
	if len(files) != photos {
		left = append(left, fmt.Sprintf("%d photos", len(files)))
	}
	own := []string{"lock", "archive.db", "keys.a", "keys.b", "index", "photos", "ballast"}
	err := filepath.WalkDir(c.dir, func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(c.dir, path)
		parts := strings.Split(filepath.ToSlash(name), "/")
		switch {
		case os.IsNotExist(err), name == ".", parts[0] == "index" && len(parts) > 1:
			return nil
		case err != nil:
			return err
		case !slices.Contains(own, parts[0]), parts[0] == "photos" && !entry.IsDir() && !slices.Contains(files, path):
			left = append(left, name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if generations, _ := filepath.Glob(filepath.Join(c.dir, "index", "*")); len(generations) > 1 {
		left = append(left, generations...)
	}
	return left
}
