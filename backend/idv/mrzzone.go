package idv

import (
	"slices"
	"strings"
	"unicode"
)

// Recognising a machine-readable zone in the text that the portal read.

// filler is the sign for nothing.
const filler = '<'

// zone is a text cut into the lines of its format; they have its width.
type zone struct {
	format MRZFormat
	lines  [][]rune
	asRead []string // never nil
	faults []MRZFault
}

// sizes are the formats by the number of lines and signs in each.
var sizes = [...]struct {
	format       MRZFormat
	lines, width int
}{{TD1, 3, 30}, {TD2, 2, 36}, {TD3, 2, 44}}

// readZone finds the format by the number of signs. Without one it says why.
func readZone(text string) zone {
	z := zone{asRead: []string{}, faults: []MRZFault{}}
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if line = strings.TrimSpace(line); line != "" {
			z.asRead = append(z.asRead, line)
		}
	}
	if len(z.asRead) == 0 {
		return z
	}
	signs := z.signs()
	for _, size := range sizes {
		if len(signs) == size.lines*size.width {
			z.cut(size.format, signs, size.width)
		}
	}
	switch {
	case z.format == MRZUnknown && isPart(len(signs)):
		z.faults = append(z.faults, MRZLines)
	case z.format == MRZUnknown:
		z.faults = append(z.faults, MRZLength)
	case z.isForeign():
		z.format = MRZUnknown
		z.faults = append(z.faults, MRZLayout)
	}
	return z
}

// cut makes the zone one of that format. If the portal told the lines apart, they
// must have the width.
func (z *zone) cut(format MRZFormat, signs []rune, width int) {
	if len(z.asRead) > 1 {
		for _, line := range z.asRead {
			if n := len(withoutBlanks(line)); n > width {
				return
			}
		}
	}
	z.format = format
	z.lines = slices.Collect(slices.Chunk(signs, width))
	if len(z.asRead) == 1 {
		z.asRead = z.asRead[:0]
		for _, line := range z.lines {
			z.asRead = append(z.asRead, string(line))
		}
	}
}

// signs are all signs of the zone as capitals, and notes what was mended.
func (z *zone) signs() []rune {
	text := strings.Join(z.asRead, "")
	signs := withoutBlanks(text)
	if spread := []rune(text); len(signs) != len(spread) {
		z.faults = append(z.faults, MRZBlanks)
		if !isWhole(len(signs)) && isWhole(len(spread)) {
			signs = spread
		}
	}
	odd := false
	for i, r := range signs {
		switch {
		case unicode.IsSpace(r):
			signs[i] = filler
		case r >= 'a' && r <= 'z':
			signs[i] = r - 'a' + 'A'
			if !slices.Contains(z.faults, MRZLowerCase) {
				z.faults = append(z.faults, MRZLowerCase)
			}
		default:
			odd = odd || !isSign(r)
		}
	}
	if odd {
		z.faults = append(z.faults, MRZCharacters)
	}
	return signs
}

// isForeign reports a visa (ICAO 9303 part 7) or the old French card: they have the
// sizes of other documents and their fields elsewhere.
func (z *zone) isForeign() bool {
	return z.lines[0][0] == 'V' || z.format == TD2 && strings.HasPrefix(string(z.lines[0]), "IDFRA")
}

func isSign(r rune) bool { return r == filler || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' }

func isWhole(n int) bool {
	for _, size := range sizes {
		if n == size.lines*size.width {
			return true
		}
	}
	return false
}

// isPart reports whether n signs are some, but not all lines of a format.
func isPart(n int) bool {
	for _, size := range sizes {
		if n > 0 && n < size.lines*size.width && n%size.width == 0 {
			return true
		}
	}
	return false
}

func withoutBlanks(text string) []rune {
	signs := make([]rune, 0, len(text))
	for _, r := range text {
		if !unicode.IsSpace(r) {
			signs = append(signs, r)
		}
	}
	return signs
}
