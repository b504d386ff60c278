package media

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"veridesk/backend/seal"
)

// Read gives a kept photo, as it came. Kept needs File, Key, Size and SHA256 for
// it. A photo of which one bit is not as it was kept is not given at all: the
// error is ErrClosed, or an *idv.Error that wraps ErrMissing or ErrDamaged.
func (s *Store) Read(k Kept) ([]byte, error) {
	if err := s.begin(); err != nil {
		return nil, err
	}
	defer s.busy.Done()
	if !isName(k.File) {
		return nil, readFailed(fs.ErrNotExist)
	}
	photo, err := openFile(s.path(k.File), k)
	if err != nil {
		return nil, readFailed(err)
	}
	return photo, nil
}

func openFile(path string, k Kept) ([]byte, error) {
	if len(k.Key) != len(seal.FileKey{}) || k.Size < 0 || k.Size > MaxSize {
		return nil, ErrDamaged // a record that was not made by Keep
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	photo, err := unseal(file, seal.FileKey(k.Key), k.Size)
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256(photo); !bytes.Equal(sum[:], k.SHA256) {
		return nil, ErrDamaged
	}
	return photo, nil
}

// unseal reads a sealed stream of exactly size bytes to its authentic end.
func unseal(file io.Reader, key seal.FileKey, size int64) ([]byte, error) {
	sealed, err := seal.NewReader(file, key)
	if err != nil {
		return nil, judged(err)
	}
	photo := make([]byte, size)
	if _, err := io.ReadFull(sealed, photo); err != nil {
		return nil, judged(err)
	}
	if n, err := io.ReadFull(sealed, make([]byte, 1)); n > 0 || err != io.EOF {
		return nil, judged(err)
	}
	return photo, nil
}

// judged is ErrDamaged for everything but a failure of the disk.
func judged(err error) error {
	if err == nil || errors.Is(err, seal.ErrDamaged) || errors.Is(err, seal.ErrVersion) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return ErrDamaged
	}
	return fmt.Errorf("open a sealed file: %w", err)
}

// Remove deletes a photo's file. One that is not there is no error.
func (s *Store) Remove(file string) error {
	if err := s.begin(); err != nil {
		return err
	}
	defer s.busy.Done()
	if !isName(file) {
		return nil
	}
	if err := os.Remove(s.path(file)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove a photo: %w", err)
	}
	return nil
}
