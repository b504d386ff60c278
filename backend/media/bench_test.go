package media_test

import (
	"bytes"
	"testing"
)

// BenchmarkKeep is a selfie, sealed and on the disk, with its small picture.
func BenchmarkKeep(b *testing.B) {
	s := open(b, b.TempDir())
	photo := jpegOf(b, upright(720, 960))
	for b.Loop() {
		keep(b, s, photo)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "photos/s")
}

// BenchmarkKeepAsIs is the same for a photo that cannot be decoded: what sealing
// and the disk cost.
func BenchmarkKeepAsIs(b *testing.B) {
	s := open(b, b.TempDir())
	photo := padded([]byte("\xff\xd8\xff"), 60_000)
	for b.Loop() {
		keep(b, s, photo)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "photos/s")
}

// BenchmarkKeepLarge is a photo of 12 million pixels.
func BenchmarkKeepLarge(b *testing.B) {
	s := open(b, b.TempDir())
	photo := jpegOf(b, upright(4000, 3000))
	for b.Loop() {
		keep(b, s, photo)
	}
}

// BenchmarkRead is what showing a photo costs.
func BenchmarkRead(b *testing.B) {
	s := open(b, b.TempDir())
	photo := bytes.Repeat(jpegOf(b, upright(720, 960)), 20)
	kept := keep(b, s, photo)
	b.SetBytes(int64(len(photo)))
	for b.Loop() {
		if _, err := s.Read(kept); err != nil {
			b.Fatal(err)
		}
	}
}
