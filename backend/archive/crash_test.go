package archive_test

import (
	"bufio"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"veridesk/backend/archive"
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
