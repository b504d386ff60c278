package archive

import (
	"context"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// What a process should get by with while it syncs: so many bytes, and so many for
// each session of the archive. A sync makes garbage by the hundred megabytes; with
// this it is collected in time.
const (
	memoryBase    = 300 << 20
	memorySession = 160
)

// bound is that for the archive as large as it is now.
func (a *Archive) bound() int64 { return memoryBase + memorySession*int64(a.columns.Len()) }

// limitMemory sets the bound, but never so low that the collector would do nothing else:
// what the process holds besides counts.
func (a *Archive) limitMemory() {
	live := measured("/gc/heap/live:bytes")
	debug.SetMemoryLimit(max(a.bound(), live+live/2))
}

// collectFrom is the size of the heap, in bytes, from which collecting its garbage takes
// so long that a question would notice.
const collectFrom = 64 << 20

// collect has garbage collected in pauses between questions, until ctx ends. It comes
// before the collector would start by itself, which might be in the middle of a question:
// that has to help then, and to stop when the phase changes.
func (a *Archive) collect(ctx context.Context) {
	due := make(chan struct{}, 1)
	a.way.Pauses(func() {
		if halfway() {
			poke(due)
		}
	})
	for {
		select {
		case <-due:
			a.collectNow()
		case <-ctx.Done():
			return
		}
	}
}

// collectNow is over in half the time while what works in the background stands still.
func (a *Archive) collectNow() {
	defer a.way.Take()()
	runtime.GC()
}

// halfway reports whether half of the garbage has gathered at which the collector starts.
func halfway() bool {
	live, goal := measured("/gc/heap/live:bytes"), measured("/gc/heap/goal:bytes")
	return goal >= collectFrom && measured("/memory/classes/heap/objects:bytes") > live+(goal-live)/2
}

// trim hands back the pages of files that were read, if the process takes more than it
// should: who asks has to fetch them again. Within the bound the system may keep them.
func (a *Archive) trim() {
	if resident() > a.bound() {
		a.store.LetGo()
		a.index.letGo() // merges have read whole files of it
	}
}

// restAfter is how long nobody has asked anything until the archive rests, if the
// process takes restWorth more than what is live on the heap, or a quarter of that:
// what it gives back, the next question would have to fetch again.
const (
	restAfter = 3 * time.Second
	restWorth = 96 << 20 // bytes
)

func (a *Archive) restIfWorth() {
	live := measured("/gc/heap/live:bytes")
	if resident()-live > max(restWorth, live/4) {
		a.rest()
	}
}

// rest gives the system back what was only needed for work that is done.
func (a *Archive) rest() {
	a.store.LetGo()
	a.index.letGo()
	debug.FreeOSMemory()
}

// held is what Go has of the system's memory, in bytes.
func held() int64 {
	return measured("/memory/classes/total:bytes") - measured("/memory/classes/heap/released:bytes")
}

// measured is one of the values that package metrics knows.
func measured(name string) int64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}
