package media

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// What counts as a photo, and how large it may be.

// The limits of a photo that is kept.
const (
	MaxSize   = 25 << 20   // bytes
	maxSide   = 12_000     // pixels
	maxPixels = 50_000_000 // of the whole picture
)

// format is a kind of file that a photo comes in.
type format struct {
	mime   string
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	cost   func(photo []byte, c image.Config) int64 // bytes of memory that decoding takes at most, roughly
}

// The formats are asked by name and not through image.Decode, so that no other
// package can add one.
var formats = [...]struct {
	format
	is func(photo []byte) bool
}{
	{format{"image/jpeg", jpeg.DecodeConfig, jpeg.Decode, jpegCost}, func(b []byte) bool { return bytes.HasPrefix(b, []byte("\xff\xd8\xff")) }},
	{format{"image/png", png.DecodeConfig, png.Decode, pngCost}, func(b []byte) bool { return bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")) }},
	{format{"image/webp", webp.DecodeConfig, webp.Decode, webpCost}, isWebP},
}

func isWebP(b []byte) bool {
	return len(b) >= 16 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP"
}

// formatOf goes by the first bytes: what a server says of a file does not count.
func formatOf(photo []byte) (format, bool) {
	for _, known := range formats {
		if known.is(photo) {
			return known.format, true
		}
	}
	return format{}, false
}

// isTooLarge says that the picture is, by its own head, beyond the limits.
func isTooLarge(c image.Config) bool {
	return c.Width > maxSide || c.Height > maxSide || c.Width*c.Height > maxPixels
}

func pixels(c image.Config) int64 { return int64(c.Width) * int64(c.Height) }

// jpegCost counts a byte for each component, what its conversion to RGB or CMYK
// takes, and for a progressive picture the coefficients of all of it.
func jpegCost(photo []byte, c image.Config) int64 {
	components, converted := int64(3), int64(0)
	switch c.ColorModel {
	case color.GrayModel:
		components = 1
	case color.RGBAModel:
		converted = 4
	case color.CMYKModel:
		components, converted = 4, 4
	}
	each := components + converted
	if isProgressive(photo) {
		each += 4 * components
	}
	return each * pixels(c)
}

// pngCost counts an interlaced picture twice: its passes are put together.
func pngCost(photo []byte, c image.Config) int64 {
	const interlace = 28 // where the head says so: PNG section 11.2.1
	each := int64(4)
	switch c.ColorModel {
	case color.GrayModel:
		each = 1
	case color.RGBA64Model, color.NRGBA64Model:
		each = 8
	}
	if len(photo) > interlace && photo[interlace] != 0 {
		each *= 2
	}
	return each * pixels(c)
}

// webpCost is small for a plain lossy picture. Any other may hold lossless
// parts, which are built with up to some 2,600 groups of Huffman trees.
func webpCost(photo []byte, c image.Config) int64 {
	if string(photo[12:16]) == "VP8 " {
		return 2 * pixels(c)
	}
	const trees = 130 << 20
	return trees + 8*pixels(c)
}

// isProgressive walks the segments of a JPEG up to its frame header (ITU-T T.81
// annex B): SOF2 is the progressive one that the decoder knows.
func isProgressive(photo []byte) bool {
	const sof2, startOfScan = 0xc2, 0xda
	for at := 2; at+4 <= len(photo); {
		if photo[at] != 0xff || photo[at+1] == 0xff { // fill bytes before a marker
			at++
			continue
		}
		switch photo[at+1] {
		case sof2:
			return true
		case startOfScan:
			return false
		}
		at += 2 + max(2, int(photo[at+2])<<8|int(photo[at+3]))
	}
	return false
}
