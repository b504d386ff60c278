package search

// What to search for instead when nothing was found: names of the archive that
// are spelt a little differently.

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum/levenshtein"
)

// What Nearest looks at, so that it is quick for any text.
const (
	leastNearest = 3  // letters of a word that has nearest ones
	mostNearest  = 24 // letters of such a word
	longNearest  = 5  // letters from which a word may be two edits away, not one
	mostChanged  = 3  // words that are replaced
	mostTries    = 40 // texts that are tried
)

// Nearest gives up to so many texts to search for in place of one that finds
// nothing, the nearest first; each finds something. They are the text with the
// words that find nothing replaced by names of the index that are one or two
// edits away from how the word sounds (a letter too many, too few, wrong, or two
// exchanged), in Latin capitals. Words with digits have none: a number that is nearly right is another
// number.
func (ix *Index) Nearest(ctx context.Context, text string, most int) (texts []string, err error) {
	pieces := query(text)
	if len(pieces) == 0 || most <= 0 {
		return nil, ctx.Err()
	}
	err = ix.look(ctx, "search for names", func(v *view) error {
		texts, err = v.nearest(ctx, pieces, most)
		return err
	})
	return texts, err
}

func (v *view) nearest(ctx context.Context, pieces []piece, most int) ([]string, error) {
	choices, changed := make([][]candidate, len(pieces)), 0
	for i, p := range pieces {
		choices[i] = []candidate{{text: p.written}}
		found, err := v.find(ctx, Ask(p.written))
		if err != nil {
			return nil, err
		}
		if !found.Exact.IsEmpty() || !found.Near.IsEmpty() {
			continue
		}
		if choices[i], err = v.namesLike(ctx, sounds(p.spoken)[0]); err != nil {
			return nil, err
		}
		if changed++; len(choices[i]) == 0 || changed > mostChanged {
			return nil, nil
		}
	}
	if changed == 0 {
		return nil, nil // each word is there, but never together
	}
	var texts []string
	for _, try := range combined(choices) {
		found, err := v.find(ctx, Ask(try.text))
		if err != nil {
			return nil, err
		}
		if found.Exact.IsEmpty() {
			continue
		}
		if texts = append(texts, try.text); len(texts) == most {
			break
		}
	}
	return texts, nil
}

// candidate is a text that is so many edits away.
type candidate struct {
	text  string
	edits int
}

// combined puts one of each word's candidates together in every way, the nearest
// first, and gives the first mostTries.
func combined(choices [][]candidate) []candidate {
	all := []candidate{{}}
	for _, words := range choices {
		var longer []candidate
		for _, before := range all {
			for _, word := range words {
				text := strings.TrimSpace(before.text + " " + word.text)
				longer = append(longer, candidate{text, before.edits + word.edits})
			}
		}
		slices.SortStableFunc(longer, func(a, b candidate) int { return cmp.Compare(a.edits, b.edits) })
		all = longer[:min(len(longer), mostTries)]
	}
	return all
}

// editRules is costly to make and the same for every word.
var editRules = sync.OnceValues(func() (*levenshtein.LevenshteinAutomatonBuilder, error) {
	return levenshtein.NewLevenshteinAutomatonBuilder(2, true)
})

// namesLike are the names of the index near to a sound, the nearest first, in
// capitals. Of those that sound the same there is one.
func (v *view) namesLike(ctx context.Context, word string) ([]candidate, error) {
	if len(word) < leastNearest || len(word) > mostNearest || hasDigit(word) || !isASCII(word) {
		return nil, nil
	}
	edits := uint8(1)
	if len(word) >= longNearest {
		edits = 2
	}
	rules, err := editRules()
	if err != nil {
		return nil, err
	}
	nearest := map[string]candidate{} // by sound
	for _, p := range v.parts {
		look := lookup{ctx: ctx, part: p, dictionaries: map[string]segment.TermDictionary{}}
		add := func(name string, edits int) {
			sound := sounds(name)[0]
			known, ok := nearest[sound]
			if !ok || edits < known.edits || edits == known.edits && name < strings.ToLower(known.text) {
				nearest[sound] = candidate{strings.ToUpper(name), edits}
			}
		}
		if err := look.namesLike(rules, word, edits, add); err != nil {
			return nil, err
		}
	}
	return slices.SortedFunc(maps.Values(nearest), func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.edits, b.edits), cmp.Compare(a.text, b.text))
	}), nil
}

// namesLike gives the part's names within so many edits: those without a tail
// end with wordEnd, the others are whole in the tail fields.
func (l *lookup) namesLike(rules *levenshtein.LevenshteinAutomatonBuilder, word string, edits uint8, add func(string, int)) error {
	for _, in := range []struct {
		fields []string
		end    string
	}{{[]string{gramField}, wordEnd}, {l.tailFields(), ""}} {
		near, err := rules.BuildDfa(word+in.end, edits)
		if err != nil {
			return err
		}
		for _, field := range in.fields {
			dictionary, err := l.dictionary(field)
			if err != nil {
				return err
			}
			err = eachTerm(l.ctx, termsOf(dictionary, near), func(term string) error {
				name, ended := strings.CutSuffix(term, in.end)
				if _, away := near.MatchAndDistance(term); ended && len(name) > 1 && isASCII(name) && !hasDigit(name) {
					add(name, int(away))
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (l *lookup) tailFields() []string {
	var fields []string
	for _, depth := range l.part.tails {
		fields = append(fields, tailFields[depth])
	}
	return fields
}
