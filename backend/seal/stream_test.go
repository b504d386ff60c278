package seal

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"
)

// pattern is plaintext of which no two chunks are alike.
func pattern(size int) []byte {
	plain := make([]byte, size)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range plain {
		plain[i] = byte(random.Uint32())
	}
	return plain
}

func sealStream(t testing.TB, plain []byte, key FileKey) []byte {
	t.Helper()
	var sealed bytes.Buffer
	to, err := NewWriter(&sealed, key)
	if err != nil {
		t.Fatal(err)
	}
	for len(plain) > 0 { // in pieces that fall across the chunks
		n, err := to.Write(plain[:min(len(plain), 50_001)])
		if err != nil {
			t.Fatal(err)
		}
		plain = plain[n:]
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return sealed.Bytes()
}

// openBoth opens a stream by both readers, which must agree on whether it is whole.
func openBoth(t testing.TB, sealed []byte, key FileKey) ([]byte, error) {
	t.Helper()
	var plain []byte
	sequential, err := NewReader(iotest.HalfReader(bytes.NewReader(sealed)), key)
	if err == nil {
		plain, err = io.ReadAll(sequential)
	}
	at, errAt := NewReaderAt(bytes.NewReader(sealed), int64(len(sealed)), key)
	var plainAt []byte
	if errAt == nil {
		plainAt, errAt = io.ReadAll(io.NewSectionReader(at, 0, at.Size()))
	}
	if (err == nil) != (errAt == nil) || (err == nil && !bytes.Equal(plain, plainAt)) {
		t.Fatalf("the readers differ: %v and %v", err, errAt)
	}
	return plain, err
}

func TestStreams(t *testing.T) {
	for _, size := range []int{0, 1, chunkPlain - 1, chunkPlain, chunkPlain + 1, 2 * chunkPlain, 5*chunkPlain + 77} {
		plain, key := pattern(size), NewFileKey()
		sealed := sealStream(t, plain, key)
		chunks := max(1, (size+chunkPlain-1)/chunkPlain)
		if len(sealed) != streamHeader+size+chunks*tagSize {
			t.Fatalf("%d bytes became %d", size, len(sealed))
		}
		opened, err := openBoth(t, sealed, key)
		if err != nil || !bytes.Equal(opened, plain) {
			t.Fatalf("%d bytes: %v", size, err)
		}
		if _, err := openBoth(t, sealed, NewFileKey()); !errors.Is(err, ErrDamaged) {
			t.Fatalf("%d bytes, another key: %v", size, err)
		}
	}
}

// What is cut, reordered, repeated, added, or taken from another stream is
// noticed: nothing but a true beginning is given out, and never as the whole.
func TestStreamsChanged(t *testing.T) {
	plain, key := pattern(3*chunkPlain+100), NewFileKey()
	sealed, other := sealStream(t, plain, key), sealStream(t, plain, key)
	chunk := func(of []byte, i int) []byte {
		from := streamHeader + i*chunkSealed
		return of[from:min(from+chunkSealed, len(of))]
	}
	join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
	head := sealed[:streamHeader]
	cases := map[string][]byte{
		"two chunks swapped":      join(head, chunk(sealed, 1), chunk(sealed, 0), chunk(sealed, 2), chunk(sealed, 3)),
		"a chunk twice":           join(head, chunk(sealed, 0), chunk(sealed, 0), chunk(sealed, 1), chunk(sealed, 2), chunk(sealed, 3)),
		"a chunk left out":        join(head, chunk(sealed, 0), chunk(sealed, 2), chunk(sealed, 3)),
		"a chunk of another":      join(head, chunk(sealed, 0), chunk(other, 1), chunk(sealed, 2), chunk(sealed, 3)),
		"the last chunk only":     join(head, chunk(sealed, 3)),
		"the last chunk twice":    join(sealed, chunk(sealed, 3)),
		"a byte added":            join(sealed, []byte{0}),
		"a stream added":          join(sealed, sealed),
		"an empty last chunk":     join(sealed[:streamHeader+chunkSealed], emptyLast(t, key, head[1:])),
		"another stream's head":   join(other[:streamHeader], sealed[streamHeader:]),
		"nothing":                 {},
		"the head only":           head,
		"a later version":         join([]byte{streamVersion + 1}, sealed[1:]),
		"a cut head":              head[:5],
		"no tag in the last":      sealed[:streamHeader+3*chunkSealed+5],
		"whole chunks, last gone": sealed[:streamHeader+3*chunkSealed],
	}
	for name, changed := range cases {
		got, err := openBoth(t, changed, key)
		if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrVersion) {
			t.Errorf("%s: %v", name, err)
		}
		if !bytes.HasPrefix(plain, got) {
			t.Errorf("%s: gave wrong bytes", name)
		}
	}
}

