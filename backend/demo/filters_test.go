package demo_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"veridesk/backend/demo"
	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// TestEveryFilterHasSomething: each value that sessions are filtered by is there
// in a portal of the usual size.
func TestEveryFilterHasSomething(t *testing.T) {
	found := map[string]int{}
	items, _ := run(t, demo.New(demo.Options{Sessions: demo.DefaultSessions, Seed: demo.DefaultSeed}), "", 500)
	for _, item := range items {
		text, err := json.Marshal(item)
		if err != nil {
			t.Fatal(err)
		}
		record, err := source.DecodeSession(text)
		if err != nil {
			t.Fatal(err)
		}
		f := idv.NewFacts(record.Session)
		found["document "+f.DocumentType]++
		found["outcome "+string(f.Outcome)]++
		found[fmt.Sprint("match ", f.MatchLevel)]++
		found["liveness "+f.Liveness]++
		found["environment "+f.Environment]++
		found["device "+f.Device]++
		found["country "+f.Country]++
		found[fmt.Sprint("reviewed ", f.Reviewed)]++
		found[fmt.Sprint("digital ", f.Digital)]++
		found[fmt.Sprint("not full ", f.NotFull)]++
		found[fmt.Sprint("extra ", f.Extra != "")]++
		for _, tag := range f.Tags {
			found["tag "+tag]++
		}
	}
	for _, want := range strings.Split("document ID|document passport|document |outcome verified|outcome failed|outcome rejected|outcome pending|outcome unfinished|"+
		"match 0|match 1|match 2|match 3|match 4|match 5|match 6|match 7|liveness passed|liveness failed|environment Production|environment Sandbox|"+
		"device PC|device Mobile|device |country GE|country TR|country DE|country PL|country US|country |reviewed true|reviewed false|"+
		"digital true|not full true|extra true|extra false|"+
		"tag SPAM|tag PEP|tag Sanctions lists|tag Criminal records|tag Adverse media|tag Fake|tag Blacklist|tag Selfie Mismatch|tag Full name issue|"+
		"tag ID number or document number issue|tag MRZ issue|tag Date of birth issue|tag Age|tag Duplicate|tag Wrong region", "|") {
		if found[want] == 0 {
			t.Errorf("no session with %s", want)
		}
	}
}
