package demo_test

import (
	"net/http/httptest"
	"testing"

	"veridesk/backend/demo"
)

// BenchmarkPage is the portal's part of a sync: pages of 500 sessions.
func BenchmarkPage(b *testing.B) {
	h := demo.New(demo.Options{Sessions: 20_000, Seed: 1})
	sessions := 0
	for b.Loop() {
		w := call(h, "GET", "/verification/sessions?limit=500")
		b.SetBytes(int64(w.Body.Len()))
		sessions += 500
	}
	b.ReportMetric(float64(sessions)/b.Elapsed().Seconds(), "sessions/s")
}

// BenchmarkNew is the start of a portal of a million sessions.
func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		demo.New(demo.Options{Sessions: 1_000_000, Seed: 1})
	}
}

// BenchmarkPhoto draws and encodes the first page's photos one after another.
func BenchmarkPhoto(b *testing.B) {
	h := demo.New(demo.Options{Sessions: 100, Seed: 1})
	w := call(h, "GET", "/verification/sessions")
	links := linksIn(decode(&testing.T{}, w))
	i := 0
	for b.Loop() {
		photo := httptest.NewRecorder()
		h.ServeHTTP(photo, httptest.NewRequest("GET", links[i%len(links)], nil))
		i++
	}
}