// emptyLast is a well-sealed but empty chunk after the first.
func emptyLast(t *testing.T, key FileKey, salt []byte) []byte {
	t.Helper()
	chunks, err := newChunks(key, salt)
	if err != nil {
		t.Fatal(err)
	}
	return chunks.seal(nil, nil, 1, true)
}

// A stream cut anywhere, or with any of 700 bits flipped, is refused.
func TestStreamsDamaged(t *testing.T) {
	plain, key := pattern(chunkPlain+300), NewFileKey()
	sealed := sealStream(t, plain, key)
	random := rand.New(rand.NewPCG(5, 5))
	refuse := func(what string, at int, changed []byte) {
		t.Helper()
		got, err := openBoth(t, changed, key)
		if !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrVersion) {
			t.Fatalf("%s %d: %v", what, at, err)
		}
		if !bytes.HasPrefix(plain, got) {
			t.Fatalf("%s %d gave wrong bytes", what, at)
		}
	}
	for i := range 700 {
		bit := i // the head and the first bytes, then anywhere
		if i >= 300 {
			bit = random.IntN(len(sealed) * 8)
		}
		changed := bytes.Clone(sealed)
		changed[bit/8] ^= 1 << (bit % 8)
		refuse("bit", bit, changed)
	}
	for range 200 {
		size := random.IntN(len(sealed))
		refuse("cut to", size, sealed[:size])
	}
}

// Any part of a stream reads the same as of the plaintext, from several
// goroutines at once.
func TestReaderAt(t *testing.T) {
	plain, key := pattern(2*chunkPlain+5000), NewFileKey()
	sealed := sealStream(t, plain, key)
	at, err := NewReaderAt(bytes.NewReader(sealed), int64(len(sealed)), key)
	if err != nil {
		t.Fatal(err)
	}
	peer := bytes.NewReader(plain)
	done := make(chan error)
	for worker := range 4 {
		go func() { done <- compareReads(at, peer, rand.New(rand.NewPCG(9, uint64(worker)))) }()
	}
	for range 4 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if _, err := at.ReadAt(make([]byte, 1), -1); err == nil {
		t.Error("a negative offset is read")
	}
}

func compareReads(one, two io.ReaderAt, random *rand.Rand) error {
	for range 100 {
		offset := int64(random.IntN(2*chunkPlain + 6000))
		a := make([]byte, random.IntN(chunkPlain+100)+1)
		b := make([]byte, len(a))
		n, err := one.ReadAt(a, offset)
		m, err2 := two.ReadAt(b, offset)
		if n != m || err != err2 || !bytes.Equal(a[:n], b[:m]) {
			return errors.New("a part differs from the plaintext")
		}
	}
	return nil
}

// Failures of the disk below come through, and end the stream.
func TestStreamErrors(t *testing.T) {
	broken := errors.New("the disk is gone")
	to, err := NewWriter(&fullDisk{left: 100, err: broken}, NewFileKey())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := to.Write(make([]byte, 3*chunkPlain)); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if err := to.Close(); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if _, err := NewWriter(&fullDisk{err: broken}, NewFileKey()); !errors.Is(err, broken) {
		t.Fatal(err)
	}
	key := NewFileKey()
	sealed := sealStream(t, pattern(2*chunkPlain), key)
	half := io.MultiReader(bytes.NewReader(sealed[:streamHeader+chunkSealed]), iotest.ErrReader(broken))
	from, err := NewReader(half, key)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(from); !errors.Is(err, broken) || errors.Is(err, ErrDamaged) {
		t.Fatal(err)
	}
	done, err := NewWriter(io.Discard, key)
	if err != nil || done.Close() != nil {
		t.Fatal(err)
	}
	if _, err := done.Write([]byte("x")); err == nil || done.Close() == nil {
		t.Fatal("a closed stream is written on")
	}
}

type fullDisk struct {
	left int
	err  error
}

func (d *fullDisk) Write(p []byte) (int, error) {
	if d.left -= len(p); d.left < 0 {
		return 0, d.err
	}
	return len(p), nil
}
