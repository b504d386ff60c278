package main

import (
	"html"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func answer(t *testing.T, path string) *http.Response {
	t.Helper()
	w := httptest.NewRecorder()
	secure(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Result()
}

// The page gets nothing but its own files, and nothing of it is kept.
func TestHeaders(t *testing.T) {
	h := answer(t, "/photo/x").Header
	policy := map[string]string{}
	for directive := range strings.SplitSeq(h.Get("Content-Security-Policy"), "; ") {
		name, value, _ := strings.Cut(directive, " ")
		policy[name] = value
	}
	for name, want := range map[string]string{
		"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' blob:", "connect-src": "'self'",
		"font-src": "'self'", "frame-ancestors": "'none'", "base-uri": "'none'", "form-action": "'none'",
		"require-trusted-types-for": "'script'",
	} {
		if policy[name] != want {
			t.Errorf("%s is %q, want %q", name, policy[name], want)
		}
	}
	if text := h.Get("Content-Security-Policy"); strings.Contains(text, "unsafe") || strings.Contains(text, "data:") || strings.Contains(text, "*") {
		t.Errorf("the policy has a hole: %s", text)
	}
	if got := h.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control is %q", got)
	}
}

func TestEveryFeatureIsOff(t *testing.T) {
	var off []string
	for part := range strings.SplitSeq(answer(t, "/").Header.Get("Permissions-Policy"), ", ") {
		name, allowed := strings.CutSuffix(part, "=()")
		if !allowed || !regexp.MustCompile(`^[a-z-]+$`).MatchString(name) {
			t.Errorf("%q is not a feature that is off", part)
		}
		off = append(off, name)
	}
	for _, name := range []string{"camera", "microphone", "geolocation", "clipboard-read", "clipboard-write", "display-capture", "usb"} {
		if !slices.Contains(off, name) {
			t.Errorf("%s is not off", name)
		}
	}
	if sorted := slices.Compact(slices.Sorted(slices.Values(off))); len(sorted) != len(off) {
		t.Error("a feature stands there twice")
	}
}

// The page's own copy of the policy is the same, and it needs no more than that.
func TestPageSaysTheSamePolicy(t *testing.T) {
	page, err := os.ReadFile("frontend/index.html")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`<meta\s+http-equiv="Content-Security-Policy"\s+content="([^"]*)"`).FindSubmatch(page)
	if found == nil || html.UnescapeString(string(found[1])) != contentPolicy {
		t.Errorf("frontend/index.html says %q, want %q", found, contentPolicy)
	}
	if regexp.MustCompile(`style=|data:|<style`).Match(page) {
		t.Error("frontend/index.html has what the policy forbids")
	}
}

// The developer tools come with a build tag; no recipe has it. (That the window's
// own menu is off too is what a nil option means: see window.)
func TestNoDeveloperTools(t *testing.T) {
	recipes, err := os.ReadFile("build/recipes.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, tag := range []string{"devtools", "debug"} {
		if strings.Contains(string(recipes), tag) {
			t.Errorf("build/recipes.go speaks of %s", tag)
		}
	}
}
