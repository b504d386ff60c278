// The demo portal in a process of its own: neither its memory nor its garbage is
// measured with the archive's.

package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"

	"veridesk/backend/demo"
)

// portalVariable makes the program a portal: it holds how many sessions there are,
// which ones, and the key.
const portalVariable = "VERIDESK_BENCH_PORTAL"

type portalOptions struct {
	Sessions int
	Seed     int64
	Key      string
}

// portal is the running process.
type portal struct {
	url     string
	command *exec.Cmd
	alive   io.Closer // the portal's standard input: it ends when that does
}

// startPortal runs this program once more, as a portal.
func (b *bench) startPortal() (p *portal, err error) {
	options, err := json.Marshal(portalOptions{b.demo.Sessions, b.demo.Seed, b.demo.Key})
	if err != nil {
		return nil, err
	}
	command, err := b.again(portalVariable, string(options))
	if err != nil {
		return nil, err
	}
	alive, err := command.StdinPipe()
	if err != nil {
		return nil, err
	}
	said, err := command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	p = &portal{command: command, alive: alive}
	line, err := bufio.NewReader(said).ReadString('\n')
	if err != nil {
		return nil, errors.Join(fmt.Errorf("start the portal: %w", err), p.stop())
	}
	p.url = strings.TrimSpace(line)
	return p, nil
}

func (p *portal) stop() error { return errors.Join(p.alive.Close(), p.command.Wait()) }

// servePortal is what that process does: it says where it listens, and serves until
// in ends.
func servePortal(options string, in io.Reader, out io.Writer) error {
	var o portalOptions
	if err := json.Unmarshal([]byte(options), &o); err != nil {
		return err
	}
	server, err := demo.Listen("127.0.0.1:0", demo.Options{Sessions: o.Sessions, Seed: o.Seed, Key: o.Key})
	if err != nil {
		return err
	}
	fmt.Fprintln(out, server.URL())
	_, err = io.Copy(io.Discard, in)
	return errors.Join(err, server.Close())
}
