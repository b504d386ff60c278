// Package bus finds the user's message bus, on systems that have one (D-Bus).
package bus
