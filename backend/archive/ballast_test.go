package archive_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"veridesk/backend/archive"
	"veridesk/backend/demo"
	"veridesk/backend/disk"
	"veridesk/backend/idv"
)

// resize changes the size of a small disk, so that so many bytes are free.
func resize(t *testing.T, dir string, leave uint64) {
	t.Helper()
	const size = 1200 << 20
	options := fmt.Sprintf("remount,size=%d", size)
	if out, err := exec.Command("mount", "-o", options, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
	free, err := disk.Free(dir)
	if err != nil {
		t.Fatal(err)
	}
	options = fmt.Sprintf("remount,size=%d", size-free+leave)
	if out, err := exec.Command("mount", "-o", options, dir).CombinedOutput(); err != nil {
		t.Fatalf("%v %s", err, out)
	}
}

// living are the IDs of the first 1,000 sessions without those that are erased.
func living(t *testing.T, a *archive.Archive) (ids []string) {
	t.Helper()
	for _, row := range find(t, a, "", 1000).Rows {
		if row.Erased == "" {
			ids = append(ids, row.SessionID)
		}
	}
	return ids
}

// ballasted is the folder of a closed demo archive that has its ballast and no
// free page in its file, on a small disk.
func ballasted(t *testing.T, sessions int) (disk, dir string) {
	t.Helper()
	disk = t.TempDir()
	mount(t, disk, "size=1200m")
	dir = filepath.Join(disk, "data")
	a, err := enter(dir)
	if err != nil {
		t.Fatal(err)
	}
	url := serve(t, demo.New(demo.Options{Sessions: sessions, Seed: 1, Key: "k"}))
	_, err1 := a.Sync(t.Context(), feed(t, url, "k"), nil)
	_, err2 := a.Erase(t.Context(), living(t, a)[:1], nil)
	if err := errors.Join(err1, err2, a.Close()); err != nil {
		t.Fatal(err)
	}
	if !hasBallast(dir) {
		t.Fatal("no ballast was laid")
	}
	return disk, dir
}

func hasBallast(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, "ballast"))
	return err == nil && info.Size() == 16<<20
}

// TestBallast: what has to work on a full disk does so, at the cost of the ballast,
// which comes back when there is room.
func TestBallast(t *testing.T) {
	hosts := make([]string, 40_000)
	for i := range hosts {
		hosts[i] = fmt.Sprintf("photos-%040d.example", i)
	}
	for name, work := range map[string]func(*archive.Archive) error{
		"erase": func(a *archive.Archive) error {
			all := living(t, a)
			n, err := a.Erase(t.Context(), all, nil)
			if left := living(t, a); n != len(all) || len(left) > 0 {
				t.Errorf("%d of %d erased, %d left", n, len(all), len(left))
			}
			if err != nil { // what it says of the bytes
				mustFail(t, err, idv.CodeDiskFull)
			}
			return nil
		},
		"hold": func(a *archive.Archive) error {
			return a.Hold(t.Context(), living(t, a), true)
		},
		"settings": func(a *archive.Archive) error {
			return a.SetSettings(archive.Settings{LockMinutes: 7, PhotoHosts: hosts})
		},
	} {
		t.Run(name, func(t *testing.T) {
			disk, dir := ballasted(t, 1000)
			a := open(t, dir)
			resize(t, disk, 0)
			if err := work(a); err != nil {
				t.Fatal(err)
			}
			if hasBallast(dir) {
				t.Fatal("it took no room: the test shows nothing")
			}
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
			mustBeWhole(t, dir)
			resize(t, disk, 1100<<20)
			a = open(t, dir)
			if err := a.Close(); err != nil || !hasBallast(dir) {
				t.Errorf("the ballast is not back, %v", err)
			}
		})
	}
}

// TestErasedOnAFullDiskIsGone: an index that the full disk has sent into memory
// leaves nothing of an erased session on the disk.
func TestErasedOnAFullDiskIsGone(t *testing.T) {
	disk, dir := ballasted(t, 300)
	a := open(t, dir)
	resize(t, disk, 20<<20) // for the store, and not for the index
	n, err := a.Erase(t.Context(), living(t, a)[:50], nil)
	if n != 50 || err != nil {
		t.Fatalf("%d erased, %v", n, err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "index", "*")); len(left) > 0 {
		t.Errorf("an index from before is on the disk: %v", left)
	}
	if a.Status().NoText || find(t, a, "a", 1).Total == 0 {
		t.Error("text is not searched any more")
	}
}

// TestFullDiskLocks: with not a byte free it locks, unlocks and closes.
func TestFullDiskLocks(t *testing.T) {
	w := newWorld(t, false)
	mount(t, w.dir, "size=160m")
	w.protect(t)
	w.fill(t, 200)
	filler(t, w.dir, 0)
	for range 2 {
		w.Lock(archive.ByScreen)
		if s := w.state(t); s.Phase != archive.PhaseLocked {
			t.Fatalf("%+v", s)
		}
		if err := w.Unlock(t.Context(), []byte(passphrase)); err != nil {
			t.Fatal(err)
		}
		if total, err := w.total(); err != nil || total != 200 {
			t.Errorf("%d sessions, %v", total, err)
		}
	}
	w.Close()
}

// TestSyncLooksForRoom: without room nothing is asked of the portal.
func TestSyncLooksForRoom(t *testing.T) {
	dir := t.TempDir()
	mount(t, dir, "size=160m")
	a := open(t, filepath.Join(dir, "data"))
	portal := demo.New(demo.Options{Sessions: 60, Seed: 1, Key: "k"})
	asked := 0
	url := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		portal.ServeHTTP(w, r)
	}))
	full := filler(t, dir, 63<<20)
	_, err := a.Sync(t.Context(), feed(t, url, "k"), nil)
	if failure := mustFail(t, err, idv.CodeDiskFull); !strings.Contains(failure.Message, " 68 MB ") || asked != 0 {
		t.Errorf("%q after %d questions", failure.Message, asked)
	}
	if err := os.Remove(full); err != nil {
		t.Fatal(err)
	}
	if report, err := a.Sync(t.Context(), feed(t, url, "k"), nil); err != nil || report.Added != 60 {
		t.Errorf("%+v, %v", report, err)
	}
}

// TestBackupLooksForRoom: a disk that has no room for a backup, or for what is in
// it, is left as it was.
func TestBackupLooksForRoom(t *testing.T) {
	a, _, backup := filled(t, 30)
	info, err := os.Stat(backup)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	mount(t, dir, "size=160m")
	full := filler(t, dir, uint64(info.Size())-4096)
	there := func() (names []string) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			names = append(names, entry.Name())
		}
		return names
	}
	file, data := filepath.Join(dir, "backup"), filepath.Join(dir, "data")
	restore := func(ctx context.Context) error {
		_, err := archive.Restore{File: backup, Dir: data}.Run(ctx, archive.Options{}, nil)
		return err
	}
	_, err = a.Backup(t.Context(), file, false, nil)
	for work, err := range map[string]error{"The backup ": err, "Restoring ": restore(t.Context())} {
		if failure := mustFail(t, err, idv.CodeDiskFull); !strings.HasPrefix(failure.Message, work) {
			t.Errorf("%q", failure.Message)
		}
	}
	if names := there(); len(names) != 1 {
		t.Errorf("left over: %v", names)
	}
	if err := os.Remove(full); err != nil {
		t.Fatal(err)
	}
	if _, err := a.Backup(t.Context(), file, false, nil); err != nil {
		t.Error(err)
	}
	if err := restore(t.Context()); err != nil {
		t.Error(err)
	}
}
