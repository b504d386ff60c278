package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"fmt"
	"io"
)

// A sealed stream is
//
//	version(1) | salt(16) | chunk | chunk | … | last chunk
//
// Each chunk is 64 KiB of plaintext under AES-256-GCM with its tag behind it;
// the last may be shorter, and is empty only if the stream is. The nonce is the
// chunk's number (11 bytes, big-endian) and a byte that is 1 for the last chunk:
// the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár 2015), by which
// chunks that are dropped, swapped, repeated, added or of another stream are
// noticed. The key of the chunks comes from the file key and the salt, so that
// even a file key used twice by mistake never repeats a nonce.
const (
	streamVersion = 1
	saltSize      = 16
	streamHeader  = 1 + saltSize

	chunkPlain  = 64 << 10
	chunkSealed = chunkPlain + tagSize
)

// FileKey is the key of one sealed stream. It belongs into a sealed value: when
// that is gone, nobody reads the stream again. It shows as [redacted] wherever
// it is printed, logged or made into JSON.
type FileKey [keySize]byte

// NewFileKey makes a random key.
func NewFileKey() FileKey { return FileKey(random(keySize)) }

// chunks seals and opens the chunks of one stream.
type chunks struct{ aead cipher.AEAD }

func newChunks(key FileKey, salt []byte) (chunks, error) {
	chunkKey, err := derive(key[:], salt, appendSized(nil, domain, "stream"), keySize)
	if err != nil {
		return chunks{}, err
	}
	defer clear(chunkKey)
	block, err := aes.NewCipher(chunkKey)
	if err != nil {
		return chunks{}, err
	}
	aead, err := cipher.NewGCM(block)
	return chunks{aead}, err
}

func (c chunks) nonce(number int64, last bool) []byte {
	nonce := make([]byte, nonceSize)
	binary.BigEndian.PutUint64(nonce[3:], uint64(number))
	if last {
		nonce[nonceSize-1] = 1
	}
	return nonce
}

func (c chunks) seal(dst, plain []byte, number int64, last bool) []byte {
	return c.aead.Seal(dst, c.nonce(number, last), plain, nil)
}

func (c chunks) open(dst, sealed []byte, number int64, last bool) ([]byte, error) {
	plain, err := c.aead.Open(dst, c.nonce(number, last), sealed, nil)
	if err != nil || (len(plain) == 0 && number > 0) {
		return nil, ErrDamaged
	}
	return plain, nil
}

// Writer seals what is written to it. It holds back up to one chunk until it is
// closed.
type Writer struct {
	to     io.Writer
	chunks chunks
	number int64
	plain  []byte // of the chunk in the making
	sealed []byte // room for one chunk
	err    error  // the first failure; nothing is written after it
}

// NewWriter begins a sealed stream. Without Close it is not whole and no reader
// takes it to its end.
func NewWriter(to io.Writer, key FileKey) (*Writer, error) {
	header := append([]byte{streamVersion}, random(saltSize)...)
	chunks, err := newChunks(key, header[1:])
	if err != nil {
		return nil, err
	}
	if _, err := to.Write(header); err != nil {
		return nil, fmt.Errorf("write the head of a sealed stream: %w", err)
	}
	return &Writer{
		to: to, chunks: chunks,
		plain: make([]byte, 0, chunkPlain), sealed: make([]byte, 0, chunkSealed),
	}, nil
}

// Write takes the bytes over; p is not kept.
func (w *Writer) Write(p []byte) (int, error) {
	taken := 0
	for w.err == nil && len(p) > 0 {
		if len(w.plain) == chunkPlain {
			w.flush(false)
			continue
		}
		n := min(len(p), chunkPlain-len(w.plain))
		w.plain = append(w.plain, p[:n]...)
		p, taken = p[n:], taken+n
	}
	return taken, w.err
}

// Close ends the stream. It does not close the writer below.
func (w *Writer) Close() error {
	if w.err != nil {
		return w.err
	}
	w.flush(true)
	clear(w.plain[:cap(w.plain)])
	if w.err != nil {
		return w.err
	}
	w.err = errWriterClosed
	return nil
}

func (w *Writer) flush(last bool) {
	w.sealed = w.chunks.seal(w.sealed[:0], w.plain, w.number, last)
	if _, err := w.to.Write(w.sealed); err != nil {
		w.err = fmt.Errorf("write a sealed stream: %w", err)
	}
	w.plain = w.plain[:0]
	w.number++
}
