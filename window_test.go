package main

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"veridesk/backend/archive"
	"veridesk/backend/cli"
	"veridesk/backend/idv"
)

func TestWindowSettings(t *testing.T) {
	dir := t.TempDir()
	if s := readWindowSettings(dir); !s.ContentProtection {
		t.Error("a window without settings is not protected")
	}
	for _, on := range []bool{false, true, false} {
		if err := writeWindowSettings(dir, windowSettings{ContentProtection: on}); err != nil {
			t.Fatal(err)
		}
		if got := readWindowSettings(dir).ContentProtection; got != on {
			t.Errorf("written %v, read %v", on, got)
		}
	}
	app := NewApp(cli.Options{Data: dir})
	look := WindowSettings{Language: "ka", Theme: "dark", Scale: 150, TimeZone: "Asia/Tbilisi", NoLetters: true}
	if err := app.SaveWindowSettings(look); err != nil {
		t.Fatal(err)
	}
	if err := app.changeWindow(func(w *windowSettings) { w.ContentProtection = true }); err != nil {
		t.Fatal(err)
	}
	if got, err := app.WindowSettings(); got != look || err != nil || !readWindowSettings(dir).ContentProtection {
		t.Errorf("kept %+v, %v", got, err)
	}
	if err := app.SaveWindowSettings(WindowSettings{Theme: strings.Repeat("x", 65)}); err == nil {
		t.Error("a long word was kept")
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 || files[0].Name() != archive.WindowFile {
		t.Errorf("files %v", files)
	}
	if err := writeWindowSettings(filepath.Join(dir, "none"), windowSettings{}); err == nil {
		t.Error("written into no folder")
	}
}

// What cannot be read protects, as if nobody had chosen.
func TestDamagedWindowSettingsProtect(t *testing.T) {
	dir := t.TempDir()
	for _, text := range []string{"", "{", "{}", "null", "[]", `{"contentProtection":"no"}`, `{"contentProtection":false`, `{"contentProtection":false}{`} {
		if err := os.WriteFile(filepath.Join(dir, archive.WindowFile), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if !readWindowSettings(dir).ContentProtection {
			t.Errorf("%q takes the protection away", text)
		}
	}
}

func TestWindowOptions(t *testing.T) {
	for _, on := range []bool{true, false} {
		dir := t.TempDir()
		if err := writeWindowSettings(dir, windowSettings{ContentProtection: on}); err != nil {
			t.Fatal(err)
		}
		o := window(NewApp(cli.Options{Data: dir}), fstest.MapFS{}, filepath.Join(dir, "webview", "run-1"))
		if o.Mac.ContentProtection != on || o.Windows.ContentProtection != on {
			t.Errorf("content protection is not %v", on)
		}
		if o.EnableDefaultContextMenu || o.Debug.OpenInspectorOnStartup || o.BindingsAllowedOrigins != "" || o.EnableFraudulentWebsiteDetection {
			t.Error("the web view may do what it should not")
		}
		if o.Windows.WebviewUserDataPath != filepath.Join(dir, "webview", "run-1") {
			t.Errorf("the web view writes into %s", o.Windows.WebviewUserDataPath)
		}
	}
}

// Lists and structs of what redacts itself do not slip through, nor do the calls
// that Wails quotes in its errors.
func TestLogTellsNothing(t *testing.T) {
	var b bytes.Buffer
	log := newLog(&b)
	person := idv.Person{PersonalNumber: "01001012345"}
	log.Info("x", "rows", []idv.Row{{FirstName: "NINO"}}, "people", map[string]idv.Person{"a": person}, "one", person,
		"inside", struct{ P *idv.Person }{&person}, "bytes", []byte("NINO"), "error", errors.New("disk gone"), "count", 3,
		"kind", archive.JobSync)
	before := slog.Default()
	slog.SetDefault(log)
	defer slog.SetDefault(before)
	wailsLog{}.Error(`process message error: C{"name":"main.App.Unlock","args":["open sesame"]} -> failed`)
	wailsLog{}.Warning("open sesame")
	wailsLog{}.Error("")
	for _, secret := range []string{"NINO", "01001", "sesame"} {
		if strings.Contains(b.String(), secret) {
			t.Errorf("the log tells %q: %s", secret, b.String())
		}
	}
	for _, word := range []string{"disk gone", "count=3", "kind=sync", "process message"} {
		if !strings.Contains(b.String(), word) {
			t.Errorf("the log lacks %q: %s", word, b.String())
		}
	}
}
