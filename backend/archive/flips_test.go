package archive_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
)

// How much the archive of TestBitFlips holds.
const (
	flipSessions = 33
	flipEvery    = 4
)

// flip is a bit of a file that is turned over.
type flip struct {
	File string
	Byte int
	Bit  int
}

// flips are the same ones each time, in turn of each kind of file.
func flips(t *testing.T, dir string, count int) (list []flip) {
	t.Helper()
	kinds := map[string][]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		name, _ := filepath.Rel(dir, path)
		if err == nil && entry.Type().IsRegular() {
			kind, _, _ := strings.Cut(strings.TrimSuffix(name, filepath.Ext(name)), string(filepath.Separator))
			kinds[kind] = append(kinds[kind], name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(5, 5))
	order := []string{"archive", "index", "photos", "keys"}
	for n := range count {
		files := kinds[order[n%len(order)]]
		file := files[random.IntN(len(files))]
		info, err := os.Stat(filepath.Join(dir, file))
		if err != nil {
			t.Fatal(err)
		}
		if info.Size() > 0 {
			list = append(list, flip{file, random.IntN(int(info.Size())), random.IntN(8)})
		}
		if n%10 == 0 { // and where bbolt looks first: one of its two pages leads to the last transaction
			list = append(list, flip{"archive.db", n/10%2*os.Getpagesize() + 16 + random.IntN(64), random.IntN(8)})
		}
	}
	return list
}

func (f flip) apply(dir string) error {
	path := filepath.Join(dir, f.File)
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	data[f.Byte] ^= 1 << f.Bit
	return os.WriteFile(path, data, 0o600)
}

// verdict is what a child found after a flip.
type verdict struct {
	Number int
	Faults []string // what must not be
	Errors []string // what was said instead of an answer
}

// TestBitFlips turns bits over in each file of a closed archive, one at a time,
// and looks at everything in it: there is never a wrong value and never a crash,
// an error names what is damaged, and what does not depend on that still works.
func TestBitFlips(t *testing.T) {
	count := 60
	if thorough() {
		count = 500
	}
	dir := filepath.Join(t.TempDir(), "whole")
	fillPhotos(t, dir, newPortal(flipSessions, 20, flipEvery))
	list := flips(t, dir, count)
	silent, said := 0, map[string]int{}
	for next := 0; next < len(list); {
		verdicts := judge(t, dir, list, next)
		for _, v := range verdicts {
			for _, fault := range v.Faults {
				t.Errorf("%+v: %s", list[v.Number], fault)
			}
			for _, text := range v.Errors {
				said[text]++
			}
			if len(v.Errors) == 0 {
				silent++
			}
		}
		if next += len(verdicts); next < len(list) {
			t.Errorf("%+v ended or held up the process", list[next])
			next++
		}
	}
	t.Logf("%d flips, %d without any effect", len(list), silent)
	for text, times := range said {
		t.Log(times, text)
	}
	if silent == len(list) {
		t.Error("no flip was noticed at all")
	}
}

// fillPhotos makes a demo archive with everything that the portal has.
func fillPhotos(t *testing.T, dir string, p *portal) {
	t.Helper()
	a, err := enter(dir)
	if err != nil {
		t.Fatal(err)
	}
	_, err = a.SyncFrom(t.Context(), archive.Origin{Kind: archive.OriginPortal, Address: serve(t, p)}, portalKey, nil)
	done, err2 := a.FetchPhotos(t.Context(), nil)
	if err := errors.Join(err, err2, a.Close()); err != nil || done.Fetched == 0 {
		t.Fatalf("%+v, %v", done, err)
	}
	_ = os.Remove(filepath.Join(dir, "ballast")) // every opening lays it again; copies do without
}

const (
	flipDir  = "VERIDESK_ARCHIVE_FLIP_DIR"
	flipList = "VERIDESK_ARCHIVE_FLIP_LIST"
	flipNext = "VERIDESK_ARCHIVE_FLIP_NEXT"
)

// flipPatience is how long one flip may keep a child busy: for ever, nearly.
const flipPatience = 2 * time.Minute

// judge has a child go through the flips from next on, and gives what it found
// until it was through or ended.
func judge(t *testing.T, dir string, list []flip, next int) (verdicts []verdict) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "flips.json")
	data, err := json.Marshal(list)
	if err := errors.Join(err, os.WriteFile(file, data, 0o600)); err != nil {
		t.Fatal(err)
	}
	child := exec.Command(os.Args[0], "-test.run=^TestFlipJudge$")
	child.Env = append(os.Environ(), flipDir+"="+dir, flipList+"="+file, flipNext+"="+strconv.Itoa(next))
	var failed strings.Builder
	child.Stderr = &failed
	out, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = child.Process.Kill() })
	patience := time.AfterFunc(flipPatience, func() { _ = child.Process.Kill() })
	defer patience.Stop()
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var v verdict
		if json.Unmarshal(lines.Bytes(), &v) == nil {
			verdicts = append(verdicts, v)
			patience.Reset(flipPatience)
		}
	}
	if err := child.Wait(); err != nil {
		t.Logf("the child ended: %v\n%.4000s", err, failed.String())
	}
	return verdicts
}

