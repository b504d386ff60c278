package store_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"testing"

	"veridesk/backend/idv"
	"veridesk/backend/store"
)

// full is a session as the feed brings it: random-looking ID, some attempts.
func full(n int) idv.Session {
	s := session(n)
	hash := sha256.Sum256(fmt.Append(nil, n))
	s.ID = fmt.Sprintf("%x-%x-4%x-%x-%x", hash[:4], hash[4:6], hash[7:8], hash[8:10], hash[10:16])
	s.Status, s.Device = "Verified", idv.Device{Kind: "Mobile", Vendor: "Apple", OS: "iOS", Browser: "Safari", ClientIP: "203.0.113.9"}
	s.Photos = []string{"selfie-1", "front", "back"}
	s.Extra = []idv.Field{{Key: "phone", Value: "+995 555 00 00 00"}}
	for field := range 8 {
		s.MRZ = append(s.MRZ, idv.MRZField{Label: "Label", Field: fmt.Sprintf("field%d", field), Value: "VALUE", Valid: ptr(true)})
	}
	for range 2 {
		s.Attempts = append(s.Attempts, idv.Attempt{
			Created: s.Created, Success: ptr(true), MRZ: "P<GEOEXAMPLE<<NINO<<<<<<<<<<<<<<<<<<<<<<<<<<",
			Read: map[string]string{"firstName.en": "NINO", "lastName.en": "EXAMPLE", "documentNumber": s.Document.Number},
		})
	}
	return s
}

func batch(from, size int) (b store.Batch) {
	b.Source, b.Cursor = "feed", fmt.Sprint(from)
	for n := from; n < from+size; n++ {
		b.Sessions = append(b.Sessions, full(n))
	}
	return b
}

const benchBatch = 500

// BenchmarkWrite is one batch of new sessions.
func BenchmarkWrite(b *testing.B) {
	s := benchStore(b)
	n := 0
	for b.Loop() {
		b.StopTimer()
		write := batch(n, benchBatch)
		b.StartTimer()
		if _, err := s.Write(write); err != nil {
			b.Fatal(err)
		}
		n += benchBatch
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n), "us/session")
}

// BenchmarkUnchanged is one batch of sessions that are there already.
func BenchmarkUnchanged(b *testing.B) {
	s := benchStore(b)
	write := batch(0, benchBatch)
	for b.Loop() {
		if _, err := s.Write(write); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRead is a page of sessions.
func BenchmarkRead(b *testing.B) {
	s := benchStore(b)
	if _, err := s.Write(batch(0, benchBatch)); err != nil {
		b.Fatal(err)
	}
	var ordinals []uint32
	for n := range uint32(100) {
		ordinals = append(ordinals, n*5+1)
	}
	for b.Loop() {
		for _, err := range s.Sessions(ordinals) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkLook is a page of a list.
func BenchmarkLook(b *testing.B) {
	s := benchStore(b)
	if _, err := s.Write(batch(0, benchBatch)); err != nil {
		b.Fatal(err)
	}
	var ordinals []uint32
	for n := range uint32(50) {
		ordinals = append(ordinals, n*10+1)
	}
	for b.Loop() {
		err := s.Look(func(l *store.Look) error {
			_, err1 := l.Photos(ordinals)
			_, err2 := l.Sessions(ordinals)
			return errors.Join(err1, err2)
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFacts reads the facts of many sessions.
func BenchmarkFacts(b *testing.B) {
	const many = 20_000
	s := benchStore(b)
	for n := 0; n < many; n += benchBatch {
		if _, err := s.Write(batch(n, benchBatch)); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if err := s.Facts(b.Context(), func(uint32, []idv.Facts) ([]idv.Facts, error) { return nil, nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/many, "ns/session")
}

// BenchmarkScattered is one batch of changes all over an archive.
func BenchmarkScattered(b *testing.B) {
	const many = 50_000
	s := benchStore(b)
	for n := 0; n < many; n += benchBatch {
		if _, err := s.Write(batch(n, benchBatch)); err != nil {
			b.Fatal(err)
		}
	}
	round := 0
	for b.Loop() {
		b.StopTimer()
		round++
		var changed store.Batch
		for n := range benchBatch {
			session := full(n * (many / benchBatch))
			session.Partner = fmt.Sprint(round)
			changed.Sessions = append(changed.Sessions, session)
		}
		b.StartTimer()
		if _, err := s.Write(changed); err != nil {
			b.Fatal(err)
		}
	}
}

func benchStore(b *testing.B) *store.Store {
	b.Helper()
	s, err := store.Open(b.TempDir()+"/archive.db", vault(b))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	return s
}
