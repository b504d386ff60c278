package media_test

import (
	"bytes"
	"errors"
	"image/jpeg"
	"testing"

	"veridesk/backend/idv"
)

// FuzzKeep: whatever comes is kept as it is, or refused in words.
func FuzzKeep(f *testing.F) {
	for _, photo := range [][]byte{
		jpegOf(f, upright(8, 8)), withExif(jpegOf(f, upright(8, 8)), 6), progressive(jpegOf(f, upright(8, 8))),
		withExif(pngOf(f, upright(8, 8)), 3), plainWebP(20, 10), pngHead(50_000, 50_000), []byte("GIF89a"),
	} {
		f.Add(photo)
	}
	s := open(f, f.TempDir())
	f.Fuzz(func(t *testing.T, photo []byte) {
		kept, err := s.Keep(t.Context(), bytes.NewReader(photo))
		if err != nil {
			var e *idv.Error
			if !errors.As(err, &e) || e.Code != idv.CodeInvalid {
				t.Fatal(err)
			}
			return
		}
		if got, err := s.Read(kept); err != nil || !bytes.Equal(got, photo) {
			t.Fatalf("another photo came back: %v", err)
		}
		if kept.Small != nil {
			small, err := jpeg.DecodeConfig(bytes.NewReader(kept.Small))
			if err != nil || small.Width > 160 || small.Height > 160 {
				t.Fatalf("%+v: %v", small, err)
			}
		}
		if err := s.Remove(kept.File); err != nil {
			t.Fatal(err)
		}
	})
}
