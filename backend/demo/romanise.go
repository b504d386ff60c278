// Latin spellings: of Georgian by the national system of 2002, of Cyrillic and
// of letters with marks by ICAO 9303 part 3, section 6.
package demo

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var fromGeorgian = map[rune]string{
	'ა': "A", 'ბ': "B", 'გ': "G", 'დ': "D", 'ე': "E", 'ვ': "V", 'ზ': "Z", 'თ': "T", 'ი': "I", 'კ': "K", 'ლ': "L",
	'მ': "M", 'ნ': "N", 'ო': "O", 'პ': "P", 'ჟ': "ZH", 'რ': "R", 'ს': "S", 'ტ': "T", 'უ': "U", 'ფ': "P", 'ქ': "K",
	'ღ': "GH", 'ყ': "Q", 'შ': "SH", 'ჩ': "CH", 'ც': "TS", 'ძ': "DZ", 'წ': "TS", 'ჭ': "CH", 'ხ': "KH", 'ჯ': "J", 'ჰ': "H",
}

var fromCyrillic = map[rune]string{
	'А': "A", 'Б': "B", 'В': "V", 'Г': "G", 'Ґ': "G", 'Д': "D", 'Е': "E", 'Ё': "E", 'Є': "IE", 'Ж': "ZH", 'З': "Z", 'И': "I",
	'І': "I", 'Ї': "I", 'Й': "I", 'К': "K", 'Л': "L", 'М': "M", 'Н': "N", 'О': "O", 'П': "P", 'Р': "R", 'С': "S", 'Т': "T",
	'У': "U", 'Ф': "F", 'Х': "KH", 'Ц': "TS", 'Ч': "CH", 'Ш': "SH", 'Щ': "SHCH", 'Ъ': "IE", 'Ы': "Y", 'Ь': "", 'Э': "E",
	'Ю': "IU", 'Я': "IA",
}

// fromUkrainian says where Ukrainian differs from Russian.
var fromUkrainian = map[rune]string{'Г': "H", 'И': "Y"}

// fromMarked holds the Latin letters that do not just lose their mark.
var fromMarked = map[rune]string{
	'Ä': "AE", 'Ö': "OE", 'Ü': "UE", 'Å': "AA", 'Æ': "AE", 'Ø': "OE", 'ẞ': "SS", 'ß': "SS", 'Ł': "L", 'Ə': "E", '\'': "", '’': "",
}

// romanise writes a Georgian or Cyrillic word in Latin capitals and leaves
// what is Latin already.
func romanise(word, language string) string {
	return replace(word, func(r rune) (string, bool) {
		if language == "uk" {
			if s, ok := fromUkrainian[r]; ok {
				return s, true
			}
		}
		if s, ok := fromCyrillic[r]; ok {
			return s, true
		}
		s, ok := fromGeorgian[r]
		return s, ok
	})
}

// plainLatin writes a name with the letters A to Z, as the MRZ must; spaces
// and hyphens stay.
func plainLatin(name string) string {
	name = replace(name, func(r rune) (string, bool) { s, ok := fromMarked[r]; return s, ok })
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(name))
}

func replace(word string, by func(rune) (string, bool)) string {
	var b strings.Builder
	for _, r := range word {
		if s, ok := by(r); ok {
			b.WriteString(s)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
