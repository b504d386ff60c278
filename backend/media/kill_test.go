package media_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"veridesk/backend/media"
)

const childDir = "VERIDESK_MEDIA_CHILD_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(child(dir))
	}
	os.Exit(m.Run())
}

// child keeps photos for ever, and tells of each one when it is kept.
func child(dir string) int {
	photo, err := os.ReadFile(filepath.Join(dir, "photo"))
	if err != nil {
		return 1
	}
	s, err := media.Open(filepath.Join(dir, "photos"))
	for out := json.NewEncoder(os.Stdout); err == nil; {
		var kept media.Kept
		if kept, err = s.Keep(context.Background(), bytes.NewReader(photo)); err == nil {
			kept.Small = nil
			err = out.Encode(kept)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	return 1
}

// Killed at any moment, the folder opens, every photo that was kept is whole,
// and of the one in the making there is at most a whole file that Sweep removes.
func TestKilled(t *testing.T) {
	points := 25
	if os.Getenv("VERIDESK_TEST_ALL") == "1" {
		points = 500
	}
	random := rand.New(rand.NewPCG(7, 7))
	dir := t.TempDir()
	photo := padded(jpegOf(t, upright(64, 64)), 200_000)
	if err := os.WriteFile(filepath.Join(dir, "photo"), photo, 0o600); err != nil {
		t.Fatal(err)
	}
	photos := filepath.Join(dir, "photos")
	known := map[string]bool{}
	for range points {
		reported := killChild(t, dir, time.Duration(random.IntN(15_000))*time.Microsecond)
		s := open(t, photos)
		for _, kept := range reported {
			known[kept.File] = true
			if got, err := s.Read(kept); err != nil || !bytes.Equal(got, photo) {
				t.Fatalf("%s: %v", kept.File, err)
			}
		}
		if removed, err := s.Sweep(t.Context(), known); err != nil || removed > 1 {
			t.Fatalf("swept %d: %v", removed, err)
		}
		if left := files(t, photos); len(left) != len(known) {
			t.Fatalf("%d files of %d photos", len(left), len(known))
		}
		s.Close()
	}
	if len(known) < points {
		t.Fatalf("only %d photos were kept in %d runs", len(known), points)
	}
}

// killChild kills a child a while after its first photo, and gives what it told.
func killChild(t *testing.T, dir string, while time.Duration) (reported []media.Kept) {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), childDir+"="+dir)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if len(reported) == 0 {
			time.AfterFunc(while, func() { _ = command.Process.Kill() })
		}
		var kept media.Kept
		if json.Unmarshal(lines.Bytes(), &kept) == nil { // the last line may be cut
			reported = append(reported, kept)
		}
	}
	if err := command.Wait(); err == nil || command.ProcessState.Exited() {
		t.Fatalf("the child was not killed: %v", err)
	}
	return reported
}
