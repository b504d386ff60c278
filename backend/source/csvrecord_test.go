package source_test

import (
	"runtime"
	"slices"
	"strings"
	"testing"

	"veridesk/backend/idv"
)

// TestCSVBrokenRows: one broken row costs one line, wherever its quotes lead.
func TestCSVBrokenRows(t *testing.T) {
	good := func(id string) string { return strings.Join(row(map[idv.Column]string{idv.ColSessionID: id}), ",") }
	quotedRow := strings.Replace(good("q"), "q,", `q,"a: ""b"", c`+"\n"+`d",`, 1)
	quotedRow = strings.Replace(quotedRow, `",,`, `",`, 1)
	for name, bad := range map[string]string{
		"never closed":        `"` + good("x"),
		"closed by a later":   strings.Replace(good("x"), ",,,,,,,,", `,"phone: 1,,,,,,`, 1),
		"quote inside":        strings.Replace(good("x"), "x", `x"y`, 1),
		"behind the closing":  strings.Replace(good("x"), "x", `"x"y`, 1),
		"too few":             "one,two",
		"too many":            good("x") + ",more",
		"nothing but a quote": `"`,
	} {
		t.Run(name, func(t *testing.T) {
			path := writeFile(t, strings.Join(append([]string{strings.Join(idv.Columns[:], ","), good("1"), bad, quotedRow}, good("3"), good("4")), "\n"))
			got := readCSV(t, path)
			if got.err != nil || !slices.Equal(got.ids, []string{"1", "q", "3", "4"}) || len(got.rejected) != 1 {
				t.Fatalf("%v %v\n%+v", got.err, got.ids, got.rejected)
			}
			if r := got.rejected[0]; r.Row != 2 || r.Raw != bad || r.Reason == "" {
				t.Errorf("%+v", r)
			}
		})
	}
}

// TestCSVLongFields: a field may have many lines and be large.
func TestCSVLongFields(t *testing.T) {
	for name, text := range map[string]string{
		"60 lines":             strings.Repeat("line\n", 59) + "line",
		"1,000 lines":          strings.Repeat("a \"quoted\" line, and more\r\n", 1000),
		"4 MiB":                strings.Repeat("x", 4<<20),
		"4 MiB in 100 k lines": strings.Repeat(strings.Repeat("x", 41)+"\n", 100_000),
	} {
		t.Run(name, func(t *testing.T) {
			fields := row(map[idv.Column]string{idv.ColExtra: text})
			quoted := slices.Clone(fields)
			quoted[16] = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
			next := row(map[idv.Column]string{idv.ColSessionID: "s-2"})
			got := readCSV(t, writeFile(t, table(t)+strings.Join(quoted, ",")+"\r\n"+strings.Join(next, ",")+"\r\n"))
			if got.err != nil || len(got.rejected) > 0 || len(got.sessions) != 2 || got.batches[0].Total != 2 {
				t.Fatalf("%v, %v, %d rejected", got.err, got.ids, len(got.rejected))
			}
			sameCells(t, got.sessions, [][]string{fields, next})
		})
	}
}

// TestCSVRowsBeyondTheLimits: such a row is rejected alone, and only its
// beginning is kept.
func TestCSVRowsBeyondTheLimits(t *testing.T) {
	line := strings.Join(row(nil), ",")
	huge := strings.Repeat("x", 17<<20)
	lines := strings.Repeat(strings.Repeat("x", 1<<10)+"\n", 17<<10)
	in := func(text string) string {
		return strings.Join(row(map[idv.Column]string{idv.ColExtra: text}), ",")
	}
	for name, bad := range map[string]string{
		"one line":             in(huge),
		"one quoted line":      in(`"` + huge + `"`),
		"many lines":           in(`"` + lines + `"`),
		"a huge line in it":    in("\"x\n" + huge + "\nx\""),
		"quotes in many lines": in(`"` + strings.ReplaceAll(lines, "x\n", "\"\"\n") + `"`),
		"never closed":         in(`"` + lines),
	} {
		t.Run(name, func(t *testing.T) {
			got := readCSV(t, writeFile(t, table(t, row(nil))+bad+"\n"+line+"\n"+line+"\n"))
			if got.err != nil || len(got.ids) != 3 || len(got.rejected) != 1 || got.batches[0].Total != 4 {
				t.Fatalf("%v, %d rows, %d rejected", got.err, len(got.ids), len(got.rejected))
			}
			r := got.rejected[0]
			if r.Row != 2 || !strings.Contains(r.Reason, "longer than 16 MiB") || len(r.Raw) > 64<<10 || !strings.HasPrefix(bad, r.Raw) {
				t.Errorf("row %d %s, %d bytes kept", r.Row, r.Reason, len(r.Raw))
			}
		})
	}
}

