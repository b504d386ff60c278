// Package backend_test keeps the packages on their floors.
package backend_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// floors says how high each package stands. A package imports only from lower
// floors: then each can be read, tested and replaced without those above it.
var floors = map[string]int{
	"disk": -1, // knows files and nothing of ours; what seals and what keeps both stand on it
	"bus":  -1, // joins the user's bus; what hears from it and what speaks there both stand on it
	"idv":  0, "seal": 0,
	"away":    0, // asks the system alone and knows nothing of archives
	"notice":  0, // likewise
	"giveway": 0, // knows only who waits
	"store":   1, "search": 1, "columns": 1, "media": 1, "source": 1, "export": 1, "demo": 1,
	"traces":  1, // clears away what any run leaves; only main and cli start runs
	"archive": 2,
	"cli":     3, "bench": 3,
}

func TestArrows(t *testing.T) {
	seen := 0
	err := filepath.WalkDir(".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return err
		}
		seen++
		return checkImports(t, file)
	})
	if err != nil || seen == 0 {
		t.Fatalf("%d files, %v", seen, err)
	}
}

func checkImports(t *testing.T, file string) error {
	from := strings.Split(filepath.ToSlash(file), "/")[0]
	floor, ok := floors[from]
	if !ok {
		t.Errorf("%s: package %s has no floor: give it one, or make it a file of another package", file, from)
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		return err
	}
	for _, spec := range parsed.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return err
		}
		if strings.Contains(path, "wailsapp/wails") {
			t.Errorf("%s imports Wails: only app.go and main.go may, so that the window can be replaced", file)
		}
		rest, ours := strings.CutPrefix(path, "veridesk/backend/")
		if to := strings.Split(rest, "/")[0]; ours && floors[to] >= floor {
			t.Errorf("%s: %s (floor %d) imports %s (floor %d): imports go down only", file, from, floor, to, floors[to])
		}
	}
	return nil
}
