package archive_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// The marks: every text that the portal below says begins with one of them, and
// goes on with a number that no other session has.
const (
	latinMark    = "Zqxvark"
	georgianMark = "ჟღჭძწჟღ"
	digitMark    = "730519482"
	portalKey    = latinMark + "-the-portals-key"
)

// portal is a portal whose sessions follow from their numbers, so that a test
// knows each value of each of them. It does not tell its time: a sync goes on
// where the one before it ended.
type portal struct {
	sessions atomic.Int64 // how many there are: numbers 0 to one less
	page     int          // the most it gives at once
	every    int          // one session in so many has photos
	odd      bool         // some items cannot be read, some are liquidated, some photos are gone
}

func newPortal(sessions, page, every int) *portal {
	p := &portal{page: page, every: every}
	p.sessions.Store(int64(sessions))
	return p
}

// growPath makes as many further sessions as its last part says.
const growPath = "/grow/"

func (p *portal) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	base := "http://" + r.Host
	switch {
	case strings.HasPrefix(r.URL.Path, growPath):
		more, _ := strconv.Atoi(path.Base(r.URL.Path))
		p.sessions.Add(int64(more))
	case strings.HasPrefix(r.URL.Path, "/photos/"):
		p.photo(w, r)
	case r.Header.Get("Authorization") != portalKey:
		http.Error(w, latinMark+" has no right to this", http.StatusUnauthorized)
	case strings.HasPrefix(r.URL.Path, "/verification/session-data/"):
		answer(w, p.item(numberIn(path.Base(r.URL.Path)), base))
	default:
		p.list(w, r, base)
	}
}

func answer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value)
}

func (p *portal) list(w http.ResponseWriter, r *http.Request, base string) {
	from, _ := strconv.Atoi(r.URL.Query().Get("cursor"))
	limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
	all := int(p.sessions.Load())
	to := min(from+min(limit, p.page), all)
	items, next := []any{}, ""
	for n := from; n < to; n++ {
		items = append(items, p.item(n, base))
	}
	if to < all {
		next = strconv.Itoa(to)
	}
	answer(w, map[string]any{"items": items, "nextCursor": next})
}

// mark is what a session says in a field; the numbers have six digits, so that
// none is the beginning of another.
func mark(field string, n int) string { return fmt.Sprintf("%s%s%06d", latinMark, field, n) }

func sessionID(n int) string      { return mark("-", n) }
func firstName(n int) string      { return mark("First", n) }
func personalNumber(n int) string { return fmt.Sprintf("%s%06d", digitMark, n) }

func numberIn(id string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(id, latinMark+"-"))
	if err != nil {
		return -1
	}
	return n
}

// What is odd about some sessions of an odd portal.
func (p *portal) unreadable(n int) bool { return p.odd && n%50 == 49 }
func (p *portal) liquidated(n int) bool { return p.odd && n%97 == 5 }
func (p *portal) hasPhotos(n int) bool  { return n%p.every == 0 && !p.liquidated(n) && !p.unreadable(n) }
func (p *portal) photoGone(n int) bool  { return p.odd && n%(7*p.every) == 0 }

type object = map[string]any

