package export

import (
	"archive/zip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"veridesk/backend/idv"
)

func readXLSX(t *testing.T, path string) workbook {
	t.Helper()
	var book workbook
	readBack(t, path, &book)
	if book.Formulas != 0 {
		t.Errorf("%d formulas", book.Formulas)
	}
	return book
}

// wantHeader checks what every sheet of sessions has, and returns its rows.
func wantHeader(t *testing.T, s sheet, name string, rows int) [][]cell {
	t.Helper()
	filter := fmt.Sprintf("A1:X%d", rows+1)
	if s.Name != name || s.Frozen != "A2" || strings.ReplaceAll(s.Filter, "$", "") != filter || !s.Bold || len(s.Widths) != 24 {
		t.Errorf("sheet %q frozen at %q, filter %q, bold header %v, %d widths; want %q, A2, %s, true, 24",
			s.Name, s.Frozen, s.Filter, s.Bold, len(s.Widths), name, filter)
	}
	if len(s.Rows) != rows+1 || s.Streamed != rows+1 {
		t.Fatalf("sheet %q has %d rows, %d to a streaming reader, want %d and a header", s.Name, len(s.Rows), s.Streamed, rows)
	}
	for i, column := range idv.Columns {
		if c := s.Rows[0][i]; c.Type != "s" || c.Value != column {
			t.Errorf("header cell %d is %v, want %q", i+1, c, column)
		}
	}
	return s.Rows[1:]
}

// wantCell is the cell that a workbook should have for the text of the portal's
// CSV, said here a second time and from the text alone.
func wantCell(column, text string, s idv.Session) cell {
	switch column {
	case idv.ColBirthDate:
		return cell{Type: "s", Value: string(s.Person.BirthDate), Format: "@"}
	case idv.ColExpiration:
		return cell{Type: "s", Value: string(s.Document.Expires), Format: "@"}
	case idv.ColVerified, idv.ColDocumentValid:
		return cell{Type: "b", Value: text == "TRUE", Format: "General"}
	case idv.ColLiveness, idv.ColMatchLevel, idv.ColAttempts:
		return cell{Type: "n", Value: float64(*intOf(text)), Format: "General"}
	case idv.ColCreated, idv.ColCompleted:
		at, _ := time.Parse(time.RFC3339, text)
		return cell{Type: "d", Value: at.Format("2006-01-02T15:04:05.000"), Format: "yyyy-mm-dd hh:mm:ss"}
	default:
		return cell{Type: "s", Value: text, Format: "@"}
	}
}

func TestXLSXCellsAreTyped(t *testing.T) {
	sessions, cells := sample(t)
	path, done := write(t, XLSX, sessions)
	if done.Rows != len(sessions) || done.Altered != 0 {
		t.Errorf("%d rows, %d altered; want %d and none", done.Rows, done.Altered, len(sessions))
	}
	for i, row := range wantHeader(t, readXLSX(t, path).Sheets[0], "Sessions", len(sessions)) {
		for j, got := range row {
			want := wantCell(idv.Columns[j], cells[i][j], sessions[i])
			if cells[i][j] == "" {
				want = cell{Type: "n", Format: "General"} // openpyxl's word for an empty cell
			}
			if got != want {
				t.Errorf("row %d, %s: %v, want %v", i+1, idv.Columns[j], got, want)
			}
		}
	}
}

func TestXLSXKeepsHostileTextAsText(t *testing.T) {
	path, done := write(t, XLSX, hostileSessions())
	book := readXLSX(t, path)
	altered := 0
	for i, row := range wantHeader(t, book.Sheets[0], "Sessions", len(hostiles)) {
		want := hostiles[i].in
		if hostiles[i].inXLSX != "" {
			want = hostiles[i].inXLSX
			altered += hostiles[i].cellsWith()
		}
		for j, got := range row[:hostiles[i].cellsWith()] {
			if got != (cell{Type: "s", Value: want, Format: "@"}) {
				t.Fatalf("row %d, %s: %.80q, want text %.80q", i+1, idv.Columns[j], got, want)
			}
		}
	}
	if done.Altered != altered {
		t.Errorf("%d cells reported as altered, want %d", done.Altered, altered)
	}
	wantChanges(t, book.Sheets[1], altered)
}

// wantChanges checks that the sheet About names every altered cell.
func wantChanges(t *testing.T, about sheet, altered int) {
	t.Helper()
	listed := map[any]bool{}
	for _, row := range about.Rows {
		if row[0].Value == "Sessions" && len(row) == 4 && row[3].Value != nil {
			listed[row[1].Value] = true
		}
	}
	if about.Name != "About" || len(listed) != altered {
		t.Errorf("sheet %q lists %d changed cells, want %d", about.Name, len(listed), altered)
	}
	for i, h := range hostiles {
		if ref := fmt.Sprintf("B%d", i+2); listed[ref] != (h.inXLSX != "") {
			t.Errorf("cell %s of %.40q listed: %v", ref, h.in, listed[ref])
		}
	}
}

// Beyond a thousand the changed cells are only counted.
func TestXLSXListOfChangesEnds(t *testing.T) {
	sessions := make([]idv.Session, 50)
	for i := range sessions {
		sessions[i] = hostile{in: "\x00"}.session()
	}
	path, done := write(t, XLSX, sessions)
	about := readXLSX(t, path).Sheets[1]
	last := about.Rows[len(about.Rows)-1]
	if text, _ := last[3].Value.(string); done.Altered != 1200 || !strings.HasPrefix(text, "200 more cells") {
		t.Errorf("%d cells altered, the list ends %v; want 1200, and 200 more", done.Altered, last)
	}
}

