package search_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"veridesk/backend/idv"
	"veridesk/backend/search"
)

// The index and a look at every session agree, through updates in place,
// removals and a reopening.
func TestAgreesWithLookingAtEverySession(t *testing.T) {
	dir := t.TempDir()
	r, w := seeded(4), world{}
	ix := open(t, dir)
	if !ix.Fresh() || ix.Seq() != 0 {
		t.Fatalf("a new index: fresh %v, seq %d", ix.Fresh(), ix.Seq())
	}
	seq := uint64(0)
	for from := 0; from < 3000; from += 250 {
		docs := someDocs(r, from, from+250)
		seq++
		update(t, ix, docs, seq)
		w.add(docs)
	}
	w.agree(t, ix, r, 1000)
	for range 5 {
		var docs []search.Doc
		var gone []uint32
		for range 200 {
			docs = append(docs, search.Doc{Ordinal: uint32(r.IntN(3500)), Session: someone(r, r.IntN(9999))})
		}
		for range 50 {
			gone = append(gone, uint32(r.IntN(3500)))
		}
		update(t, ix, docs, seq+1)
		update(t, ix, tombstones(gone...), seq+2)
		seq += 2
		w.add(docs)
		for _, ordinal := range gone {
			delete(w, ordinal)
		}
		w.agree(t, ix, r, 250)
	}
	shut(t, ix)
	ix = open(t, dir)
	if ix.Fresh() || ix.Seq() != seq {
		t.Fatalf("reopened: fresh %v, seq %d; want %d", ix.Fresh(), ix.Seq(), seq)
	}
	w.agree(t, ix, r, 250)
}

func tombstones(ordinals ...uint32) []search.Doc {
	var docs []search.Doc
	for _, ordinal := range ordinals {
		s := idv.Tombstone(idv.Session{ID: fmt.Sprint(ordinal)}, idv.ByUser, time.Unix(1, 0))
		docs = append(docs, search.Doc{Ordinal: ordinal, Session: s})
	}
	return docs
}

func TestFindsEveryField(t *testing.T) {
	var s idv.Session
	s.ID = "e35d54ac-8bf8-4c55-9f0b-1a2b3c4d5e6f"
	s.Person.FirstName = idv.Name{Latin: "KETEVAN", Georgian: "ქეთევან"}
	s.Person.LastName = idv.Name{Latin: "O'NEIL-BERIDZE", Georgian: "ბერიძე"}
	s.Person.PersonalNumber = "01001000097"
	s.Document.Number = "12 IB 34567"
	ix := open(t, t.TempDir())
	update(t, ix, []search.Doc{{Ordinal: 0, Session: idv.Session{ID: "0"}}, {Ordinal: 4_000_000_000, Session: s}}, 1)
	for _, text := range []string{
		"ketevan", "KETE", "k", "ქეთევან", "ᲥᲔᲗᲔᲕᲐᲜ", "ქ", "ბერ",
		"oneil", "o'neil", "O’Neil", "neil", "beridze", "o'neil-beridze", "ONEILBERIDZE", "Beridze-O'Neil", "beridze, ketevan",
		"01001000097", "0100", "01-001-000097",
		"12IB34567", "12 ib 34567", "12-IB-34567", "12ib3", "34567",
		"e35d54ac-8bf8-4c55-9f0b-1a2b3c4d5e6f", "E35D54AC8BF84C559F0B1A2B3C4D5E6F", "e35", "e35d54ac", "e35d54ac-", "e35d54ac-8bf8", "e35d54ac-8bf8-4c",
		"ketevan 01001000097 e35d54ac", "  \u200fketevan\u200e\r\n",
	} {
		found, err := ix.Find(context.Background(), text)
		if err != nil || found.All || found.Exact.GetCardinality() != 1 || !found.Exact.Contains(4_000_000_000) || !found.Near.IsEmpty() {
			t.Errorf("Find(%q) = %+v, %v", text, found, err)
		}
	}
	for _, text := range []string{"ketevana", "etevan", "ketevan nino", "8bf8", "8bf8-e35d54ac", "1001000097", "x"} {
		if found, err := ix.Find(context.Background(), text); err != nil || found.All || !found.Exact.IsEmpty() || !found.Near.IsEmpty() {
			t.Errorf("Find(%q) = %+v, %v; want nothing", text, found, err)
		}
	}
}

func TestAnyTextHasAnAnswer(t *testing.T) {
	ix := open(t, t.TempDir())
	update(t, ix, someDocs(seeded(1), 0, 500), 1)
	for _, text := range []string{
		"", " ", "*", "\x00", "\xff\xfe", "\u202e\u2066", "a\x00b", "ქe0П", strings.Repeat("a", 1_000_000),
		strings.Repeat("a ", 500_000), strings.Repeat("ქ\u0301", 500_000), strings.Repeat("-", 1_000_000) + "a",
		"😀", "ab*c?d~2 AND (", "\U0010ffff", "\uffff",
	} {
		if _, err := ix.Find(context.Background(), text); err != nil {
			t.Errorf("Find(%.20q...): %v", text, err)
		}
	}
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, text := range []string{"", "a", "abcd"} {
		if _, err := ix.Find(cancelled, text); !errors.Is(err, context.Canceled) {
			t.Errorf("Find(%q) after cancel: %v", text, err)
		}
	}
}

func TestUpdateIsCheckedAndRepeatable(t *testing.T) {
	ix := open(t, t.TempDir())
	docs := someDocs(seeded(2), 0, 100)
	w := world{}
	w.add(docs)
	update(t, ix, docs, 7)
	update(t, ix, docs, 7)
	w.agree(t, ix, seeded(3), 100)
	if err := ix.Update(nil, 6); err == nil || ix.Seq() != 7 {
		t.Errorf("an update back to 6: %v, seq %d", err, ix.Seq())
	}
	shut(t, ix)
	if err := ix.Close(); err != nil {
		t.Errorf("second Close: %v", err)
	}
	_, err := ix.Find(context.Background(), "a")
	if !errors.Is(err, search.ErrClosed) || !errors.Is(ix.Update(nil, 8), search.ErrClosed) {
		t.Errorf("a closed index answers %v", err)
	}
}

// Every update exchanges the name of all sessions; a search must see one name
// everywhere, however many updates and merges run beside it.
func TestSearchesWhileUpdating(t *testing.T) {
	const sessions, updates = 200, 25
	ix := open(t, t.TempDir())
	rename := func(n int) {
		var docs []search.Doc
		for ordinal := range uint32(sessions) {
			s := idv.Session{ID: fmt.Sprint(ordinal)}
			s.Person.FirstName.Latin = []string{"Nino", "Giorgi"}[n%2]
			docs = append(docs, search.Doc{Ordinal: ordinal, Session: s})
		}
		if err := ix.Update(docs, uint64(n)); err != nil {
			t.Error(err)
		}
	}
	rename(0)
	done := make(chan struct{})
	var searchers sync.WaitGroup
	for i := range 3 {
		searchers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				found, err := ix.Find(context.Background(), []string{"ni", "giorgi", "nino"}[i])
				if err != nil {
					t.Error(err)
					return
				}
				if n := found.Exact.GetCardinality(); n != 0 && n != sessions {
					t.Errorf("half an update was seen: %d hits", n)
					return
				}
			}
		})
	}
	for n := range updates {
		rename(n + 1)
	}
	close(done)
	searchers.Wait()
}
