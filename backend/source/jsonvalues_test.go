package source_test

import (
	"reflect"
	"strings"
	"testing"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// TestDecodeSpellingsOfText: what JSON can write in several ways is one text.
func TestDecodeSpellingsOfText(t *testing.T) {
	for json, want := range map[string]string{
		`"\u10dc\u10d8"`: "ნი", `"a\"b\\c\/d"`: `a"b\c/d`, `"\ud83d\ude00"`: "😀", `"\ud800x"`: "\uFFFDx", "\"\xff\xfex\"": "\uFFFDx",
	} {
		got := decode(t, " {\r\n\t\"s\\u0065ssionId\" : \"s-1\" , \"status\" :"+json+"\n} ").Session
		if got.Status != want || got.ID != "s-1" {
			t.Errorf("%s: %q of %q, want %q", json, got.Status, got.ID, want)
		}
	}
}

// TestDecodeKeysTwice: of a value the last one counts, and an object gets what
// each of its namesakes brings.
func TestDecodeKeysTwice(t *testing.T) {
	s := decode(t, with(`"status":"one","status":"two","info":{"sex":"male"},"info":{"nationality":"GEO"},"":1,"details":{"":2}`)).Session
	if s.Status != "two" || s.Person.Sex != "male" || s.Person.Nationality != "GEO" {
		t.Errorf("%q, %+v", s.Status, s.Person)
	}
	if want := map[string]string{"": "1", "details.": "2"}; !reflect.DeepEqual(s.Unknown, want) {
		t.Errorf("unknown %v", s.Unknown)
	}
}

// TestDecodeEmptyLists: that there is none was said, and is not the same as
// nothing said.
func TestDecodeEmptyLists(t *testing.T) {
	s := decode(t, with(`"events":[],"tags":[],"extra":[],"identity":{"selfieImages":[]},"details":{"mrzDetails":[],"documentAttempts":[]}`)).Session
	if s.Events == nil || s.Tags == nil || s.Extra == nil || s.Photos == nil || s.MRZ == nil || s.Attempts == nil {
		t.Errorf("%+v", s)
	}
}

// TestDecodeDeep: nesting without end is an answer like any other.
func TestDecodeDeep(t *testing.T) {
	lists := func(depth int) string {
		return with(`"new":` + strings.Repeat("[", depth) + strings.Repeat("]", depth))
	}
	if got := decode(t, lists(1000)).Session.Unknown["new"]; len(got) != 2000 {
		t.Errorf("%d bytes were kept", len(got))
	}
	if _, err := source.DecodeSession([]byte(lists(1_000_000))); err == nil || err.Error() != "is not JSON" {
		t.Errorf("a million lists in each other: %.100v", err)
	}
}

// TestFeedItemsDoNotMix: a page's items are read one after another with the same
// tools, and each is what it would be alone.
func TestFeedItemsDoNotMix(t *testing.T) {
	texts := []string{
		string(compactSample(t, "verified.json")), with(`"details":{"mrzDetails":[{"value":"x"}]},"newKey":[1]`), with(`"identity":{"selfieImages":["https://m.invalid/1"]}`),
		with(`"details":{"mrzDetails":[{}],"documentAttempts":[{},{}],"userAgent":7}`), string(compactSample(t, "rejected.json")), with(`"tags":[]`),
	}
	var want []idv.Record
	for _, text := range texts {
		want = append(want, decode(t, text))
	}
	p := newPortal(t)
	items := `{"items":[` + strings.Join(texts, ",") + `,{"sessionId":"broken","info":7},` + strings.Join(texts, " ,\n") + `],"nextCursor":`
	p.answer(ok(items+`"two"}`), ok(items+`""}`))
	got := readAll(t.Context(), p.feed(t), "")
	if got.err != nil || len(got.batches) != 2 || len(got.rejected) != 2 || got.rejected[1].Row != 20 {
		t.Fatalf("%v, %d pages, rejected %+v", got.err, len(got.batches), got.rejected)
	}
	for n, batch := range got.batches {
		if !reflect.DeepEqual(batch.Records, append(want[:len(want):len(want)], want...)) {
			t.Errorf("page %d differs from its sessions one by one", n+1)
		}
	}
}
