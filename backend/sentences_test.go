package backend_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The sentences of Go's failures, read from the source: the texts in each function
// that makes an idv.Error or the reason of a rejected row, or hands a part of one to
// such a function. A value that is put in stands as {}.

var (
	sentenceEnd = regexp.MustCompile(`([.?]) ([A-Z{])`)
	leading     = regexp.MustCompile(`^\{\} ([A-Z])`)
	word        = regexp.MustCompile(`\pL{2}`)
	verb        = regexp.MustCompile(`%(?:\.\d+)?[sdvx]`)
	quoted      = regexp.MustCompile(`%(?:\.\d+)?q`)
)

// unheard are the folders whose failures no window shows.
var unheard = []string{"backend/cli", "backend/bench", "backend/demo", "backend/traces", "build", "frontend", "main.go"}

// helpers make parts of sentences besides the functions that are found by
// themselves.
var helpers = []string{"inWords", "fail", "kindOf", "idFault"}

// spoken are the types that hold what a person reads.
var spoken = []string{"Error", "unreadable", "csvRecord"}

// callers of these take texts that are for the log or for programs.
var unsaid = []string{"New", "Errorf", "Error", "Warn", "Info", "Debug", "log", "note", "record", "Set", "Contains", "OpenMultipleFilesDialog"}

// notForPeople are the texts of those functions that go into the audit log or name
// a secret or a key.
var notForPeople = []string{"accepted level", "lock minutes", "retention years", "recovery code", "audit signer", "audit verifier", "session id", "portal {}"}

// jobs are said by their names.
var jobs = []string{"sync", "export", "photos", "backup"}

func sentencesOf(t *testing.T, root string) (sentences []string) {
	t.Helper()
	packages := map[string][]*ast.File{}
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		name := filepath.ToSlash(strings.TrimPrefix(file, root+string(filepath.Separator)))
		if err != nil || slices.Contains(unheard, name) || strings.HasPrefix(entry.Name(), ".") && file != root {
			return skip(entry, err)
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		packages[filepath.Dir(file)] = append(packages[filepath.Dir(file)], parsed)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, files := range packages {
		sentences = append(sentences, newSpeaker(files).sentences()...)
	}
	sentences = slices.DeleteFunc(sentences, func(s string) bool { return slices.Contains(notForPeople, s) })
	sentences = append(sentences, jobs...)
	slices.Sort(sentences)
	return slices.Compact(sentences)
}

func skip(entry fs.DirEntry, err error) error {
	if err == nil && entry.IsDir() {
		return filepath.SkipDir
	}
	return err
}

// speaker is a package: what it declares, and its constant texts.
type speaker struct {
	declared []ast.Decl
	texts    map[string]string
}

func newSpeaker(files []*ast.File) *speaker {
	s := &speaker{texts: map[string]string{}}
	for _, file := range files {
		s.declared = append(s.declared, file.Decls...)
	}
	for _, declared := range s.declared {
		ast.Inspect(declared, func(n ast.Node) bool {
			if value, ok := n.(*ast.ValueSpec); ok && len(value.Names) == 1 && len(value.Values) == 1 {
				if text, ok := s.text(value.Values[0]); ok {
					s.texts[value.Names[0].Name] = text
				}
			}
			return true
		})
	}
	return s
}

func (s *speaker) sentences() (found []string) {
	makers := slices.Clone(helpers)
	for _, declared := range s.declared {
		if makesError(declared) {
			makers = append(makers, nameOf(declared))
		}
	}
	for _, declared := range s.declared {
		if makesError(declared) || slices.Contains(makers, nameOf(declared)) || callsOneOf(declared, makers) {
			found = append(found, s.said(declared)...)
		}
	}
	return found
}

func nameOf(declared ast.Decl) string {
	if function, ok := declared.(*ast.FuncDecl); ok {
		return function.Name.Name
	}
	return ""
}

// makesError reports whether a failure is made, or more is added to one.
func makesError(n ast.Node) (yes bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CompositeLit:
			yes = yes || n.Type != nil && slices.Contains(spoken, lastName(n.Type))
		case *ast.AssignStmt:
			for _, left := range n.Lhs {
				yes = yes || lastName(left) == "Message" || lastName(left) == "Hint"
			}
		}
		return true
	})
	return yes
}

func callsOneOf(n ast.Node, names []string) (yes bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			yes = yes || slices.Contains(names, lastName(call.Fun))
		}
		return true
	})
	return yes
}

// lastName is the name itself of a name with or without a package or value before it.
func lastName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

// said is every text within a declaration, the longest that its parts make.
func (s *speaker) said(declared ast.Decl) (found []string) {
	ast.Inspect(declared, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			return false
		case *ast.CallExpr:
			if slices.Contains(unsaid, lastName(n.Fun)) {
				return false
			}
		}
		e, ok := n.(ast.Expr)
		if !ok {
			return true
		}
		text, ok := s.text(e)
		if ok && (strings.Contains(strings.TrimSpace(text), " ") || strings.HasSuffix(text, ".")) {
			found = append(found, split(text)...)
		}
		return !ok
	})
	return found
}

// text is what an expression of literals, constants and values says.
func (s *speaker) text(e ast.Expr) (text string, ok bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		text, err := strconv.Unquote(e.Value)
		return template(text), err == nil && e.Kind == token.STRING
	case *ast.Ident:
		text, ok := s.texts[e.Name]
		return text, ok
	case *ast.BinaryExpr:
		left, fine := s.text(e.X)
		right, good := s.text(e.Y)
		return orValue(left, fine) + orValue(right, good), e.Op == token.ADD && (fine || good)
	case *ast.CallExpr:
		if lastName(e.Fun) == "Sprintf" && len(e.Args) > 0 {
			return s.text(e.Args[0])
		}
	}
	return "", false
}

func orValue(text string, ok bool) string {
	if ok {
		return text
	}
	return "{}"
}

// template is a format with {} for its verbs.
func template(format string) string {
	return strings.ReplaceAll(verb.ReplaceAllString(quoted.ReplaceAllString(format, `"{}"`), "{}"), "%%", "%")
}
