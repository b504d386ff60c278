package search

// The one alphabet in which all scripts meet: Latin letters without marks.

import (
	"strings"
	"unicode/utf8"

	"github.com/mozillazg/go-unidecode"
)

// georgian is the national system of romanisation of 2002, which documents go
// by, without its apostrophes. The library knows another one.
var georgian = map[rune]string{
	'ა': "a", 'ბ': "b", 'გ': "g", 'დ': "d", 'ე': "e", 'ვ': "v", 'ზ': "z", 'თ': "t", 'ი': "i", 'კ': "k", 'ლ': "l",
	'მ': "m", 'ნ': "n", 'ო': "o", 'პ': "p", 'ჟ': "zh", 'რ': "r", 'ს': "s", 'ტ': "t", 'უ': "u", 'ფ': "p", 'ქ': "k",
	'ღ': "gh", 'ყ': "q", 'შ': "sh", 'ჩ': "ch", 'ც': "ts", 'ძ': "dz", 'წ': "ts", 'ჭ': "ch", 'ხ': "kh", 'ჯ': "j", 'ჰ': "h",
}

// romanise writes a folded word in the letters a to z and digits, letter by
// letter: the beginning of a word gives the beginning of its romanisation. Soft
// signs and letters that stand for an apostrophe go; a letter that no table
// knows stays as it is.
func romanise(word string) string {
	if isASCII(word) {
		return word
	}
	var b strings.Builder
	for _, r := range word {
		if r < utf8.RuneSelf {
			b.WriteRune(r)
		} else if latin, ok := georgian[r]; ok {
			b.WriteString(latin)
		} else if latin := unidecode.Unidecode(string(r)); latin != "" {
			b.WriteString(strings.Map(keepPlain, latin))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// keepPlain keeps letters, in lower case, and digits.
func keepPlain(r rune) rune {
	switch {
	case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
		return r
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A'
	}
	return -1
}
