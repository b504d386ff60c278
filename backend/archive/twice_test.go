package archive_test

import (
	"sync"
	"testing"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
)

// TestTwoAtOnce makes or opens an archive twice at the same moment: one gets it,
// and the other is told that it is in use.
func TestTwoAtOnce(t *testing.T) {
	rounds := 30
	if thorough() {
		rounds = 200
	}
	var all sync.WaitGroup
	var dirs []string
	for n := range rounds { // at once, for the one that does not get it waits a second
		dir := t.TempDir()
		dirs = append(dirs, dir)
		if n%2 == 0 {
			a, err := enter(dir)
			if err != nil {
				t.Fatal(err)
			}
			if err := a.Close(); err != nil {
				t.Fatal(err)
			}
		}
		all.Go(func() { twice(t, dir) })
	}
	all.Wait()
	for _, dir := range dirs {
		mustBeWhole(t, dir)
	}
}

// twice opens or makes an archive two times, and closes it when both have an
// answer.
func twice(t *testing.T, dir string) {
	var archives [2]*archive.Archive
	var errs [2]error
	var both sync.WaitGroup
	start := make(chan struct{})
	for i := range 2 {
		both.Go(func() {
			<-start
			archives[i], errs[i] = enter(dir)
		})
	}
	close(start)
	both.Wait()
	got := 0
	for i, a := range archives {
		if errs[i] == nil {
			got++
			if err := a.Close(); err != nil {
				t.Error(err)
			}
		} else if failure := idv.AsError(errs[i]); failure.Code != idv.CodeInUse || failure.Hint == "" {
			t.Errorf("the other was told %v", errs[i])
		}
	}
	if got != 1 {
		t.Errorf("%d of two got the archive: %v", got, errs)
	}
}
