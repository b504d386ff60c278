package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"

	"veridesk/backend/disk"
	"veridesk/backend/seal"
)

// Kept is what a record must hold of a photo to find and open it again.
type Kept struct {
	File   string // its name in the store, with "/" on every system
	Key    []byte // of this file alone; belongs into a sealed value
	Size   int64  // of the photo, in bytes
	SHA256 []byte // of the photo
	Type   string // image/jpeg, image/png or image/webp
	Small  []byte // a JPEG for lists, upright and without metadata; nil if the photo cannot be decoded
}

// Format hides the key and the picture from fmt, whatever the verb.
func (k Kept) Format(to fmt.State, _ rune) { _, _ = io.WriteString(to, "photo "+k.File) }

// LogValue hides the key and the picture from logs.
func (k Kept) LogValue() slog.Value { return slog.StringValue("photo " + k.File) }

// Keep seals a photo, to its last byte as it came, into a new file. When it
// returns, the file is on the disk; it belongs to nobody until a record names
// it, and who does not come to that calls Remove (after a crash, Sweep does).
//
// A photo that cannot be decoded is kept all the same. One that is too large, or
// not a photo, is an *idv.Error that wraps ErrTooLarge or ErrNoPhoto. An error of
// the reader stands in the chain of what Keep returns.
func (s *Store) Keep(ctx context.Context, from io.Reader) (Kept, error) {
	ctx, release := s.whileOpen(ctx)
	defer release()
	photo, err := readPhoto(ctx, from)
	if err != nil {
		return Kept{}, err
	}
	f, ok := formatOf(photo)
	if !ok {
		return Kept{}, noPhoto()
	}
	var small []byte
	if config, err := f.config(&cancellable{ctx, bytes.NewReader(photo)}); err == nil {
		if isTooLarge(config) {
			return Kept{}, tooLarge("12,000 pixels a side or 50 million in all")
		}
		if small, err = s.small(ctx, photo, f, config); err != nil {
			return Kept{}, err
		}
	}
	file, key, err := s.write(ctx, photo)
	if err != nil {
		return Kept{}, err
	}
	sum := sha256.Sum256(photo)
	return Kept{File: file, Key: key[:], Size: int64(len(photo)), SHA256: sum[:], Type: f.mime, Small: small}, nil
}

// readPhoto reads all of it, and no more than the limit.
func readPhoto(ctx context.Context, from io.Reader) ([]byte, error) {
	photo, err := io.ReadAll(io.LimitReader(&cancellable{ctx, from}, MaxSize+1))
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case err != nil:
		return nil, fmt.Errorf("read a photo to keep: %w", err)
	case len(photo) > MaxSize:
		return nil, tooLarge("25 MiB")
	default:
		return photo, nil
	}
}

// write makes the file: under a name that Open clears away first, so that a
// crash never leaves a part of a photo under a name that counts.
func (s *Store) write(ctx context.Context, photo []byte) (string, seal.FileKey, error) {
	if err := s.begin(); err != nil {
		return "", seal.FileKey{}, err
	}
	defer s.busy.Done()
	if ctx.Err() != nil {
		return "", seal.FileKey{}, context.Cause(ctx)
	}
	name, key := s.newName(), seal.NewFileKey()
	temp := filepath.Join(s.dir, tempDir, filepath.Base(name))
	err := sealFile(temp, photo, key)
	if err == nil {
		err = s.place(temp, name)
	}
	if err != nil {
		_ = os.Remove(temp)
		return "", seal.FileKey{}, writeFailed(err)
	}
	return name, key, nil
}

// sealFile leaves a whole and synced file, or an error.
func sealFile(path string, photo []byte, key seal.FileKey) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	sealed, err := seal.NewWriter(file, key)
	if err == nil {
		_, err = sealed.Write(photo)
	}
	if err == nil {
		err = sealed.Close()
	}
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// place moves the finished file to its name, making its folders if need be.
func (s *Store) place(temp, name string) error {
	for _, dir := range []string{s.path(name[:1]), s.path(name[:3])} {
		err := os.Mkdir(dir, 0o700)
		if err == nil {
			_ = disk.Sync(filepath.Dir(dir))
		} else if !errors.Is(err, os.ErrExist) {
			return err
		}
	}
	return disk.Replace(temp, s.path(name))
}
