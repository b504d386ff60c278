package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestOldNodeIsNotTaken(t *testing.T) {
	for version, want := range map[string]bool{
		"v20.19.0\n": true, "v20.20.2": true, "v22.12.0": true, "v24.0.0": true, "v23.1.0": true,
		"v20.18.9": false, "v21.7.0": false, "v22.11.0": false, "v18.20.4": false, "": false, "node: not found": false,
	} {
		if got := nodeIsNew(version); got != want {
			t.Errorf("nodeIsNew(%q) = %v", version, got)
		}
	}
}

func TestMissingPackagesAreNamed(t *testing.T) {
	yes, no := func() bool { return true }, func() bool { return false }
	got := missing([]need{{yes, []string{"gcc"}}, {no, []string{"xvfb", "xdotool"}}, {no, []string{"chromium"}}})
	if want := []string{"xvfb", "xdotool", "chromium"}; !slices.Equal(got, want) {
		t.Errorf("missing %v, want %v", got, want)
	}
}

func TestChangedBindingsAreNamed(t *testing.T) {
	before := map[string][]byte{"go/main/App.d.ts": []byte("a"), "go/models.ts": []byte("b")}
	same := map[string][]byte{"go/main/App.d.ts": []byte("a"), "go/models.ts": []byte("b")}
	if err := compare(before, same); err != nil {
		t.Errorf("nothing changed, but: %v", err)
	}
	err := compare(before, map[string][]byte{"go/main/App.d.ts": []byte("a"), "go/models.ts": []byte("c"), "go/main/Other.js": nil})
	if err == nil || !strings.Contains(err.Error(), "go/models.ts") || !strings.Contains(err.Error(), "go/main/Other.js") || strings.Contains(err.Error(), "App.d.ts") {
		t.Errorf("compare = %v", err)
	}
	if files, err := contents(filepath.Join(t.TempDir(), "missing")); err != nil || len(files) != 0 {
		t.Errorf("a missing folder: %v, %v", files, err)
	}
}
