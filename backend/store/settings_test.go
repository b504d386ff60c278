package store_test

import (
	"errors"
	"testing"
)

func TestSecrets(t *testing.T) {
	file, keys := path(t), vault(t)
	s := openWith(t, file, keys)
	if err := errors.Join(s.SetSecret("portal key", "old"), s.SetSecret("portal key", "s3cret"), s.SetSecret("proxy", "p")); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.SetSecret("proxy", ""), s.SetSecret("nothing", ""), s.Close()); err != nil {
		t.Fatal(err)
	}
	s = openWith(t, file, keys)
	for name, want := range map[string]string{"portal key": "s3cret", "proxy": "", "nothing": ""} {
		if got, err := s.Secret(name); got != want || err != nil {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	if !s.Freed() {
		t.Error("a secret was removed, and nothing is said to be freed")
	}
}

func TestSettings(t *testing.T) {
	s := open(t, path(t))
	kept := "as it was"
	if err := s.Setting("never made", &kept); err != nil || kept != "as it was" {
		t.Errorf("%q %v", kept, err)
	}
	type place struct{ Folder string }
	if err := s.SetSetting("folder", place{"/home"}); err != nil {
		t.Fatal(err)
	}
	var got place
	if err := s.Setting("folder", &got); err != nil || got.Folder != "/home" {
		t.Errorf("%+v %v", got, err)
	}
	if cursor, err := s.Cursor("never read"); cursor != "" || err != nil {
		t.Errorf("cursor %q %v", cursor, err)
	}
}
