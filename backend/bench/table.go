// What a run prints, and the figures in it.

package main

import (
	"fmt"
	"slices"
	"time"
)

// say prints a line of its own.
func (b *bench) say(format string, args ...any) {
	fmt.Fprintf(b.out, format+"\n", args...)
	b.out.Flush()
}

// title begins a table.
func (b *bench) title(text string, cells ...any) {
	b.say("\n%s", text)
	b.row(cells...)
}

// row prints one line of a table.
func (b *bench) row(cells ...any) {
	for _, cell := range cells {
		switch v := cell.(type) {
		case time.Duration:
			fmt.Fprintf(b.out, "%.2f ms\t", v.Seconds()*1000)
		case float64:
			fmt.Fprintf(b.out, "%.2f\t", v)
		default:
			fmt.Fprintf(b.out, "%v\t", v)
		}
	}
	fmt.Fprintln(b.out)
}

// none stands in a cell where there is nothing to show.
const none = "-"

// quantiles sorts times and gives their median, 95th percentile and maximum.
func quantiles(times []time.Duration) (p50, p95, most time.Duration) {
	slices.Sort(times)
	return times[len(times)/2], times[len(times)*95/100], times[len(times)-1]
}

func perSecond(n int, took time.Duration) int { return int(float64(n) / took.Seconds()) }
