package archive_test

import (
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"veridesk/backend/demo"
	"veridesk/backend/idv"
)

func TestImportAddsToWhatTheFeedBrought(t *testing.T) {
	portal := demo.New(demo.Options{Sessions: 60, Seed: 1, Key: "k", Now: func() time.Time { return demo.Epoch }})
	a := open(t, t.TempDir())
	if _, err := a.Sync(t.Context(), feed(t, serve(t, portal), "k"), nil); err != nil {
		t.Fatal(err)
	}
	before := find(t, a, "", 100)
	liquidated := map[string]bool{}
	for _, row := range before.Rows {
		liquidated[row.SessionID] = row.Liquidated
	}
	file := filepath.Join(t.TempDir(), "portal.csv")
	rows := exported(t, a, "")
	writeCSV(t, file, rows, "Example Bank")
	report, err := a.Import(t.Context(), []string{file}, nil)
	if err != nil || report.Added != 0 || report.Changed == 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	for id, row := range exported(t, a, "") {
		if row[14] != "Example Bank" && !liquidated[id] { // what is erased stays so
			t.Errorf("%s: partner %q", id, row[14])
		}
	}
	after := find(t, a, "", 100)
	for i := range before.Rows {
		if before.Rows[i].FirstNameGe != after.Rows[i].FirstNameGe || before.Rows[i].Selfie != after.Rows[i].Selfie {
			t.Errorf("row %d lost what the file does not hold", i)
		}
	}
}

func writeCSV(t *testing.T, path string, rows map[string][]string, partner string) {
	t.Helper()
	file, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := csv.NewWriter(file)
	w.Write(idv.Columns[:])
	for _, row := range rows {
		row[14] = partner
		w.Write(row)
	}
	w.Flush()
	if err := errors.Join(w.Error(), file.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestWhatCouldNotBeReadIsKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bad.csv")
	row := make([]string, 24)
	row[11], row[15] = "high", "s-1"
	writeCSV(t, file, map[string][]string{"s-1": row}, "")
	a := open(t, t.TempDir())
	report, err := a.Import(t.Context(), []string{file}, nil)
	if err != nil || report.Added != 0 || len(report.Rejected) != 1 || report.Rejected[0].Column != idv.ColMatchLevel {
		t.Fatalf("%+v, %v", report, err)
	}
	kept, err := a.Rejected(10)
	if err != nil || kept.Total != 1 || len(kept.Rows) != 1 || kept.Rows[0].Raw == "" {
		t.Errorf("%+v, %v", kept, err)
	}
	if none, err := a.Rejected(0); err != nil || none.Total != 1 || len(none.Rows) != 0 {
		t.Errorf("%+v, %v", none, err)
	}
}
