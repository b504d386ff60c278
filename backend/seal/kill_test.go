package seal

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"veridesk/backend/disk"
)

const (
	childDir  = "VERIDESK_SEAL_CHILD_DIR"
	childStop = "VERIDESK_SEAL_CHILD_STOP"
)

// child changes the passphrase from 0 to 1, to 2 and so on for ever, and says
// each number when its change begins and when it is done. Told to stop, it kills
// itself before or after its nth write.
func child(dir string) int {
	keys, keychain := childKeys(dir)
	vault, err := keys.Unlock(context.Background(), numbered(0, keychain))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	keys.write = stopAt(os.Getenv(childStop))
	for n := 1; ; n++ {
		fmt.Println("to", n)
		if err := keys.Rewrap(vault, numbered(n, keychain), cheap); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		fmt.Println("at", n)
	}
}

func stopAt(where string) func(string, []byte) error {
	written := 0
	return func(path string, data []byte) error {
		written++
		if where == fmt.Sprint("before ", written) {
			kill()
		}
		err := disk.WriteFile(path, data)
		if where == fmt.Sprint("after ", written) {
			kill()
		}
		return err
	}
}

// kill ends this process as a power cut would: nothing of ours runs any more.
func kill() {
	self, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = self.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {}
}

func childKeys(dir string) (*Keys, folderKeychain) {
	return cheapKeys(filepath.Join(dir, "keys"), newHandClock()), folderKeychain(filepath.Join(dir, "keychain"))
}

func numbered(n int, keychain Keychain) Secrets {
	return Secrets{Passphrase: fmt.Append(nil, "passphrase ", n), Keychain: keychain}
}

// However a change of the passphrase is cut short, the vault opens with the old
// one or the new one, with one of them only, and then all is whole again.
func TestKilledRewrap(t *testing.T) {
	for n := 1; n <= 4; n++ {
		killed(t, fmt.Sprint("before ", n), 0)
		killed(t, fmt.Sprint("after ", n), 0)
	}
	random := rand.New(rand.NewPCG(11, 11))
	points := 40
	if os.Getenv("VERIDESK_TEST_ALL") == "1" {
		points = 500
	}
	for range points {
		killed(t, "", time.Duration(random.IntN(8000))*time.Microsecond)
	}
}

// killed runs the child until it kills itself or, a while after its first word,
// is killed; then looks at what is left.
func killed(t *testing.T, stop string, while time.Duration) {
	t.Helper()
	dir := t.TempDir()
	keys, keychain := childKeys(dir)
	if err := errors.Join(os.Mkdir(keys.dir, 0o700), os.Mkdir(string(keychain), 0o700)); err != nil {
		t.Fatal(err)
	}
	vault, code, err := keys.Create(numbered(0, keychain), cheap)
	if err != nil {
		t.Fatal(err)
	}
	sealed := sealOne(t, vault)
	done, begun := runChild(t, dir, stop, while)
	opened := -1
	for n := max(0, done-1); n <= begun+1; n++ {
		again, err := keys.Unlock(t.Context(), numbered(n, keychain))
		if err != nil {
			continue
		}
		if plain, err := box(t, again).Open(nil, sealed, somewhere); err != nil || opened >= 0 {
			t.Fatalf("%s: %d and %d open it: %q, %v", stop, opened, n, plain, err)
		}
		opened = n
	}
	if opened != done && opened != begun {
		t.Fatalf("%s: between %d and %d, %d opens it", stop, done, begun, opened)
	}
	state, err := keys.Inspect()
	if err != nil || state.Copies[0].Condition != Good || state.Copies[1].Condition != Good {
		t.Fatalf("%s: %+v, %v", stop, state, err)
	}
	if _, err := keys.Recover(code.Text()); err != nil {
		t.Fatalf("%s: the recovery code: %v", stop, err)
	}
	if err := keys.Rewrap(vault, numbered(0, keychain), cheap); err == nil {
		wantFiles(t, keys.dir, "keys.a", "keys.b")
	} else {
		t.Fatal(err)
	}
}

// runChild gives the last change that was done, and the last that was begun.
func runChild(t *testing.T, dir, stop string, while time.Duration) (done, begun int) {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), childDir+"="+dir, childStop+"="+stop)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for first := true; lines.Scan(); first = false {
		if first && stop == "" {
			time.AfterFunc(while, func() { _ = command.Process.Kill() })
		}
		if n, ok := strings.CutPrefix(lines.Text(), "at "); ok {
			done, _ = strconv.Atoi(n)
		} else if n, ok := strings.CutPrefix(lines.Text(), "to "); ok {
			begun, _ = strconv.Atoi(n)
		}
	}
	if err := command.Wait(); err == nil || command.ProcessState.Exited() {
		t.Fatalf("the child was not killed: %v", err)
	}
	return done, begun
}
