// The feed: sessions in the order of their last change, page by page.
package demo

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"time"
)

// move is the move of a pending session in the feed when it turns final.
type move struct{ from, to int64 }

// page is a piece of the feed: the sessions after the given place. left counts
// them all, those of this page included.
func (p *Portal) page(after change, limit int, now int64) (items []change, left int) {
	from := p.firstAfter(p.feed, after)
	for _, c := range p.feed[from:] {
		if len(items) == limit {
			break
		}
		if turn, ok := p.final[c.index]; (!ok || turn.to > now) && !p.isClosed(c.index) {
			items = append(items, c)
		}
	}
	for _, c := range p.turns[p.firstAfter(p.turns, after):] {
		if len(items) == limit || c.at > now {
			break
		}
		if !p.isClosed(c.index) {
			items = append(items, c)
		}
	}
	return items, p.left(after, from, now)
}

func (p *Portal) firstAfter(list []change, after change) int {
	n, found := slices.BinarySearchFunc(list, after, change.compare)
	if found {
		n++
	}
	return n
}

// left counts the sessions after the given place without visiting each: those
// that turned final have left their old place and taken one at the end.
func (p *Portal) left(after change, from int, now int64) int {
	left := len(p.feed) - from
	for _, turn := range p.turns {
		if turn.at > now {
			break
		}
		if (change{p.final[turn.index].from, turn.index}).compare(after) > 0 {
			left--
		}
		if turn.compare(after) > 0 {
			left++
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range p.closed {
		if place := (change{p.plan(i).at(now).changed, i}); place.compare(after) > 0 {
			left--
		}
	}
	return left
}

func (p *Portal) isClosed(i uint32) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.closed[i]
}

func (p *Portal) close(i uint32) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed[i] = true
}

// start is the place before every session.
var start = change{at: math.MinInt64}

// since is the place before the first session changed at t or later.
func since(t time.Time) change {
	at := t.UnixMilli()
	if t.After(time.UnixMilli(at)) {
		at++ // the feed counts in whole milliseconds
	}
	return change{at - 1, math.MaxUint32}
}

var errCursor = errors.New("cursor is not one of this portal's")

// cursor writes a place as text: place, number of sessions, signature.
func (p *Portal) cursor(place change) string {
	b := make([]byte, 0, 24)
	b = binary.BigEndian.AppendUint64(b, uint64(place.at))
	b = binary.BigEndian.AppendUint32(b, place.index)
	b = binary.BigEndian.AppendUint32(b, uint32(p.options.Sessions))
	return base64.RawURLEncoding.EncodeToString(append(b, p.sign(b)[:8]...))
}

// place reads a cursor. A cursor of a smaller portal of the same seed leads
// back to the start: the sessions that came since lie before it and after it.
func (p *Portal) place(cursor string) (change, error) {
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(b) != 24 || !hmac.Equal(b[16:], p.sign(b[:16])[:8]) {
		return change{}, errCursor
	}
	if int64(binary.BigEndian.Uint32(b[12:])) < int64(p.options.Sessions) {
		return start, nil
	}
	return change{int64(binary.BigEndian.Uint64(b)), binary.BigEndian.Uint32(b[8:])}, nil
}

func (p *Portal) sign(text []byte) []byte {
	h := hmac.New(sha256.New, p.secret)
	h.Write(text)
	return h.Sum(nil)
}
