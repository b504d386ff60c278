package archive

import (
	"context"
	"runtime"
	"runtime/debug"
	"sync"
	"testing"
	"time"
)

// Memory that is used counts, by either measure, and counts no more once it has been
// given back.
func TestResident(t *testing.T) {
	const much = 256 << 20
	use := func(during func()) {
		block := make([]byte, much)
		for i := 0; i < much; i += 4096 {
			block[i] = 1
		}
		during()
		runtime.KeepAlive(block)
	}
	// Once beforehand: the race detector keeps memory of its own for what is written to,
	// and never gives that back.
	use(func() {})
	for name, measure := range map[string]func() int64{"resident": resident, "held": held} {
		debug.FreeOSMemory()
		before := measure()
		use(func() {
			if grown := measure() - before; grown < much*3/4 {
				t.Errorf("%s grew by %d MB with %d more", name, grown>>20, much>>20)
			}
		})
		debug.FreeOSMemory()
		if kept := measure() - before; kept > much/4 {
			t.Errorf("%s keeps %d MB of what was given back", name, kept>>20)
		}
	}
}

// Garbage is collected in the pause after a question, once half of it has gathered, and
// not for a little.
func TestCollectsInPauses(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	kept := make([]byte, collectFrom)
	defer runtime.KeepAlive(kept)
	a := &Archive{}
	ctx, stop := context.WithCancel(t.Context())
	var beside sync.WaitGroup
	beside.Go(func() { a.collect(ctx) })
	defer beside.Wait()
	defer stop()
	before := forced()
	for deadline := time.Now().Add(20 * time.Second); forced() == before; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("garbage was not collected")
		}
		for !halfway() {
			garbage = make([]byte, 1<<20)
		}
		a.way.Take()()
	}
	runtime.GC()
	before = forced()
	for range 20 {
		a.way.Take()()
		time.Sleep(time.Millisecond)
	}
	if n := forced() - before; n > 0 {
		t.Errorf("collected %d times with next to no garbage", n)
	}
}

// forced is how many collections were asked for.
func forced() uint32 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.NumForcedGC
}

var garbage []byte // so that it is made
