// Flat drawing: filled shapes with smooth edges, and text.
package demo

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// fonts are shared by all drawings.
type fonts struct{ regular, bold, mono *opentype.Font }

func newFonts() fonts {
	parse := func(ttf []byte) *opentype.Font {
		f, err := opentype.Parse(ttf)
		if err != nil {
			panic("the font in the program is broken: " + err.Error())
		}
		return f
	}
	return fonts{parse(goregular.TTF), parse(gobold.TTF), parse(gomono.TTF)}
}

// canvas is a picture with its own coordinates: x and y count units of scale
// pixels from the origin.
type canvas struct {
	img   *image.RGBA
	x, y  float32 // the origin in pixels
	scale float32
}

func newCanvas(width, height int, background color.Color) canvas {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.Draw(img, img.Bounds(), image.NewUniform(background), image.Point{}, draw.Src)
	return canvas{img: img, scale: 1}
}

// in is the same picture with another origin and scale, in this one's units.
func (c canvas) in(x, y, scale float32) canvas {
	return canvas{img: c.img, x: c.x + x*c.scale, y: c.y + y*c.scale, scale: c.scale * scale}
}

// within keeps the drawing inside a rectangle.
func (c canvas) within(x, y, w, h float32) canvas {
	box := image.Rect(int(c.x+x*c.scale), int(c.y+y*c.scale), int(c.x+(x+w)*c.scale), int(c.y+(y+h)*c.scale))
	c.img = c.img.SubImage(box).(*image.RGBA)
	return c
}

type point struct{ x, y float32 }

// curve is a cubic Bézier curve from where the last one ended.
type curve struct{ a, b, to point }

// shape is a closed outline.
type shape struct {
	start  point
	curves []curve
}

func begin(x, y float32) *shape { return &shape{start: point{x, y}} }

func (s *shape) end() point {
	if len(s.curves) == 0 {
		return s.start
	}
	return s.curves[len(s.curves)-1].to
}

func (s *shape) line(x, y float32) *shape {
	s.curves = append(s.curves, curve{s.end(), point{x, y}, point{x, y}})
	return s
}

func (s *shape) bend(ax, ay, bx, by, x, y float32) *shape {
	s.curves = append(s.curves, curve{point{ax, ay}, point{bx, by}, point{x, y}})
	return s
}

// oval is an ellipse around x, y.
func oval(x, y, rx, ry float32) *shape {
	const k = 0.5522848 // four curves make a circle
	return begin(x+rx, y).
		bend(x+rx, y+k*ry, x+k*rx, y+ry, x, y+ry).
		bend(x-k*rx, y+ry, x-rx, y+k*ry, x-rx, y).
		bend(x-rx, y-k*ry, x-k*rx, y-ry, x, y-ry).
		bend(x+k*rx, y-ry, x+rx, y-k*ry, x+rx, y)
}

// box is a rectangle with round corners.
func box(x, y, w, h, r float32) *shape {
	return begin(x+r, y).
		line(x+w-r, y).bend(x+w, y, x+w, y, x+w, y+r).
		line(x+w, y+h-r).bend(x+w, y+h, x+w, y+h, x+w-r, y+h).
		line(x+r, y+h).bend(x, y+h, x, y+h, x, y+h-r).
		line(x, y+r).bend(x, y, x, y, x+r, y)
}

// fill paints the shapes as one. Only the part of the picture that they cover
// is touched.
func (c canvas) fill(ink color.Color, shapes ...*shape) {
	area := c.bounds(shapes).Intersect(c.img.Bounds())
	if area.Empty() {
		return
	}
	raster := vector.NewRasterizer(area.Dx(), area.Dy())
	at := func(p point) (x, y float32) {
		return c.x + p.x*c.scale - float32(area.Min.X), c.y + p.y*c.scale - float32(area.Min.Y)
	}
	for _, s := range shapes {
		raster.MoveTo(at(s.start))
		for _, k := range s.curves {
			ax, ay := at(k.a)
			bx, by := at(k.b)
			x, y := at(k.to)
			raster.CubeTo(ax, ay, bx, by, x, y)
		}
		raster.ClosePath()
	}
	raster.Draw(c.img, area, image.NewUniform(ink), image.Point{})
}

func (c canvas) bounds(shapes []*shape) image.Rectangle {
	low, high := point{math.MaxFloat32, math.MaxFloat32}, point{-math.MaxFloat32, -math.MaxFloat32}
	grow := func(p point) {
		low = point{min(low.x, p.x), min(low.y, p.y)}
		high = point{max(high.x, p.x), max(high.y, p.y)}
	}
	for _, s := range shapes {
		grow(s.start)
		for _, k := range s.curves {
			grow(k.a)
			grow(k.b)
			grow(k.to)
		}
	}
	return image.Rect(int(c.x+low.x*c.scale)-1, int(c.y+low.y*c.scale)-1, int(c.x+high.x*c.scale)+2, int(c.y+high.y*c.scale)+2)
}

// text writes a line with its baseline at y, size units high.
func (c canvas) text(f *opentype.Font, size float32, ink color.Color, x, y float32, line string) {
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: float64(size * c.scale), DPI: 72})
	if err != nil {
		return // a size of nothing shows nothing
	}
	at := fixed.Point26_6{X: fixed.Int26_6((c.x + x*c.scale) * 64), Y: fixed.Int26_6((c.y + y*c.scale) * 64)}
	(&font.Drawer{Dst: c.img, Src: image.NewUniform(ink), Face: face, Dot: at}).DrawString(line)
}
