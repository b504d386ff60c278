package search

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Bleve's own goroutines read mapped files. Once they have asked to write, which
// comes first, a fault there is a panic, which Bleve recovers, and not the end
// of the process.
func TestFaultBehindTheHookIsAPanic(t *testing.T) {
	ix, _, _ := opened(t)
	file, err := os.Create(filepath.Join(t.TempDir(), "mapped"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := file.Truncate(8192); err != nil {
		t.Fatal(err)
	}
	mapped, err := syscall.Mmap(int(file.Fd()), 0, 8192, syscall.PROT_READ, syscall.MAP_SHARED)
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Truncate(0); err != nil {
		t.Fatal(err)
	}
	recovered := make(chan any)
	go func() {
		defer func() { recovered <- recover() }()
		if _, _, err := writerFor([]byte(filepath.Join(ix.generation.dir, storeDir, "1.zap"))); err != nil {
			t.Error(err)
		}
		t.Errorf("read %d from a file that is gone", mapped[4096])
	}()
	if <-recovered == nil {
		t.Error("no panic")
	}
}
