// The addresses that the portal answers.
package demo

import (
	"crypto/subtle"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

const (
	defaultLimit = 100
	maxLimit     = 500
)

func (p *Portal) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", p.home)
	mux.Handle("GET /verification/sessions", p.withKey(p.list))
	mux.Handle("GET /verification/session-data/{id}", p.withKey(p.one))
	mux.Handle("GET /verification/session-data/v2/{id}", p.withKey(p.one))
	mux.Handle("POST /verification/close/{id}", p.withKey(p.closeSession))
	mux.Handle("GET /verification/export.csv", p.withKey(p.exportCSV))
	mux.HandleFunc("GET /media/{id}/{name}", p.photo)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		mux.ServeHTTP(w, r)
	})
}

// withKey lets nobody through without the key. A browser, which cannot send
// the header, may give it as ?key= to download the CSV.
func (p *Portal) withKey(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := r.Header.Get("Authorization")
		if key == "" && r.URL.Path == csvPath {
			key = r.URL.Query().Get("key")
		}
		if subtle.ConstantTimeCompare([]byte(key), []byte(p.options.Key)) != 1 {
			fail(w, http.StatusUnauthorized, "the key in the Authorization header is missing or wrong")
			return
		}
		next(w, r)
	})
}

// feedEnd is what follows the sessions ("items") in an answer of the session
// feed. Total counts the sessions of this page and all pages after it, so the
// first page of a run tells how many the run will bring.
type feedEnd struct {
	NextCursor string `json:"nextCursor"` // empty: no more for now
	ServerTime string `json:"serverTime"`
	Total      int    `json:"total"`
}

func (p *Portal) list(w http.ResponseWriter, r *http.Request) {
	after, limit, err := p.question(r.URL.Query())
	if err != nil {
		fail(w, http.StatusBadRequest, err.Error())
		return
	}
	now := p.now()
	places, left := p.page(after, limit, now)
	end := feedEnd{ServerTime: stamp(now), Total: left}
	if len(places) < left {
		end.NextCursor = p.cursor(places[len(places)-1])
	}
	a := p.answers.Get().(*answer)
	defer p.answers.Put(a)
	a.text.Reset()
	a.text.WriteString(`{"items":[`)
	sign := p.signer(r)
	for i, c := range places {
		if i > 0 {
			a.text.WriteByte(',')
		}
		item := p.make(p.plan(c.index).at(now), sign)
		a.add(&item)
	}
	a.text.WriteByte(']')
	a.addKeys(end)
	a.send(w, http.StatusOK)
}

// question reads where to start and how many sessions to bring. With both a
// cursor and a moment the later of the two counts.
func (p *Portal) question(query url.Values) (after change, limit int, err error) {
	after, limit = start, defaultLimit
	if text := query.Get("limit"); text != "" {
		limit, err = strconv.Atoi(text)
		if err != nil || limit < 1 || limit > maxLimit {
			return after, 0, errors.New("limit is not a number from 1 to 500")
		}
	}
	if text := query.Get("updatedSince"); text != "" {
		t, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			return after, 0, errors.New("updatedSince is not an RFC 3339 time")
		}
		after = since(t)
	}
	if text := query.Get("cursor"); text != "" {
		place, err := p.place(text)
		if err != nil {
			return after, 0, err
		}
		if place.compare(after) > 0 {
			after = place
		}
	}
	return after, limit, nil
}

func (p *Portal) one(w http.ResponseWriter, r *http.Request) {
	if i, ok := p.open(w, r); ok {
		reply(w, http.StatusOK, p.make(p.plan(i).at(p.now()), p.signer(r)))
	}
}

func (p *Portal) closeSession(w http.ResponseWriter, r *http.Request) {
	if i, ok := p.open(w, r); ok {
		p.close(i)
		reply(w, http.StatusOK, map[string]bool{"closed": true})
	}
}

// open finds the session of the address, or answers that there is none to read.
func (p *Portal) open(w http.ResponseWriter, r *http.Request) (uint32, bool) {
	i, ok := p.find(r.PathValue("id"))
	switch {
	case !ok:
		fail(w, http.StatusNotFound, "no such session")
	case p.isClosed(i):
		fail(w, http.StatusGone, "the session is closed")
	default:
		return i, true
	}
	return 0, false
}
