package search

import (
	"runtime"
	"sync"
)

// spread has 0 to n-1 done in runs, on all processors.
func spread(n int, do func(from, to int)) {
	workers := min(runtime.GOMAXPROCS(0), max(1, n))
	var group sync.WaitGroup
	for w := range workers {
		group.Go(func() { do(n*w/workers, n*(w+1)/workers) })
	}
	group.Wait()
}
