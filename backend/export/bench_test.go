package export

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"

	"veridesk/backend/idv"
)

// BenchmarkExport tells rows a second, the file's bytes a row, and the most
// memory in use, which must not grow with the rows. VERIDESK_BENCH_ROWS sets
// their number.
func BenchmarkExport(b *testing.B) {
	rows := 100_000
	if n, err := strconv.Atoi(os.Getenv("VERIDESK_BENCH_ROWS")); err == nil {
		rows = n
	}
	for _, format := range formats {
		b.Run(string(format), func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "out")
			var peak uint64
			for b.Loop() {
				job := Job{Path: path, Format: format, Rows: many(b, rows), Force: true}
				job.Report = func(idv.Progress) { peak = max(peak, inUse()) }
				if _, err := Run(context.Background(), job); err != nil {
					b.Fatal(err)
				}
			}
			info, err := os.Stat(path)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(info.Size())/float64(rows), "B/row")
			b.ReportMetric(float64(peak)/(1<<20), "peak-MiB")
		})
	}
}

func inUse() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapInuse
}