// TestCSVOpenQuoteBeforeManyGoodRows: rows behind a quote that never closes are
// read, though they are more than a record may hold.
func TestCSVOpenQuoteBeforeManyGoodRows(t *testing.T) {
	line := strings.Join(row(map[idv.Column]string{idv.ColExtra: strings.Repeat("x", 4<<10)}), ",") + "\n"
	got := readCSV(t, writeFile(t, table(t)+`"`+line+strings.Repeat(line, 5<<10)))
	if got.err != nil || len(got.ids) != 5<<10 || len(got.rejected) != 1 || got.rejected[0].Row != 1 {
		t.Errorf("%v, %d rows, %d rejected", got.err, len(got.ids), len(got.rejected))
	}
}

// TestCSVLongRowsInSmallBatches: what is read ahead stays small.
func TestCSVLongRowsInSmallBatches(t *testing.T) {
	line := strings.Join(row(map[idv.Column]string{idv.ColExtra: strings.Repeat("x", 1<<20)}), ",") + "\n"
	got := readCSV(t, writeFile(t, table(t)+strings.Repeat(line, 10)))
	if got.err != nil || len(got.ids) != 10 || len(got.batches) != 3 {
		t.Errorf("%v, %d rows in %d batches", got.err, len(got.ids), len(got.batches))
	}
}

// TestCSVManyOpenQuotes gives a file quotes that lead nowhere, in the patterns
// that tempt a reader to look at the same lines again and again: it is read to
// its end, and what is allocated on the way grows with the file, not with its
// square.
func TestCSVManyOpenQuotes(t *testing.T) {
	const pairs = "\"\"a\"\"\n" // leaves a quoted field open that was open before
	for name, text := range map[string]func(lines int) string{
		"on every line":       func(lines int) string { return strings.Repeat("\"x,\n", lines) },
		"once, before pairs":  func(lines int) string { return "\"x,\n" + strings.Repeat(pairs, lines) },
		"often, before pairs": func(lines int) string { return strings.Repeat("\"x,\n"+strings.Repeat(pairs, 999), lines/1000) },
		"often, before lines": func(lines int) string { return strings.Repeat("\"x,\n"+strings.Repeat("x,y\n", 999), lines/1000) },
		"closed in bad rows": func(lines int) string {
			return strings.Repeat("\"x,\n"+strings.Repeat("x,y\n", 998)+"\",y\n", lines/1000)
		},
	} {
		t.Run(name, func(t *testing.T) {
			cost := func(lines int) float64 {
				path := writeFile(t, table(t)+text(lines))
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				got := readCSV(t, path)
				runtime.ReadMemStats(&after)
				if got.err != nil || len(got.rejected) < lines || len(got.ids) > 0 {
					t.Errorf("%v, %d of %d rejected", got.err, len(got.rejected), lines)
				}
				return float64(after.TotalAlloc - before.TotalAlloc)
			}
			if one, eight := cost(5_000), cost(40_000); eight > 12*one {
				t.Errorf("a file of 8 times the size costs %.1f times as much", eight/one)
			}
		})
	}
}
