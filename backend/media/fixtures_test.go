package media_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"veridesk/backend/media"
)

// marker stands for what a camera writes beside the picture.
const marker = "GPS-41.7151N-44.8271E-secret-place"

// corners are the colours of the four quarters of every test picture, as it is
// meant to be seen.
var corners = map[string]color.RGBA{
	"top left": {220, 30, 30, 255}, "top right": {30, 200, 30, 255},
	"bottom left": {30, 30, 220, 255}, "bottom right": {230, 230, 230, 255},
}

// quarters is a picture of four colours, named from the top left, row by row.
func quarters(width, height int, names ...string) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			p.SetRGBA(x, y, corners[names[y*2/height*2+x*2/width]])
		}
	}
	return p
}

func upright(width, height int) *image.RGBA {
	return quarters(width, height, "top left", "top right", "bottom left", "bottom right")
}

func jpegOf(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// exif is a block of metadata as a phone writes it: orientation, a description
// and a place (EXIF 2.32, TIFF 6.0).
func exif(orientation uint16) []byte {
	const entries, valuesAt = 2, 8 + 2 + 2*12 + 4
	b := []byte("II*\x00\x08\x00\x00\x00")
	b = binary.LittleEndian.AppendUint16(b, entries)
	entry := func(tag, kind uint16, count, value uint32) {
		b = binary.LittleEndian.AppendUint16(b, tag)
		b = binary.LittleEndian.AppendUint16(b, kind)
		b = binary.LittleEndian.AppendUint32(b, count)
		b = binary.LittleEndian.AppendUint32(b, value)
	}
	entry(0x010e, 2, uint32(len(marker)+1), valuesAt) // ImageDescription
	entry(0x0112, 3, 1, uint32(orientation))          // Orientation
	b = binary.LittleEndian.AppendUint32(b, 0)        // no further directory
	return append(append(b, marker...), 0)
}

// withExif puts metadata into a JPEG (APP1) or a PNG (eXIf).
func withExif(photo []byte, orientation uint16) []byte {
	block := exif(orientation)
	if photo[0] == 0xff {
		block = append([]byte("Exif\x00\x00"), block...)
		segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(block)+2))
		return join(photo[:2], segment, block, photo[2:])
	}
	const afterHead = 8 + 25
	return join(photo[:afterHead], pngChunk("eXIf", block), photo[afterHead:])
}

func pngChunk(name string, data []byte) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	chunk = append(append(chunk, name...), data...)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// plainWebP is a lossless WebP of one colour: its five Huffman codes have one
// symbol each, so that any size takes no more bytes.
func plainWebP(width, height int) []byte {
	var bits uint64
	n := 0
	put := func(value uint64, count int) { bits |= value << n; n += count }
	put(uint64(width-1), 14)
	put(uint64(height-1), 14)
	put(0, 1+3+1+1+1) // no alpha, version, no transform, no colour cache, one group
	head := binary.LittleEndian.AppendUint64(nil, bits)[:4]
	rest := bits >> 32
	bits, n = rest, n-32
	for _, symbol := range []uint64{120, 200, 80, 255, 0} {
		put(1|0<<1|1<<2, 3) // simple, one symbol, of eight bits
		put(symbol, 8)
	}
	data := join([]byte{0x2f}, head, binary.LittleEndian.AppendUint64(nil, bits), make([]byte, 1))
	file := join([]byte("WEBPVP8L"), binary.LittleEndian.AppendUint32(nil, uint32(len(data))), data)
	return join([]byte("RIFF"), binary.LittleEndian.AppendUint32(nil, uint32(len(file))), file)
}

// pngHead is a PNG that claims a size and has no pixels.
func pngHead(width, height uint32) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, width), height)
	return join([]byte("\x89PNG\r\n\x1a\n"), pngChunk("IHDR", append(head, 8, 6, 0, 0, 0)))
}

// pngStart has the first pixels, so that a decoder makes room for all of them.
func pngStart(width, height uint32) []byte {
	var packed bytes.Buffer
	pixels := zlib.NewWriter(&packed)
	_, _ = pixels.Write(make([]byte, 1000))
	_ = pixels.Close()
	return join(pngHead(width, height), pngChunk("IDAT", packed.Bytes()))
}

// resized changes the size in the head of a JPEG, and nothing else.
func resized(photo []byte, width, height uint16) []byte {
	photo = bytes.Clone(photo)
	at := bytes.Index(photo, []byte{0xff, 0xc0})
	binary.BigEndian.PutUint16(photo[at+5:], height)
	binary.BigEndian.PutUint16(photo[at+7:], width)
	return photo
}

// progressive turns a baseline JPEG into the first scan of a progressive one.
func progressive(photo []byte) []byte {
	photo = bytes.Clone(photo)
	photo[bytes.Index(photo, []byte{0xff, 0xc0})+1] = 0xc2
	scan := bytes.Index(photo, []byte{0xff, 0xda})
	scan += 2 + int(binary.BigEndian.Uint16(photo[scan+2:]))
	copy(photo[scan-3:], []byte{0, 0, 0}) // only the first coefficient of each block
	return photo
}

func open(t testing.TB, dir string) *media.Store {
	t.Helper()
	s, err := media.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

func keep(t testing.TB, s *media.Store, photo []byte) media.Kept {
	t.Helper()
	kept, err := s.Keep(t.Context(), bytes.NewReader(photo))
	if err != nil {
		t.Fatal(err)
	}
	return kept
}

// files are the paths of all files below a folder, from it.
func files(t testing.TB, dir string) (found []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(dir, path)
			found = append(found, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func pathOf(dir string, kept media.Kept) string {
	return filepath.Join(dir, filepath.FromSlash(kept.File))
}
