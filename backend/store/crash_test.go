package store_test

import (
	"bufio"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
	"veridesk/backend/store"
)

const crashDir = "VERIDESK_CRASH_DIR"

// TestCrashWriter is the child of TestKill: it writes, erases and compacts until
// it is killed, and says each step that was acknowledged.
func TestCrashWriter(t *testing.T) {
	dir := os.Getenv(crashDir)
	if dir == "" {
		t.Skip("runs as the child of TestKill")
	}
	s, err := store.Open(filepath.Join(dir, "archive.db"), unlock(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	seq, err := s.Seq()
	if err != nil {
		t.Fatal(err)
	}
	written := int(seq) / 24 * 20 // each round below is 20 + 4 changes
	if rest := int(seq) % 24; rest >= 20 {
		t.Fatalf("half a round was kept and not mended: change %d", seq)
	}
	for n := written; ; n += 20 {
		step := func(name string, err error) {
			if err != nil {
				t.Fatal(err)
			}
			fmt.Println(name, n)
		}
		_, err := s.Write(store.Batch{Source: "feed", Cursor: fmt.Sprint(n + 20), Sessions: sessions(n, n+20)})
		step("written", err)
		_, err = s.Erase(ids(n, n+4), idv.ByUser, time.Now())
		step("erased", err)
		if n%60 == 0 {
			step("compacted", s.Compact(t.Context(), silent))
		}
	}
}

func ids(from, to int) (list []string) {
	for n := from; n < to; n++ {
		list = append(list, id(n))
	}
	return list
}

// unlock opens the keys in dir, or makes them.
func unlock(t *testing.T, dir string) *seal.Vault {
	t.Helper()
	files, secrets := seal.NewKeys(dir, nil), seal.Secrets{Demo: true}
	keys, err := files.Unlock(t.Context(), secrets)
	if err != nil {
		keys, _, err = files.Create(secrets, seal.Params{})
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(keys.Close)
	return keys
}

// TestKill kills a process that writes, erases and compacts at random points:
// what was acknowledged is there, or gone if it was erased, cursor and records
// agree, and the file is whole.
func TestKill(t *testing.T) {
	const kills = 25
	dir := t.TempDir()
	file := filepath.Join(dir, "archive.db")
	keys := unlock(t, dir)
	random := rand.New(rand.NewPCG(1, 2))
	for range kills {
		acked := killWriter(t, dir, time.Duration(random.IntN(60_000))*time.Microsecond)
		s, err := store.Open(file, keys)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := os.Lstat(file + ".new"); !os.IsNotExist(err) {
			t.Errorf("the file of a killed compaction is still there, %v", err)
		}
		list := rows(t, s)
		if len(list) < acked["written"]+20 || len(list)%20 != 0 {
			t.Fatalf("%v acknowledged, %d there", acked, len(list))
		}
		for n := range len(list) {
			if mustBe := n%20 < 4 && n/20*20 <= acked["erased"]; mustBe && !list[n].Erased {
				t.Fatalf("session %d was erased, and is back", n)
			}
		}
		cursor, err := s.Cursor("feed")
		if err != nil || cursor != fmt.Sprint(len(list)) {
			t.Fatalf("cursor %q with %d sessions, %v", cursor, len(list), err)
		}
		// The last round may lack its second half; it is caught up.
		if _, err := s.Erase(ids(len(list)-20, len(list)-16), idv.ByUser, time.Now()); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		check(t, file, keys)
	}
}

// killWriter runs the writer, kills it some time after its first step, and
// returns up to where each kind of step was acknowledged; -20 is none.
func killWriter(t *testing.T, dir string, after time.Duration) map[string]int {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestCrashWriter$")
	child.Env = append(os.Environ(), crashDir+"="+dir)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	acked := map[string]int{"written": -20, "erased": -20}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var step string
		var n int
		if _, err := fmt.Sscanf(lines.Text(), "%s %d", &step, &n); err != nil {
			t.Errorf("the writer says %q", lines.Text())
			continue
		}
		if acked["written"] < 0 {
			time.AfterFunc(after, func() { child.Process.Kill() })
		}
		acked[step] = n
	}
	if err := child.Wait(); err == nil {
		t.Fatal("the writer ended by itself")
	}
	if acked["written"] < 0 {
		t.Fatal("the writer acknowledged nothing")
	}
	return acked
}

// TestDiskFull fills a real small disk: the batch that does not fit is refused
// in words, all before it stays, and compacting leaves the file as it was (see
// also TestDiskFillsWhileCompacting).
func TestDiskFull(t *testing.T) {
	file := filepath.Join(smallDisk(t, "2m"), "archive.db")
	s := open(t, file)
	kept := 0
	for n := 0; ; n += 100 {
		_, err := s.Write(store.Batch{Sessions: sessions(n, n+100)})
		if err != nil {
			wantCode(t, "full disk", err, idv.CodeDiskFull)
			break
		}
		kept = n + 100
	}
	if seq, err := s.Seq(); err != nil || int(seq) != kept || kept == 0 {
		t.Errorf("%d kept, %d there, %v", kept, seq, err)
	}
	wantCode(t, "compact on a full disk", s.Compact(t.Context(), silent), idv.CodeDiskFull)
	if _, err := os.Lstat(file + ".new"); !os.IsNotExist(err) {
		t.Errorf("a file is left over, %v", err)
	}
	if list := rows(t, s); len(list) != kept {
		t.Errorf("%d kept, %d there after a compaction that failed", kept, len(list))
	}
}

// TestFactsOnAFullDisk derives facts that cannot be kept.
func TestFactsOnAFullDisk(t *testing.T) {
	file, keys := filepath.Join(smallDisk(t, "4m"), "archive.db"), vault(t)
	s := openWith(t, file, keys)
	write(t, s, store.Batch{Sessions: sessions(0, 1280)})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	taken := func(n byte) string { return string([]byte{0, 0, 0, n}) }
	edit(t, file, func(tx *bolt.Tx) (err error) {
		for n := range byte(160) { // together they need more room than a full disk has left
			err = errors.Join(err, tx.Bucket([]byte("facts")).Delete([]byte(taken(n))))
		}
		return err
	})
	s, err := store.Open(file, keys)
	if err != nil {
		t.Fatal(err)
	}
	// Settings of this size share two pages that lie together; secrets fill what gaps are left.
	for _, fill := range []func(name string) error{
		func(name string) error { return s.SetSetting(name, strings.Repeat("x", 3000)) },
		func(name string) error { return s.SetSecret(name, strings.Repeat("x", 500)) },
	} {
		var err error
		for n := 0; err == nil; n++ {
			err = fill(fmt.Sprint(n))
		}
		wantCode(t, "full disk", err, idv.CodeDiskFull)
	}
	wantFacts(t, "on a full disk", s)
	_ = s.Close() // which has no room either
	if _, kept := (&world{file: file}).values(t)[place{"facts", taken(5)}]; kept {
		t.Error("they were kept: the disk was not full")
	}
}

// smallDisk mounts a disk of the given size; without the right to, the test is skipped.
func smallDisk(t *testing.T, size string) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size="+size, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("cannot mount a small disk: %v %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
	return dir
}
