package archive

import "time"

// Due lets the tests ask whether it is time to lock, without waiting for it.
func Due(s *Safe, now time.Time) bool { return s.due(now) }
