package export

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"iter"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"veridesk/backend/idv"
)

var formats = []Format{CSV, XLSX}

// sample is the portal's sample export as sessions, the cells it read them from
// beside them.
func sample(t testing.TB) (sessions []idv.Session, cells [][]string) {
	t.Helper()
	file, err := os.Open("testdata/verifications.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	table, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range table[1:] {
		sessions = append(sessions, fromCells(row))
	}
	return sessions, table[1:]
}

func fromCells(row []string) idv.Session {
	by := map[string]string{}
	for i, column := range idv.Columns {
		by[column] = row[i]
	}
	created, _ := time.Parse(time.RFC3339, by[idv.ColCreated])
	finished, _ := time.Parse(time.RFC3339, by[idv.ColCompleted])
	verified := boolOf(by[idv.ColVerified])
	s := idv.Session{
		ID: by[idv.ColSessionID], Partner: by[idv.ColPartner], Created: created, Finished: finished,
		Outcome: idv.OutcomeFromCSV(verified, !finished.IsZero()),
		Person: idv.Person{
			FirstName: idv.Name{Latin: by[idv.ColFirstName]}, LastName: idv.Name{Latin: by[idv.ColLastName]},
			PersonalNumber: by[idv.ColPersonalNumber], BirthDate: dateOf(by[idv.ColBirthDate], "19"),
			Sex: by[idv.ColSex], Nationality: by[idv.ColNationality],
		},
		Document: idv.Document{
			Type: by[idv.ColDocumentType], Number: by[idv.ColDocumentNumber], Expires: dateOf(by[idv.ColExpiration], "20"),
		},
		Checks: idv.Checks{
			DocumentValid: boolOf(by[idv.ColDocumentValid]), Liveness: intOf(by[idv.ColLiveness]), MatchLevel: intOf(by[idv.ColMatchLevel]),
		},
		Device: idv.Device{
			ClientIP: by[idv.ColClientIP], Kind: by[idv.ColDevice], Browser: by[idv.ColBrowser], OS: by[idv.ColOS], Model: by[idv.ColModel],
		},
		AttemptNumber: intOf(by[idv.ColAttempts]),
	}
	s.KeepWritten(by)
	return s
}

func boolOf(cell string) *bool {
	if v, err := strconv.ParseBool(cell); err == nil {
		return &v
	}
	return nil
}

func intOf(cell string) *int {
	if v, err := strconv.Atoi(cell); err == nil {
		return &v
	}
	return nil
}

func dateOf(cell, century string) idv.Date {
	if len(cell) != len("mm-dd-yy") {
		return ""
	}
	return idv.Date(century + cell[6:] + "-" + cell[:5])
}

// many is n sessions from the sample, each with a Session ID of its own.
func many(t testing.TB, n int) iter.Seq2[idv.Session, error] {
	sessions, _ := sample(t)
	return func(yield func(idv.Session, error) bool) {
		for i := range n {
			s := sessions[i%len(sessions)]
			s.ID = strconv.Itoa(i)
			if !yield(s, nil) {
				return
			}
		}
	}
}

func rowsOf(sessions []idv.Session) iter.Seq2[idv.Session, error] {
	return func(yield func(idv.Session, error) bool) {
		for _, s := range sessions {
			if !yield(s, nil) {
				return
			}
		}
	}
}

// write exports the sessions into a new file and returns its path.
func write(t *testing.T, format Format, sessions []idv.Session) (string, idv.Exported) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "out."+string(format))
	done, err := Run(context.Background(), Job{Path: path, Format: format, Rows: rowsOf(sessions), Total: len(sessions)})
	if err != nil {
		t.Fatal(err)
	}
	return path, done
}

// wantFiles fails unless exactly these names are in the folder.
func wantFiles(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{}
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if !slices.Equal(got, append([]string{}, want...)) {
		t.Errorf("files in the folder: %q, want %q", got, want)
	}
}

func wantCode(t *testing.T, err error, code idv.Code) {
	t.Helper()
	var known *idv.Error
	if !errors.As(err, &known) || known.Code != code {
		t.Fatalf("error %v, want one with code %q", err, code)
	}
	if !strings.HasSuffix(known.Message, ".") {
		t.Errorf("message %q is no sentence", known.Message)
	}
}

type cell struct {
	Type, Format string
	Value        any
}

// UnmarshalJSON reads [type, value, format].
func (c *cell) UnmarshalJSON(raw []byte) error {
	return json.Unmarshal(raw, &[]any{&c.Type, &c.Value, &c.Format})
}

type sheet struct {
	Name, Frozen, Filter string
	Bold                 bool
	Widths               []float64
	Streamed             int
	Rows                 [][]cell
}

type workbook struct {
	Sheets   []sheet
	Formulas int
}

// readBack reads a spreadsheet with a program that did not write it.
func readBack(t *testing.T, path string, into any) {
	t.Helper()
	const python = "/usr/bin/python3" // Debian's own, which Debian's openpyxl belongs to
	if err := exec.Command(python, "-c", "import openpyxl").Run(); err != nil {
		if os.Getenv("VERIDESK_TEST_NEEDS") == "1" {
			t.Fatalf("openpyxl is missing (apt install python3-openpyxl): %v", err)
		}
		t.Skip("skipped: openpyxl is missing (apt install python3-openpyxl)")
	}
	command := exec.Command(python, "testdata/readback.py", path)
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("read %s back: %v", path, err)
	}
	if err := json.Unmarshal(out, into); err != nil {
		t.Fatal(err)
	}
}
