// The benchmarks.

package main

import "os"

// bench measures the app. The program that does it is started from its source,
// so that the other tasks need not compile the app before they begin.
func bench(root string, args []string) error {
	return shell{dir: root, out: os.Stdout}.run("go", append([]string{"run", "./backend/bench"}, args...)...)
}
