package search_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"veridesk/backend/search"
)

const benchDocs = 100_000

func buildIndex(b *testing.B, dir string, batch int) *search.Index {
	b.Helper()
	ix, err := search.Open(dir, "bench")
	if err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for from := 0; from < benchDocs; from += batch {
		if err := ix.Update(someDocs(r, from, from+batch), uint64(from+batch)); err != nil {
			b.Fatal(err)
		}
	}
	return ix
}

// BenchmarkUpdate is the cost of a session in the index, waiting for the disk
// at the end; making the synthetic session is in it too.
func BenchmarkUpdate(b *testing.B) {
	for b.Loop() {
		ix := buildIndex(b, b.TempDir(), 5000)
		if err := ix.Close(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*benchDocs/b.Elapsed().Seconds(), "sessions/s")
}

// BenchmarkFind asks for beginnings of terms that are there, by length.
func BenchmarkFind(b *testing.B) {
	dir := b.TempDir()
	if err := buildIndex(b, dir, 5000).Close(); err != nil {
		b.Fatal(err)
	}
	ix, err := search.Open(dir, "bench")
	if err != nil {
		b.Fatal(err)
	}
	defer ix.Close()
	r := rand.New(rand.NewPCG(1, 2))
	var terms []string
	for n := range 2000 {
		terms = append(terms, search.Terms(someone(r, n))...)
	}
	for length := 1; length <= 6; length++ {
		b.Run(fmt.Sprintf("%d", length), func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				term := []rune(terms[r.IntN(len(terms))])
				start := time.Now()
				if _, _, err := ix.Find(context.Background(), string(term[:min(length, len(term))])); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds()), "p95-µs")
			b.ReportMetric(float64(took[len(took)-1].Microseconds()), "max-µs")
		})
	}
}
