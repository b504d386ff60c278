package source

import (
	"bytes"
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"veridesk/backend/giveway"
	"veridesk/backend/idv"
)

// Reading a page of the feed in one pass: each item is decoded as soon as it is
// cut, so that a page takes little more memory than its text.

// feedReader is what the pages of a run are read with, one after another: what
// one page took is used again for the next.
type feedReader struct {
	reading
	body   bytes.Buffer
	way    *giveway.Way // reading goes on in the background; may be nil
	expect int          // records in a page, by the one before
}

func newFeedReader(way *giveway.Way) *feedReader {
	return &feedReader{reading: reading{words: newWords()}, way: way}
}

// pageKeys are the keys of a page that are read, besides "items".
var pageKeys = map[string]bool{
	"nextCursor": true, "serverTime": true, "total": true,
	"error": true, "errors": true, "message": true, "success": true, "statusCode": true, "status": true,
}

// page is a page that was cut, before anyone has asked what it says.
type page struct {
	feedAnswer
	hasItems bool
	other    map[string]raw // by pageKeys; of several of one key the first
}

// read reads the object that comes next. The error is one of JSON.
func (p *page) read(c *jsonCutter, r *feedReader) error {
	if _, _, err := c.token(); err != nil {
		return err
	}
	seen := false
	for {
		kind, json, err := c.token()
		if err != nil || kind == jsontext.KindEndObject {
			return err
		}
		key := unquoted(json)
		if key == "items" && !seen {
			seen = true
			if c.tokens.PeekKind() == jsontext.KindBeginArray {
				if err := p.readItems(c, r); err != nil {
					return err
				}
				continue
			}
		}
		v, err := c.value()
		if err != nil {
			return err
		}
		if _, twice := p.other[key]; pageKeys[key] && !twice {
			p.other[key] = slices.Clone(v)
		}
	}
}

// readItems reads the list that comes next.
func (p *page) readItems(c *jsonCutter, r *feedReader) error {
	p.hasItems = true
	if _, _, err := c.token(); err != nil {
		return err
	}
	for c.tokens.PeekKind() != jsontext.KindEndArray {
		r.way.Give()
		v, err := c.value()
		if err != nil {
			return err
		}
		p.items++
		record, err := r.decode(v)
		if err != nil {
			p.unread = append(p.unread, feedItem{p.items, err, strings.Clone(v.json())})
			continue
		}
		if p.records == nil {
			p.records = make([]idv.Record, 0, r.expect)
		}
		p.records = append(p.records, record)
	}
	_, _, err := c.token()
	return err
}
