package giveway

import (
	"runtime"
	"sync"
	"time"
)

// One who asks can lose the processor in the middle of an answer, and then waits for one
// until somebody gives way. Not all work can, and Go lets each of the others go on for
// 10 ms. While questions and work meet there is therefore one processor more for Go
// than the machine has: the system shares the real ones out in shorter turns, and who
// has slept comes first. It is not there always, for what works alone takes more memory
// with it.

// apart is for how long questions and work have not met until they are not expected to.
const apart = 5 * time.Second

// meeting is when somebody last worked while somebody asked.
type meeting struct {
	mu   sync.Mutex
	last time.Time // zero if that is long ago
}

func (m *meeting) note() {
	m.mu.Lock()
	first := m.last.IsZero()
	m.last = time.Now()
	m.mu.Unlock()
	if first {
		addMeeting(1)
		time.AfterFunc(apart, m.end)
	}
}

// end takes the processor away, unless they have met again.
func (m *meeting) end() {
	m.mu.Lock()
	left := apart - time.Since(m.last)
	if left <= 0 {
		m.last = time.Time{}
	}
	m.mu.Unlock()
	if left > 0 {
		time.AfterFunc(left, m.end)
	} else {
		addMeeting(-1)
	}
}

// processors are those that Go has, and how many meetings there are.
var processors struct {
	mu       sync.Mutex
	meetings int
}

// addMeeting counts a meeting, or one less; as long as there are any, Go has the processor
// more. It waits for the garbage collector if that is at work.
func addMeeting(n int) {
	processors.mu.Lock()
	defer processors.mu.Unlock()
	before := min(1, processors.meetings)
	processors.meetings += n
	if change := min(1, processors.meetings) - before; change != 0 {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + change)
	}
}
