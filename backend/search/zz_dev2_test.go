//go:build dev

package search_test

import (
	"bufio"
	"context"
	"encoding/gob"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/search"
)

func rss() string {
	b, _ := os.ReadFile("/proc/self/status")
	var out []string
	for _, l := range strings.Split(string(b), "\n") {
		if strings.HasPrefix(l, "VmRSS") || strings.HasPrefix(l, "RssAnon") || strings.HasPrefix(l, "VmHWM") {
			out = append(out, strings.Join(strings.Fields(l), " "))
		}
	}
	return strings.Join(out, "; ")
}

func heap() string {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return fmt.Sprintf("heap %d MB", m.HeapAlloc>>20)
}

func cpu() time.Duration {
	b, _ := os.ReadFile("/proc/self/stat")
	f := strings.Fields(string(b)[strings.LastIndex(string(b), ")")+2:])
	u, _ := strconv.Atoi(f[11])
	s, _ := strconv.Atoi(f[12])
	return time.Duration(u+s) * 10 * time.Millisecond
}

func TestDevBench(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("DEV_N"))
	if err != nil {
		t.Skip()
	}
	batch, _ := strconv.Atoi(os.Getenv("DEV_BATCH"))
	f, _ := os.Open("/tmp/w/search-sessions.gob")
	defer f.Close()
	dec := gob.NewDecoder(bufio.NewReader(f))
	dir := t.TempDir()
	keys := vault(t)
	ix, err := search.Open(dir, "bench", keys)
	if err != nil {
		t.Fatal(err)
	}
	if p := os.Getenv("DEV_PROF"); p != "" {
		pf, _ := os.Create(p)
		pprof.StartCPUProfile(pf)
	}
	var took, decodeCPU time.Duration
	c0 := cpu()
	var sample []idv.Session
	for from := 0; from < n; from += batch {
		var docs []search.Doc
		d0 := cpu()
		for i := from; i < min(n, from+batch); i++ {
			var s idv.Session
			if err := dec.Decode(&s); err != nil {
				t.Fatal(err)
			}
			docs = append(docs, search.Doc{Ordinal: uint32(i), Session: s})
			if i%(n/3000) == 0 {
				sample = append(sample, s)
			}
		}
		decodeCPU += cpu() - d0
		start := time.Now()
		if err := ix.Update(docs, uint64(from+batch)); err != nil {
			t.Fatal(err)
		}
		took += time.Since(start)
	}
	start := time.Now()
	fmt.Println("before close", rss())
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	took += time.Since(start)
	if os.Getenv("DEV_PROF") != "" {
		pprof.StopCPUProfile()
	}
	c := cpu() - c0 - decodeCPU
	var size int64
	fmt.Printf("%d docs batch %d: %v wall, %.0f/s; cpu %v = %.1f us/doc\n", n, batch, took, float64(n)/took.Seconds(), c, float64(c.Microseconds())/float64(n))
	for range 3 {
		fmt.Println("after close", rss(), heap())
	}
	debug.FreeOSMemory()
	fmt.Println("after free", rss())
	size = bytesInT(t, dir)
	fmt.Printf("%.1f B/session\n", float64(size)/float64(n))
	start = time.Now()
	ix, err = search.Open(dir, "bench", keys)
	if err != nil || ix.Fresh() {
		t.Fatal(err, "fresh")
	}
	fmt.Println("open", time.Since(start))
	ix.Find(context.Background(), "beridze")
	fmt.Println("first search", time.Since(start))
	if err := ix.Checked(context.Background()); err != nil {
		t.Fatal(err)
	}
	fmt.Println("checked", time.Since(start), rss(), heap())
	r := rand.New(rand.NewPCG(1, 2))
	var terms []string
	for _, s := range sample {
		terms = append(terms, search.Terms(s)...)
	}
	ask := func(name string, texts []string) {
		var took []time.Duration
		var hits []int
		for _, text := range texts {
			start := time.Now()
			found, err := ix.Find(context.Background(), text)
			if err != nil {
				t.Fatal(err)
			}
			took = append(took, time.Since(start))
			hits = append(hits, int(found.Exact.GetCardinality()))
		}
		worst := slices.Index(took, slices.Max(took))
		slices.Sort(took)
		slices.Sort(hits)
		fmt.Printf("%-10s p50 %v p95 %v p99 %v max %v (%q) hits p50 %d\n", name, took[len(took)/2], took[len(took)*95/100], took[len(took)*99/100], took[len(took)-1], texts[worst], hits[len(hits)/2])
	}
	for length := 1; length <= 12; length++ {
		var texts []string
		for len(texts) < 1000 {
			if w := terms[r.IntN(len(terms))]; len(w) >= length {
				texts = append(texts, w[:length])
			}
		}
		ask(strconv.Itoa(length), texts)
	}
	var two, ids, near []string
	for range 1000 {
		s := sample[r.IntN(len(sample))]
		tt := search.Terms(s)
		a, b := tt[r.IntN(len(tt))], tt[r.IntN(len(tt))]
		two = append(two, a[:min(len(a), 1+r.IntN(4))]+" "+b[:min(len(b), 1+r.IntN(4))])
		ids = append(ids, s.ID)
		near = append(near, alike.Replace(s.Document.Number))
	}
	ask("two", two)
	ask("id", ids)
	ask("near", near)
	fmt.Println(rss(), heap())
	ix.Close()
}

func bytesInT(t *testing.T, dir string) (total int64) {
	var walk func(string)
	walk = func(d string) {
		es, _ := os.ReadDir(d)
		for _, e := range es {
			if e.IsDir() {
				walk(d + "/" + e.Name())
			} else if i, err := e.Info(); err == nil {
				total += i.Size()
				if strings.HasSuffix(e.Name(), ".zap") {
					fmt.Println(e.Name(), i.Size())
				}
			}
		}
	}
	walk(dir)
	return total
}
