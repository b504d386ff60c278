package cli

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"veridesk/backend/archive"
	"veridesk/backend/demo"
	"veridesk/backend/idv"
)

const syncUsage = "[--photos-for 30s] --demo [--sessions N] [--seed S]  |  --portal URL --key-file FILE"

// photosFor is how long a sync fetches photos unless told otherwise.
const photosFor = 30 * time.Second

// synced is what sync prints with --json.
type synced struct {
	idv.Report
	Photos archive.Photos `json:"photos"`
}

func runSync(c *call) error {
	var o demo.Options
	isDemo := c.flags.Bool("demo", false, "")
	portal := c.flags.String("portal", "", "")
	keyFile := c.flags.String("key-file", "", "")
	photos := c.flags.Duration("photos-for", photosFor, "")
	demoFlags(c, &o)
	if err := c.parse(); err != nil {
		return err
	}
	origin := archive.Origin{Kind: archive.OriginDemo, Sessions: o.Sessions, Seed: o.Seed}
	var key string
	switch {
	case *isDemo == (*portal != ""):
		return usage("sync needs either --demo or --portal URL.")
	case *isDemo && *keyFile != "":
		return usage("sync --demo takes no --key-file.")
	case *portal != "" && (c.flags.Changed("sessions") || c.flags.Changed("seed")):
		return usage("--sessions and --seed go with --demo.")
	case *portal != "" && *keyFile == "":
		return usage("sync --portal needs the portal's key in a file: --key-file FILE.")
	case *portal != "":
		var err error
		if key, err = c.readKey(*keyFile); err != nil {
			return err
		}
		origin = archive.Origin{Kind: archive.OriginPortal, Address: *portal}
	}
	if err := checkDemo(c, o); err != nil {
		return err
	}
	return c.openOrMake(func(a *archive.Archive) error {
		report, err := a.SyncFrom(c.ctx, origin, key, c.progress())
		if err != nil {
			return c.report(report, err)
		}
		fetched, err := c.fetchPhotos(a, *photos)
		if err != nil {
			return c.report(report, err)
		}
		text := reportText(report) + fmt.Sprintf("\n%d photos fetched", fetched.Fetched)
		if fetched.Left > 0 {
			text += fmt.Sprintf("; those of %d sessions are still at the portal, for the next sync or a longer --photos-for", fetched.Left)
		}
		return c.print(synced{report, fetched}, text)
	})
}

// fetchPhotos fetches photos for so long. That the time is up is no failure, and
// neither is a portal that gives none: what is left is told.
func (c *call) fetchPhotos(a *archive.Archive, most time.Duration) (archive.Photos, error) {
	ctx, stop := context.WithTimeout(c.ctx, most)
	defer stop()
	fetched, err := a.FetchPhotos(ctx, c.progress())
	if err != nil && ctx.Err() == nil {
		slog.Warn("photos not fetched", "error", err)
	}
	return fetched, c.ctx.Err()
}

// readKey reads the portal's key: the file's text without the blanks around it;
// "-" is standard input.
func (c *call) readKey(name string) (string, error) {
	in := c.stdin
	if name != "-" {
		file, err := openFile("key file", name)
		if err != nil {
			return "", err
		}
		defer file.Close()
		in = file
	}
	const most = 64 << 10
	// Some editors and shells write UTF-16, or mark UTF-8, by their first bytes.
	decoded := transform.NewReader(io.LimitReader(in, most), unicode.BOMOverride(unicode.UTF8.NewDecoder()))
	text, err := io.ReadAll(decoded)
	key := strings.TrimSpace(string(text))
	if err != nil || key == "" || strings.ContainsAny(key, "\r\n\x00") {
		return "", &idv.Error{
			Code: idv.CodeInvalid, Cause: err,
			Message: fmt.Sprintf("The key file %s does not hold one line with the portal's key.", name),
			Hint:    "Put the key alone into the file.",
		}
	}
	return key, nil
}

// report prints what a sync or an import did. When it failed, what was done
// until then is kept and still told.
func (c *call) report(r idv.Report, failed error) error {
	if failed != nil {
		if !c.opts.JSON && r.Read > 0 {
			fmt.Fprintln(c.stderr, reportText(r))
		}
		return failed
	}
	return c.print(r, reportText(r))
}

func reportText(r idv.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d read: %d added, %d changed, %d unchanged, %d could not be read",
		r.Read, r.Added, r.Changed, r.Unchanged, len(r.Rejected))
	const most = 20
	for i, rejected := range r.Rejected {
		if i == most {
			fmt.Fprintf(&b, "\n  and %d more (--json lists them all)", len(r.Rejected)-most)
			break
		}
		fmt.Fprintf(&b, "\n  %s, row %d", rejected.File, rejected.Row)
		if rejected.Column != "" {
			fmt.Fprintf(&b, ", %s", rejected.Column)
		}
		fmt.Fprintf(&b, ": %s", rejected.Reason)
	}
	return b.String()
}
