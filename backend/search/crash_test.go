package search_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"veridesk/backend/seal"
	"veridesk/backend/search"
)

const (
	crashDir   = "VERIDESK_TEST_CRASH_DIR" // set in the child that is killed
	crashKeys  = "VERIDESK_TEST_CRASH_KEYS"
	crashBatch = 40
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		fmt.Fprintln(os.Stderr, indexForEver(dir, os.Getenv(crashKeys)))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// batchOf makes the sessions of change seq, the same in every process. Half of
// each batch replaces sessions of the one before.
func batchOf(seq uint64) []search.Doc {
	from := int(seq-1) * crashBatch / 2
	return someDocs(seeded(seq), from, from+crashBatch)
}

// indexForEver goes on where the index stands and says what Update has accepted.
func indexForEver(dir, keys string) error {
	unlocked, err := seal.NewKeys(keys, nil).Unlock(context.Background(), seal.Secrets{Demo: true})
	if err != nil {
		return err
	}
	ix, err := search.Open(dir, "archive", unlocked)
	if err != nil {
		return err
	}
	for seq := ix.Seq() + 1; ; seq++ {
		if err := ix.Update(batchOf(seq), seq); err != nil {
			return err
		}
		fmt.Println(seq)
	}
}

// A process killed in the middle leaves an index that knows exactly what it
// holds: all changes up to its Seq and nothing behind, at most the batches
// lost that may wait for the disk.
func TestKilled(t *testing.T) {
	dir, keys := t.TempDir(), t.TempDir()
	made, _, err := seal.NewKeys(keys, nil).Create(seal.Secrets{Demo: true}, seal.Params{})
	if err != nil {
		t.Fatal(err)
	}
	const most = 16 + 2 // batches that may wait for the disk, and those on their way
	for round, batches := range []int{3, 30, 55} {
		accepted := killAfter(t, dir, keys, batches)
		ix := openWith(t, dir, made)
		seq := ix.Seq()
		if batches > most && (ix.Fresh() || seq+most < accepted) {
			t.Fatalf("round %d: fresh %v, seq %d after %d were accepted", round, ix.Fresh(), seq, accepted)
		}
		w := world{}
		for n := uint64(1); n <= seq; n++ {
			w.add(batchOf(n))
		}
		if seq > 0 {
			w.agree(t, ix, seeded(uint64(round)), 60)
		}
		for n := seq + 1; n <= seq+3; n++ {
			update(t, ix, batchOf(n), n)
			w.add(batchOf(n))
		}
		w.agree(t, ix, seeded(uint64(round)), 60)
		shut(t, ix)
	}
}

// killAfter lets a child index so many batches, kills it and returns the last
// change that it saw accepted.
func killAfter(t *testing.T, dir, keys string, batches int) (accepted uint64) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashDir+"="+dir, crashKeys+"="+keys)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for n := 0; n < batches && lines.Scan(); n++ {
		if accepted, err = strconv.ParseUint(lines.Text(), 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	if err := child.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if child.Wait() == nil {
		t.Fatal("the child ended by itself")
	}
	return accepted
}
