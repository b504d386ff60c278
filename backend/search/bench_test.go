package search_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"veridesk/backend/seal"
	"veridesk/backend/search"
)

// benchDocs is how many sessions the benchmarks index; VERIDESK_BENCH_SESSIONS
// sets another number.
func benchDocs(b *testing.B) int {
	text, ok := os.LookupEnv("VERIDESK_BENCH_SESSIONS")
	if !ok {
		return 100_000
	}
	number, err := strconv.Atoi(text)
	if err != nil {
		b.Fatal(err)
	}
	return number
}

// sealedAndClear measures with keys and, as the peer of the same run, without.
func sealedAndClear(b *testing.B, measure func(b *testing.B, keys seal.Keyring)) {
	b.Run("sealed", func(b *testing.B) { measure(b, vault(b)) })
	b.Run("clear", func(b *testing.B) { measure(b, clearKeys{}) })
}

func buildIndex(b *testing.B, dir string, keys seal.Keyring) *search.Index {
	b.Helper()
	ix, err := search.Open(dir, "bench", keys)
	if err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	const batch = 10_000
	for from := 0; from < benchDocs(b); from += batch {
		if err := ix.Update(someDocs(r, from, from+batch), uint64(from+batch)); err != nil {
			b.Fatal(err)
		}
	}
	return ix
}

// BenchmarkUpdate is the cost of a session in the index, waiting for the disk
// at the end; making the synthetic session is in it too.
func BenchmarkUpdate(b *testing.B) {
	sealedAndClear(b, func(b *testing.B, keys seal.Keyring) {
		var size int64
		for b.Loop() {
			dir := b.TempDir()
			if err := buildIndex(b, dir, keys).Close(); err != nil {
				b.Fatal(err)
			}
			size = bytesIn(b, dir)
		}
		sessions := float64(benchDocs(b))
		b.ReportMetric(float64(b.N)*sessions/b.Elapsed().Seconds(), "sessions/s")
		b.ReportMetric(float64(size)/sessions, "B/session")
	})
}

func bytesIn(b *testing.B, dir string) (total int64) {
	b.Helper()
	err := filepath.WalkDir(dir, func(_ string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		total += info.Size()
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return total
}

// BenchmarkOpen is how long an index takes to open, to answer its first search,
// and to be checked as a whole.
func BenchmarkOpen(b *testing.B) {
	sealedAndClear(b, func(b *testing.B, keys seal.Keyring) {
		dir := b.TempDir()
		if err := buildIndex(b, dir, keys).Close(); err != nil {
			b.Fatal(err)
		}
		var opened, found, checked time.Duration
		for b.Loop() {
			start := time.Now()
			ix, err := search.Open(dir, "bench", keys)
			if err != nil || ix.Fresh() {
				b.Fatal("fresh", err)
			}
			opened += time.Since(start)
			if _, err := ix.Find(context.Background(), "beridze"); err != nil {
				b.Fatal(err)
			}
			found += time.Since(start)
			if err := ix.Checked(context.Background()); err != nil {
				b.Fatal(err)
			}
			checked += time.Since(start)
			if err := ix.Close(); err != nil {
				b.Fatal(err)
			}
		}
		for name, took := range map[string]time.Duration{"open": opened, "found": found, "checked": checked} {
			b.ReportMetric(took.Seconds()*1000/float64(b.N), name+"-ms")
		}
	})
}

// BenchmarkFind asks for beginnings of terms that are there, by length.
func BenchmarkFind(b *testing.B) {
	sealedAndClear(b, func(b *testing.B, keys seal.Keyring) {
		dir := b.TempDir()
		if err := buildIndex(b, dir, keys).Close(); err != nil {
			b.Fatal(err)
		}
		ix, err := search.Open(dir, "bench", keys)
		if err != nil {
			b.Fatal(err)
		}
		defer ix.Close()
		if err := ix.Checked(context.Background()); err != nil {
			b.Fatal(err)
		}
		r := rand.New(rand.NewPCG(1, 2))
		var terms []string
		for n := range 2000 {
			terms = append(terms, search.Terms(someone(r, n))...)
		}
		b.Run("whole", func(b *testing.B) { findTerms(b, ix, r, terms, 36) })
		for length := 1; length <= 12; length++ {
			b.Run(fmt.Sprintf("%d", length), func(b *testing.B) { findTerms(b, ix, r, terms, length) })
		}
	})
}

func findTerms(b *testing.B, ix *search.Index, r *rand.Rand, terms []string, length int) {
	var took []time.Duration
	for b.Loop() {
		term := []rune(terms[r.IntN(len(terms))])
		start := time.Now()
		if _, err := ix.Find(context.Background(), string(term[:min(length, len(term))])); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds()), "p95-µs")
	b.ReportMetric(float64(took[len(took)-1].Microseconds()), "max-µs")
}
