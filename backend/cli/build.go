package cli

// Build is a kind of build of the one program.
type Build string

// The kinds of build. A build's tags choose one.
const (
	PlainBuild    Build = "plain"    // the command line alone; needs no window libraries
	WindowBuild   Build = "window"   // the command line and the window
	BindingsBuild Build = "bindings" // writes the window's bindings and ends
)
