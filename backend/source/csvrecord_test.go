package source_test

import (
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

// TestCSVManyOpenQuotes gives every row an open quote: the file is read to its
// end all the same, each row a rejection.
func TestCSVManyOpenQuotes(t *testing.T) {
	got := readCSV(t, writeFile(t, strings.Join(idv.Columns[:], ",")+"\n"+strings.Repeat("\"x,\n", 2001)))
	if got.err != nil || len(got.rejected) < 1000 || len(got.ids) > 0 {
		t.Errorf("%v, %d rejected", got.err, len(got.rejected))
	}
}
