package source

import "veridesk/backend/idv"

// Learning the day order of a whole file. A single row cannot tell: 03/04/2025
// is a day in March or one in April.

// orderVotes counts, over all rows, what can be read in one order only.
type orderVotes struct {
	slashDayFirst, slashMonthFirst bool
	dashDayFirst, dashMonthFirst   bool
}

// count looks at the four columns of a row that hold a day.
func (v *orderVotes) count(row csvRow) {
	for _, column := range [...]idv.Column{idv.ColBirthDate, idv.ColExpiration, idv.ColCreated, idv.ColCompleted} {
		w, ok := splitDay(row.cell(column))
		if !ok {
			continue
		}
		dayFirst := isDayOnly(w.numbers[0]) && isMonth(w.numbers[1])
		monthFirst := isMonth(w.numbers[0]) && isDayOnly(w.numbers[1])
		switch w.shape {
		case shapeSlash:
			v.slashDayFirst = v.slashDayFirst || dayFirst
			v.slashMonthFirst = v.slashMonthFirst || monthFirst
		case shapeDash:
			v.dashDayFirst = v.dashDayFirst || dayFirst
			v.dashMonthFirst = v.dashMonthFirst || monthFirst
		}
	}
}

// order is the day first only where some value needs it and none forbids it.
func (v *orderVotes) order() dayOrder {
	return dayOrder{
		slash: v.slashDayFirst && !v.slashMonthFirst,
		dash:  v.dashDayFirst && !v.dashMonthFirst,
	}
}

func isMonth(n int) bool   { return n >= 1 && n <= 12 }
func isDayOnly(n int) bool { return n > 12 && n <= 31 }
