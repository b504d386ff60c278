package source_test

import (
	"bytes"
	"encoding/csv"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"

	"veridesk/backend/idv"
	"veridesk/backend/source"
)

const sampleCSV = "testdata/verifications.sample.csv"

func writeFile(tb testing.TB, text string) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "sessions.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

func readCSV(t *testing.T, path string) run {
	t.Helper()
	file, err := source.NewCSV(path)
	if err != nil {
		t.Fatal(err)
	}
	return readAll(t.Context(), file, "")
}

// row is a row in the portal's order in which the given cells are set over those
// of a good one.
func row(cells map[idv.Column]string) []string {
	base := map[idv.Column]string{idv.ColSessionID: "s-1", idv.ColCreated: "2025-03-01T08:00:00.448Z"}
	fields := make([]string, len(idv.Columns))
	for i, column := range idv.Columns {
		fields[i] = base[column]
		if text, ok := cells[column]; ok {
			fields[i] = text
		}
	}
	return fields
}

// table writes rows as CSV under the portal's header, by Go's own writer.
func table(t *testing.T, rows ...[]string) string {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	if err := w.WriteAll(append([][]string{idv.Columns[:]}, rows...)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sampleRows are the sample's cells as another reader sees them.
func sampleRows(t *testing.T) [][]string {
	t.Helper()
	text, err := os.ReadFile(sampleCSV)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// sameCells holds sessions to the cells they were read from.
func sameCells(t *testing.T, sessions []idv.Session, rows [][]string) {
	t.Helper()
	if len(sessions) != len(rows) {
		t.Fatalf("%d sessions of %d rows", len(sessions), len(rows))
	}
	for i, s := range sessions {
		if cells := idv.Cells(s); !slices.Equal(cells[:], rows[i]) {
			t.Errorf("row %d\n got %q\nwant %q", i+1, cells, rows[i])
		}
	}
}

func TestCSVSample(t *testing.T) {
	got := readCSV(t, sampleCSV)
	if got.err != nil || len(got.rejected) > 0 || got.batches[0].Total != 60 {
		t.Fatalf("%v, %v", got.err, got.rejected)
	}
	sameCells(t, got.sessions, sampleRows(t)[1:])
	for _, s := range got.sessions {
		if s.Written != nil || s.Unknown != nil {
			t.Errorf("%s: written %v, unknown %v: the portal's own spelling needs neither", s.ID, s.Written, s.Unknown)
		}
	}
	want := idv.Session{
		ID: "36fdaf90-22ee-491e-a4be-ed782abec259", Partner: "Example Bank", Outcome: idv.Failed, Verified: new(false),
		Created: time.Date(2025, 3, 1, 8, 37, 0, 448e6, time.UTC), Finished: time.Date(2025, 3, 1, 8, 37, 52, 164e6, time.UTC),
		Person: idv.Person{
			FirstName: idv.Name{Latin: "DAVIT"}, LastName: idv.Name{Latin: "ABASHIDZE"}, PersonalNumber: "34373861830",
			BirthDate: "1971-04-03", Sex: "female", Nationality: "GEO",
		},
		Document: idv.Document{Type: "PASSPORT", Number: "24IB07065", Expires: "2031-02-14"},
		Checks:   idv.Checks{DocumentValid: new(false), Liveness: new(0), MatchLevel: new(7)},
		Device:   idv.Device{Kind: "Mobile", Model: "iPhone", OS: "Android", Browser: "Firefox", ClientIP: "198.51.100.198"},
		Extra:    []idv.Field{{Key: "phoneNumber", Value: "+995 525910697"}, {Key: "branch", Value: `Kutaisi "Center"`}},

		AttemptNumber: new(2),
	}
	if !reflect.DeepEqual(got.sessions[1], want) {
		t.Errorf("row 2\n got %+v\nwant %+v", got.sessions[1], want)
	}
	if last := got.sessions[59]; last.Outcome != idv.Pending {
		t.Errorf("a session that was not completed is %q", last.Outcome)
	}
}

// TestCSVAsSpreadsheetsSaveIt reads the sample in other encodings, line ends,
// delimiters and column orders: always the same sessions.
func TestCSVAsSpreadsheetsSaveIt(t *testing.T) {
	rows := sampleRows(t)
	write := func(comma rune, crlf bool) string {
		var b strings.Builder
		w := csv.NewWriter(&b)
		w.Comma, w.UseCRLF = comma, crlf
		if err := w.WriteAll(rows); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	encoded := func(e encoding.Encoding, text string) string {
		out, err := e.NewEncoder().String(text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	plain := write(',', false)
	header, body, _ := strings.Cut(plain, "\n")
	for name, text := range map[string]string{
		"LF":                 plain,
		"CRLF":               write(',', true),
		"CR":                 strings.ReplaceAll(plain, "\n", "\r"),
		"no last line end":   strings.TrimSuffix(plain, "\n"),
		"semicolons":         write(';', true),
		"tabs":               write('\t', false),
		"bars":               "sep=|\n" + write('|', false),
		"for Excel":          "sep=;\r\n" + write(';', true),
		"UTF-8 with mark":    "\ufeff" + write(';', true),
		"UTF-16 LE":          encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), write('\t', true)),
		"UTF-16 BE":          encoded(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), plain),
		"shouting header":    strings.ToUpper(header) + "\n" + body,
		"header with blanks": strings.ReplaceAll(header, ",", " , ") + "\n" + body,
		"blank rows":         header + "\n\n" + body + "\n   \n" + strings.Repeat(",", 23) + "\n,,\n",
	} {
		t.Run(name, func(t *testing.T) {
			got := readCSV(t, writeFile(t, text))
			if got.err != nil || len(got.rejected) > 0 || got.batches[0].Total != 60 {
				t.Fatalf("%v, %v", got.err, got.rejected)
			}
			sameCells(t, got.sessions, rows[1:])
		})
	}
}

func TestCSVColumnsInAnyOrderAndUnknownOnes(t *testing.T) {
	header, cells := []string{"Score", "", "Score"}, []string{"9 \"nine\"", "", "10"}
	values := row(map[idv.Column]string{idv.ColLastName: "BERIDZE"})
	for i := range idv.Columns {
		last := len(idv.Columns) - 1 - i
		header, cells = append(header, idv.Columns[last]), append(cells, values[last])
	}
	var b strings.Builder
	if err := csv.NewWriter(&b).WriteAll([][]string{header, cells}); err != nil {
		t.Fatal(err)
	}
	got := readCSV(t, writeFile(t, b.String()))
	sameCells(t, got.sessions, [][]string{values})
	unknown := slices.Sorted(maps.Values(got.sessions[0].Unknown))
	if !slices.Equal(unknown, []string{`"10"`, `"9 \"nine\""`}) || got.sessions[0].Unknown["csv.Score"] == "" {
		t.Errorf("unknown %v", got.sessions[0].Unknown)
	}
}

func TestCSVFields(t *testing.T) {
	tests := []map[idv.Column]string{
		{idv.ColExtra: "two\nlines"},
		{idv.ColExtra: "a \"quoted\" one; b: c: d"},
		{idv.ColExtra: ": no key; no value: ; ;"},
		{idv.ColFirstName: "  blanks  ", idv.ColPersonalNumber: " 00123 "},
		{idv.ColVerified: "yes", idv.ColDocumentValid: "0"},
		{idv.ColVerified: "False", idv.ColDocumentValid: "No", idv.ColCompleted: "2025-03-01 08:00"},
		{idv.ColLiveness: "02", idv.ColMatchLevel: "+7", idv.ColAttempts: "-1"},
		{idv.ColLiveness: "0.0", idv.ColMatchLevel: "7.0", idv.ColAttempts: "2e0"},
		{idv.ColDocumentType: "Passport"}, {idv.ColDocumentType: "PASSPORT"}, {idv.ColDocumentType: "Residence card"}, {idv.ColDocumentType: "id"},
		{idv.ColBirthDate: "1974-09-11", idv.ColExpiration: "24.05.2029"},
		{idv.ColBirthDate: "9/11/1974", idv.ColExpiration: "05/24/29"},
		{idv.ColCreated: "2025-03-01T12:00:00+04:00"}, {idv.ColCreated: "2025-03-01 08:00:00.448"}, {idv.ColCreated: "3/1/2025, 8:00:00 PM"},
		{idv.ColCreated: "01.03.2025 08:00"}, {idv.ColCreated: "03/01/2025 08:00:59"}, {idv.ColCreated: "3/1/2025 8:00\u202fam"},
	}
	for _, cells := range tests {
		want := row(cells)
		got := readCSV(t, writeFile(t, table(t, want)))
		if got.err != nil || len(got.rejected) > 0 {
			t.Errorf("%v: %v %v", cells, got.err, got.rejected)
			continue
		}
		sameCells(t, got.sessions, [][]string{want})
	}
}

func TestCSVGeorgianSpelling(t *testing.T) {
	path := writeFile(t, table(t, row(map[idv.Column]string{idv.ColFirstName: "ნინო", idv.ColCreated: ""})))
	got := readCSV(t, path)
	if got.err != nil || len(got.rejected) != 0 || got.sessions[0].Person.FirstName != (idv.Name{Georgian: "ნინო"}) {
		t.Errorf("%+v", got)
	}
}

// TestCSVLineEndsInsideFields: an export must repeat them as they are.
func TestCSVLineEndsInsideFields(t *testing.T) {
	fields := row(map[idv.Column]string{idv.ColExtra: `"one` + "\r\n" + `two"`})
	got := readCSV(t, writeFile(t, strings.Join(idv.Columns[:], ",")+"\r\n"+strings.Join(fields, ",")+"\r\n"))
	if len(got.sessions) != 1 || idv.Cells(got.sessions[0])[16] != "one\r\ntwo" {
		t.Errorf("%+v", got)
	}
}

// TestCSVNumbersAsTheFeedReadsThem: a spreadsheet may have saved 7 as 7.0.
func TestCSVNumbersAsTheFeedReadsThem(t *testing.T) {
	got := readCSV(t, writeFile(t, table(t, row(map[idv.Column]string{idv.ColLiveness: "0.0", idv.ColMatchLevel: "7.0"}))))
	if len(got.sessions) != 1 || *got.sessions[0].Checks.Liveness != 0 || *got.sessions[0].Checks.MatchLevel != 7 {
		t.Errorf("%+v", got)
	}
}

// TestCSVOtherBytes: a row that is not UTF-8 is rejected alone, in a form that
// can be printed.
func TestCSVOtherBytes(t *testing.T) {
	bad := strings.Join(row(map[idv.Column]string{idv.ColFirstName: "J\xdcRGEN"}), ",")
	inTwoLines := strings.Replace(bad, "J\xdcRGEN", "\"J\xdcR\nGEN\"", 1)
	path := writeFile(t, table(t, row(nil))+bad+"\n"+inTwoLines+"\n\xff\n"+strings.Join(row(nil), ",")+"\n")
	got := readCSV(t, path)
	reason := "is not text in UTF-8; save the file as “CSV UTF-8”"
	want := []idv.Rejection{
		{File: path, Row: 2, Reason: reason, Raw: strings.Replace(bad, "\xdc", "\ufffd", 1)},
		{File: path, Row: 3, Reason: reason, Raw: strings.Replace(inTwoLines, "\xdc", "\ufffd", 1)},
		{File: path, Row: 4, Reason: reason, Raw: "\ufffd"},
	}
	if got.err != nil || len(got.ids) != 2 || !slices.Equal(got.rejected, want) {
		t.Errorf("%v, %v\n got %+v\nwant %+v", got.err, got.ids, got.rejected, want)
	}
}

// TestCSVEmptyFieldsBehind: spreadsheets leave them there.
func TestCSVEmptyFieldsBehind(t *testing.T) {
	good := strings.Join(row(nil), ",")
	inTwoLines := strings.Join(row(map[idv.Column]string{idv.ColExtra: "\"two\nlines\""}), ",")
	path := writeFile(t, table(t)+good+",\n"+good+",,\" \", \n"+inTwoLines+",,\n"+good+",,x\n")
	got := readCSV(t, path)
	if got.err != nil || len(got.ids) != 3 || len(got.rejected) != 1 || got.sessions[2].Extra[0].Value != "two\nlines" {
		t.Fatalf("%v, %v, %+v", got.err, got.ids, got.rejected)
	}
	if r := got.rejected[0]; r.Row != 4 || r.Reason != "has 26 fields, and the header has 24" {
		t.Errorf("%+v", r)
	}
}

func TestCSVRejects(t *testing.T) {
	tests := []struct {
		column idv.Column
		text   string
		reason string
	}{
		{idv.ColSessionID, "", "is missing"},
		{idv.ColSessionID, strings.Repeat("შ", 86), "is 258 bytes long, and 256 is the most"},
		{idv.ColCreated, "2025-03-01", `"2025-03-01" is no date and time`},
		{idv.ColCreated, "31.02.2025 08:00", `"31.02.2025 08:00" is no date and time`},
		{idv.ColCompleted, "later", `"later" is no date and time`},
		{idv.ColBirthDate, "02-30-74", `"02-30-74" is no date`},
		{idv.ColBirthDate, "1974", `"1974" is no date`},
		{idv.ColExpiration, "never", `"never" is no date`},
		{idv.ColVerified, "Pending", `"Pending" is neither TRUE nor FALSE`},
		{idv.ColDocumentValid, "2", `"2" is neither TRUE nor FALSE`},
		{idv.ColLiveness, "passed", `"passed" is not a whole number`},
		{idv.ColMatchLevel, "1.5", `"1.5" is not a whole number`},
		{idv.ColAttempts, "99999999999999999999", `"99999999999999999999" is not a whole number`},
	}
	for _, tt := range tests {
		bad := row(map[idv.Column]string{tt.column: tt.text})
		path := writeFile(t, table(t, row(nil), bad, row(nil)))
		got := readCSV(t, path)
		want := []idv.Rejection{{File: path, Row: 2, Column: tt.column, Reason: tt.reason, Raw: strings.Join(bad, ",")}}
		if got.err != nil || len(got.ids) != 2 || !slices.Equal(got.rejected, want) {
			t.Errorf("%s %q\n got %+v\nwant %+v", tt.column, tt.text, got.rejected, want)
		}
	}
}
