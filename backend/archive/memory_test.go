package archive

import (
	"runtime"
	"runtime/debug"
	"testing"
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
