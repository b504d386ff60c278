package archive_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// thorough asks for as many rounds as a release has to pass.
func thorough() bool { return os.Getenv("VERIDESK_TEST_ALL") == "1" }

// TestKill kills a process that syncs, fetches photos, erases, locks and changes
// the passphrase and the recovery code, at random points of each. What was
// acknowledged is there, or gone if it was erased; nothing is damaged; the text
// index agrees; one passphrase opens it; and nothing is left over.
func TestKill(t *testing.T) {
	archives := 1
	points := map[bool]int{false: 6, true: 9}
	if thorough() {
		archives, points = 5, map[bool]int{false: 10, true: 10}
	}
	var longest time.Duration
	struck := map[string]int{} // by the step that ran
	for n := range archives {
		for _, demo := range []bool{true, false} {
			c := newCrashed(t, demo, rand.New(rand.NewPCG(uint64(n), 3)))
			for k := range points[demo] {
				c.kill(t, c.worker.steps()[k%len(c.worker.steps())])
				struck[c.began]++
				longest = max(longest, c.reopen(t))
			}
		}
	}
	t.Logf("killed in %v; longest recovery: %v", struck, longest)
}

// crashed is an archive on which workers are killed, and what they acknowledged.
type crashed struct {
	dir, url string
	random   *rand.Rand
	worker   *worker                  // the parent's own
	took     map[string]time.Duration // each step, undisturbed
	began    string                   // the step that began last

	kept, photos     int // sessions, and up to which they have their photos
	erasing          []string
	erased           map[string]bool
	nth, next        int    // of the passphrases: what opens it, and what it was being changed to
	code             string // "" in a demo
	mayHaveOtherCode bool
}

// newCrashed makes an archive and goes through every step once.
func newCrashed(t *testing.T, demo bool, random *rand.Rand) *crashed {
	t.Helper()
	c := &crashed{
		dir: t.TempDir(), url: serve(t, newPortal(0, crashPage, 3)), random: random,
		took: map[string]time.Duration{}, erased: map[string]bool{}, nth: -1, next: -1,
	}
	protect := archive.Protect{Demo: true}
	if !demo {
		c.nth, c.next = 0, 0
		protect = archive.Protect{Passphrase: nthPassphrase(0)}
	}
	var mu sync.Mutex
	var said []string
	c.worker = newWorker(c.dir, c.url, c.nthText(), func(line string) {
		mu.Lock()
		defer mu.Unlock()
		said = append(said, line)
	})
	t.Cleanup(c.worker.Close)
	code, err := c.worker.Create(protect)
	if err != nil {
		t.Fatal(err)
	}
	if !demo {
		c.code = code.Text()
	}
	for _, step := range c.worker.steps() {
		start := time.Now()
		if err := c.worker.step(step); err != nil {
			t.Fatal(err)
		}
		c.took[step] = time.Since(start)
	}
	c.worker.Lock(archive.ByHand)
	for _, line := range said {
		c.heard(line)
	}
	return c
}

func (c *crashed) nthText() string {
	if c.nth < 0 {
		return ""
	}
	return strconv.Itoa(c.nth)
}

// heard notes what a worker says.
func (c *crashed) heard(line string) {
	word, rest, _ := strings.Cut(line, " ")
	n, _ := strconv.Atoi(rest)
	switch word {
	case "begin":
		c.began = rest
	case "kept":
		c.kept = max(c.kept, n)
	case "photos":
		c.photos = n
	case "erasing":
		c.erasing = strings.Fields(rest)
	case "erased":
		for _, id := range strings.Fields(rest) {
			c.erased[id] = true
		}
		c.erasing = nil
	case "to":
		c.next = n
	case "at":
		c.nth = n
	case "newcode":
		c.mayHaveOtherCode = true
	case "code":
		c.code, c.mayHaveOtherCode = rest, false
	}
}

// kill runs a worker that begins with the step, and kills it at a random moment
// from the step's beginning on.
func (c *crashed) kill(t *testing.T, step string) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestCrashWorker$")
	child.Env = append(os.Environ(), crashDir+"="+c.dir, crashURL+"="+c.url, crashNth+"="+c.nthText(), crashFirst+"="+step)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = child.Process.Kill() })
	after := time.Duration(c.random.Int64N(int64(c.took[step]) * 13 / 10))
	c.began = ""
	said := []string{}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said = append(said, lines.Text())
		if c.heard(lines.Text()); c.began == step {
			time.AfterFunc(after, func() { _ = child.Process.Kill() })
		}
	}
	if err := child.Wait(); err == nil || child.ProcessState.Exited() {
		t.Fatalf("the worker was not killed: %v, it said %q", err, said)
	}
}

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
