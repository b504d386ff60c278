package cli_test

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"veridesk/backend/archive"
	"veridesk/backend/cli"
	"veridesk/backend/demo"
)

// TestMain makes this test binary the program itself where a script calls it.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"veridesk": func() {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		slog.SetDefault(slog.New(slog.DiscardHandler)) // the program's goes into a file
		o, args, err := cli.Parse(os.Args[1:])
		if err != nil {
			os.Exit(cli.Fail(o, os.Stderr, err))
		}
		os.Exit(cli.Run(ctx, o, args, os.Stdin, os.Stdout, os.Stderr))
	}})
}

// TestScripts runs the scripts in testdata, which are the command line's manual
// by example.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_DATA_HOME", filepath.Join(env.WorkDir, "home"))
			env.Setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:") // the user's keychain is left alone
			sample, err := os.ReadFile("testdata/portal.csv")
			if err != nil {
				return err
			}
			return os.WriteFile(filepath.Join(env.WorkDir, "portal.csv"), sample, 0o600)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"portal":   startPortal,
			"answer":   startAnswer,
			"samerows": sameRows,
			"json":     checkJSON,
			"hold":     holdArchive,
		},
	})
}

// startPortal starts a demo portal: portal SESSIONS. $PORTAL is its address.
func startPortal(ts *testscript.TestScript, _ bool, args []string) {
	var n int
	if _, err := fmt.Sscan(args[0], &n); err != nil {
		ts.Fatalf("portal: %v", err)
	}
	server := httptest.NewServer(demo.New(demo.Options{Sessions: n, Seed: 1, Key: "demo"}))
	ts.Defer(server.Close)
	ts.Setenv("PORTAL", server.URL)
}

// startAnswer starts a server with one answer to everything: answer STATUS TYPE BODY.
func startAnswer(ts *testscript.TestScript, _ bool, args []string) {
	var status int
	if _, err := fmt.Sscan(args[0], &status); err != nil {
		ts.Fatalf("answer: %v", err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", args[1])
		w.WriteHeader(status)
		io.WriteString(w, args[2])
	}))
	ts.Defer(server.Close)
	ts.Setenv("PORTAL", server.URL)
}

// holdArchive opens the archive in a folder until the script ends: hold DIR.
func holdArchive(ts *testscript.TestScript, _ bool, args []string) {
	a, _, err := archive.Create(ts.MkAbs(args[0]), archive.Protect{Demo: true}, archive.Options{})
	if err != nil {
		ts.Fatalf("hold: %v", err)
	}
	ts.Defer(func() { ts.Check(a.Close()) })
}

// sameRows compares two CSV files field by field, as sets of rows with the
// columns in the same order: samerows A B [WITHOUT-COLUMN...].
func sameRows(ts *testscript.TestScript, neg bool, args []string) {
	read := func(name string) map[string]int {
		text := strings.TrimPrefix(ts.ReadFile(name), "\ufeff")
		records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			ts.Fatalf("%s: %v", name, err)
		}
		rows := map[string]int{}
		for _, record := range records {
			for i, column := range records[0] {
				for _, without := range args[2:] {
					if column == without && &record[0] != &records[0][0] {
						record[i] = ""
					}
				}
			}
			rows[fmt.Sprintf("%q", record)]++
		}
		return rows
	}
	a, b := read(args[0]), read(args[1])
	same := len(a) == len(b)
	for row, n := range a {
		if b[row] != n {
			same = false
			if !neg {
				ts.Logf("%d times in %s, %d in %s: %s", n, args[0], b[row], args[1], row)
			}
		}
	}
	if same == neg {
		ts.Fatalf("%s and %s: same %v", args[0], args[1], same)
	}
}

// checkJSON reads the last output as one JSON object and compares values:
// json stdout|stderr path value [path value...].
func checkJSON(ts *testscript.TestScript, _ bool, args []string) {
	var value any
	if err := json.Unmarshal([]byte(ts.ReadFile(args[0])), &value); err != nil {
		ts.Fatalf("%s is not one JSON object: %v", args[0], err)
	}
	for i := 1; i+1 < len(args); i += 2 {
		if got := fmt.Sprint(dig(value, args[i])); got != args[i+1] {
			ts.Fatalf("%s is %s, want %s", args[i], got, args[i+1])
		}
	}
}

// dig follows a dotted path; # is a list's length.
func dig(value any, path string) any {
	for _, key := range strings.Split(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			value = v[key]
		case []any:
			var n int
			if key == "#" {
				value = len(v)
			} else if _, err := fmt.Sscan(key, &n); err == nil && n < len(v) {
				value = v[n]
			} else {
				value = nil
			}
		default:
			return nil
		}
	}
	return value
}

// TestPortalServesUntilStopped runs the portal command as a process of its own.
func TestPortalServesUntilStopped(t *testing.T) {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "veridesk")
	if err := os.Symlink(exe, name); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	portal := exec.Command(name, "--json", "portal", "--addr", "127.0.0.1:0", "--sessions", "3", "--key", "k")
	out, err := portal.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := portal.Start(); err != nil {
		t.Fatal(err)
	}
	defer portal.Process.Kill()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	var said struct{ URL, Key string }
	if err := json.Unmarshal([]byte(line), &said); err != nil || said.Key != "k" {
		t.Fatalf("%q: %v", line, err)
	}
	request, _ := http.NewRequest("GET", said.URL+"/verification/sessions", nil)
	request.Header.Set("Authorization", "k")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var page struct{ Items []any }
	if err := json.NewDecoder(answer.Body).Decode(&page); err != nil || len(page.Items) != 3 {
		t.Fatalf("%d items, %v", len(page.Items), err)
	}
	if err := portal.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := portal.Wait(); err != nil {
		t.Errorf("stopped portal: %v", err)
	}
}
