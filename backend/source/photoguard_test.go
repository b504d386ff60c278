package source_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

// lyingNames is a real name server on this computer that gives one address for
// every name.
func lyingNames(t *testing.T, address netip.Addr) *net.Resolver {
	t.Helper()
	server, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	go func() {
		for packet := make([]byte, 4096); ; {
			n, from, err := server.ReadFrom(packet)
			if err != nil {
				return
			}
			if answer, err := lie(packet[:n], address); err == nil {
				_, _ = server.WriteTo(answer, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", server.LocalAddr().String())
	}}
}

func lie(question []byte, address netip.Addr) ([]byte, error) {
	var m dnsmessage.Message
	if err := m.Unpack(question); err != nil {
		return nil, err
	}
	m.Response, m.Additionals = true, nil
	asked := m.Questions[0]
	head := dnsmessage.ResourceHeader{Name: asked.Name, Type: asked.Type, Class: asked.Class, TTL: 1}
	switch {
	case asked.Type == dnsmessage.TypeA && address.Is4():
		m.Answers = []dnsmessage.Resource{{Header: head, Body: &dnsmessage.AResource{A: address.As4()}}}
	case asked.Type == dnsmessage.TypeAAAA && address.Is6():
		m.Answers = []dnsmessage.Resource{{Header: head, Body: &dnsmessage.AAAAResource{AAAA: address.As16()}}}
	}
	return m.Pack()
}

// A host that is allowed, and whose name leads into the network around this
// computer: nobody there is called.
func TestFetchRefusesPlacesInsideTheNetwork(t *testing.T) {
	for _, address := range []string{
		"127.0.0.1", "127.8.9.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "198.18.0.1",
		"224.0.0.1", "255.255.255.255", "::1", "::", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1", "::127.0.0.1",
		"fe80::1", "fd00::1", "ff02::1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "2001:db8::1",
	} {
		t.Run(address, func(t *testing.T) {
			fetcher, err := source.NewFetcher(source.FetchOptions{
				Portal: "https://example.com", Hosts: []string{"photos.example.com"}, Resolver: lyingNames(t, netip.MustParseAddr(address)),
				Wait: func(context.Context, time.Duration) error { return errors.New("it was tried again") },
			})
			if err != nil {
				t.Fatal(err)
			}
			defer fetcher.Close()
			_, err = fetcher.Fetch(t.Context(), idv.Photo{URL: "https://photos.example.com/x?" + token})
			wantRefused(t, address, err)
			if !strings.Contains(idv.AsError(err).Message, "inside a network") {
				t.Errorf("%v", err)
			}
		})
	}
}

// The same, with somebody there who would notice. Only root may listen there.
func TestFetchCallsNobodyOnThisComputer(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:443")
	if err != nil {
		t.Skipf("skipped: cannot listen on port 443: %v", err)
	}
	var called atomic.Int32
	server := &http.Server{ConnState: func(net.Conn, http.ConnState) { called.Add(1) }}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()
	for _, address := range []string{"127.0.0.1", "::ffff:127.0.0.1"} {
		fetcher, err := source.NewFetcher(source.FetchOptions{Portal: "https://example.com", Resolver: lyingNames(t, netip.MustParseAddr(address))})
		if err != nil {
			t.Fatal(err)
		}
		_, err = fetcher.Fetch(t.Context(), idv.Photo{URL: "https://example.com/x?" + token})
		wantRefused(t, address, err)
		fetcher.Close()
	}
	if called.Load() > 0 {
		t.Errorf("called %d times", called.Load())
	}
}

// A portal on this computer has its photos here: at its own address and nowhere
// else.
func TestFetchFromThisComputer(t *testing.T) {
	p, other := newPortal(t), newPortal(t)
	p.answer(image("photo"))
	port := p.URL[strings.LastIndex(p.URL, ":"):]
	fetcher, err := source.NewFetcher(source.FetchOptions{Portal: p.URL, Hosts: []string{"photos.example.com"}, Resolver: lyingNames(t, netip.MustParseAddr("127.0.0.1"))})
	if err != nil {
		t.Fatal(err)
	}
	defer fetcher.Close()
	for _, link := range []string{
		other.URL + "/x", "http://127.0.0.1/x", "https://127.0.0.1" + port + "/x", "http://localhost" + port + "/x", "http://127.0.0.2" + port + "/x",
		"http://" + token + "@127.0.0.1" + port + "/x", "https://photos.example.com/x", "http://photos.example.com" + port + "/x", "file:///etc/passwd",
	} {
		_, err := fetcher.Fetch(t.Context(), idv.Photo{URL: link + "?" + token})
		wantRefused(t, link, err)
	}
	if n := len(p.requests()) + len(other.requests()); n > 0 {
		t.Fatalf("%d requests were sent", n)
	}
	body, err := fetcher.Fetch(t.Context(), idv.Photo{URL: p.URL + "/x"})
	if err != nil {
		t.Fatal(err)
	}
	_ = body.Close()
}

// roundTrip is a network that only looks at what would be sent.
type roundTrip func(*http.Request)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) {
	f(r)
	return &http.Response{StatusCode: http.StatusForbidden, Body: http.NoBody}, nil
}

// FuzzFetchLink: whatever a link is, a request goes to a host that was allowed.
func FuzzFetchLink(f *testing.F) {
	for _, link := range []string{
		"https://example.com/x", "https://photos.example.com:443/x?a=b#c", "https://EXAMPLE.com", "https://a:b@example.com/", "https://[::1]/", "https://example.com\\@evil/", "//x", "",
	} {
		f.Add(link)
	}
	f.Fuzz(func(t *testing.T, link string) {
		fetcher, err := source.NewFetcher(source.FetchOptions{
			Portal: "https://example.com", Hosts: []string{"photos.example.com"},
			Transport: roundTrip(func(r *http.Request) {
				host := strings.TrimSuffix(strings.TrimSuffix(r.URL.Host, "443"), ":")
				if r.URL.Scheme != "https" || r.URL.User != nil || r.Host != r.URL.Host || host != "example.com" && host != "photos.example.com" {
					t.Errorf("%q leads to %s", link, r.URL)
				}
			}),
		})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := fetcher.Fetch(t.Context(), idv.Photo{URL: link}); !errors.Is(err, source.ErrExpired) && !errors.Is(err, source.ErrAddress) {
			t.Errorf("%q: %v", link, err)
		}
	})
}

const proxyChild = "VERIDESK_SOURCE_PROXY_CHILD"

// Where the system is set to use a proxy, it is used, though it is inside the
// network. The setting is read once, so this takes a process of its own.
func TestFetchThroughAProxy(t *testing.T) {
	if os.Getenv(proxyChild) != "" {
		fetcher, err := source.NewFetcher(source.FetchOptions{Portal: "https://example.com", Wait: func(context.Context, time.Duration) error { return nil }})
		if err != nil {
			t.Fatal(err)
		}
		_, err = fetcher.Fetch(t.Context(), idv.Photo{URL: "https://example.com/x?" + token})
		if idv.AsError(err).Code != idv.CodeUnreachable {
			t.Errorf("%v", err)
		}
		wantSilent(t, "proxy", err)
		return
	}
	proxy := newPortal(t)
	for range 4 {
		proxy.answer(status(502))
	}
	child := exec.Command(os.Args[0], "-test.run=^TestFetchThroughAProxy$")
	child.Env = append(os.Environ(), proxyChild+"=1", "HTTPS_PROXY="+proxy.URL, "NO_PROXY=", "no_proxy=")
	if out, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	asked := proxy.requests()
	if len(asked) != 4 || asked[0].Method != http.MethodConnect || asked[0].Host != "example.com:443" {
		t.Errorf("%d requests, the first %+v", len(asked), asked)
	}
}
