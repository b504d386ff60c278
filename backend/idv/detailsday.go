package idv

import "time"

// The day of a session, and the age on it.

// asOf is the moment that the century of two-digit years is judged from.
func asOf(s Session, now time.Time) time.Time {
	for _, t := range [...]time.Time{s.Created, s.Started, s.Finished} {
		if !t.IsZero() {
			return t
		}
	}
	return now
}

// dayOf is the day of the session in a zone; false if the session has no time.
func dayOf(s Session, zone *time.Location) (Date, bool) {
	t := asOf(s, time.Time{})
	return Date(t.In(zone).Format(time.DateOnly)), !t.IsZero()
}

// ageOn is the age in whole years on a day, -1 if the birth is unknown, no day,
// or later. Who was born on 29 February comes of age on 1 March.
func ageOn(birth, day Date) int {
	born, err := time.Parse(time.DateOnly, string(birth))
	if err != nil || birth > day {
		return -1
	}
	on, err := time.Parse(time.DateOnly, string(day))
	if err != nil {
		return -1
	}
	age := on.Year() - born.Year()
	if on.Month() < born.Month() || on.Month() == born.Month() && on.Day() < born.Day() {
		age--
	}
	return age
}
