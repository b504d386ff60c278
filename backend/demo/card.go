// Drawn documents: no country's design, and plainly marked as invented.
package demo

import (
	"image/color"
	"slices"
	"strings"
)

// The size of a picture of a document, in pixels; a card and a passport's page
// have nearly the same shape.
const (
	cardWidth  = 640
	cardHeight = 420
)

var (
	ink   = rgb(0x2b3440)
	faint = rgb(0x7d8894)
	desk  = rgb(0x8f969c)
)

// sheet is the empty document in front of a desk, cut off or shown on a screen
// as the kind of session asks for. It costs more to draw than what comes onto
// it, and there are only a dozen: each is drawn once and then copied.
func (p *Portal) sheet(k kind, doc string) canvas {
	name := sheetName{verified, doc} // stands for every kind whose document lies there whole
	if k == cutOff || k == onScreen {
		name.kind = k
	}
	drawn := p.blankSheet(name)
	img := *drawn.img
	img.Pix = slices.Clone(img.Pix)
	drawn.img = &img
	return drawn
}

type sheetName struct {
	kind kind
	doc  string
}

func (p *Portal) blankSheet(name sheetName) canvas {
	p.mu.Lock()
	defer p.mu.Unlock()
	drawn, ok := p.sheets[name]
	if !ok {
		drawn = drawSheet(name.kind, papers[name.doc])
		p.sheets[name] = drawn
	}
	return drawn
}

func drawSheet(k kind, paper color.RGBA) canvas {
	c := newCanvas(cardWidth, cardHeight, desk)
	switch k {
	case cutOff:
		c = c.in(150, 78, 1)
	case onScreen:
		c.fill(rgb(0x15181c), box(0, 0, cardWidth, cardHeight, 12))
		c = c.in(50, 32, 0.84)
	}
	c.fill(rgb(0x7a8086), box(14, 16, cardWidth-24, cardHeight-24, 22))
	c.fill(paper, box(10, 10, cardWidth-24, cardHeight-24, 22))
	c.waves(darker(paper, 5))
	return c
}

// waves is a pattern of fine lines, like that of a real document.
func (c canvas) waves(ink color.RGBA) {
	var lines []*shape
	for i := range 12 {
		y := 84 + float32(i)*24
		lines = append(lines, begin(12, y).bend(200, y-60, 420, y+60, 624, y-10).line(624, y-8).bend(420, y+62, 200, y-58, 12, y+2))
	}
	c.fill(ink, lines...)
}

// gloss draws what a screen adds to a picture: lines and a reflection.
func gloss(c canvas) {
	var lines []*shape
	for y := float32(0); y < cardHeight; y += 4 {
		lines = append(lines, box(0, y, cardWidth, 1.5, 0))
	}
	c.fill(color.RGBA{0, 0, 0, 26}, lines...)
	c.fill(color.RGBA{36, 38, 40, 40}, begin(380, 0).line(520, 0).line(300, cardHeight).line(160, cardHeight))
}

var titles = map[string]string{
	idCard: "IDENTITY CARD", passport: "PASSPORT", residenceCard: "RESIDENCE CARD", licence: "DRIVING LICENCE",
}

var papers = map[string]color.RGBA{
	idCard: rgb(0xe9f0ee), passport: rgb(0xefe9ee), residenceCard: rgb(0xeef0e4), licence: rgb(0xf3e6e2),
}

// front draws the side with the portrait.
func (p *Portal) front(m *maker) canvas {
	doc := m.who.document
	c := p.sheet(m.kind, doc.kind)
	c.text(p.fonts.bold, 24, ink, 34, 50, titles[doc.kind])
	c.text(p.fonts.bold, 24, ink, 560, 50, strings.Trim(m.who.nationality, "<"))
	c.text(p.fonts.regular, 13, rgb(0xb0503c), 34, 70, "INVENTED FOR A DEMONSTRATION - NOT A DOCUMENT")
	portrait := c.within(34, 86, 170, 218)
	portrait.fill(rgb(0xd3dbdf), box(34, 86, 170, 218, 0))
	portrait.in(119, 186, 66).bust(newLook(m.who))
	for i, f := range m.fields() {
		x, y := 226+float32(i%2)*200, 104+float32(i/2)*54
		c.text(p.fonts.regular, 13, faint, x, y, f.Key)
		c.text(p.fonts.bold, fitting(f.Value), ink, x, y+22, f.Value)
	}
	if doc.kind == passport {
		c.zone(p, m.mrz.text, 44, 20, 26, 336)
	}
	m.finish(c)
	return c
}

// fitting is the size at which a value fits its column.
func fitting(value string) float32 { return min(20, 300/float32(max(1, len(value)))) }

func (m *maker) fields() []extraField {
	who, doc := m.who, m.who.document
	return []extraField{
		{"Family name", who.last.latin}, {"Given name", who.first.latin},
		{"Personal number", who.personalNumber}, {"Document number", doc.number},
		{"Date of birth", dottedDate(who.born)}, {"Sex", sexWord(who.female)},
		{"Date of issue", dottedDate(doc.issued)}, {"Date of expiry", dottedDate(doc.expires)},
	}
}

// reverse draws the side with the machine-readable zone.
func (p *Portal) reverse(m *maker) canvas {
	doc := m.who.document
	c := p.sheet(m.kind, doc.kind)
	c.fill(rgb(0xcdb877), box(40, 50, 84, 66, 10))
	c.fill(rgb(0xa8935a), box(40, 82, 84, 2, 0), box(81, 50, 2, 66, 0))
	c.text(p.fonts.regular, 13, faint, 160, 70, "Date of issue")
	c.text(p.fonts.bold, 20, ink, 160, 94, dottedDate(doc.issued))
	c.text(p.fonts.regular, 13, faint, 360, 70, "Issued by")
	c.text(p.fonts.bold, 20, ink, 360, 94, "Office of Examples")
	c.text(p.fonts.regular, 13, rgb(0xb0503c), 40, 160, "INVENTED FOR A DEMONSTRATION - NOT A DOCUMENT")
	if m.hasMRZ() {
		c.zone(p, m.mrz.text, 30, 29, 34, 260)
	}
	m.finish(c)
	return c
}

// zone writes the machine-readable zone, so many characters a line.
func (c canvas) zone(p *Portal, text string, width int, size, x, y float32) {
	c.fill(rgb(0xfafafa), box(12, y-size*1.3, 612, cardHeight-22-y+size*1.3, 18))
	for len(text) >= width {
		c.text(p.fonts.mono, size*1.08, rgb(0x1d2126), x, y, text[:width])
		text, y = text[width:], y+size*1.5
	}
}

func (m *maker) finish(c canvas) {
	if m.kind == onScreen {
		gloss(canvas{img: c.img, scale: 1})
	}
}
