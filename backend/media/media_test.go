package media_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"veridesk/backend/idv"
	"veridesk/backend/media"
)

func lossyWebP(t testing.TB) []byte {
	t.Helper()
	photo, err := os.ReadFile(filepath.Join("testdata", "lossy.webp"))
	if err != nil {
		t.Fatal(err)
	}
	return photo
}

func TestKeepAndRead(t *testing.T) {
	grey := image.NewGray(image.Rect(0, 0, 300, 300))
	for name, c := range map[string]struct {
		photo []byte
		mime  string
		small image.Point
	}{
		"jpeg":         {jpegOf(t, upright(360, 480)), "image/jpeg", image.Pt(120, 160)},
		"large jpeg":   {jpegOf(t, upright(1200, 800)), "image/jpeg", image.Pt(160, 107)},
		"grey jpeg":    {jpegOf(t, grey), "image/jpeg", image.Pt(160, 160)},
		"tiny":         {jpegOf(t, upright(8, 4)), "image/jpeg", image.Pt(8, 4)},
		"a line":       {pngOf(t, upright(4000, 2)), "image/png", image.Pt(160, 1)},
		"png":          {pngOf(t, upright(640, 420)), "image/png", image.Pt(160, 105)},
		"lossy webp":   {lossyWebP(t), "image/webp", image.Pt(160, 80)},
		"webp":         {plainWebP(400, 200), "image/webp", image.Pt(160, 80)},
		"many chunks":  {join(jpegOf(t, upright(100, 100)), make([]byte, 300_000)), "image/jpeg", image.Pt(100, 100)},
		"whole chunks": {padded(jpegOf(t, upright(100, 100)), 128<<10), "image/jpeg", image.Pt(100, 100)},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, t.TempDir())
			kept := keep(t, s, c.photo)
			sum := sha256.Sum256(c.photo)
			if kept.Type != c.mime || kept.Size != int64(len(c.photo)) || !bytes.Equal(kept.SHA256, sum[:]) {
				t.Errorf("kept as %s, %d bytes", kept.Type, kept.Size)
			}
			if got, err := s.Read(kept); err != nil || !bytes.Equal(got, c.photo) {
				t.Errorf("another photo came back: %v", err)
			}
			if small := decodeSmall(t, kept); small.Bounds().Size() != c.small {
				t.Errorf("small is %v, want %v", small.Bounds().Size(), c.small)
			}
		})
	}
}

func padded(photo []byte, size int) []byte { return append(photo, make([]byte, size-len(photo))...) }

func decodeSmall(t *testing.T, kept media.Kept) image.Image {
	t.Helper()
	small, err := jpeg.Decode(bytes.NewReader(kept.Small))
	if err != nil {
		t.Fatal(err)
	}
	return small
}

// What is clear goes onto white, as the page shows it.
func TestTransparentPhoto(t *testing.T) {
	kept := keep(t, open(t, t.TempDir()), pngOf(t, image.NewNRGBA(image.Rect(0, 0, 200, 200))))
	if r, g, b, _ := decodeSmall(t, kept).At(80, 80).RGBA(); r>>8 < 250 || g>>8 < 250 || b>>8 < 250 {
		t.Errorf("clear became %d %d %d", r>>8, g>>8, b>>8)
	}
}

// No file shows what is in it: not a word of it, not what kind of file it is.
func TestSealedOnDisk(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "photos")
	s := open(t, dir)
	secrets := []string{marker, "Exif", "JFIF", "\xff\xd8\xff", "PNG", "IHDR", "WEBP", "eXIf"}
	for range 5 {
		keep(t, s, withExif(jpegOf(t, upright(360, 480)), 1))
		keep(t, s, withExif(pngOf(t, upright(360, 480)), 1))
		keep(t, s, lossyWebP(t))
	}
	names := files(t, dir)
	if len(names) != 15 {
		t.Fatalf("%d files", len(names))
	}
	for _, name := range names {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range secrets {
			if len(secret) > 3 && bytes.Contains(data, []byte(secret)) || bytes.HasPrefix(data, []byte(secret)) {
				t.Errorf("%s tells %q", name, secret)
			}
		}
	}
	if runtime.GOOS != "windows" {
		wantPrivate(t, dir)
	}
}

