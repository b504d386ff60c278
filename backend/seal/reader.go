package seal

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

var errWriterClosed = errors.New("the sealed stream is closed")

// NewReader opens a sealed stream from its beginning to its end. What it gives
// is authentic, but only io.EOF says that it was all: bytes that came before
// another error are the true beginning of a damaged stream.
func NewReader(from io.Reader, key FileKey) (io.Reader, error) {
	buffered := bufio.NewReaderSize(from, chunkSealed)
	chunks, err := readHeader(buffered, key)
	if err != nil {
		return nil, err
	}
	return &reader{from: buffered, chunks: chunks, sealed: make([]byte, chunkSealed)}, nil
}

func readHeader(from io.Reader, key FileKey) (chunks, error) {
	var header [streamHeader]byte
	if _, err := io.ReadFull(from, header[:]); err != nil {
		return chunks{}, readFailed(err)
	}
	if header[0] != streamVersion {
		return chunks{}, ErrVersion
	}
	return newChunks(key, header[1:])
}

// readFailed is the error of a stream that ended too soon or could not be read.
func readFailed(err error) error {
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return ErrDamaged
	}
	return fmt.Errorf("read a sealed stream: %w", err)
}

type reader struct {
	from   *bufio.Reader
	chunks chunks
	number int64
	sealed []byte // room for one chunk, opened in place
	plain  []byte // what of the open chunk is not read yet
	err    error
}

func (r *reader) Read(p []byte) (int, error) {
	for len(r.plain) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		r.next()
	}
	n := copy(p, r.plain)
	r.plain = r.plain[n:]
	return n, nil
}

// next opens one chunk. It is the last one if no byte follows.
func (r *reader) next() {
	n, err := io.ReadFull(r.from, r.sealed)
	if err != nil && err != io.ErrUnexpectedEOF {
		r.err = readFailed(err)
		return
	}
	_, err = r.from.Peek(1)
	if err != nil && err != io.EOF {
		r.err = readFailed(err)
		return
	}
	last := err == io.EOF
	r.plain, r.err = r.chunks.open(r.sealed[:0], r.sealed[:n], r.number, last)
	r.number++
	if r.err == nil && last {
		r.err = io.EOF
	}
}
