package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
)

const searchUsage = "[--limit 50] [--offset 0] [--counts] [TEXT...]\n  " + narrowUsage

func runSearch(c *call) error {
	limit := c.flags.Int("limit", 50, "")
	offset := c.flags.Int("offset", 0, "")
	counts := c.flags.Bool("counts", false, "")
	narrowed := newNarrow(c.flags)
	if err := c.parse(); err != nil {
		return err
	}
	if *limit < 0 || *offset < 0 {
		return usage("--limit and --offset are 0 or more.")
	}
	q, err := narrowed.query(c.args, time.Local)
	if err != nil {
		return err
	}
	q.Limit, q.Offset, q.Facets = *limit, *offset, *counts
	return c.open(func(a *archive.Archive) error {
		if err := a.Indexed(c.ctx, c.progress()); err != nil {
			return err
		}
		page, err := findAll(c, a, q)
		if err != nil {
			return err
		}
		text := pageText(page)
		if q.Facets {
			text = countsText(page.Facets) + text
		}
		return c.print(page, text)
	})
}

// findAll asks page by page, because one page is capped and --limit is not.
func findAll(c *call, a *archive.Archive, q idv.Query) (idv.Page, error) {
	all, err := a.Find(c.ctx, q)
	for want := q.Limit; err == nil && len(all.Rows) < min(want, all.Total-q.Offset); {
		next := q
		next.Offset, next.Limit, next.Facets = q.Offset+len(all.Rows), want-len(all.Rows), false
		var page idv.Page
		if page, err = a.Find(c.ctx, next); len(page.Rows) == 0 {
			break
		}
		all.Rows = append(all.Rows, page.Rows...)
	}
	return all, err
}

// unread is how the portal shows a name that could not be read.
const unread = "******"

func pageText(page idv.Page) string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, row := range page.Rows {
		cells := []string{
			row.CreatedAt, name(row.FirstName), name(row.LastName), row.PersonalNumber,
			row.DocumentNumber, row.DocumentType, row.Verified, row.SessionID,
		}
		if row.Near != "" { // found, but not as it stands
			cells = append(cells, "looks like "+row.Near)
		}
		fmt.Fprintln(w, strings.Join(cells, "\t"))
	}
	w.Flush()
	fmt.Fprintf(&b, "%d found", page.Total)
	if shown := len(page.Rows); shown < page.Total && shown > 0 {
		fmt.Fprintf(&b, ", %d to %d shown", page.Offset+1, page.Offset+shown)
	}
	for i, nearest := range page.Nearest {
		if i == 0 {
			b.WriteString("; names like these are here:")
		}
		fmt.Fprintf(&b, "\n  %s (%d)", nearest.Text, nearest.Total)
	}
	return b.String()
}

func name(s string) string {
	if s == "" {
		return unread
	}
	return s
}
