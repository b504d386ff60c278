// Starting other programs.

package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// A shell runs programs for one piece of work: in dir, with env added to the
// environment and everything they print going to out.
type shell struct {
	dir string
	env []string
	out io.Writer
}

// in is the shell in a folder below its own.
func (s shell) in(folder string) shell {
	s.dir = filepath.Join(s.dir, folder)
	return s
}

// with is the shell with more variables ("NAME=value") in its environment.
func (s shell) with(env ...string) shell {
	s.env = append(s.env[:len(s.env):len(s.env)], env...)
	return s
}

// run starts a program and waits for it. The error names the whole command.
func (s shell) run(name string, args ...string) error {
	if err := s.command(name, args...).Run(); err != nil {
		return fmt.Errorf("%s: %w", strings.Join(append([]string{name}, args...), " "), err)
	}
	return nil
}

func (s shell) command(name string, args ...string) *exec.Cmd {
	if runtime.GOOS == "windows" && name == "npm" { // there npm is a batch file
		name, args = "cmd", append([]string{"/c", "npm"}, args...)
	}
	c := exec.Command(name, args...)
	c.Dir, c.Env = s.dir, append(os.Environ(), s.env...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, s.out, s.out
	return c
}

func have(program string) bool {
	_, err := exec.LookPath(program)
	return err == nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
