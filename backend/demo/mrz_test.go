package demo_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
)

const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// fits checks the last character of a field against the ones before it, by
// ICAO 9303 part 3, section 4.9. A filler as check digit stands for zero.
func fits(field string) bool {
	sum, last := 0, len(field)-1
	for i := 0; i < last; i++ {
		sum += []int{7, 3, 1}[i%3] * max(0, strings.IndexByte(alphabet, field[i]))
	}
	return max(0, strings.IndexByte(alphabet, field[last])) == sum%10
}

// zone is what the check digits of a machine-readable zone protect: number,
// birth, expiry, all together, each with its check digit.
func zone(t *testing.T, text string) [4]string {
	t.Helper()
	if !regexp.MustCompile(`^[A-Z0-9<]+$`).MatchString(text) {
		t.Fatalf("characters of no MRZ: %q", text)
	}
	switch {
	case len(text) == 90:
		one, two := text[:30], text[30:60]
		return [4]string{one[5:15], two[:7], two[8:15], one[5:] + two[:7] + two[8:15] + two[18:29] + two[29:]}
	case len(text) == 88 && strings.HasPrefix(text, "P<"):
		two := text[44:]
		if !fits(two[28:43]) {
			t.Errorf("the personal number's check digit: %s", two)
		}
		return [4]string{two[:10], two[13:20], two[21:28], two[:10] + two[13:20] + two[21:43] + two[43:]}
	}
	t.Fatalf("%d characters: %q", len(text), text)
	return [4]string{}
}

// The test's own arithmetic agrees with ICAO's specimen and the portal's sample.
func TestZoneOfSamples(t *testing.T) {
	text, err := os.ReadFile("testdata/session-data.sample.json")
	if err != nil {
		t.Fatal(err)
	}
	var s object
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	specimen := "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10"
	for _, text := range []string{specimen, reading(s)["mrzString"].(string)} {
		for i, field := range zone(t, text) {
			if !fits(field) {
				t.Errorf("check digit %d of %s", i, text)
			}
		}
	}
}

// reading is what the last attempt of a session took from the document.
func reading(s object) object {
	attempts, _ := at(s, "details", "documentAttempts").([]any)
	if len(attempts) == 0 {
		return nil
	}
	return attempts[len(attempts)-1].(object)["data"].(object)
}

func TestCheckDigits(t *testing.T) {
	labels := []string{"documentNumberCheckDigit", "birthDateCheckDigit", "expirationDateCheckDigit", "compositeCheckDigit"}
	items, _ := run(t, portal(1500, newClock()), "", 500)
	cards, passports, wrong := 0, 0, 0
	for _, s := range items {
		text, _ := reading(s)["mrzString"].(string)
		if text == "" {
			continue
		}
		flags := map[string]bool{}
		for _, f := range at(s, "details", "mrzDetails").([]any) {
			flags[f.(object)["field"].(string)] = f.(object)["valid"].(bool)
		}
		all := true
		for i, field := range zone(t, text) {
			all = all && fits(field)
			if fits(field) != flags[labels[i]] {
				t.Errorf("%s of %s is marked %v", labels[i], text, flags[labels[i]])
			}
		}
		if at(s, "details", "isMrzValid") != all {
			t.Errorf("%s is marked %v", text, at(s, "details", "isMrzValid"))
		}
		switch {
		case !all:
			wrong++
		case len(text) == 90:
			cards++
		default:
			passports++
		}
	}
	if cards < 500 || passports < 250 || wrong < 3 {
		t.Errorf("%d cards, %d passports, %d wrong", cards, passports, wrong)
	}
}
