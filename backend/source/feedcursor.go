package source

import (
	"encoding/json"
	"time"
)

// feedCursor is where a run goes on, as the archive keeps it between two runs.
type feedCursor struct {
	Next  string `json:"cursor,omitempty"` // the portal's own, while there are more pages
	Since string `json:"since,omitempty"`  // changes from this moment on, RFC 3339
}

// overlap is how far a run reads back before the end of the one before it: a
// change that the portal was still writing then must not be lost.
const overlap = 10 * time.Minute

// parseCursor reads a kept cursor. A damaged one means to start over: sessions
// that come again change nothing.
func parseCursor(kept string) feedCursor {
	var c feedCursor
	if json.Unmarshal([]byte(kept), &c) != nil {
		return feedCursor{}
	}
	if _, err := time.Parse(time.RFC3339, c.Since); err != nil {
		c.Since = ""
	}
	return c
}

func (c feedCursor) String() string {
	if c == (feedCursor{}) {
		return ""
	}
	kept, err := json.Marshal(c)
	if err != nil {
		return ""
	}
	return string(kept)
}

// after is the cursor behind a page: the next page, or at the end the time of
// the portal's clock less the overlap. A portal that does not tell its time is
// asked for its last page again.
func (c feedCursor) after(answer *feedAnswer) feedCursor {
	if answer.nextCursor != "" {
		c.Next = answer.nextCursor
		return c
	}
	now, err := time.Parse(time.RFC3339, answer.serverTime)
	if err != nil {
		return c
	}
	return feedCursor{Since: now.Add(-overlap).UTC().Format(time.RFC3339Nano)}
}
