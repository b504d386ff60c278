package search

import "slices"

// maxWords is how many words of a query are read.
const maxWords = 32

// Word is a word of a query: a run of letters and digits. A session answers it
// that has a term beginning with one of Prefixes.
type Word struct {
	Text     string // romanised
	Prefixes []string
}

// Words are the words of a query, the first maxWords of its first maxText
// characters. A session is found by a query if it answers every word; where a
// number is written in groups, or signs without a blank between, several words
// may be read as one: "13 AB 5678" also finds 13AB5678, see Matches.
func Words(text string) []Word {
	var words []Word
	for _, p := range query(text) {
		words = append(words, Word{Text: p.written, Prefixes: prefixes(p)})
	}
	return words
}

func query(text string) []piece {
	pieces := split(text)
	return pieces[:min(len(pieces), maxWords)]
}

// prefixes are the beginnings of terms that answer a word.
func prefixes(p piece) []string {
	if hasDigit(p.written) {
		return []string{p.written}
	}
	all := []string{p.written}
	for _, sound := range typedSounds(p.spoken) {
		all = append(all, clip(sound, maxTerm))
	}
	return shortest(all)
}

// shortest drops the repeated prefixes, and those that begin with another.
func shortest(all []string) []string {
	slices.Sort(all)
	kept := all[:1]
	for _, prefix := range all[1:] {
		if last := kept[len(kept)-1]; len(prefix) < len(last) || prefix[:len(last)] != last {
			kept = append(kept, prefix)
		}
	}
	return kept
}

// reading is some words of a query read as one.
type reading struct {
	from, to int      // which words: from <= i < to
	exact    []string // answered by a term that begins with one of these
	near     string   // or nearly, by one that begins with what looks like this; "" nothing
}

// readings are all the ways to read some of the words as one, each word alone
// among them, ascending by their ends.
func readings(pieces []piece) []reading {
	var all []reading
	for to := 1; to <= len(pieces); to++ {
		for from := to - 1; from >= max(0, to-maxGroups); from-- {
			run := pieces[from:to]
			p := joined(run)
			if run[0].chunk != run[len(run)-1].chunk && !hasDigit(p.written) {
				continue
			}
			r := reading{from: from, to: to, exact: prefixes(p)}
			if looksLikeNumber(p.written) {
				r.near = p.written
			}
			all = append(all, r)
		}
	}
	return all
}
