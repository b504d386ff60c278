package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Go's own test runner is run for real on a small module, so that what we read
// is what it writes.
func TestGoTestsAreCounted(t *testing.T) {
	dir := t.TempDir()
	files := map[string]string{
		"go.mod":             "module sample\n\ngo 1.26\n",
		"good/good_test.go":  "package good\nimport \"testing\"\nfunc TestA(t *testing.T) { t.Run(\"sub\", func(t *testing.T) {}) }\nfunc TestB(t *testing.T) { t.Skip(\"later\") }\n",
		"bad/bad_test.go":    "package bad\nimport \"testing\"\nfunc TestFine(t *testing.T) {}\nfunc TestWrong(t *testing.T) { t.Error(\"two is not three\") }\n",
		"broken/b_test.go":   "package broken\nimport \"testing\"\nfunc TestX(t *testing.T) { undefinedName() }\n",
		"dies/dies_test.go":  "package dies\nimport (\"os\"; \"testing\")\nfunc TestOver(t *testing.T) {}\nfunc TestWrong(t *testing.T) { t.Error(\"four is not five\") }\nfunc TestDies(t *testing.T) { println(\"no memory\"); os.Exit(2) }\n",
		"ends/ends_test.go":  "package ends\nimport (\"os\"; \"testing\")\nfunc TestEnds(t *testing.T) { println(\"no time\"); os.Exit(2) }\n",
		"exits/exit_test.go": "package exits\nimport (\"os\"; \"testing\")\nfunc TestMain(m *testing.M) { println(\"no disk\"); os.Exit(3) }\n",
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var shown bytes.Buffer
	got, err := goTest("./...")(shell{dir: dir, out: &shown})
	if err != nil {
		t.Fatal(err)
	}
	if want := (counts{passed: 4, failed: 5, skipped: 1}); got != want {
		t.Errorf("counts = %+v, want %+v; shown:\n%s", got, want, &shown)
	}
	for _, text := range []string{"two is not three", "undefined: undefinedName", "no disk", "four is not five", "no memory", "no time", "later"} {
		if !strings.Contains(shown.String(), text) {
			t.Errorf("%q was not shown:\n%s", text, &shown)
		}
	}
	if strings.Contains(shown.String(), "TestFine") || strings.Contains(shown.String(), "TestOver") {
		t.Errorf("a test that passed was shown:\n%s", &shown)
	}
}

func TestGoTestsThatCannotStart(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte("modul sample\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var shown bytes.Buffer
	_, err := goTest("./...")(shell{dir: dir, out: &shown})
	if err == nil || !strings.Contains(shown.String(), "unknown directive: modul") {
		t.Errorf("a go.mod that cannot be read: %v, shown:\n%s", err, &shown)
	}
}

func TestVitestIsCounted(t *testing.T) {
	got, err := readVitest([]byte(`{"numTotalTests":4,"testResults":[
		{"name":"a.test.ts","status":"failed","assertionResults":[{"status":"passed"},{"status":"failed"},{"status":"pending"}]},
		{"name":"b.test.ts","status":"passed","assertionResults":[{"status":"passed"},{"status":"todo"}]},
		{"name":"cannot-load.test.ts","status":"failed","assertionResults":[]}]}`))
	if want := (counts{passed: 2, failed: 2, skipped: 2}); got != want || err != nil {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
}

func TestPlaywrightIsCounted(t *testing.T) {
	got, err := readPlaywright([]byte(`{"suites":[],"errors":[{"message":"no such file"}],
		"stats":{"startTime":"2026-01-01T00:00:00Z","duration":1,"expected":5,"skipped":1,"unexpected":2,"flaky":1}}`))
	if want := (counts{passed: 5, failed: 4, skipped: 1}); got != want || err != nil {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	if _, err := readPlaywright([]byte("Error: no browser")); err == nil {
		t.Error("a report that is not JSON was read")
	}
}
