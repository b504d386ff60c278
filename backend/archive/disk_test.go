package archive_test

import (
	"errors"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"veridesk/backend/archive"
	"veridesk/backend/demo"
	"veridesk/backend/disk"
	"veridesk/backend/export"
	"veridesk/backend/idv"
)

// mount puts a small disk at dir until the test ends; without the right to, the
// test is skipped.
func mount(t *testing.T, dir, options string) {
	t.Helper()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", options, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("cannot mount a small disk: %v %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("umount: %v %s", err, out)
		}
	})
}

// filler leaves so many bytes free on a small disk.
func filler(t *testing.T, dir string, leave uint64) (name string) {
	t.Helper()
	free, err := disk.Free(dir)
	if err == nil && free > leave {
		name = filepath.Join(dir, "filler")
		err = os.WriteFile(name, make([]byte, free-leave), 0o600)
	}
	if err != nil && !(leave == 0 && idv.DiskFull(err)) { // others write too
		t.Error(err)
	}
	return name
}

// TestIndexInMemory: where the index cannot be on the disk, text is searched in
// memory.
func TestIndexInMemory(t *testing.T) {
	dir := t.TempDir()
	a := open(t, dir)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	index := filepath.Join(dir, "index")
	if err := errors.Join(os.RemoveAll(index), os.Mkdir(index, 0o700)); err != nil {
		t.Fatal(err)
	}
	mount(t, index, "size=1m,ro")
	a = open(t, dir)
	url := serve(t, demo.New(demo.Options{Sessions: 60, Seed: 1, Key: "k"}))
	report, err := a.Sync(t.Context(), feed(t, url, "k"), nil)
	if err != nil || report.Added != 60 {
		t.Fatalf("%+v, %v", report, err)
	}
	id := find(t, a, "", 1).Rows[0].SessionID
	if got := find(t, a, id[:6], 10); !has(got, id) || a.Status().NoText {
		t.Errorf("%+v, %+v", got, a.Status())
	}
}

// TestFullDisk: on a disk that has become full the sync stops in words, and what
// only reads goes on: searching, exporting elsewhere, closing.
func TestFullDisk(t *testing.T) {
	dir := t.TempDir()
	mount(t, dir, "size=160m")
	data := filepath.Join(dir, "data")
	a, err := enter(data)
	if err != nil {
		t.Fatal(err)
	}
	portal := demo.New(demo.Options{Sessions: 4000, Seed: 1, Key: "k"})
	asked := 0
	url := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked++; asked == 10 {
			filler(t, dir, 0)
		}
		portal.ServeHTTP(w, r)
	}))
	report, err := a.Sync(t.Context(), feed(t, url, "k"), nil)
	if failure := idv.AsError(err); failure == nil || failure.Code != idv.CodeDiskFull || report.Added == 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	a = open(t, data)
	if err := a.Indexed(t.Context(), nil); err != nil {
		t.Errorf("index: %v", err)
	}
	if got := find(t, a, "", 10); got.Total != report.Added || len(got.Rows) != 10 {
		t.Errorf("%d of %d sessions listed", got.Total, report.Added)
	}
	if find(t, a, "a", 10).Total == 0 {
		t.Error("nothing is found by text")
	}
	path := filepath.Join(t.TempDir(), "out.csv")
	done, err := a.Export(t.Context(), archive.Export{Path: path, Format: export.CSV}, nil)
	if err != nil || done.Rows != report.Added {
		t.Errorf("%+v, %v", done, err)
	}
}
