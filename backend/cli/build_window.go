//go:build production || dev

package cli

// Kind is what this build can do.
const Kind = WindowBuild
