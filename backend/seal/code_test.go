package seal

import (
	"errors"
	"regexp"
	"strings"
	"testing"
)

// The code may be typed in any dress; a slip is told from a wrong code.
func TestRecoveryCode(t *testing.T) {
	w := newWorld(t, usual("forgotten"))
	code := w.code.Text()
	if !regexp.MustCompile(`^([0-9A-HJKMNP-TV-Z]{4}-){13}[0-9A-HJKMNP-TV-Z]{4}$`).MatchString(code) {
		t.Fatal("the code's form:", len(code))
	}
	bare := strings.ReplaceAll(code, "-", "")
	another := newRecoveryCode()
	cases := map[string]struct {
		typed string
		want  error
	}{
		"as shown":         {code, nil},
		"small letters":    {strings.ToLower(code), nil},
		"no hyphens":       {bare, nil},
		"blanks":           {"  " + strings.ReplaceAll(code, "-", " ") + "\r\n", nil},
		"tabs and dashes":  {strings.ReplaceAll(code, "-", "\t\u2013\u00a0\u200b"), nil},
		"O for 0":          {strings.ReplaceAll(code, "0", "O"), nil},
		"o, I, l":          {strings.NewReplacer("0", "o", "1", "I").Replace(code), nil},
		"small L for 1":    {strings.ReplaceAll(code, "1", "l"), nil},
		"full width":       {wide(bare), nil},
		"another's":        {another.Text(), ErrWrong},
		"nothing":          {"", ErrCodeTypo},
		"only hyphens":     {"----", ErrCodeTypo},
		"one short":        {bare[1:], ErrCodeTypo},
		"one more":         {bare + "0", ErrCodeTypo},
		"twice":            {code + code, ErrCodeTypo},
		"the letter U":     {"U" + bare[1:], ErrCodeTypo},
		"a strange letter": {"Я" + bare[1:], ErrCodeTypo},
		"broken bytes":     {"\xff" + bare[1:], ErrCodeTypo},
		"the passphrase":   {"forgotten", ErrCodeTypo},
	}
	for name, one := range cases {
		vault, err := w.keys.Recover(one.typed)
		if !errors.Is(err, one.want) || (err == nil) != (vault != nil) {
			t.Errorf("%s: %v", name, err)
		}
		if vault != nil {
			w.same(vault)
		}
	}
}

func wide(text string) string {
	return strings.Map(func(r rune) rune { return r - '!' + '\uff01' }, text)
}

// Every single wrong character and every swap of neighbours is a slip.
func TestRecoveryCodeSlips(t *testing.T) {
	bare := strings.ReplaceAll(RecoveryCode{secret: [keySize]byte(pattern(keySize))}.Text(), "-", "")
	for i := range bare {
		for _, letter := range codeAlphabet {
			typed := bare[:i] + string(letter) + bare[i+1:]
			if _, err := parseCode(typed); typed != bare && !errors.Is(err, ErrCodeTypo) {
				t.Fatalf("character %d as %c: %v", i, letter, err)
			}
		}
		if i > 0 && bare[i] != bare[i-1] {
			typed := bare[:i-1] + string(bare[i]) + string(bare[i-1]) + bare[i+1:]
			if _, err := parseCode(typed); !errors.Is(err, ErrCodeTypo) {
				t.Fatalf("characters %d and %d swapped: %v", i-1, i, err)
			}
		}
	}
}

// After recovery a new passphrase is set, and the forgotten one opens no more.
func TestRecoverThenRewrap(t *testing.T) {
	w := newWorld(t, usual("forgotten"))
	w.refuses(w.with("a guess"), ErrWrong)
	vault, err := w.keys.Recover(w.code.Text())
	if err != nil {
		t.Fatal(err)
	}
	if state, _ := w.keys.Inspect(); state.Failures != 0 {
		t.Fatal("the failures stay after recovery")
	}
	w.keychain = folderKeychain(t.TempDir()) // a new computer
	if err := w.keys.Rewrap(vault, w.with("remembered"), cheap); err != nil {
		t.Fatal(err)
	}
	w.opens(w.with("remembered"))
	w.refuses(w.with("forgotten"), ErrWrong)
	if demo, err := NewKeys(t.TempDir(), nil).Recover(w.code.Text()); !errors.Is(err, ErrNoKeys) || demo != nil {
		t.Fatal(err)
	}
}
