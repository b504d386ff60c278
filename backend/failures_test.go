package backend_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEveryFailureIsTranslated compares the sentences that Go's failures are made
// of with those that the window has in its other languages: it looks an English
// sentence up and shows the translation.
func TestEveryFailureIsTranslated(t *testing.T) {
	said := sentencesOf(t, "..")
	if len(said) < 100 {
		t.Fatalf("only %d sentences: they are no longer found", len(said))
	}
	for _, language := range []string{"ka", "ru"} {
		translated := translations(t, language)
		for _, sentence := range said {
			if _, ok := translated[sentence]; !ok {
				t.Errorf("%s: no translation of %q", language, sentence)
			}
		}
		for sentence := range translated {
			if !slices.Contains(said, sentence) {
				t.Errorf("%s: nobody says %q any more", language, sentence)
			}
		}
	}
}

func translations(t *testing.T, language string) (translated map[string]string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "frontend", "src", "locales", "failures."+language+".json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &translated); err != nil {
		t.Fatal(err)
	}
	return translated
}

func TestSentences(t *testing.T) {
	for text, want := range map[string][]string{
		"The disk is full. Nothing was saved.": {"The disk is full.", "Nothing was saved."},
		"{} is a folder. Write it: {} {}.":     {"{} is a folder.", "Write it: {} {}."},
		"Write https://api.example.com alone.": {"Write https://api.example.com alone."},
		" Nothing was changed.":                {"Nothing was changed."},
		"{} Nothing was changed.":              {"Nothing was changed."},
		"{}{}":                                 nil,
		"{} {}.":                               nil,
	} {
		if got := split(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := template(`At %s it is %.40q (%d %s), 100 %%.`); got != `At {} it is "{}" ({} {}), 100 %.` {
		t.Error(got)
	}
}

// split is a text's sentences, less those without a word of their own.
func split(text string) (sentences []string) {
	for _, sentence := range strings.Split(sentenceEnd.ReplaceAllString(text, "$1\n$2"), "\n") {
		if sentence = leading.ReplaceAllString(strings.TrimSpace(sentence), "$1"); word.MatchString(strings.ReplaceAll(sentence, "{}", "")) {
			sentences = append(sentences, sentence)
		}
	}
	return sentences
}