// What cannot be typed stands as the portal wrote it.
func TestXLSXWritesTheUntypableAsText(t *testing.T) {
	old := time.Date(1899, 5, 6, 7, 8, 9, 0, time.UTC)
	big := 1_234_567_890_123_456
	s := idv.Session{ID: "s-1", Created: old, AttemptNumber: &big, Written: map[string]string{
		idv.ColBirthDate: "31.02.99", idv.ColMatchLevel: "05", idv.ColLiveness: "passed", idv.ColVerified: "maybe", idv.ColCompleted: "yesterday",
	}}
	path, _ := write(t, XLSX, []idv.Session{s})
	row := wantHeader(t, readXLSX(t, path).Sheets[0], "Sessions", 1)[0]
	for i, text := range idv.Cells(s) {
		if text != "" && row[i] != (cell{Type: "s", Value: text, Format: "@"}) {
			t.Errorf("%s: %v, want text %q", idv.Columns[i], row[i], text)
		}
	}
}

// A day or a time that the portal spelt in another way is still one.
func TestXLSXTypesOtherSpellings(t *testing.T) {
	s := idv.Session{
		Created: time.Date(2025, 3, 1, 8, 0, 0, 0, time.UTC), Person: idv.Person{BirthDate: "1990-12-31"},
		Written: map[string]string{idv.ColCreated: "01.03.2025 08:00", idv.ColBirthDate: "31.12.1990", idv.ColVerified: "true"},
	}
	path, _ := write(t, XLSX, []idv.Session{s})
	row := wantHeader(t, readXLSX(t, path).Sheets[0], "Sessions", 1)[0]
	for column, want := range map[int]cell{
		4:  {Type: "s", Value: "1990-12-31", Format: "@"},
		8:  {Type: "b", Value: true, Format: "General"},
		12: {Type: "d", Value: "2025-03-01T08:00:00.000", Format: "yyyy-mm-dd hh:mm:ss"},
	} {
		if row[column] != want {
			t.Errorf("%s: %v, want %v", idv.Columns[column], row[column], want)
		}
	}
}

func TestNoRowsIsAHeader(t *testing.T) {
	path, done := write(t, XLSX, nil)
	wantHeader(t, readXLSX(t, path).Sheets[0], "Sessions", 0)
	if done.Rows != 0 {
		t.Errorf("%d rows", done.Rows)
	}
	path, _ = write(t, CSV, nil)
	if rows := readCSV(t, path); len(rows) != 0 {
		t.Errorf("rows %q", rows)
	}
}

// The limits are Excel's in the app; here they are small enough to be met.
func TestXLSXGoesOnOnTheNextSheet(t *testing.T) {
	for name, limits := range map[string]sheetLimits{
		"rows": {rows: 26, size: 1 << 40},
		"size": {rows: 1 << 20, size: 25 * 24 * 64},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "out.xlsx")
			file, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			sessions, want := writeLimited(t, file, limits)
			book := readXLSX(t, path)
			for i, s := range book.Sheets[:len(book.Sheets)-1] {
				sheetName := "Sessions"
				if i > 0 {
					sheetName = fmt.Sprintf("Sessions %d", i+1)
				}
				for _, row := range wantHeader(t, s, sheetName, len(s.Rows)-1) {
					if row[15].Value != sessions[0].ID {
						t.Fatalf("session %v, want %v", row[15].Value, sessions[0].ID)
					}
					sessions = sessions[1:]
				}
			}
			if about := book.Sheets[len(book.Sheets)-1]; about.Name != "About" || len(book.Sheets) < 3 || len(sessions) != 0 {
				t.Errorf("%d sheets, the last %q, %d of %d sessions missing", len(book.Sheets), about.Name, len(sessions), want)
			}
		})
	}
}

func writeLimited(t *testing.T, file *os.File, limits sheetLimits) ([]idv.Session, int) {
	t.Helper()
	sessions, _ := sample(t)
	w, err := newXLSX(file, filepath.Join(t.TempDir(), "spill"), limits)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for _, s := range sessions {
		if err := w.Write(s); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Finish(); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
	return sessions, len(sessions)
}

// big is a session whose row is so large that some hundred fill the memory
// that excelize allows itself.
func big(i int) idv.Session {
	return idv.Session{ID: fmt.Sprint(i), Extra: []idv.Field{{Key: "note", Value: strings.Repeat("x", 32_000)}}}
}

// Rows that do not fit into memory lie in a private folder beside the file while
// the export runs, and nowhere afterwards.
func TestXLSXSpillIsPrivateAndGoes(t *testing.T) {
	dir, temp := t.TempDir(), t.TempDir()
	t.Setenv("TMPDIR", temp)
	rows := func(yield func(idv.Session, error) bool) {
		for i := range 550 {
			if !yield(big(i), nil) {
				return
			}
		}
		wantPrivateSpill(t, dir)
	}
	path := filepath.Join(dir, "out.xlsx")
	if _, err := Run(context.Background(), Job{Path: path, Format: XLSX, Rows: rows}); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, temp)
	wantFiles(t, dir, "out.xlsx")
	book, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	book.Close()
}

func wantPrivateSpill(t *testing.T, dir string) {
	spills, _ := filepath.Glob(filepath.Join(dir, spillPattern))
	if len(spills) != 1 {
		t.Fatalf("folders %q, want one", spills)
	}
	files, _ := filepath.Glob(filepath.Join(spills[0], "excelize-*"))
	if len(files) != 1 {
		t.Fatalf("files %q, want one: this test must make excelize spill", files)
	}
	for path, want := range map[string]os.FileMode{spills[0]: 0o700, files[0]: 0o600} {
		if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != want {
			t.Errorf("%s has mode %v (%v), want %v", path, info.Mode().Perm(), err, want)
		}
	}
}
