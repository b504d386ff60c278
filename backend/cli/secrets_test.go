package cli

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"veridesk/backend/idv"
)

// called is a call with these flags before the command and after it.
func called(t *testing.T, before, after []string) (*call, *bytes.Buffer, error) {
	t.Helper()
	o, args, err := Parse(append(before, append([]string{"search"}, after...)...))
	if err != nil {
		return nil, nil, err
	}
	var said bytes.Buffer
	c := &call{ctx: t.Context(), opts: o, args: args[1:], stdin: strings.NewReader(""), stdout: io.Discard, stderr: &said}
	c.flags = newFlags("search", &c.opts)
	return c, &said, c.parse()
}

func wantCode(t *testing.T, err error, code idv.Code) {
	t.Helper()
	if e := idv.AsError(err); e == nil || e.Code != code || strings.Contains(e.Error()+e.Hint, "sesame") {
		t.Errorf("error %v, want one of code %s that keeps the passphrase to itself", err, code)
	}
}

// fileWith is a new file that only its owner can read.
func fileWith(t *testing.T, content string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "passphrase")
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestSecretFlagsStandOnBothSides(t *testing.T) {
	name := fileWith(t, "open sesame\n")
	flags := []string{"--passphrase-file", name}
	for _, sides := range [][2][]string{{flags, nil}, {nil, flags}, {{"--passphrase-file", "another"}, flags}} {
		c, _, err := called(t, sides[0], sides[1])
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.passphrase(true); err != nil || string(got) != "open sesame" {
			t.Errorf("%v: %q, %v", sides, got, err)
		}
	}
}

func TestSecretFlagsThatContradict(t *testing.T) {
	for _, sides := range [][2][]string{
		{{"--passphrase-fd", "3", "--passphrase-file", "x"}, nil},
		{{"--passphrase-fd", "3"}, {"--no-passphrase"}},
		{nil, {"--passphrase-file", "x", "--no-passphrase"}},
		{{"--passphrase-fd", "three"}, nil},
		{nil, {"--passphrase-fd", "-1"}},
		{nil, {"--passphrase-fd", ""}},
		{{"--passphrase-file", ""}, nil},
	} {
		_, _, err := called(t, sides[0], sides[1])
		wantCode(t, err, idv.CodeUsage)
	}
}

func TestPassphraseFromFile(t *testing.T) {
	long := strings.Repeat("x", maxPassphrase)
	for content, want := range map[string]string{
		"open sesame":                    "open sesame",
		"open sesame\r\n":                "open sesame",
		" open sesame \n":                " open sesame ",
		"სეზამი\n":                       "სეზამი",
		"\xef\xbb\xbfopen sesame\n":      "open sesame",
		"\xff\xfeo\x00p\x00\n\x00":       "op",
		"\xfe\xff\x00o\x00p\x00\r\x00\n": "op",
		"bytes \xc3\x28 as they are":     "bytes \xc3\x28 as they are",
		long + "\r\n":                    long,
	} {
		c, said, err := called(t, []string{"--passphrase-file", fileWith(t, content)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := c.passphrase(false); err != nil || string(got) != want || said.Len() > 0 {
			t.Errorf("%.20q gave %.20q, %v, said %q", content, got, err, said)
		}
	}
	for _, content := range []string{"", "\n", "\r\n", "open\nsesame\n", "sesame\n\n", "sesame\x00", long + "x", strings.Repeat("x", 1<<20)} {
		c, _, err := called(t, []string{"--passphrase-file", fileWith(t, content)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.passphrase(false)
		wantCode(t, err, idv.CodeInvalid)
	}
	c, _, _ := called(t, []string{"--passphrase-file", filepath.Join(t.TempDir(), "none")}, nil)
	_, err := c.passphrase(false)
	wantCode(t, err, idv.CodeNotFound)
	c, _, _ = called(t, []string{"--passphrase-file", t.TempDir()}, nil)
	_, err = c.passphrase(false)
	wantCode(t, err, idv.CodeInvalid)
}

func TestPassphraseFromStandardInput(t *testing.T) {
	c, _, _ := called(t, []string{"--passphrase-file", "-"}, nil)
	c.stdin = strings.NewReader("open sesame\n")
	if got, err := c.passphrase(false); err != nil || string(got) != "open sesame" {
		t.Errorf("%q, %v", got, err)
	}
	c, _, _ = called(t, nil, []string{"--passphrase-fd", "0"})
	c.stdin = strings.NewReader("open sesame\r\nand the rest")
	got, err := c.passphrase(false)
	rest, _ := io.ReadAll(c.stdin)
	if err != nil || string(got) != "open sesame" || string(rest) != "and the rest" {
		t.Errorf("%q, %v, and %q is left", got, err, rest)
	}
	for _, bad := range []string{"", "\nsesame", "ses\x00ame\n", strings.Repeat("x", maxPassphrase+1) + "\n", strings.Repeat("x", 1<<20)} {
		c.stdin = strings.NewReader(bad)
		_, err := c.passphrase(false)
		wantCode(t, err, idv.CodeInvalid)
	}
}

// A file that others can read is used all the same, with a warning; not in JSON,
// which a warning would break.
func TestPassphraseFileThatOthersCanRead(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows knows no such rights")
	}
	name := fileWith(t, "open sesame")
	if err := os.Chmod(name, 0o640); err != nil {
		t.Fatal(err)
	}
	for flag, warned := range map[string]bool{"--json=false": true, "--json": false} {
		c, said, _ := called(t, []string{flag, "--passphrase-file", name}, nil)
		if _, err := c.passphrase(false); err != nil || strings.Contains(said.String(), name) != warned || strings.Contains(said.String(), "sesame") {
			t.Errorf("%s: %v, said %q", flag, err, said)
		}
	}
}

// Without a flag and without a terminal there is nobody to ask.
func TestNobodyToAsk(t *testing.T) {
	t.Setenv("VERIDESK_PASSPHRASE", "sesame")
	for _, flags := range [][]string{nil, {"--no-passphrase"}} {
		c, _, _ := called(t, flags, nil)
		for _, choosing := range []bool{false, true} {
			_, err := c.passphrase(choosing)
			wantCode(t, err, idv.CodeLocked)
		}
	}
	c, _, _ := called(t, nil, nil)
	_, err := c.newPassphrase("")
	wantCode(t, err, idv.CodeUsage)
	if got, err := c.newPassphrase(fileWith(t, "new\n")); err != nil || string(got) != "new" {
		t.Errorf("%q, %v", got, err)
	}
}

func TestLockedExitCode(t *testing.T) {
	for _, code := range []idv.Code{idv.CodeLocked, idv.CodeWrongSecret} {
		if got := Fail(Options{}, io.Discard, &idv.Error{Code: code}); got != 3 {
			t.Errorf("%s ends with %d, want 3", code, got)
		}
	}
	if got := Run(context.Background(), Options{}, []string{"version", "--passphrase-fd", "x"}, nil, io.Discard, io.Discard); got != exitUsage {
		t.Errorf("a wrong flag ends with %d", got)
	}
}
