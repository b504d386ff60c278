package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// undecomposed spells out the letters that Unicode does not take apart into a
// base letter and a mark, but that people type and read as that letter.
var undecomposed = strings.NewReplacer(
	"ı", "i", "ł", "l", "ø", "o", "đ", "d", "ð", "d", "ħ", "h", "ŧ", "t", "ə", "e",
	"æ", "ae", "œ", "oe", "þ", "th",
)

// hissing spells out the marked letters whose mark is not heard as an accent but
// as another letter: "č" is written "ch" by who has no "č".
var hissing = strings.NewReplacer(
	"č", "ch", "ć", "ch", "ç", "ch", "š", "sh", "ş", "sh", "ș", "sh", "ž", "zh",
	"Č", "ch", "Ć", "ch", "Ç", "ch", "Š", "sh", "Ş", "sh", "Ș", "sh", "Ž", "zh",
)

// fold drops what of a text is not told apart: compatibility forms are taken
// apart (NFKD), marks and invisible format characters dropped, case folded.
// Sessions and queries must go through the same fold, so a change of it is a
// change of schema.
func fold(text string) string {
	if isASCII(text) {
		return strings.ToLower(text)
	}
	bare := strings.Map(dropMark, norm.NFKD.String(text))
	// A Caser holds state, so it is not shared between goroutines. Lower case
	// comes behind it, for it exchanges the two cases of Cherokee.
	return undecomposed.Replace(strings.ToLower(cases.Fold().String(bare)))
}

// foldSpoken folds what is said of a text: see hissing.
func foldSpoken(text string) string {
	if isASCII(text) {
		return strings.ToLower(text)
	}
	return fold(hissing.Replace(norm.NFC.String(text)))
}

func dropMark(r rune) rune {
	if unicode.IsMark(r) || unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
