package source_test

import (
	"slices"
	"testing"

	"veridesk/backend/idv"
)

func TestCSVDayOrder(t *testing.T) {
	dates := func(column idv.Column, texts ...string) (rows [][]string) {
		for _, text := range texts {
			rows = append(rows, row(map[idv.Column]string{column: text}))
		}
		return rows
	}
	tests := []struct {
		name   string
		column idv.Column
		texts  []string
		want   []string // Birth Date or Creation time as read; "" rejected
	}{
		{"portal's own", idv.ColBirthDate, []string{"03-04-71", "11-23-03"}, []string{"1971-03-04", "2003-11-23"}},
		{"all ambiguous: month first", idv.ColBirthDate, []string{"03-04-71", "03/04/1971"}, []string{"1971-03-04", "1971-03-04"}},
		{"day first by one row", idv.ColBirthDate, []string{"03-04-71", "23-11-03"}, []string{"1971-04-03", "2003-11-23"}},
		{"contradiction: month first", idv.ColBirthDate, []string{"23-11-03", "11-23-03", "03-04-71"}, []string{"", "2003-11-23", "1971-03-04"}},
		{"each shape by itself", idv.ColBirthDate, []string{"23/11/2003", "03/04/1971", "03-04-71"}, []string{"2003-11-23", "1971-04-03", "1971-03-04"}},
		{"dots are day first", idv.ColBirthDate, []string{"03.04.1971", "23.11.2003"}, []string{"1971-04-03", "2003-11-23"}},
		{"nonsense does not vote", idv.ColBirthDate, []string{"31-44-71", "03-04-71"}, []string{"", "1971-03-04"}},
		{"times", idv.ColCreated, []string{"03/04/2025 08:00", "23/11/2024 9:30:15"}, []string{"2025-04-03T08:00:00.000Z", "2024-11-23T09:30:15.000Z"}},
		{"times, month first", idv.ColCreated, []string{"03/04/2025 08:00 PM", "12/04/2024 12:00:01 am"}, []string{"2025-03-04T20:00:00.000Z", "2024-12-04T00:00:01.000Z"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := readCSV(t, writeFile(t, table(t, dates(tt.column, tt.texts...)...)))
			var read []string
			for _, s := range got.sessions {
				if tt.column == idv.ColCreated {
					read = append(read, idv.FormatTime(s.Created))
				} else {
					read = append(read, string(s.Person.BirthDate))
				}
			}
			want := slices.DeleteFunc(slices.Clone(tt.want), func(s string) bool { return s == "" })
			if !slices.Equal(read, want) || len(got.rejected) != len(tt.want)-len(want) {
				t.Errorf("read %q, rejected %+v", read, got.rejected)
			}
		})
	}
}