// item is a session as the portal gives it.
func (p *portal) item(n int, base string) object {
	m := func(field string) string { return mark(field, n) }
	created := time.Date(2025, 3, 1, 8, 0, 0, 0, time.UTC).Add(time.Duration(n) * time.Minute)
	if p.liquidated(n) {
		return object{"sessionId": sessionID(n), "createdAt": created, "isLiquidated": true, "verified": true}
	}
	info := object{
		"firstName": object{"en": firstName(n), "ge": fmt.Sprintf("%s%06d", georgianMark, n)},
		"lastName":  object{"en": m("Last"), "ge": fmt.Sprintf("%s%06d", georgianMark+"ე", n)},
		"birthDate": "09-11-74", "expirationDate": "05-24-29", "issueDate": "26.05.2019", "sex": m("sex"),
		"nationality": m("nation"), "documentNumber": m("doc"), "personalNumber": personalNumber(n),
	}
	item := object{
		"sessionId": sessionID(n), "_id": m("record"), "environment": m("env"), "status": m("status"), "partner": m("partner"),
		"verified": true, "manualVerified": false, "isLiquidated": false, "liveness": 0, "events": []string{m("event")}, "tags": []string{m("tag")},
		"createdAt": created, "startedAt": created.Add(time.Second), "finishedAt": created.Add(time.Minute),
		"extra": []object{{"key": m("key"), "value": m("value")}, {"key": "phone", "value": "+995 " + personalNumber(n)}},
		"info":  info, "details": details(n, info), "newToday": object{m("unknown"): m("unknown value")},
		"identity": object{"documentType": m("type")},
	}
	if p.hasPhotos(n) {
		link := func(name string) string {
			return fmt.Sprintf("%s/photos/%d/%s.jpg?expires=900&signature=%s", base, n, name, m("signature"))
		}
		item["identity"] = object{"documentType": m("type"), "selfieImages": []string{link("selfie-1")}, "frontImageUrl": link("front")}
	}
	if p.unreadable(n) {
		item["createdAt"] = m("no time")
	}
	return item
}

func details(n int, info object) object {
	m := func(field string) string { return mark(field, n) }
	return object{
		"userAgent": object{"os": m("os"), "browser": m("browser"), "device": m("device"), "vendor": m("vendor"), "version": m("version"), "model": m("model")},
		"location":  object{"country": m("country"), "region": m("region"), "city": m("city"), "timezone": m("zone"), "ll": []float64{41.7, 44.8}},
		"clientIp":  m("ip"), "errorMessage": m("error"), "isMrzValid": true, "attempts": 1, "faceMatched": true, "digitalSpoofStatus": 0,
		"fullIDStatus": 0, "documentValid": true, "livenessStatus": 0, "matchLevel": 7,
		"mrzDetails": []object{{"label": m("label"), "field": m("field"), "value": m("mrz"), "valid": true}},
		"documentAttempts": []object{{
			"success": true, "createdAt": "2025-03-01T08:00:50.143Z", "sessionId": m("other"), "images": []string{m("image")},
			"details": object{"errorMessage": m("attempt error")},
			"data": object{
				"error": m("data error"), "info": info, "mrzString": "ID" + m("mrzline") + "<<" + personalNumber(n), "frontImageText": m("front text"),
				"backImageText": georgianMark + m("back text"), "frontImageData": object{"documentNumber": m("front data")},
				"backImageData": object{"place": m("back data")},
			},
		}},
	}
}

func (p *portal) photo(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(path.Base(path.Dir(r.URL.Path)))
	name := strings.TrimSuffix(path.Base(r.URL.Path), ".jpg")
	if err != nil || !p.hasPhotos(n) || p.photoGone(n) && name == "front" {
		http.Error(w, mark("is not here", n), http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Type", "image/jpeg")
	_, _ = w.Write(photoOf(n, name))
}

// photoOf draws a photo of a session: noise, with marks in its Exif data and in a
// comment.
func photoOf(n int, name string) []byte {
	random := rand.New(rand.NewPCG(uint64(n), uint64(len(name))))
	picture := image.NewGray(image.Rect(0, 0, 48, 36))
	for y := range 36 {
		for x := range 48 {
			picture.SetGray(x, y, color.Gray{Y: uint8(random.IntN(256))})
		}
	}
	var drawn bytes.Buffer
	if err := jpeg.Encode(&drawn, picture, nil); err != nil {
		panic(err)
	}
	marked := []byte{0xff, 0xd8}
	for _, segment := range []struct {
		kind byte
		text string
	}{{0xe1, "Exif\x00\x00" + mark("exif", n)}, {0xfe, mark("comment", n)}} {
		marked = append(marked, 0xff, segment.kind)
		marked = binary.BigEndian.AppendUint16(marked, uint16(len(segment.text)+2))
		marked = append(marked, segment.text...)
	}
	return append(marked, drawn.Bytes()[2:]...)
}
