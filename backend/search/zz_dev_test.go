//go:build dev

package search_test

import (
	"bufio"
	"context"
	"encoding/gob"
	"os"
	"strconv"
	"testing"

	"veridesk/backend/demo"
	"veridesk/backend/idv"
	"veridesk/backend/source"
)

func TestDevDump(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("DEV_DUMP"))
	if err != nil {
		t.Skip()
	}
	s, err := demo.Listen("127.0.0.1:0", demo.Options{Sessions: n, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	feed, err := source.NewFeed(source.FeedOptions{Address: s.URL(), Key: "demo"})
	if err != nil {
		t.Fatal(err)
	}
	f, _ := os.Create("/tmp/w/search-sessions.gob")
	w := bufio.NewWriter(f)
	enc := gob.NewEncoder(w)
	count := 0
	for b, err := range feed.Batches(context.Background(), "") {
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range b.Records {
			x := r.Session
			if err := enc.Encode(idv.Session{ID: x.ID, Person: x.Person, Document: x.Document, Extra: x.Extra}); err != nil {
				t.Fatal(err)
			}
			count++
		}
	}
	w.Flush()
	f.Close()
	t.Log(count)
}
