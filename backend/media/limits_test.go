package media_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"runtime"
	"runtime/metrics"
	"sync"
	"testing"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/media"
)

func TestRefused(t *testing.T) {
	photo := jpegOf(t, upright(16, 16))
	for name, c := range map[string]struct {
		photo []byte
		want  error
	}{
		"png of 50,000 x 50,000":  {pngHead(50_000, 50_000), media.ErrTooLarge},
		"png of 2^31 x 2^31":      {pngHead(1<<31-1, 1<<31-1), nil}, // not a size that a PNG can have: kept, and never decoded
		"png of 12,001 x 1":       {pngHead(12_001, 1), media.ErrTooLarge},
		"png of 8,000 x 8,000":    {pngHead(8_000, 8_000), media.ErrTooLarge},
		"png at the limit":        {pngHead(12_000, 4_166), nil},
		"jpeg of 65,535 x 65,535": {resized(photo, 65_535, 65_535), media.ErrTooLarge},
		"webp of 16,384 x 16,384": {plainWebP(16_384, 16_384), media.ErrTooLarge},
		"25 MiB":                  {padded(photo, media.MaxSize), nil},
		"a byte more":             {padded(photo, media.MaxSize+1), media.ErrTooLarge},
		"gif":                     {[]byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), media.ErrNoPhoto},
		"web page":                {[]byte("<!doctype html><p>Sign in"), media.ErrNoPhoto},
		"another RIFF":            {[]byte("RIFF\x10\x00\x00\x00WAVEfmt \x00\x00\x00\x00"), media.ErrNoPhoto},
		"cut RIFF":                {[]byte("RIFF\x10\x00\x00\x00WEBP"), media.ErrNoPhoto},
		"nothing":                 {nil, media.ErrNoPhoto},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			kept, err := open(t, dir).Keep(t.Context(), bytes.NewReader(c.photo))
			if !errors.Is(err, c.want) || c.want == nil && err != nil {
				t.Fatalf("%v", err)
			}
			if c.want == nil {
				return
			}
			if e := idv.AsError(err); e.Code != idv.CodeInvalid || e.Hint == "" || kept.File != "" || len(files(t, dir)) > 0 {
				t.Errorf("%+v, kept %v", e, kept)
			}
		})
	}
}

// A source without end is read to the limit and no further.
func TestEndlessPhoto(t *testing.T) {
	endless := &counting{head: jpegOf(t, upright(8, 8))}
	_, err := open(t, t.TempDir()).Keep(t.Context(), endless)
	if !errors.Is(err, media.ErrTooLarge) || endless.read > media.MaxSize+1 {
		t.Errorf("%v after %d bytes", err, endless.read)
	}
}

type counting struct {
	head []byte
	read int
}

func (c *counting) Read(p []byte) (int, error) {
	n := copy(p, c.head)
	c.head = c.head[n:]
	clear(p[n:])
	c.read += len(p)
	return len(p), nil
}

// What breaks off, or has a wrong byte, is kept as it came; if it has a small
// picture, that is a good one.
func TestBrokenPhotos(t *testing.T) {
	s := open(t, t.TempDir())
	good := [][]byte{
		withExif(jpegOf(t, upright(360, 480)), 6), withExif(pngOf(t, upright(360, 480)), 6), lossyWebP(t), plainWebP(300, 300),
		progressive(jpegOf(t, upright(360, 480))),
	}
	random := rand.New(rand.NewPCG(5, 5))
	broken := 0
	for n := range 200 {
		photo := bytes.Clone(good[n%len(good)])
		const head = 20 // so that it stays a photo by its first bytes
		if n%2 == 0 {
			photo = photo[:head+random.IntN(len(photo)-head)]
		} else {
			for range 1 + random.IntN(8) {
				photo[head+random.IntN(len(photo)-head)] ^= byte(1 + random.IntN(255))
			}
		}
		kept, err := s.Keep(t.Context(), bytes.NewReader(photo))
		if errors.Is(err, media.ErrTooLarge) {
			continue // the broken byte was in its size
		}
		if err != nil {
			t.Fatalf("%d: %v", n, err)
		}
		if kept.Small == nil {
			broken++
		} else {
			decodeSmall(t, kept)
		}
		if got, err := s.Read(kept); err != nil || !bytes.Equal(got, photo) {
			t.Fatalf("%d: %v", n, err)
		}
	}
	if broken < 100 {
		t.Errorf("only %d of 200 could not be decoded", broken)
	}
}

// Pictures that are small to send and large to decode: what they take of memory
// stays bounded, also when many come at once.
func TestBombs(t *testing.T) {
	small := jpegOf(t, upright(64, 64))
	bombs := map[string][]byte{
		"progressive": resizedProgressive(small, 7000, 7000), // 700 MB of coefficients
		"webp":        plainWebP(7000, 7000),
		"png":         pngStart(7000, 7000), // 196 MB
		"baseline":    resized(small, 7000, 7000),
	}
	runtime.GC()
	watch := watchMemory()
	s := open(t, t.TempDir())
	var keeping sync.WaitGroup
	for range 6 {
		for name, bomb := range bombs {
			keeping.Go(func() {
				if _, err := s.Keep(t.Context(), bytes.NewReader(bomb)); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
	}
	keeping.Wait()
	const most = 300 << 20
	peak := watch()
	t.Logf("peak of %d MiB", peak>>20)
	if peak > most || peak < 100<<20 {
		t.Errorf("decoding took %d MiB", peak>>20)
	}
}

func resizedProgressive(photo []byte, width, height uint16) []byte {
	return progressive(resized(photo, width, height))
}

// watchMemory samples the heap until the returned function is called, which
// gives the most that was added to it.
func watchMemory() (peak func() uint64) {
	heap := func() uint64 {
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/memory/classes/heap/unused:bytes"}}
		metrics.Read(sample)
		return sample[0].Value.Uint64() + sample[1].Value.Uint64()
	}
	before, most := heap(), uint64(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			most = max(most, heap())
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-stopped
		return max(most, before) - before
	}
}
