package search

// What makes the many ways to write one name in Latin letters meet: kh, x and h
// are one sound to who types a Georgian or Russian name, and so are gh and g, q
// and k, ts and c, tch and ch, zh and j, f and p, y and i, w and v, double and
// single letters. A sound is written with the letters of the commonest spelling,
// so that most names sound as they are written and need one term only.

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// spelling is a way to write sounds; the longest that fits counts.
type spelling struct {
	letters string
	sounds  []string // alternatives
}

// spellings are tried from the top for a letter that begins one.
var spellings = []spelling{
	{"dzh", []string{"j"}}, {"tch", []string{"ch"}},
	{"dj", []string{"j"}}, {"zh", []string{"j"}}, {"ch", []string{"ch"}}, {"kh", []string{"kh"}}, {"gh", []string{"g"}},
	{"sh", []string{"sh"}}, {"th", []string{"t"}}, {"ph", []string{"p"}}, {"tz", []string{"ts"}}, {"ts", []string{"ts"}},
	{"c", []string{"ts"}}, {"q", []string{"k"}}, {"h", []string{"kh"}}, {"f", []string{"p"}}, {"w", []string{"v"}},
	{"y", []string{"i"}}, {"x", []string{"kh", "ks"}}, // Khatia is Xatia, but Aleksandre Alexandre
}

// unfinished are the ends of a word that may be the beginning of a spelling whose
// sound does not begin as the end itself sounds. While somebody types, both count.
var unfinished = []spelling{
	{"tc", []string{"ch"}}, {"dz", []string{"j"}},
	{"c", []string{"ch"}}, {"t", []string{"ch"}}, {"z", []string{"j"}}, {"d", []string{"j"}},
}

// maxSounds is how many alternatives of one word are followed.
const maxSounds = 4

// sounds gives the sounds of a whole romanised word.
func sounds(word string) []string { return speak(word).all }

// typedSounds gives the beginnings of sounds of a word that is still being typed:
// whoever has typed "kotc" will find "kotchla". A single letter stands for itself.
func typedSounds(word string) []string {
	all := sounds(word)
	for _, end := range unfinished {
		if before, ok := strings.CutSuffix(word, end.letters); ok && before != "" {
			speech := speak(before)
			speech.add(end.sounds)
			all = append(all, speech.all...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// speech is what has been said of a word so far.
type speech struct {
	all  []string // in each way
	last string   // the last sound, in the first way
}

func speak(word string) speech {
	said := speech{all: []string{""}}
	for word != "" {
		spelt := firstSpelling(word)
		said.add(spelt.sounds)
		word = word[len(spelt.letters):]
	}
	return said
}

// firstSpelling is how a word begins; a letter that is in no spelling sounds as
// it is written.
func firstSpelling(word string) spelling {
	for _, s := range spellings {
		if strings.HasPrefix(word, s.letters) {
			return s
		}
	}
	_, size := utf8.DecodeRuneInString(word)
	return spelling{word[:size], []string{word[:size]}}
}

// add appends alternatives, but no sound twice in a row, and only the first one
// where there would be too many ways.
func (s *speech) add(sounds []string) {
	if sounds[0] == s.last {
		return
	}
	s.last = sounds[0]
	if len(s.all)*len(sounds) > maxSounds {
		sounds = sounds[:1]
	}
	var all []string
	for _, before := range s.all {
		for _, sound := range sounds {
			all = append(all, before+sound)
		}
	}
	s.all = all
}
