package source_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"veridesk/backend/demo"
	"veridesk/backend/source"
)

// BenchmarkDecodeSession reads sessions with every key known, compact as they
// come in a page; its peer is encoding/json filling a map with the same bytes.
func BenchmarkDecodeSession(b *testing.B) {
	item := compactSample(b, "verified.json")
	b.Run("session", func(b *testing.B) {
		b.SetBytes(int64(len(item)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := source.DecodeSession(item); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "sessions/s")
	})
	unknown := append([]byte(`{"newKey":1,`), item[1:]...)
	b.Run("session with an unknown key", func(b *testing.B) {
		for b.Loop() {
			if _, err := source.DecodeSession(unknown); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "sessions/s")
	})
	b.Run("map", func(b *testing.B) {
		b.SetBytes(int64(len(item)))
		for b.Loop() {
			var anything map[string]any
			if err := json.Unmarshal(item, &anything); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "sessions/s")
	})
}

// BenchmarkFeed reads 20 pages of 500 over loopback HTTP.
func BenchmarkFeed(b *testing.B) {
	item := string(compactSample(b, "verified.json"))
	page := strings.Repeat(item+",", 499) + item
	portal := newPortal(b)
	for n := range 20 {
		portal.answer(ok(`{"items":[` + page + `],"nextCursor":"` + nextOf(n, 20) + `","serverTime":"2025-04-01T00:00:00Z"}`))
	}
	feed := portal.feed(b)
	sessions := 0
	for b.Loop() {
		portal.rewind()
		for batch, err := range feed.Batches(context.Background(), "") {
			if err != nil {
				b.Fatal(err)
			}
			sessions += len(batch.Records)
		}
	}
	b.ReportMetric(float64(sessions)/b.Elapsed().Seconds(), "sessions/s")
}

// BenchmarkPortal reads 20,000 sessions from the demo portal, which makes them in
// the same process, as a sync does.
func BenchmarkPortal(b *testing.B) {
	server, err := demo.Listen("127.0.0.1:0", demo.Options{Sessions: 20_000, Seed: 1})
	if err != nil {
		b.Fatal(err)
	}
	defer server.Close()
	feed, err := source.NewFeed(source.FeedOptions{Address: server.URL(), Key: demo.DefaultKey})
	if err != nil {
		b.Fatal(err)
	}
	sessions := 0
	for b.Loop() {
		for batch, err := range feed.Batches(context.Background(), "") {
			if err != nil {
				b.Fatal(err)
			}
			sessions += len(batch.Records)
		}
	}
	b.ReportMetric(float64(sessions)/b.Elapsed().Seconds(), "sessions/s")
}

// BenchmarkCSV reads 20,000 rows; its peer is encoding/csv reading them once.
func BenchmarkCSV(b *testing.B) {
	sample, err := os.ReadFile("testdata/verifications.sample.csv")
	if err != nil {
		b.Fatal(err)
	}
	header, rows, _ := strings.Cut(string(sample), "\n")
	path := filepath.Join(b.TempDir(), "many.csv")
	if err := os.WriteFile(path, []byte(header+"\n"+strings.Repeat(rows, 334)), 0o600); err != nil {
		b.Fatal(err)
	}
	b.Run("source", func(b *testing.B) {
		rows := 0
		for b.Loop() {
			file, err := source.NewCSV(path)
			if err != nil {
				b.Fatal(err)
			}
			for batch, err := range file.Batches(context.Background(), "") {
				if err != nil {
					b.Fatal(err)
				}
				rows += len(batch.Records)
			}
		}
		b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("encoding/csv", func(b *testing.B) {
		rows := 0
		for b.Loop() {
			text, err := os.ReadFile(path)
			if err != nil {
				b.Fatal(err)
			}
			records, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
			if err != nil {
				b.Fatal(err)
			}
			rows += len(records) - 1
		}
		b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
	})
}

func nextOf(page, pages int) string {
	if page == pages-1 {
		return ""
	}
	return "after-" + string(rune('a'+page))
}