// TestFlipJudge is the child of TestBitFlips.
func TestFlipJudge(t *testing.T) {
	dir := os.Getenv(flipDir)
	if dir == "" {
		t.Skip("runs as the child of TestBitFlips")
	}
	var list []flip
	data, err := os.ReadFile(os.Getenv(flipList))
	if err := errors.Join(err, json.Unmarshal(data, &list)); err != nil {
		t.Fatal(err)
	}
	next, _ := strconv.Atoi(os.Getenv(flipNext))
	truth := newTruth(t, dir)
	for n := next; n < len(list); n++ {
		copied := filepath.Join(t.TempDir(), "copy")
		if err := errors.Join(os.CopyFS(copied, os.DirFS(dir)), list[n].apply(copied)); err != nil {
			t.Fatal(err)
		}
		j := &judgement{truth: truth, flip: list[n], dir: copied}
		j.run(t)
		line, err := json.Marshal(verdict{n, j.faults, slices.Compact(slices.Sorted(slices.Values(j.errors)))})
		if err := errors.Join(err, os.RemoveAll(copied)); err != nil {
			t.Fatal(err)
		}
		fmt.Println(string(line))
	}
}

// pagesDir is the archive whose pages a child looks at.
const pagesDir = "VERIDESK_ARCHIVE_PAGES_DIR"

// pagesAreWhole is the other half of a check of the whole archive, as the command does
// it: of the damaged file before anybody opened it, in a process of its own. What only
// writing goes by is found there alone.
func (j *judgement) pagesAreWhole(t *testing.T) bool {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "pages")
	if err := errors.Join(os.CopyFS(copied, os.DirFS(os.Getenv(flipDir))), j.flip.apply(copied)); err != nil {
		t.Fatal(err)
	}
	child := exec.Command(os.Args[0], "-test.run=^TestPagesJudge$")
	child.Env = append(os.Environ(), pagesDir+"="+copied)
	err := child.Run()
	if err != nil && !errors.As(err, new(*exec.ExitError)) {
		t.Fatal(err)
	}
	return err == nil
}

// TestPagesJudge is a child of TestFlipJudge.
func TestPagesJudge(t *testing.T) {
	dir := os.Getenv(pagesDir)
	if dir == "" {
		t.Skip("runs as a child of TestFlipJudge")
	}
	if err := archive.CheckPages(dir); err != nil {
		t.Fatal(err)
	}
}

// damagedThings are the words one of which an error says.
var damagedThings = []string{"archive file", "ession", "photo", "index", "key files", "setting", "row", "list", "audit log"}

// numbers are those of the sessions that errors name.
var numbers = regexp.MustCompile(`number \d+`)

// heard notes an error: it must be one that a person can read and that names what
// is damaged.
func (j *judgement) heard(doing string, err error) {
	failure := idv.AsError(err)
	message := numbers.ReplaceAllString(strings.ReplaceAll(failure.Message, j.dir, ""), "number N")
	j.errors = append(j.errors, fmt.Sprintf("%s: %s: %s", j.kind(), doing, message))
	named := slices.ContainsFunc(damagedThings, func(thing string) bool { return strings.Contains(failure.Message, thing) })
	if failure.Message == "" || failure.Hint == "" || !named {
		j.fault("%s: an error that names nothing: %v; %s", doing, err, failure.Message)
	}
}

func (j *judgement) fault(format string, args ...any) {
	j.faults = append(j.faults, fmt.Sprintf(format, args...))
}

// kind is the first part of the damaged file's name.
func (j *judgement) kind() string {
	kind, _, _ := strings.Cut(filepath.ToSlash(j.flip.File), "/")
	return kind
}
