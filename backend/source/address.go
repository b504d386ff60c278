package source

import (
	"net/netip"
	"net/url"
	"strings"

	"veridesk/backend/idv"
)

// parseAddress reads the base address of a portal, with or without a path
// before the API's, and gives every way to write one address the same form.
func parseAddress(text string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(text))
	if err != nil {
		// The parser's error would repeat the address, and with it a password.
		return nil, badAddress("It cannot be read as an address.")
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	switch {
	case u.User != nil:
		return nil, badAddress("It must not hold a user name or a password; the key goes into its own field.")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return nil, badAddress("It must end before any “?” or “#”.")
	case u.Scheme != "https" && u.Scheme != "http" || u.Hostname() == "" || u.Opaque != "":
		return nil, badAddress("It must begin with https:// and a host.")
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return nil, badAddress("It must begin with https://, or the key and the sessions could be read on their way.")
	}
	if port := u.Port(); port == "" || u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80" {
		u.Host = strings.TrimSuffix(strings.TrimSuffix(u.Host, port), ":")
	}
	path := strings.TrimRight(u.EscapedPath(), "/")
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: strings.TrimRight(u.Path, "/"), RawPath: path}, nil
}

func badAddress(why string) *idv.Error {
	return &idv.Error{
		Code:    idv.CodeInvalid,
		Message: "The portal's address cannot be used. " + why + " Nothing was changed.",
		Hint:    "Write it as https://api.example.com. Plain http:// is taken only for this computer, such as http://127.0.0.1:8700.",
	}
}

// OnThisMachine reports whether a portal's address is this machine by its very
// name, or no address that NewFeed would take.
func OnThisMachine(address string) bool {
	u, err := parseAddress(address)
	return err != nil || isLoopback(u.Hostname())
}

// isLoopback reports whether a host is this machine by its very name: what a
// name server says does not count.
func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return host == "localhost"
	}
	return ip.Unmap().IsLoopback()
}

// parseKey trims what surrounds a key in a file, and refuses what cannot stand
// in a header.
func parseKey(text string) (string, error) {
	key := strings.TrimSpace(text)
	unusable := strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' })
	if key == "" || unusable {
		return "", &idv.Error{
			Code:    idv.CodeInvalid,
			Message: "The portal's key is empty or holds characters that no key has. Nothing was changed.",
			Hint:    "Copy the company's secret key once more, as a single line.",
		}
	}
	return key, nil
}
