package export

import (
	"time"

	"veridesk/backend/idv"
)

// reportEvery is the least time between two reports of progress.
const reportEvery = 100 * time.Millisecond

// progress counts every row and reports now and then.
type progress struct {
	report func(idv.Progress)
	done   int
	total  int
	last   time.Time
}

func newProgress(report func(idv.Progress), total int) *progress {
	if report == nil {
		report = func(idv.Progress) {}
	}
	return &progress{report: report, total: total}
}

func (p *progress) step() {
	p.done++
	if now := time.Now(); now.Sub(p.last) >= reportEvery {
		p.last = now
		p.tell()
	}
}

// end tells how far the job came, even if the last report was just now.
func (p *progress) end() { p.tell() }

func (p *progress) tell() {
	p.report(idv.Progress{Phase: idv.PhaseWriting, Done: p.done, Total: p.total})
}
