package traces

import (
	"bufio"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"veridesk/backend/idv"
)

// childData names the data folder of a test binary that is a run of its own.
const childData = "VERIDESK_TRACES_CHILD_DATA"

// TestMain lets the test binary also be another copy of the program, which ends
// when its input does, or is killed.
func TestMain(m *testing.M) {
	data := os.Getenv(childData)
	if data == "" {
		os.Exit(m.Run())
	}
	temp, err := OpenTemp(data)
	if err != nil {
		os.Exit(1)
	}
	if err := os.WriteFile(filepath.Join(temp.folder.path, "clear"), []byte("x"), 0o600); err != nil {
		os.Exit(1)
	}
	_, _ = os.Stdout.WriteString(temp.folder.path + "\n")
	_, _ = bufio.NewReader(os.Stdin).ReadByte()
	if temp.Close() != nil {
		os.Exit(1)
	}
}

// startCopy starts another copy and answers the path of its folder.
func startCopy(t *testing.T, data string) (command *exec.Cmd, path string, end func() error) {
	t.Helper()
	command = exec.Command(os.Args[0])
	command.Env = append(os.Environ(), childData+"="+data)
	in, err := command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = command.Process.Kill(); _ = command.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return command, line[:len(line)-1], func() error {
		_ = in.Close()
		return command.Wait()
	}
}

// files are the names of all files below a folder but the locks, which are empty.
func files(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && entry.Name() != lockName {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func wantGone(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Lstat(path); !os.IsNotExist(err) {
		t.Errorf("%s is still there (%v)", path, err)
	}
}

func TestTempIsPrivateAndGoes(t *testing.T) {
	before := t.TempDir()
	t.Setenv("TMPDIR", before)
	data := filepath.Join(before, "data")
	temp, err := OpenTemp(data)
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.CreateTemp("", "clear-*")
	if err != nil {
		t.Fatal(err)
	}
	_ = file.Close()
	if filepath.Dir(file.Name()) != temp.folder.path || len(files(t, data)) != 1 {
		t.Errorf("temporary files go to %s", file.Name())
	}
	for dir := temp.folder.path; dir != filepath.Dir(data); dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err != nil || filepath.Separator == '/' && info.Mode().Perm() != 0o700 {
			t.Errorf("%s has mode %v (%v)", dir, info.Mode(), err)
		}
	}
	if err := temp.Close(); err != nil {
		t.Fatal(err)
	}
	if left := files(t, data); len(left) > 0 || os.Getenv("TMPDIR") != before {
		t.Errorf("left %q, and TMPDIR is %s", left, os.Getenv("TMPDIR"))
	}
	wantGone(t, temp.folder.path)
}

// What a killed run left goes at the next start; what another copy is using, and
// what is not ours, stays.
func TestLeftOvers(t *testing.T) {
	data := t.TempDir()
	alive, inUse, end := startCopy(t, data)
	dead, left, _ := startCopy(t, data)
	if err := dead.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = dead.Wait()
	mine := filepath.Join(data, "letters", "to-keep")
	if err := os.MkdirAll(filepath.Dir(mine), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{mine, filepath.Join(data, "run-of-the-mill")} {
		if err := os.WriteFile(name, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if len(files(t, left)) != 1 {
		t.Fatal("the killed run left nothing: this test shows nothing")
	}

	temp, err := OpenTemp(data)
	if err != nil {
		t.Fatal(err)
	}
	defer temp.Close()
	wantGone(t, left)
	want := []string{mine, filepath.Join(data, "run-of-the-mill"), filepath.Join(inUse, "clear")}
	if got := files(t, data); !slices.Equal(got, slices.Sorted(slices.Values(want))) {
		t.Errorf("files %q, want %q", got, want)
	}
	if err := end(); err != nil {
		t.Errorf("the other copy %d: %v", alive.Process.Pid, err)
	}
	wantGone(t, inUse)
}

// Copies that start at once do not take each other's folders for abandoned ones.
func TestStartedAtOnce(t *testing.T) {
	parent := filepath.Join(t.TempDir(), "tmp")
	var group sync.WaitGroup
	folders := make([]*folder, 20)
	for i := range folders {
		group.Go(func() {
			var err error
			if folders[i], err = newFolder(parent); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	for _, f := range folders {
		if _, err := os.Stat(f.path); err != nil {
			t.Error(err)
		}
		if err := f.remove(); err != nil {
			t.Error(err)
		}
	}
}

func TestFolderThatCannotBeMade(t *testing.T) {
	data := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(data, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := OpenTemp(data)
	if e := idv.AsError(err); e == nil || e.Code != idv.CodeNotWritable {
		t.Errorf("error %v", err)
	}
	if _, err := OpenWebview(data); idv.AsError(err).Code != idv.CodeNotWritable {
		t.Errorf("error %v", err)
	}
}

func TestWebviewIsWiped(t *testing.T) {
	t.Setenv("HOME", t.TempDir()) // macOS keeps some of it there
	data := t.TempDir()
	var last string
	for range 2 {
		w, err := OpenWebview(data)
		if err != nil {
			t.Fatal(err)
		}
		if w.Path() == last || len(files(t, data)) > 0 {
			t.Errorf("%s is not new, or holds %q", w.Path(), files(t, data))
		}
		last = w.Path()
		if err := os.MkdirAll(filepath.Join(w.Path(), "a", "b"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(w.Path(), "a", "b", "cookies"), []byte("x"), 0o400); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		wantGone(t, w.Path())
	}
}
