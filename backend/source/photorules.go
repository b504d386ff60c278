package source

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"syscall"

	"code.dny.dev/ssrf"

	"veridesk/backend/idv"
)

// Which links are followed, and to which machines.

// photoRules are the hosts that photos may come from.
type photoRules struct {
	hosts map[string]bool // by https at port 443
	own   *url.URL        // the portal itself, if it is on this computer; else nil
}

func newPhotoRules(portal string, hosts []string) (photoRules, error) {
	base, err := parseAddress(portal)
	if err != nil {
		return photoRules{}, err
	}
	rules := photoRules{hosts: map[string]bool{base.Hostname(): true}}
	if isLoopback(base.Hostname()) {
		rules.own = base
	}
	for _, host := range hosts {
		name := strings.ToLower(strings.TrimSpace(host))
		if !isHostName(name) {
			return photoRules{}, &idv.Error{
				Code:    idv.CodeInvalid,
				Message: fmt.Sprintf("%q cannot be used as a host that photos come from. Nothing was changed.", host),
				Hint:    "Write the name alone, such as photos.example.com.",
			}
		}
		rules.hosts[name] = true
	}
	return rules, nil
}

// isHostName takes names with a dot that end in a letter, and so no address in
// any of its spellings.
func isHostName(name string) bool {
	const letters, others = "abcdefghijklmnopqrstuvwxyz", "0123456789-."
	last := name[strings.LastIndex(name, ".")+1:]
	return strings.Contains(name, ".") && strings.Trim(name, letters+others) == "" && !strings.Contains(name, "..") &&
		!strings.HasPrefix(name, ".") && last != "" && strings.Contains(letters, last[:1])
}

// check reads a link and refuses one that may not be followed.
func (r photoRules) check(link string) (*url.URL, error) {
	u, err := url.Parse(link)
	if err != nil {
		return nil, badLink("It cannot be read as an address.") // the parser's error would repeat it
	}
	host := strings.ToLower(u.Hostname())
	_, numeric := netip.ParseAddr(host)
	switch {
	case u.User != nil:
		return nil, badLink("It holds a user name or a password.")
	case r.own != nil && u.Scheme == r.own.Scheme && strings.ToLower(u.Host) == r.own.Host:
	case u.Scheme != "https":
		return nil, badLink("It does not begin with https://.")
	case u.Port() != "" && u.Port() != "443":
		return nil, badLink("It leads to another port than 443.")
	case numeric == nil:
		return nil, badLink("It names a machine by its number.")
	case !r.hosts[host]:
		return nil, badLink(fmt.Sprintf("It leads to %q, which is neither the portal nor a host that was allowed.", host))
	}
	return &url.URL{Scheme: u.Scheme, Host: strings.ToLower(u.Host), Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery}, nil
}

// newPhotoTransport connects to public addresses only, whatever a name server
// says, and to this computer only where the portal itself is on it. Where the
// system is set to use a proxy, that finds the hosts, and keeps the rules.
func newPhotoTransport(rules photoRules, resolver *net.Resolver) *http.Transport {
	dialer := net.Dialer{Timeout: headerTimeout, Resolver: resolver}
	guarded, local, direct := dialer, dialer, dialer
	guarded.Control = ssrf.New(ssrf.WithPorts(443)).Safe
	local.Control = onlyLoopback
	var proxies sync.Map // their addresses, as they are dialled
	transport := newTransport()
	transport.DisableCompression = true // photos are packed already, and a bomb stays shut
	transport.MaxResponseHeaderBytes = 64 << 10
	transport.Proxy = func(request *http.Request) (*url.URL, error) {
		proxy, err := http.ProxyFromEnvironment(request)
		if proxy != nil {
			proxies.Store(dialled(proxy), true)
		}
		return proxy, err
	}
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if _, isProxy := proxies.Load(address); isProxy {
			return direct.DialContext(ctx, network, address)
		}
		if rules.own != nil && address == dialled(rules.own) {
			return local.DialContext(ctx, network, address)
		}
		return guarded.DialContext(ctx, network, address)
	}
	return transport
}

// dialled is the host and port of an address, as a transport dials it.
func dialled(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	if port == "" {
		port = "1080" // SOCKS
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// onlyLoopback keeps a name such as localhost from leading elsewhere.
func onlyLoopback(_, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !to.Addr().Unmap().IsLoopback() {
		return ssrf.ErrProhibitedIP
	}
	return nil
}
