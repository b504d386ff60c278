package search

import (
	"sync/atomic"
	"time"
)

// Bleve writes a batch to the disk as soon as it can, and then merges what it has
// written. While an archive is indexed it is held back after each writing until
// some batches have gathered in memory: those it merges as it writes them, so that
// each session is written once less.
const (
	gathered   = 8
	gatherTime = 2 * time.Second // for a crash loses what is only in memory
)

// gathering counts the batches that are only in memory.
type gathering struct {
	waiting atomic.Int32 // batches
	hurried atomic.Int32 // who waits for them to be on disk
	changed chan struct{}
}

// add counts batches, or with -1 one that is on disk or failed.
func (g *gathering) add(batches int32) {
	g.waiting.Add(batches)
	poke(g.changed)
}

// hurry lets every batch go to the disk at once until done is called.
func (g *gathering) hurry() (done func()) {
	g.hurried.Add(1)
	poke(g.changed)
	return func() { g.hurried.Add(-1) }
}

// wait holds back Bleve's writer between one writing and the next.
func (g *gathering) wait() {
	timer := time.NewTimer(gatherTime)
	defer timer.Stop()
	for g.few() && g.hurried.Load() == 0 {
		select {
		case <-g.changed:
		case <-timer.C:
			return
		}
	}
}

// few reports whether batches wait for more.
func (g *gathering) few() bool {
	waiting := g.waiting.Load()
	return 0 < waiting && waiting < gathered
}