func wantPrivate(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if info, err := entry.Info(); err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is %v to others (%v)", path, info.Mode(), err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A folder that others could look into is closed to them.
func TestOpenClosesTheFolderToOthers(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("skipped: Windows has no such modes")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
	wantPrivate(t, dir)
}

// Every bit, every shorter file, bytes behind it and another's file are noticed.
func TestDamage(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	kept := keep(t, s, jpegOf(t, upright(8, 8)))
	other := keep(t, s, jpegOf(t, upright(8, 8)))
	path := pathOf(dir, kept)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	refused := func(what string, data []byte) {
		t.Helper()
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		photo, err := s.Read(kept)
		if !errors.Is(err, media.ErrDamaged) || idv.AsError(err).Code != idv.CodeDamaged || photo != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	for bit := range len(whole) * 8 {
		changed := bytes.Clone(whole)
		changed[bit/8] ^= 1 << (bit % 8)
		refused(fmt.Sprint("bit ", bit), changed)
	}
	for size := range len(whole) {
		refused(fmt.Sprint(size, " bytes"), whole[:size])
	}
	refused("a byte more", append(bytes.Clone(whole), 0))
	others, err := os.ReadFile(pathOf(dir, other))
	if err != nil {
		t.Fatal(err)
	}
	refused("another photo's file", others)
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Read(kept); err != nil {
		t.Fatalf("put back: %v", err)
	}
}

// A file of several chunks, cut or changed anywhere.
func TestDamageOfManyChunks(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	kept := keep(t, s, padded(jpegOf(t, upright(100, 100)), 256<<10))
	path := pathOf(dir, kept)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(3, 3))
	const head, chunk = 17, 64<<10 + 16
	for n := range 300 {
		damaged := bytes.Clone(whole)
		switch at := random.IntN(len(whole)); {
		case n < 4: // whole chunks gone from the end
			damaged = damaged[:head+n*chunk]
		case n%2 == 0:
			damaged[at] ^= 1 << random.IntN(8)
		default:
			damaged = damaged[:at]
		}
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if photo, err := s.Read(kept); !errors.Is(err, media.ErrDamaged) || photo != nil {
			t.Fatalf("%d: %v", n, err)
		}
	}
}

// Records that do not fit the file, and names that are no names of photos.
func TestOtherRecords(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "photos"))
	kept := keep(t, s, jpegOf(t, upright(8, 8)))
	outside := filepath.Join(dir, "outside")
	if err := os.WriteFile(outside, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	change := func(what string, want error, change func(*media.Kept)) {
		t.Helper()
		other := kept
		change(&other)
		if _, err := s.Read(other); !errors.Is(err, want) || idv.AsError(err).Hint == "" {
			t.Errorf("%s: %v", what, err)
		}
	}
	change("key", media.ErrDamaged, func(k *media.Kept) { k.Key = bytes.Repeat([]byte{1}, 32) })
	change("no key", media.ErrDamaged, func(k *media.Kept) { k.Key = nil })
	change("less", media.ErrDamaged, func(k *media.Kept) { k.Size-- })
	change("more", media.ErrDamaged, func(k *media.Kept) { k.Size++ })
	change("absurd size", media.ErrDamaged, func(k *media.Kept) { k.Size = 1 << 50 })
	change("negative size", media.ErrDamaged, func(k *media.Kept) { k.Size = -1 })
	change("hash", media.ErrDamaged, func(k *media.Kept) { k.SHA256 = make([]byte, 32) })
	change("no hash", media.ErrDamaged, func(k *media.Kept) { k.SHA256 = nil })
	for _, name := range []string{"", "../outside", "a/b/../../../outside", outside, "new/x", kept.File + "/", strings.ToUpper(kept.File), "a/b/" + strings.Repeat("a", 24)} {
		change(name, media.ErrMissing, func(k *media.Kept) { k.File = name })
		if err := s.Remove(name); err != nil {
			t.Errorf("remove %q: %v", name, err)
		}
	}
	if text, err := os.ReadFile(outside); err != nil || string(text) != "mine" {
		t.Errorf("a file outside: %q, %v", text, err)
	}
	if err := errors.Join(s.Remove(kept.File), s.Remove(kept.File)); err != nil {
		t.Error(err)
	}
	if _, err := s.Read(kept); !errors.Is(err, media.ErrMissing) {
		t.Errorf("removed: %v", err)
	}
}

