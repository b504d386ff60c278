package media

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"runtime"

	"golang.org/x/image/draw"
)

// The small picture that lists show: made anew from the pixels, so that nothing
// of what a camera writes beside them (place, time, device) is in it.

const (
	smallSide    = 160 // pixels of the longest side
	smallQuality = 80

	// maxCost is the most memory that decoding may take. A photo that wants more
	// is kept without a small picture.
	maxCost = 224 << 20
	// costly decodings leave no room for garbage of the one before.
	costly = 32 << 20
)

// small makes the small picture, or nil if the photo cannot be decoded. The
// error is the context's cause.
func (s *Store) small(ctx context.Context, photo []byte, f format, c image.Config) ([]byte, error) {
	cost := f.cost(photo, c)
	if cost > maxCost {
		return nil, nil
	}
	select {
	case s.decoding <- struct{}{}:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	defer func() { <-s.decoding }()
	if cost > costly {
		defer runtime.GC()
	}
	made, err := shrink(ctx, photo, f)
	if err != nil && ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return made, nil // broken photos are common, and no reason to lose them
}

func shrink(ctx context.Context, photo []byte, f format) (made []byte, err error) {
	defer func() {
		if fault := recover(); fault != nil { // a decoder that stumbles over a crafted file
			err = fmt.Errorf("decode a photo: %v", fault)
		}
	}()
	picture, err := f.decode(&cancellable{ctx, bytes.NewReader(photo)})
	if err != nil {
		return nil, fmt.Errorf("decode a photo: %w", err)
	}
	if picture.Bounds().Empty() {
		return nil, errors.New("decode a photo: it has no pixels")
	}
	upright := turn(reduce(picture), orientation(photo, f))
	var b bytes.Buffer
	err = jpeg.Encode(&b, upright, &jpeg.Options{Quality: smallQuality})
	return b.Bytes(), err
}

// cancellable makes a decoder end early: it asks for more bytes now and then.
type cancellable struct {
	ctx  context.Context
	from io.Reader
}

func (c *cancellable) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.from.Read(p)
}

// reduce scales the picture down onto white. A large one goes through a coarse
// step first, of which each pixel costs the same however large the picture is.
func reduce(picture image.Image) *image.RGBA {
	if size := fit(picture.Bounds().Size(), 3*smallSide); size != picture.Bounds().Size() {
		coarse := image.NewRGBA(image.Rectangle{Max: size})
		draw.ApproxBiLinear.Scale(coarse, coarse.Bounds(), picture, picture.Bounds(), draw.Src, nil)
		picture = coarse
	}
	fine := image.NewRGBA(image.Rectangle{Max: fit(picture.Bounds().Size(), smallSide)})
	draw.Draw(fine, fine.Bounds(), image.White, image.Point{}, draw.Src)
	draw.CatmullRom.Scale(fine, fine.Bounds(), picture, picture.Bounds(), draw.Over, nil)
	return fine
}

// fit is the size with its longest side at most side, and no side 0.
func fit(size image.Point, side int) image.Point {
	longest := max(size.X, size.Y)
	if longest <= side {
		return size
	}
	scaled := func(n int) int { return cmp.Or((n*side+longest/2)/longest, 1) }
	return image.Pt(scaled(size.X), scaled(size.Y))
}
