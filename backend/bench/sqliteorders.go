// The orders of the SQLite peer, and what a session is sorted by, said in the
// plainest way.

package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"veridesk/backend/idv"
)

// sortedTable is the table of an order.
func sortedTable(by idv.Order) string { return "sorted_" + string(by) }

// buildOrders makes a table for each order that is not the rank itself. They are
// for ascending lists; descending ones, with ties newest first, would take as
// many again.
func (s *sqlite) buildOrders(ctx context.Context, d *data) error {
	for _, by := range idv.Orders {
		if by == idv.ByCreated {
			continue
		}
		keys := newSortKeys()
		type entry struct {
			key  []byte
			rank int
		}
		all := make([]entry, len(d.people))
		for rank := range d.people {
			all[rank] = entry{keys.of(by, idv.NewFacts(d.session(rank))), rank}
		}
		slices.SortFunc(all, func(a, b entry) int {
			return cmp.Or(bytes.Compare(a.key, b.key), cmp.Compare(a.rank, b.rank))
		})
		table := sortedTable(by)
		create := fmt.Sprintf("CREATE TABLE %s(key BLOB, rank INTEGER, PRIMARY KEY (key, rank)) WITHOUT ROWID", table)
		if _, err := s.db.ExecContext(ctx, create); err != nil {
			return err
		}
		err := s.insert(ctx, len(all), &s.lists.took, "INSERT INTO "+table+" VALUES (?, ?)", func(i int) []any {
			return []any{all[i].key, all[i].rank}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// sortKeys gives what sessions are sorted by as bytes.
type sortKeys struct {
	collator *collate.Collator
	names    map[string][]byte
}

func newSortKeys() *sortKeys {
	return &sortKeys{collate.New(language.Und, collate.Loose), map[string][]byte{}}
}

// last is the key of what has no value.
var last = []byte{0xff, 0xff}

func (k *sortKeys) of(by idv.Order, f idv.Facts) []byte {
	var key []byte
	switch by {
	case idv.ByFinished:
		if f.Finished != 0 {
			key = binary.BigEndian.AppendUint64(nil, uint64(f.Finished))
		}
	case idv.ByFirstName:
		key = k.name(f.FirstName)
	case idv.ByLastName:
		key = k.name(f.LastName)
	case idv.ByPersonalNumber:
		key = number(f.PersonalNumber)
	case idv.ByDocumentNumber:
		key = number(f.DocumentNumber)
	case idv.BySessionID:
		key = number(f.SessionID)
	case idv.ByExtra:
		key = plain(f.Extra)
	default:
		key = few(by, f)
	}
	if len(key) == 0 {
		return last
	}
	return key
}

// few is the key of an order with few values.
func few(by idv.Order, f idv.Facts) []byte {
	switch by {
	case idv.ByDocumentType:
		return letters(f.DocumentType)
	case idv.ByLiveness:
		return place([]string{idv.LivenessPassed, idv.LivenessFailed}, f.Liveness)
	case idv.ByVerified:
		return place([]string{"Yes", "Pending", "No"}, f.Outcome.ListWord())
	case idv.ByMatchLevel:
		return bytes.Trim([]byte{byte(f.MatchLevel)}, "\x00")
	case idv.ByEnvironment:
		return letters(f.Environment)
	case idv.ByDevice:
		return letters(f.Device)
	case idv.ByCountry:
		return letters(f.Country)
	}
	return nil
}

// letters sorts small and capital letters alike, unless nothing else differs.
func letters(word string) []byte {
	if word == "" {
		return nil
	}
	return []byte(strings.ToLower(word) + "\x00" + word)
}

func place(words []string, word string) []byte {
	if at := slices.Index(words, word); at >= 0 {
		return []byte{byte(at) + 1}
	}
	return nil
}

// name collates the letters of a name.
func (k *sortKeys) name(name string) []byte {
	key, known := k.names[name]
	if !known {
		letters := strings.Map(func(r rune) rune {
			switch {
			case unicode.IsLetter(r):
				return unicode.ToLower(r)
			case unicode.IsMark(r), unicode.IsDigit(r):
				return r
			case unicode.IsSpace(r), unicode.Is(unicode.Pd, r):
				return ' '
			}
			return -1
		}, name)
		var buffer collate.Buffer
		key = slices.Clone(k.collator.KeyFromString(&buffer, strings.TrimSpace(letters)))
		k.names[name] = key
	}
	return key
}

// number is the first twelve letters and digits of a number or an ID.
func number(text string) (key []byte) {
	for _, r := range strings.ToUpper(text) {
		if len(key) < 12 && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			key = append(key, byte(min(r, 0x7f)))
		}
	}
	return key
}

// mostPlain is how many bytes of a text are sorted by.
const mostPlain = 48

// plain is a text in lower case, with one blank for what is neither letter nor
// digit, cut behind a letter.
func plain(text string) []byte {
	key := strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	}), " ")
	end := min(mostPlain, len(key))
	for end < len(key) && !utf8.RuneStart(key[end]) {
		end--
	}
	return []byte(strings.TrimRight(key[:end], " "))
}
