package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
)

const searchUsage = "[--limit 50] [--offset 0] [TEXT...]"

func runSearch(c *call) error {
	var q idv.Query
	c.flags.IntVar(&q.Limit, "limit", 50, "")
	c.flags.IntVar(&q.Offset, "offset", 0, "")
	if err := c.parse(); err != nil {
		return err
	}
	if q.Limit < 0 || q.Offset < 0 {
		return usage("--limit and --offset are 0 or more.")
	}
	q.Text = strings.Join(c.args, " ")
	return c.open(func(a *archive.Archive) error {
		if err := a.Indexed(c.ctx, c.progress()); err != nil {
			return err
		}
		page, err := findAll(c, a, q)
		if err != nil {
			return err
		}
		return c.print(page, pageText(page))
	})
}

// findAll asks page by page, because one page is capped and --limit is not.
func findAll(c *call, a *archive.Archive, q idv.Query) (idv.Page, error) {
	all, err := a.Find(c.ctx, q)
	for want := q.Limit; err == nil && len(all.Rows) < min(want, all.Total-q.Offset); {
		next := idv.Query{Text: q.Text, Offset: q.Offset + len(all.Rows), Limit: want - len(all.Rows)}
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
		fmt.Fprintln(w, strings.Join([]string{
			row.CreatedAt, name(row.FirstName), name(row.LastName), row.PersonalNumber,
			row.DocumentNumber, row.DocumentType, row.Verified, row.SessionID,
		}, "\t"))
	}
	w.Flush()
	fmt.Fprintf(&b, "%d found", page.Total)
	if shown := len(page.Rows); shown < page.Total && shown > 0 {
		fmt.Fprintf(&b, ", %d to %d shown", page.Offset+1, page.Offset+shown)
	}
	return b.String()
}

func name(s string) string {
	if s == "" {
		return unread
	}
	return s
}
