package disk_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"veridesk/backend/disk"
	"veridesk/backend/idv"
)

func put(t *testing.T, path, text string) string {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// wantFiles checks what a folder holds: names and contents.
func wantFiles(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != len(want) {
		t.Errorf("%v, %v, want %v", entries, err, want)
	}
	for name, text := range want {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != text {
			t.Errorf("%s holds %.40q (%v), want %.40q", name, got, err, text)
		}
	}
}

func TestReplace(t *testing.T) {
	dir := t.TempDir()
	temp, path := filepath.Join(dir, "temp"), filepath.Join(dir, "file")
	for _, text := range []string{"first", "second"} {
		if err := disk.Replace(put(t, temp, text), path); err != nil {
			t.Fatal(err)
		}
		wantFiles(t, dir, map[string]string{"file": text})
	}
	put(t, temp, "third")
	if err := disk.Replace(temp, filepath.Join(dir, "none", "file")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("into no folder: %v", err)
	}
	wantFiles(t, dir, map[string]string{"file": "second", "temp": "third"})
}

// Place replaces nothing: no file, and no link either, wherever it leads.
func TestPlace(t *testing.T) {
	dir := t.TempDir()
	temp, path := filepath.Join(dir, "temp"), filepath.Join(dir, "file")
	if err := disk.Place(put(t, temp, "first"), path); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, dir, map[string]string{"file": "first"})
	put(t, temp, "second")
	if err := disk.Place(temp, path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a file: %v", err)
	}
	wantFiles(t, dir, map[string]string{"file": "first", "temp": "second"})
	link := filepath.Join(dir, "link")
	if err := os.Symlink(filepath.Join(dir, "nowhere"), link); err != nil {
		t.Skip("no links here: ", err)
	}
	if err := disk.Place(temp, link); !errors.Is(err, fs.ErrExist) {
		t.Errorf("over a link to nowhere: %v", err)
	}
	if to, err := os.Readlink(link); err != nil || filepath.Base(to) != "nowhere" {
		t.Errorf("the link leads to %q, %v", to, err)
	}
}

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	put(t, path+".123.new", "half of what a crash le")
	put(t, path+"s.new", "of somebody else")
	for _, text := range []string{"first", ""} {
		if err := disk.WriteFile(path, []byte(text)); err != nil {
			t.Fatal(err)
		}
		wantFiles(t, dir, map[string]string{"file": text, "files.new": "of somebody else"})
	}
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v (%v), want only the owner's", info.Mode(), err)
	}
	// What cannot be replaced stays, and nothing is left beside it.
	if err := disk.WriteFile(dir, []byte("text")); err == nil {
		t.Error("a folder was replaced")
	}
	if err := disk.WriteFile(filepath.Join(path, "file"), nil); err == nil {
		t.Error("written into a file")
	}
	wantFiles(t, dir, map[string]string{"file": "", "files.new": "of somebody else"})
	if left, _ := filepath.Glob(dir + ".*"); len(left) > 0 {
		t.Errorf("left over: %v", left)
	}
}

func TestSync(t *testing.T) {
	dir := t.TempDir()
	if err := errors.Join(disk.Sync(dir), disk.Sync(put(t, filepath.Join(dir, "file"), "text"))); err != nil {
		t.Error(err)
	}
	if err := disk.Sync(filepath.Join(dir, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("of nothing: %v", err)
	}
}

func TestNeed(t *testing.T) {
	dir := t.TempDir()
	if free, err := disk.Free(dir); err != nil || free == 0 {
		t.Fatalf("%d bytes free, %v", free, err)
	}
	if err := disk.Need(dir, 0); err != nil {
		t.Error(err)
	}
	if err := disk.Need(dir, 1<<62); !idv.DiskFull(err) {
		t.Errorf("4 EB needed: %v", err)
	}
	if err := disk.Need(filepath.Join(dir, "none"), 0); err == nil || idv.DiskFull(err) {
		t.Errorf("on no disk: %v", err)
	}
}
