//go:build bindings

package cli

// Kind is what this build can do.
const Kind = BindingsBuild