// Neither the small picture nor any print of what was kept tells a secret; the
// photo itself stays as it came.
func TestMetadataStaysInThePhoto(t *testing.T) {
	s := open(t, t.TempDir())
	for _, photo := range [][]byte{withExif(jpegOf(t, upright(200, 100)), 1), withExif(pngOf(t, upright(200, 100)), 1)} {
		kept := keep(t, s, photo)
		for _, secret := range []string{marker, "Exif", "II*"} {
			if bytes.Contains(kept.Small, []byte(secret)) {
				t.Errorf("small tells %q", secret)
			}
		}
		if got, err := s.Read(kept); err != nil || !bytes.Contains(got, []byte(marker)) {
			t.Errorf("the photo was changed: %v", err)
		}
		for _, printed := range []string{fmt.Sprint(kept), fmt.Sprintf("%+v %#v %x", kept, kept, kept), kept.LogValue().String()} {
			if strings.Contains(printed, fmt.Sprintf("%x", kept.Key)) || strings.Contains(printed, fmt.Sprint(kept.Key)) {
				t.Errorf("printed with its key: %s", printed)
			}
		}
	}
}

// sides say for each orientation where the first row and the first column of the
// file belong when it is seen upright (EXIF 2.32, tag 0x0112).
var sides = map[uint16][2]string{
	1: {"top", "left"}, 2: {"top", "right"}, 3: {"bottom", "right"}, 4: {"bottom", "left"},
	5: {"left", "top"}, 6: {"right", "top"}, 7: {"right", "bottom"}, 8: {"left", "bottom"},
}

func TestOrientation(t *testing.T) {
	s := open(t, t.TempDir())
	for orientation, side := range sides {
		width, height := 200, 100
		if orientation >= 5 {
			width, height = height, width
		}
		stored := quarters(width, height,
			corner(side[0], side[1]), corner(side[0], opposite[side[1]]),
			corner(opposite[side[0]], side[1]), corner(opposite[side[0]], opposite[side[1]]))
		for _, photo := range [][]byte{jpegOf(t, stored), pngOf(t, stored)} {
			small := decodeSmall(t, keep(t, s, withExif(photo, orientation)))
			if small.Bounds().Size() != image.Pt(160, 80) {
				t.Errorf("orientation %d: %v", orientation, small.Bounds().Size())
			}
			for name, at := range map[string]image.Point{
				"top left": {40, 20}, "top right": {120, 20}, "bottom left": {40, 60}, "bottom right": {120, 60},
			} {
				if got := small.At(at.X, at.Y); !near(got, corners[name]) {
					t.Errorf("orientation %d: %s is %v", orientation, name, got)
				}
			}
		}
	}
}

var opposite = map[string]string{"top": "bottom", "bottom": "top", "left": "right", "right": "left"}

func corner(a, b string) string {
	if a == "left" || a == "right" {
		a, b = b, a
	}
	return a + " " + b
}

func near(a, b color.Color) bool {
	ar, ag, ab, _ := a.RGBA()
	br, bg, bb, _ := b.RGBA()
	off := func(x, y uint32) bool { return max(x, y)-min(x, y) > 40<<8 }
	return !off(ar, br) && !off(ag, bg) && !off(ab, bb)
}

// An orientation that no camera writes turns nothing.
func TestOddOrientation(t *testing.T) {
	s := open(t, t.TempDir())
	for _, orientation := range []uint16{0, 9, 65535} {
		if size := decodeSmall(t, keep(t, s, withExif(jpegOf(t, upright(200, 100)), orientation))).Bounds().Size(); size != image.Pt(160, 80) {
			t.Errorf("orientation %d: %v", orientation, size)
		}
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// What ended the reading stands in the error, and nothing is left behind.
func TestReaderFails(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	cause := &idv.Error{Code: idv.CodeUnreachable, Message: "Gone."}
	_, err := s.Keep(t.Context(), io.MultiReader(bytes.NewReader(jpegOf(t, upright(8, 8))), failing{cause}))
	if !errors.Is(err, cause) || idv.AsError(err) != cause {
		t.Errorf("%v", err)
	}
	if left := files(t, dir); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}
