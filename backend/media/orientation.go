package media

import (
	"bytes"
	"image"

	"github.com/bep/imagemeta"
)

// Which way up a photo is (EXIF 2.32, tag 0x0112).

var metadataFormats = map[string]imagemeta.ImageFormat{
	"image/jpeg": imagemeta.JPEG, "image/png": imagemeta.PNG, "image/webp": imagemeta.WebP,
}

// orientation is the tag's value, 1 to 8; 1 if the photo does not say.
func orientation(photo []byte, f format) int {
	found := 1
	const tag = "Orientation"
	_, err := imagemeta.Decode(imagemeta.Options{
		R: bytes.NewReader(photo), ImageFormat: metadataFormats[f.mime], Sources: imagemeta.EXIF,
		ShouldHandleTag: func(t imagemeta.TagInfo) bool { return t.Tag == tag && t.Namespace == "IFD0" },
		HandleTag: func(t imagemeta.TagInfo) error {
			if value, ok := t.Value.(uint16); ok && 1 <= value && value <= 8 {
				found = int(value)
			}
			return imagemeta.ErrStopWalking
		},
	})
	if err != nil {
		return 1 // metadata that cannot be read say nothing
	}
	return found
}

// turn gives the picture as it is meant to be seen.
func turn(p *image.RGBA, orientation int) *image.RGBA {
	if orientation == 1 {
		return p
	}
	size := p.Bounds().Size()
	right, bottom := size.X-1, size.Y-1
	sideways := orientation >= 5
	if sideways {
		size.X, size.Y = size.Y, size.X
	}
	turned := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			u, v := x, y // where the pixel comes from
			if sideways {
				u, v = y, x
			}
			if orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8 {
				u = right - u
			}
			if orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7 {
				v = bottom - v
			}
			turned.SetRGBA(x, y, p.RGBAAt(u, v))
		}
	}
	return turned
}
