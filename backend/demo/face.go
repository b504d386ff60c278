// Drawn faces: flat, friendly, and the same for a person wherever it appears.
package demo

import "image/color"

// look is how a person looks.
type look struct {
	skin, shade, hair, cloth, back, iris color.RGBA
	female, glasses, beard, moustache    bool
	style                                int // of the hair
	width, brow, smile                   float32
}

// The hair styles: see hairBehind and hairAbove.
const (
	hairShort = iota
	hairSide
	hairBald
	hairLong
	hairBob
	hairBun
)

var (
	skins  = []color.RGBA{rgb(0xf6d7bd), rgb(0xf1c9a5), rgb(0xe8b48d), rgb(0xd9a06f), rgb(0xb97f52)}
	hairs  = []color.RGBA{rgb(0x241c1a), rgb(0x3a2a22), rgb(0x57392a), rgb(0x7a4f2e), rgb(0xa9773f), rgb(0x2d2d33)}
	greys  = []color.RGBA{rgb(0xb9b9bb), rgb(0x96979b), rgb(0xd8d6d2)}
	cloths = []color.RGBA{rgb(0x3e5c76), rgb(0x6b4e71), rgb(0x4f7a65), rgb(0x8c5a4a), rgb(0x44546a), rgb(0xa3874f), rgb(0x59616b)}
	backs  = []color.RGBA{rgb(0xdfe6ea), rgb(0xe8e3da), rgb(0xdde7df), rgb(0xe6dfe8), rgb(0xd5dde6)}
	irises = []color.RGBA{rgb(0x4a3222), rgb(0x5b4630), rgb(0x3e5f7d), rgb(0x4f6b4f)}
)

func rgb(hex uint32) color.RGBA {
	return color.RGBA{uint8(hex >> 16), uint8(hex >> 8), uint8(hex), 0xff}
}

// darker mixes the colour with black, percent of the way.
func darker(c color.RGBA, percent int) color.RGBA {
	dim := func(v uint8) uint8 { return uint8(int(v) * (100 - percent) / 100) }
	return color.RGBA{dim(c.R), dim(c.G), dim(c.B), 0xff}
}

func newLook(who person) look {
	c := seeded(int64(who.seed), streamFace, 0)
	years := Epoch.Year() - who.born.Year()
	l := look{
		skin: one(c, skins[:4]), hair: one(c, hairs), cloth: one(c, cloths), back: one(c, backs), iris: one(c, irises),
		female: who.female, glasses: c.percent(22), width: 0.68 + float32(c.IntN(8))/100,
		brow: float32(c.IntN(5)) / 100, smile: float32(c.IntN(8)) / 100,
	}
	if c.percent(6) {
		l.skin = skins[4]
	}
	if grey := one(c, greys); years > 58 && c.percent(80) {
		l.hair = grey
	}
	l.shade = darker(l.skin, 14)
	switch {
	case who.female:
		l.style = one(c, []int{hairLong, hairLong, hairBob, hairBun})
		return l
	case years > 40 && c.percent(30):
		l.style = hairBald
	default:
		l.style = one(c, []int{hairShort, hairSide})
	}
	l.beard, l.moustache = years > 22 && c.percent(28), years > 22 && c.percent(16)
	return l
}

// bust draws head and shoulders; the head is about 2 units high around the
// origin, the shoulders reach down to 5.
func (c canvas) bust(l look) {
	c.hairBehind(l)
	c.fill(l.cloth, begin(-1.75, 2.6).bend(-1.7, 1.5, -0.9, 1.35, -0.3, 1.2).line(0.3, 1.2).bend(0.9, 1.35, 1.7, 1.5, 1.75, 2.6).line(1.75, 5).line(-1.75, 5))
	c.fill(l.skin, begin(-0.3, 0.6).line(0.3, 0.6).line(0.3, 1.16).bend(0.3, 1.55, -0.3, 1.55, -0.3, 1.16))
	c.fill(l.shade, begin(-0.3, 0.8).line(0.3, 0.8).line(0.3, 0.98).bend(0.15, 1.14, -0.15, 1.14, -0.3, 0.98))
	c.fill(l.skin, oval(-l.width, 0.06, 0.11, 0.19), oval(l.width, 0.06, 0.11, 0.19))
	c.fill(l.skin, head(l))
	if l.beard {
		c.beard(l)
	}
	c.hairAbove(l)
	c.eyes(l)
	c.fill(l.shade, begin(-0.02, 0.02).bend(-0.06, 0.2, -0.17, 0.32, -0.1, 0.36).bend(-0.03, 0.4, 0.05, 0.4, 0.1, 0.35).bend(0.02, 0.36, -0.06, 0.34, 0.02, 0.02))
	c.mouth(l)
	if l.glasses {
		c.spectacles()
	}
}

func head(l look) *shape {
	w := l.width
	return begin(-w, -0.1).bend(-w, -1.25, w, -1.25, w, -0.1).
		bend(w, 0.5, 0.42, 0.97, 0, 0.98).bend(-0.42, 0.97, -w, 0.5, -w, -0.1)
}

func (c canvas) beard(l look) {
	w := l.width
	c.fill(l.hair, begin(-w, 0.05).bend(-0.6, 0.5, -0.4, 0.42, 0, 0.42).bend(0.4, 0.42, 0.6, 0.5, w, 0.05).
		bend(w, 0.62, 0.42, 1.06, 0, 1.07).bend(-0.42, 1.06, -w, 0.62, -w, 0.05))
}

