package seal

import (
	"errors"
	"io"
	"sync"
)

// ReaderAt opens any part of a sealed stream, for parts of a video as a player
// asks for them. It may be used from several goroutines.
type ReaderAt struct {
	from   io.ReaderAt
	chunks chunks
	size   int64 // of the plaintext

	mu     sync.Mutex // guards the chunk opened last
	number int64
	plain  []byte
	sealed []byte
}

// NewReaderAt opens a sealed stream of size bytes. It opens the last chunk, so
// that a stream that was cut or added to is refused at once.
func NewReaderAt(from io.ReaderAt, size int64, key FileKey) (*ReaderAt, error) {
	chunks, err := readHeader(io.NewSectionReader(from, 0, size), key)
	if err != nil {
		return nil, err
	}
	body := size - streamHeader
	count := (body + chunkSealed - 1) / chunkSealed
	r := &ReaderAt{
		from: from, chunks: chunks, size: body - count*tagSize,
		number: -1, sealed: make([]byte, chunkSealed),
	}
	if r.size < 0 || count == 0 {
		return nil, ErrDamaged
	}
	if err := r.load(count - 1); err != nil {
		return nil, err
	}
	return r, nil
}

// Size is the length of the plaintext.
func (r *ReaderAt) Size() int64 { return r.size }

// ReadAt follows io.ReaderAt.
func (r *ReaderAt) ReadAt(p []byte, offset int64) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if offset < 0 {
		return 0, errors.New("read a sealed stream: negative offset")
	}
	done := 0
	for done < len(p) {
		if offset >= r.size {
			return done, io.EOF
		}
		if err := r.load(offset / chunkPlain); err != nil {
			return done, err
		}
		n := copy(p[done:], r.plain[offset%chunkPlain:])
		done, offset = done+n, offset+int64(n)
	}
	return done, nil
}

// load opens a chunk unless it is the one that is open.
func (r *ReaderAt) load(number int64) error {
	if number == r.number {
		return nil
	}
	r.number, r.plain = -1, nil
	start := number * chunkPlain
	length := min(chunkPlain, r.size-start)
	sealed := r.sealed[:length+tagSize]
	if n, err := r.from.ReadAt(sealed, streamHeader+number*chunkSealed); n < len(sealed) {
		return readFailed(err)
	}
	plain, err := r.chunks.open(sealed[:0], sealed, number, start+length == r.size)
	if err != nil {
		return err
	}
	r.number, r.plain = number, plain
	return nil
}
