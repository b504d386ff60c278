package demo_test

import (
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"veridesk/backend/idv"
)

// The export has a row for each session, oldest first, and says what the API says.
func TestExport(t *testing.T) {
	h := portal(1200, newClock())
	w := call(h, "GET", "/verification/export.csv")
	rows, err := csv.NewReader(w.Body).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(rows[0], idv.Columns[:]) {
		t.Fatalf("header is %q", rows[0])
	}
	items, _ := run(t, h, "", 500)
	sessions := byID(items)
	if len(rows)-1 != len(sessions) {
		t.Fatalf("%d rows for %d sessions", len(rows)-1, len(sessions))
	}
	created := ""
	for _, row := range rows[1:] {
		s := sessions[row[15]]
		delete(sessions, row[15])
		if row[12] < created {
			t.Fatalf("%s comes after %s", row[12], created)
		}
		created = row[12]
		checkRow(t, row, s)
	}
}

func checkRow(t *testing.T, row []string, s object) {
	t.Helper()
	text := func(keys ...string) string {
		value, _ := at(s, keys...).(string)
		return value
	}
	first := text("info", "firstName", "en")
	if first == "" {
		first = text("info", "firstName", "ge")
	}
	kind := text("identity", "documentType")
	want := map[int]string{
		0: text("info", "personalNumber"), 1: first, 3: text("info", "documentNumber"), 4: text("info", "birthDate"),
		7: text("info", "expirationDate"), 8: "FALSE", 12: text("createdAt"), 13: text("finishedAt"), 14: "Example Bank",
		17: strings.Replace(kind, "PASSPORT", "passport", 1), 18: text("details", "clientIp"), 20: text("details", "userAgent", "browser"),
		22: text("details", "userAgent", "model"),
	}
	if s["verified"].(bool) {
		want[8] = "TRUE"
	}
	for column, value := range want {
		if row[column] != value {
			t.Errorf("%s, %s: %q, want %q", row[15], idv.Columns[column], row[column], value)
		}
	}
}
