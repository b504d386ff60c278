package search

// How a text falls into pieces, the same for sessions and queries.

import (
	"strings"
	"unicode"
)

// piece is a run of letters and digits.
type piece struct {
	written string // romanised
	spoken  string // romanised with its hissing letters spelt out
	chunk   int    // which of the blank-separated chunks of the text it is in
}

// split takes the first maxText characters of a text apart.
func split(text string) []piece {
	var pieces []piece
	for i, chunk := range strings.Fields(clip(text, maxText)) {
		written := runs(fold(chunk))
		spoken := written
		if !isASCII(chunk) {
			spoken = runs(foldSpoken(chunk))
		}
		for j, run := range written {
			p := piece{written: clip(romanise(run), maxTerm), chunk: i}
			p.spoken = p.written
			if len(spoken) == len(written) && spoken[j] != run {
				p.spoken = clip(romanise(spoken[j]), maxTerm)
			}
			if p.written != "" {
				pieces = append(pieces, p)
			}
		}
	}
	return pieces
}

// runs are the runs of letters and digits.
func runs(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// joined writes pieces together.
func joined(pieces []piece) piece {
	var written, spoken strings.Builder
	for _, p := range pieces {
		written.WriteString(p.written)
		spoken.WriteString(p.spoken)
	}
	return piece{clip(written.String(), maxTerm), clip(spoken.String(), maxTerm), pieces[0].chunk}
}

// together writes what is written of pieces together.
func together(pieces []piece) string {
	if len(pieces) == 0 {
		return ""
	}
	return joined(pieces).written
}

// clip is the text's first n characters.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for at := range text {
		if n--; n < 0 {
			return text[:at]
		}
	}
	return text
}
