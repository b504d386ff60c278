// The page that a browser sees at the portal's address.
package demo

import (
	"html/template"
	"net/http"
)

var homePage = template.Must(template.New("home").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Demo portal</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}code{background:#8882;padding:.1em .3em;border-radius:.2em}</style>
<h1>Demo portal</h1>
<p>An invented verification portal with {{.Sessions}} sessions, seed {{.Seed}}.
Every person, document, number and picture in it is made up.</p>
<p>Send the key as the whole value of the header: <code>Authorization: {{.Key}}</code></p>
<ul>
<li><code>GET /verification/sessions?cursor=&amp;updatedSince=&amp;limit=100</code>: the sessions by their last change, page by page</li>
<li><code>GET /verification/session-data/{sessionId}</code>, <code>/verification/session-data/v2/{sessionId}</code>: one session</li>
<li><code>POST /verification/close/{sessionId}</code>: closes a session to further reading</li>
<li><a href="{{.CSV}}?key={{.Key}}">{{.CSV}}</a>: all sessions as the portal's CSV file</li>
</ul>
</html>
`))

func (p *Portal) home(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	homePage.Execute(w, map[string]any{ // a client that has gone needs no page
		"Sessions": p.options.Sessions, "Seed": p.options.Seed, "Key": p.options.Key, "CSV": csvPath,
	})
}
