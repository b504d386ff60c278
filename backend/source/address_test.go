package source_test

import (
	"strings"
	"testing"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

func TestFeedAddress(t *testing.T) {
	good := map[string]string{
		"https://API.Example.com:443/":        "portal https://api.example.com",
		" https://api.example.com/gateway// ": "portal https://api.example.com/gateway",
		"https://api.example.com:8443":        "portal https://api.example.com:8443",
		"http://localhost:8700/":              "portal http://localhost:8700",
		"http://127.8.9.1:80":                 "portal http://127.8.9.1",
		"http://[::1]:8700":                   "portal http://[::1]:8700",
	}
	for address, want := range good {
		feed, err := source.NewFeed(source.FeedOptions{Address: address, Key: " key\n"})
		if err != nil {
			t.Errorf("%s: %v", address, err)
		} else if feed.Name() != want {
			t.Errorf("%s: name %q, want %q", address, feed.Name(), want)
		}
	}
	for _, address := range []string{
		"", "api.example.com", "http://api.example.com", "http://127.0.0.1.example.com", "http://localhost.example.com", "http://10.0.0.1",
		"ftp://localhost", "https://", "https://:443", "https:api", "https://user:pw@api.example.com", "https://api.example.com?x=1",
		"https://api.example.com?", "https://api.example.com#top", "https://api.example.com:port", "https://user:pw@%zz",
	} {
		_, err := source.NewFeed(source.FeedOptions{Address: address, Key: "key"})
		if e := idv.AsError(err); e == nil || e.Code != idv.CodeInvalid || strings.Contains(err.Error(), "pw") {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, key := range []string{"", " \n", "two words", "line\nbreak", "ключ"} {
		_, err := source.NewFeed(source.FeedOptions{Address: "https://api.example.com", Key: key})
		if e := idv.AsError(err); e == nil || e.Code != idv.CodeInvalid || key != "" && strings.Contains(err.Error(), key) && key != " \n" {
			t.Errorf("key %q: %v", key, err)
		}
	}
}
