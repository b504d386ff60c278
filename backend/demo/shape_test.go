package demo_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"
)

// keys lists every path of keys in a JSON value; list elements share one path.
func keys(prefix string, value any, into map[string]bool) {
	switch v := value.(type) {
	case object:
		for key, inner := range v {
			into[prefix+"."+key] = true
			keys(prefix+"."+key, inner, into)
		}
	case []any:
		for _, inner := range v {
			keys(prefix+"[]", inner, into)
		}
	}
}

func sample(t *testing.T, name string) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var value object
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	keys("", value, found)
	return found
}

// Every session has the portal's keys and no others; a complete one has all.
func TestKeys(t *testing.T) {
	known, erased := sample(t, "session-data.sample.json"), sample(t, "liquidated.json")
	items, _ := run(t, portal(1000, newClock()), "", 500)
	seen := map[string]bool{}
	for _, item := range items {
		own := map[string]bool{}
		keys("", item, own)
		maps.Copy(seen, own)
		if item["isLiquidated"].(bool) {
			delete(own, ".extra[].key")
			delete(own, ".extra[].value")
			for key := range erased {
				if !own[key] && key != ".extra[].key" && key != ".extra[].value" {
					t.Fatalf("%s is erased and has no key %s", item["sessionId"], key)
				}
			}
			if item["info"] != nil || item["identity"] != nil || len(item["details"].(object)) != 2 {
				t.Fatalf("%s is erased and still holds personal data", item["sessionId"])
			}
		}
	}
	if !maps.Equal(seen, known) {
		t.Errorf("keys differ:\n ours %v\n the portal's %v", slices.Sorted(maps.Keys(seen)), slices.Sorted(maps.Keys(known)))
	}
}
