// Photos: what a signed link leads to.
package demo

import (
	"bytes"
	"image/color"
	"image/jpeg"
	"net/http"
	"strconv"
	"strings"
)

// The size of a selfie, in pixels.
const (
	selfieWidth  = 360
	selfieHeight = 480
)

func (p *Portal) photo(w http.ResponseWriter, r *http.Request) {
	if !p.allowed(r.URL) {
		fail(w, http.StatusForbidden, "the link has expired or is not signed")
		return
	}
	i, ok := p.open(w, r)
	if !ok {
		return
	}
	name, isJPEG := strings.CutSuffix(r.PathValue("name"), ".jpg")
	picture, ok := p.draw(i, name)
	if !ok || !isJPEG {
		fail(w, http.StatusNotFound, "no such photo")
		return
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture.img, &jpeg.Options{Quality: 82}); err != nil {
		http.Error(w, "cannot draw the photo", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "image/jpeg")
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	w.Write(b.Bytes()) // a client that has gone needs no photo
}

// draw is the photo of that name, if the session has it. What it shows is what
// the portal found: a photo of a screen, a card with a corner missing, another
// face than the document's.
func (p *Portal) draw(i uint32, name string) (canvas, bool) {
	pl := p.plan(i).at(p.now())
	if pl.erased {
		return canvas{}, false
	}
	m := p.maker(pl, nil)
	switch {
	case name == selfie1 || name == selfie2:
		return m.selfie(name == selfie2), true
	case name == frontPhoto && m.kind.hasDocument():
		return p.front(m), true
	case name == backPhoto && m.kind.hasDocument() && m.who.document.card():
		return p.reverse(m), true
	}
	return canvas{}, false
}

// selfie draws the person in front of the camera; the second comes a little
// closer and smiles.
func (m *maker) selfie(second bool) canvas {
	l := newLook(m.who)
	if m.kind == otherFace {
		other := m.who
		other.seed++
		l = newLook(other)
	}
	c := newCanvas(selfieWidth, selfieHeight, l.back)
	c.fill(darker(l.back, 4), oval(selfieWidth/2, 520, 330, 300))
	x, y, size := float32(180), float32(215), float32(108)
	if second {
		x, y, size = 172, 222, 118
		l.smile += 0.05
	}
	switch m.kind {
	case noLife: // a printed photo, held up
		c.framed(rgb(0xfdfdfb), l.back, 46, 60, 268, 350, 4).in(x*0.7+54, y*0.7+66, size*0.7).bust(l)
	case replayed: // another phone's screen
		c.framed(rgb(0x17191c), darker(l.back, 12), 62, 30, 236, 420, 26).in(x*0.62+68, y*0.62+110, size*0.62).bust(l)
	default:
		c.in(x, y, size).bust(l)
	}
	return c
}

// framed draws a frame and gives what is inside it.
func (c canvas) framed(frame, back color.RGBA, x, y, w, h, round float32) canvas {
	c.fill(frame, box(x, y, w, h, round))
	inside := c.within(x+14, y+18, w-28, h-36)
	inside.fill(back, box(x+14, y+18, w-28, h-36, 0))
	return inside
}
