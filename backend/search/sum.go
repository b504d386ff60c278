package search

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"veridesk/backend/disk"
)

// writeSum keeps a sealed checksum of what is clear in the files, once they are
// closed and will not change, and how often the key has sealed.
func (g *generation) writeSum() error {
	segments, err := g.segments()
	if err != nil {
		return err
	}
	sum, err := g.sum(segments)
	if err != nil {
		return err
	}
	plain := binary.BigEndian.AppendUint64(nil, g.box.Used()+1)
	sealed, err := g.box.Seal(nil, append(plain, sum...), g.place(sumFile))
	if err != nil {
		return err
	}
	return disk.WriteFile(filepath.Join(g.dir, sumFile), sealed)
}

// checkSum compares the files with what writeSum kept, and returns how often the
// key has sealed. After a crash there is no sum and the answer is 0; the list of
// segments is then as good as bbolt's promise to survive one.
func (g *generation) checkSum(segments []string) (used uint64, err error) {
	sealed, err := os.ReadFile(filepath.Join(g.dir, sumFile))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	kept, err := g.box.Open(nil, sealed, g.place(sumFile))
	if err != nil {
		return 0, fmt.Errorf("checksum of the files: %w", err)
	}
	sum, err := g.sum(segments)
	if err != nil {
		return 0, err
	}
	if len(kept) < 8 || !bytes.Equal(kept[8:], sum) {
		return 0, errors.New("the files do not match their checksum")
	}
	return binary.BigEndian.Uint64(kept), nil
}

// ends is how much of a segment's end goes into the sum: its table of contents,
// and the checksum of all the rest, which is compared later.
const ends = 128

// sum is the SHA-256 of Bleve's settings, its list of segments, and the end of
// each segment.
func (g *generation) sum(segments []string) ([]byte, error) {
	sum := sha256.New()
	for _, name := range []string{metaFile, filepath.Join(storeDir, rootFile)} {
		content, err := os.ReadFile(filepath.Join(g.dir, name))
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(sum, "%s %d\n", name, len(content))
		sum.Write(content)
	}
	for _, name := range segments {
		if err := addEnd(sum, filepath.Join(g.dir, storeDir, name)); err != nil {
			return nil, err
		}
	}
	return sum.Sum(nil), nil
}

// addEnd adds a segment's name, size and end to a sum.
func addEnd(sum io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	fmt.Fprintf(sum, "%s %d\n", info.Name(), info.Size())
	_, err = io.Copy(sum, io.NewSectionReader(f, max(0, info.Size()-ends), ends))
	return err
}
