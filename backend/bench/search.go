package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
	"unicode/utf8"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
	"veridesk/backend/search"
)

const (
	maxPrefix = 6
	pageRows  = 50
	queries   = 200 // for each length; the peer gets peerTries of them
	peerTries = 10
)

// search times the answer to each prefix length: exact total and the newest
// rows. Its peer looks at the terms of every session in memory.
func (b *bench) search() error {
	terms, words, err := b.terms()
	if err != nil {
		return err
	}
	b.title("Search: exact total and the newest 50 rows", "prefix", "p50", "p95", "max", "unsealed p50", "to unsealed", "scan p50", "times faster", "hits p50")
	random := rand.New(rand.NewPCG(1, 1))
	for length := 1; length <= maxPrefix; length++ {
		texts := prefixes(random, words, length)
		open, _, err := b.time(b.clear, texts)
		if err != nil {
			return err
		}
		ours, hits, err := b.time(b.archive, texts)
		if err != nil {
			return err
		}
		theirs, err := scan(terms, texts[:peerTries], hits)
		if err != nil {
			return err
		}
		median := hits[len(hits)/2]
		p50, p95, most := quantiles(ours)
		peer, _, _ := quantiles(theirs)
		unsealed, _, _ := quantiles(open)
		b.row(length, p50, p95, most, unsealed, p50.Seconds()/unsealed.Seconds(), peer, peer.Seconds()/p50.Seconds(), median)
	}
	return b.out.Flush()
}

// terms gives the searchable terms of every session, and all the words.
func (b *bench) terms() (terms [][]string, words []string, err error) {
	for offset := 0; ; offset += idv.MaxLimit {
		page, err := b.archive.Find(b.ctx, idv.Query{Offset: offset, Limit: idv.MaxLimit})
		if err != nil || len(page.Rows) == 0 {
			return terms, words, err
		}
		for _, row := range page.Rows {
			if row.Erased != "" { // nothing finds it by text
				terms = append(terms, nil)
				continue
			}
			found := search.Terms(idv.Session{
				ID: row.SessionID, Document: idv.Document{Number: row.DocumentNumber},
				Person: idv.Person{
					FirstName:      idv.Name{Latin: row.FirstName, Georgian: row.FirstNameGe},
					LastName:       idv.Name{Latin: row.LastName, Georgian: row.LastNameGe},
					PersonalNumber: row.PersonalNumber,
				},
			})
			terms, words = append(terms, found), append(words, found...)
		}
	}
}

// prefixes draws words as they are typed: the first letters of somebody's.
func prefixes(random *rand.Rand, words []string, length int) []string {
	var texts []string
	for len(texts) < queries {
		word := []rune(words[random.IntN(len(words))])
		if len(word) >= length {
			texts = append(texts, string(word[:length]))
		}
	}
	return texts
}

func (b *bench) time(a *archive.Archive, texts []string) (times []time.Duration, hits []int, err error) {
	for _, text := range texts {
		begin := time.Now()
		page, err := a.Find(b.ctx, idv.Query{Text: text, Limit: pageRows})
		if err != nil {
			return nil, nil, err
		}
		times, hits = append(times, time.Since(begin)), append(hits, page.Total)
	}
	return times, hits, nil
}

// scan counts by looking at every session, and checks the totals by the way.
func scan(terms [][]string, texts []string, want []int) (times []time.Duration, err error) {
	for i, text := range texts {
		begin := time.Now()
		total := 0
		for _, session := range terms {
			for _, term := range session {
				if strings.HasPrefix(term, text) {
					total++
					break
				}
			}
		}
		times = append(times, time.Since(begin))
		if total != want[i] {
			return nil, fmt.Errorf("a search of %d letters found %d sessions, a scan %d", utf8.RuneCountInString(text), want[i], total)
		}
	}
	return times, nil
}
