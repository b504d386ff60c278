//go:build !production && !dev && !bindings

package cli

// Kind is what this build can do.
const Kind = PlainBuild
