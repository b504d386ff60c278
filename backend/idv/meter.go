package idv

import (
	"sync"
	"time"
)

// reportEvery keeps reports to at most 10 a second.
const reportEvery = 100 * time.Millisecond

// Meter lets a job count freely while whoever watches it hears at most 10
// times a second, and hears the last count for certain. It is safe for
// concurrent use; report is never called twice at once.
type Meter struct {
	report func(Progress)

	mu     sync.Mutex // guards the fields below and the calls of report
	last   Progress
	unsaid bool
	said   time.Time
}

// NewMeter makes a meter; report may be nil.
func NewMeter(report func(Progress)) *Meter { return &Meter{report: report} }

// Count notes how far the job has come, and reports it if it is time.
func (m *Meter) Count(p Progress) {
	if m.report == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	fresh := p.Phase != m.last.Phase
	m.last, m.unsaid = p, true
	if now := time.Now(); fresh || now.Sub(m.said) >= reportEvery {
		m.said = now
		m.say()
	}
}

// Close reports the last count if it was not reported yet.
func (m *Meter) Close() {
	if m.report == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.unsaid {
		m.say()
	}
}

func (m *Meter) say() {
	m.unsaid = false
	m.report(m.last)
}
