// Links to photos. Like the portal's they are signed and expire, so that a
// client must fetch photos in the same pass as the data.
package demo

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

const linkLife = 15 * time.Minute

// The photos of a session.
const (
	selfie1    = "selfie-1"
	selfie2    = "selfie-2"
	frontPhoto = "front"
	backPhoto  = "back"
)

// signer makes the links of one answer, one at a time. A nil signer makes none.
type signer struct {
	mac     hash.Hash
	host    string // scheme and host, as the client called the portal
	expires string // seconds since 1970
	signed  []byte // the same behind a question mark, as it is signed
	room    []byte // for the link that is being made
}

// links are a session's photos by their addresses.
type links struct {
	selfies     []string
	front, back string
}

func (p *Portal) signer(r *http.Request) *signer {
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	expires := strconv.FormatInt(p.options.Now().Add(linkLife).Unix(), 10)
	return &signer{mac: hmac.New(sha256.New, p.secret), host: scheme + r.Host, expires: expires, signed: []byte("?" + expires)}
}

func (s *signer) links(session string) links {
	if s == nil {
		return links{}
	}
	return links{
		selfies: []string{s.link(session, selfie1), s.link(session, selfie2)},
		front:   s.link(session, frontPhoto),
		back:    s.link(session, backPhoto),
	}
}

func (s *signer) link(session, name string) string {
	link := append(s.room[:0], s.host...)
	link = append(append(append(append(append(link, "/media/"...), session...), '/'), name...), ".jpg"...)
	path := link[len(s.host):]
	link = append(append(append(link, "?expires="...), s.expires...), "&signature="...)
	link = appendSignature(link, s.mac, path, s.signed)
	s.room = link
	return string(link)
}

// appendSignature puts the signature of a link behind text: of its path and its
// time, with a question mark between them.
func appendSignature(text []byte, mac hash.Hash, path, time []byte) []byte {
	mac.Reset()
	mac.Write(path)
	mac.Write(time)
	return hex.AppendEncode(text, mac.Sum(nil)[:16])
}

// allowed reports whether the link is the portal's own and still good.
func (p *Portal) allowed(link *url.URL) bool {
	query := link.Query()
	expires := query.Get("expires")
	until, err := strconv.ParseInt(expires, 10, 64)
	good := appendSignature(nil, hmac.New(sha256.New, p.secret), []byte(link.Path), []byte("?"+expires))
	return err == nil && p.options.Now().Unix() <= until && hmac.Equal([]byte(query.Get("signature")), good)
}