func (c canvas) eyes(l look) {
	for _, side := range []float32{-1, 1} {
		x := side * 0.29
		c.fill(rgb(0xfbfaf8), oval(x, 0, 0.125, 0.075))
		c.fill(l.iris, oval(x, 0, 0.068, 0.068))
		c.fill(rgb(0x1c1715), oval(x, 0, 0.034, 0.034))
		c.fill(rgb(0xffffff), oval(x+0.025, -0.025, 0.014, 0.014))
		top := -0.17 - l.brow
		c.fill(darker(l.hair, 20), begin(x-side*0.15, top+0.04).bend(x-side*0.05, top-0.03, x+side*0.08, top-0.04, x+side*0.17, top+0.05).
			bend(x+side*0.08, top+0.01, x-side*0.05, top+0.02, x-side*0.15, top+0.08))
		if l.female {
			c.fill(rgb(0x2a211e), begin(x-0.14, -0.01).bend(x-0.08, -0.11, x+0.08, -0.11, x+0.14, -0.01).bend(x+0.08, -0.075, x-0.08, -0.075, x-0.14, -0.01))
		}
	}
}

func (c canvas) mouth(l look) {
	lip := color.RGBA{uint8(int(l.shade.R) * 9 / 10), uint8(int(l.shade.G) * 6 / 10), uint8(int(l.shade.B) * 6 / 10), 0xff}
	if l.moustache {
		c.fill(l.hair, begin(-0.27, 0.53).bend(-0.12, 0.38, 0.12, 0.38, 0.27, 0.53).bend(0.12, 0.49, -0.12, 0.49, -0.27, 0.53))
	}
	y := 0.57 - l.smile/2
	c.fill(lip, begin(-0.22, y).bend(-0.1, y+l.smile-0.03, 0.1, y+l.smile-0.03, 0.22, y).bend(0.12, y+l.smile+0.11, -0.12, y+l.smile+0.11, -0.22, y))
}

func (c canvas) spectacles() {
	frame := rgb(0x33373d)
	for _, x := range []float32{-0.29, 0.29} {
		ring(c, frame, x, 0.01, 0.21, 0.17, 0.03)
	}
	c.fill(frame, box(-0.09, -0.03, 0.18, 0.03, 0.01), box(-0.72, -0.04, 0.24, 0.03, 0.01), box(0.48, -0.04, 0.24, 0.03, 0.01))
}

// ring is an oval with a hole: the inner outline runs the other way round.
func ring(c canvas, ink color.Color, x, y, rx, ry, thick float32) {
	hole := oval(x, y, -(rx - thick), ry-thick)
	c.fill(ink, oval(x, y, rx, ry), hole)
}

func (c canvas) hairBehind(l look) {
	switch l.style {
	case hairLong:
		c.fill(l.hair, begin(-0.85, -0.2).bend(-0.95, -1.45, 0.95, -1.45, 0.85, -0.2).bend(0.82, 0.4, 1.05, 1.1, 0.9, 1.75).line(-0.9, 1.75).bend(-1.05, 1.1, -0.82, 0.4, -0.85, -0.2))
	case hairBob:
		c.fill(l.hair, begin(-0.86, -0.2).bend(-0.95, -1.42, 0.95, -1.42, 0.86, -0.2).bend(0.95, 0.3, 0.98, 0.6, 0.72, 0.86).line(-0.72, 0.86).bend(-0.98, 0.6, -0.95, 0.3, -0.86, -0.2))
	case hairBun:
		c.fill(l.hair, oval(0, -1.16, 0.34, 0.3))
	}
}

func (c canvas) hairAbove(l look) {
	w := l.width + 0.04
	crown := begin(-w, -0.02).bend(-w-0.06, -1.4, w+0.06, -1.4, w, -0.02)
	switch l.style {
	case hairShort:
		c.fill(l.hair, crown.bend(w-0.06, -0.3, w-0.1, -0.5, w-0.2, -0.6).bend(0.2, -0.72, -0.2, -0.72, -w+0.2, -0.6).bend(-w+0.1, -0.5, -w+0.06, -0.3, -w, -0.02))
	case hairSide:
		c.fill(l.hair, crown.bend(w-0.05, -0.4, w-0.12, -0.5, w-0.14, -0.58).bend(0.2, -0.5, -0.2, -0.62, -0.38, -0.8).bend(-0.45, -0.6, -w+0.08, -0.5, -w, -0.02))
	case hairBald:
		c.fill(l.hair, begin(-w, -0.02).bend(-w-0.02, -0.3, -w+0.02, -0.5, -w+0.08, -0.6).bend(-w+0.1, -0.4, -w+0.1, -0.2, -w, -0.02),
			begin(w, -0.02).bend(w+0.02, -0.3, w-0.02, -0.5, w-0.08, -0.6).bend(w-0.1, -0.4, w-0.1, -0.2, w, -0.02))
	default: // parted in the middle
		c.fill(l.hair, crown.bend(w-0.04, -0.35, 0.35, -0.55, 0, -0.86).bend(-0.35, -0.55, -w+0.04, -0.35, -w, -0.02))
	}
}
