// The memory of this process as the system sees it, and of the heap as Go does.

package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"runtime/metrics"
	"strconv"
	"time"
)

// resident is what of the process lies in memory, in bytes. Files that are mapped
// count as far as they were read; the system can take those pages back.
type resident struct {
	All int64 // VmRSS
	Own int64 // RssAnon: without mapped files
}

// residentNow asks Linux; elsewhere all is 0.
func residentNow() (r resident) {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return r
	}
	for line := range bytes.Lines(status) {
		for name, to := range map[string]*int64{"VmRSS:": &r.All, "RssAnon:": &r.Own} {
			if rest, found := bytes.CutPrefix(line, []byte(name)); found {
				*to = kilobytes(rest)
			}
		}
	}
	return r
}

// kilobytes reads a value such as "  12345 kB".
func kilobytes(text []byte) int64 {
	fields := bytes.Fields(text)
	if len(fields) == 0 {
		return 0
	}
	n, err := strconv.ParseInt(string(fields[0]), 10, 64)
	if err != nil {
		return 0
	}
	return n << 10
}

// String says what only Linux tells.
func (r resident) String() string {
	if r.All == 0 {
		return "n/a"
	}
	return fmt.Sprintf("%d MB, %d MB of it not files", r.All>>20, r.Own>>20)
}

// watch takes a sample every few milliseconds until the returned function is called, which waits for the end of it.
func watch(sample func()) (stop func()) {
	ending, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			sample()
			select {
			case <-ending:
				return
			case <-tick.C:
			}
		}
	}()
	return func() { close(ending); <-ended }
}

// watchResident follows what is resident until the returned function is called, which gives the most.
func watchResident() func() resident {
	var most resident
	stop := watch(func() {
		now := residentNow()
		most = resident{max(most.All, now.All), max(most.Own, now.Own)}
	})
	return func() resident { stop(); return most }
}

// watchHeap clears away what came before, and follows the heap until the returned function is called, which gives
// the most bytes that were in use.
func watchHeap() func() uint64 {
	runtime.GC()
	var most uint64
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	stop := watch(func() {
		metrics.Read(sample)
		most = max(most, sample[0].Value.Uint64())
	})
	return func() uint64 { stop(); return most }
}
