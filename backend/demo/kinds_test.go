package demo_test

import (
	"regexp"
	"slices"
	"testing"
	"time"
	"unicode"
)

// tally counts what the sessions have in common, in words of the portal's data.
func tally(items []object) map[string]int {
	n := map[string]int{}
	count := func(what string, is bool) {
		if is {
			n[what]++
		}
	}
	numbers := map[any]int{}
	for _, s := range items {
		yes := func(key string) bool { return s[key].(bool) }
		level, _ := at(s, "details", "matchLevel").(float64)
		details := func(key string) any { return at(s, "details", key) }
		count("verified", yes("verified"))
		count("approved by hand", yes("manualVerified"))
		count("rejected by hand", yes("manualRejected") && len(s["tags"].([]any)) > 0)
		count("tags without rejection", !yes("manualRejected") && len(s["tags"].([]any)) > 0)
		count("pending", yes("awaiting_action"))
		count("unfinished", s["status"] == "Not Finished" && !yes("awaiting_action"))
		count("liveness 1", details("livenessStatus") == 1.0)
		count("liveness 2", details("livenessStatus") == 2.0)
		count("on a screen", details("digitalSpoofStatus") == 1.0)
		count("not full", details("fullIDStatus") == 1.0)
		count("low level", s["status"] == "Failed" && level > 0 && level < 4)
		count("mismatch", details("errorMessage") == "Data mismatch")
		count("erased", yes("isLiquidated"))
		count("sandbox", s["environment"] == "Sandbox")
		count("no document", !yes("isLiquidated") && at(s, "identity", "documentType") == nil)
		count("no extra", len(s["extra"].([]any)) == 0)
		count("many extra", len(s["extra"].([]any)) > 5)
		kind, _ := at(s, "identity", "documentType").(string)
		count(kind, true)
		countNames(count, s)
		if number, ok := at(s, "info", "personalNumber").(string); ok && number != "" {
			numbers[number]++
			count("leading zero", number[0] == '0')
		}
		count("misread", reading(s)["frontImageData"] != nil && at(reading(s), "frontImageData", "documentNumber") != at(s, "info", "documentNumber"))
		attempts, _ := details("attempts").(float64)
		count("third attempt", attempts == 3)
	}
	for _, times := range numbers {
		count("people who came again", times > 1)
	}
	return n
}

func countNames(count func(string, bool), s object) {
	en, read := at(s, "info", "lastName", "en").(string)
	ge, _ := at(s, "info", "lastName", "ge").(string)
	is := func(table *unicode.RangeTable, name string) bool {
		return slices.ContainsFunc([]rune(name), func(r rune) bool { return unicode.Is(table, r) })
	}
	count("Georgian letters", is(unicode.Georgian, ge))
	count("both spellings", is(unicode.Latin, en) && is(unicode.Georgian, ge))
	count("Georgian only", en == "" && ge != "")
	count("Cyrillic", is(unicode.Cyrillic, en))
	count("unread", read && en == "" && ge == "")
	count("letters with marks", slices.ContainsFunc([]rune(en), func(r rune) bool { return r > unicode.MaxASCII && unicode.Is(unicode.Latin, r) }))
}

// Every kind of session comes, in realistic shares (of 10,000).
func TestShares(t *testing.T) {
	const sessions = 20_000
	items, _ := run(t, portal(sessions, newClock()), "", 500)
	n := tally(items)
	for what, bounds := range map[string][2]int{
		"verified": {8600, 9000}, "approved by hand": {80, 160}, "rejected by hand": {80, 160}, "pending": {160, 230}, "unfinished": {120, 300},
		"liveness 1": {120, 300}, "liveness 2": {30, 100}, "on a screen": {70, 160}, "not full": {100, 220}, "low level": {100, 300},
		"mismatch": {40, 110}, "erased": {200, 700}, "sandbox": {60, 140}, "no document": {60, 200}, "no extra": {1800, 2600}, "many extra": {700, 1300},
		"ID": {4500, 6500}, "PASSPORT": {2800, 4200}, "RESIDENCE_CARD": {80, 300}, "DRIVING_LICENSE": {180, 400},
		"Georgian letters": {5500, 7500}, "both spellings": {5000, 7500}, "Georgian only": {150, 400}, "Cyrillic": {60, 250}, "unread": {80, 200},
		"letters with marks": {100, 500}, "leading zero": {2500, 5000}, "misread": {500, 1300}, "third attempt": {30, 100}, "people who came again": {120, 300},
		"tags without rejection": {0, 0},
	} {
		if share := n[what] * 10_000 / sessions; share < bounds[0] || share > bounds[1] {
			t.Errorf("%s: %d of 10,000, want %d to %d", what, share, bounds[0], bounds[1])
		}
	}
}

// Times and dates follow each other, in the portal's three spellings.
func TestTimes(t *testing.T) {
	items, _ := run(t, portal(1500, newClock()), "", 500)
	moment := func(s object, key string) time.Time {
		text, _ := s[key].(string)
		if text == "" {
			return time.Time{}
		}
		at, err := time.Parse("2006-01-02T15:04:05.000Z", text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	for _, s := range items {
		created, started, finished := moment(s, "createdAt"), moment(s, "startedAt"), moment(s, "finishedAt")
		if !started.After(created) || !finished.IsZero() && !finished.After(started) {
			t.Errorf("%s: %v, %v, %v", s["sessionId"], created, started, finished)
		}
		if born, _ := at(s, "info", "birthDate").(string); born != "" {
			checkDates(t, s, created)
		}
	}
}

func checkDates(t *testing.T, s object, created time.Time) {
	t.Helper()
	issue, err1 := time.Parse("02.01.2006", at(s, "info", "issueDate").(string))
	expiry, err2 := time.Parse("01-02-06", at(s, "info", "expirationDate").(string))
	_, err3 := time.Parse("01-02-06", at(s, "info", "birthDate").(string))
	if err1 != nil || err2 != nil || err3 != nil {
		t.Fatal(err1, err2, err3)
	}
	if !issue.Before(created) || !expiry.After(created) {
		t.Errorf("%s: issued %v, expires %v, session %v", s["sessionId"], issue, expiry, created)
	}
	number := at(s, "info", "personalNumber").(string)
	if number != "" && !regexp.MustCompile(`^\d{11}$`).MatchString(number) {
		t.Errorf("%s: personal number %q", s["sessionId"], number)
	}
}

// The attempts of a person count up, and show the attempts before them.
func TestAttemptsHistory(t *testing.T) {
	items, _ := run(t, portal(1500, newClock()), "", 500)
	sessions := byID(items)
	others := 0
	for _, s := range items {
		attempts, _ := at(s, "details", "documentAttempts").([]any)
		for _, a := range attempts {
			id := a.(object)["sessionId"].(string)
			if id == s["sessionId"] {
				continue
			}
			others++
			before := sessions[id]
			if before["createdAt"].(string) >= s["createdAt"].(string) || at(before, "details", "attempts").(float64) >= at(s, "details", "attempts").(float64) {
				t.Errorf("%s shows %s as an attempt before it", s["sessionId"], id)
			}
		}
	}
	if others < 15 {
		t.Errorf("only %d attempts of other sessions", others)
	}
}
