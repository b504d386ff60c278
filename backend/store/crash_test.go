package store_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/store"
)

const crashFile = "VERIDESK_CRASH_FILE"

// TestCrashWriter is the child of TestKill: it writes batches until it is
// killed and says each one that was acknowledged.
func TestCrashWriter(t *testing.T) {
	file := os.Getenv(crashFile)
	if file == "" {
		t.Skip("runs as the child of TestKill")
	}
	s, err := store.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	seq, err := s.Seq()
	if err != nil {
		t.Fatal(err)
	}
	for n := int(seq); ; n += 20 {
		if _, err := s.Write(store.Batch{Source: "feed", Cursor: fmt.Sprint(n + 20), Sessions: sessions(n, n+20)}); err != nil {
			t.Fatal(err)
		}
		fmt.Println("acked", n+20)
	}
}

// TestKill kills a writing process at random points: what was acknowledged is
// there, cursor and records agree, and the file is whole.
func TestKill(t *testing.T) {
	const kills = 15
	file := filepath.Join(t.TempDir(), "archive.db")
	random := rand.New(rand.NewPCG(1, 2))
	for range kills {
		acked := killWriter(t, file, time.Duration(random.IntN(60))*time.Millisecond)
		s, err := store.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		seq, err := s.Seq()
		if err != nil || int(seq) < acked {
			t.Fatalf("%d acknowledged, %d there, %v", acked, seq, err)
		}
		cursor, err := s.Cursor("feed")
		if err != nil || seq > 0 && cursor != fmt.Sprint(seq) {
			t.Fatalf("cursor %q at change %d, %v", cursor, seq, err)
		}
		if err := s.Check(); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killWriter runs the writer, kills it after its first batch and the given
// time, and returns how many sessions it had acknowledged.
func killWriter(t *testing.T, file string, after time.Duration) (acked int) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestCrashWriter$")
	child.Env = append(os.Environ(), crashFile+"="+file)
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for killed := false; lines.Scan(); {
		if _, err := fmt.Sscanf(lines.Text(), "acked %d", &acked); err != nil && strings.HasPrefix(lines.Text(), "acked") {
			t.Fatal(err)
		}
		if acked > 0 && !killed {
			killed = true
			time.AfterFunc(after, func() { child.Process.Kill() })
		}
	}
	if err := child.Wait(); err == nil {
		t.Fatal("the writer ended by itself")
	}
	if acked == 0 {
		t.Fatal("the writer acknowledged nothing")
	}
	return acked
}

// TestDiskFull fills a real small disk: the batch that does not fit is refused
// in words, and all before it stays.
func TestDiskFull(t *testing.T) {
	dir := smallDisk(t, "1m")
	s := open(t, filepath.Join(dir, "archive.db"))
	kept := 0
	for n := 0; ; n += 100 {
		_, err := s.Write(store.Batch{Sessions: sessions(n, n+100)})
		if err != nil {
			if e := idv.AsError(err); e.Code != idv.CodeDiskFull {
				t.Errorf("full disk: %v", err)
			}
			break
		}
		kept = n + 100
	}
	if seq, err := s.Seq(); err != nil || int(seq) != kept || kept == 0 {
		t.Errorf("%d kept, %d there, %v", kept, seq, err)
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
