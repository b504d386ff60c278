package search

// Parts of any size have what begins with frequent signs at hand: the archives of the
// tests are small.
func init() { frequentOf = 1 }
