// The archive in a process of its own, as the app has it: the peers keep gigabytes in
// theirs, and while Go collects the garbage among those every question takes longer.

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"time"

	"veridesk/backend/archive"
	"veridesk/backend/idv"
)

// apartVariable makes the program that process: it holds the folder of the archive.
const apartVariable = "VERIDESK_BENCH_APART"

// apart is the process, as the engine that it is.
type apart struct {
	command   *exec.Cmd
	questions *json.Encoder
	answers   *json.Decoder
	end       io.Closer // the process's standard input: it ends when that does
}

// told is an answer on its way.
type told struct {
	idv.Page
	Took  time.Duration
	Error string
}

// startApart opens the sealed archive in a process of its own, which is over with what
// an archive does in its own time after a start: that is measured apart.
func (b *bench) startApart() (*apart, error) {
	command, err := b.again(apartVariable, filepath.Join(b.dir, sealedDir))
	if err != nil {
		return nil, err
	}
	in, err1 := command.StdinPipe()
	out, err2 := command.StdoutPipe()
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	if err := command.Start(); err != nil {
		return nil, err
	}
	p := &apart{command, json.NewEncoder(in), json.NewDecoder(out), in}
	var ready told
	if err := p.answers.Decode(&ready); err != nil {
		return nil, errors.Join(fmt.Errorf("open the archive apart: %w", err), p.close())
	}
	return p, nil
}

func (p *apart) close() error { return errors.Join(p.end.Close(), p.command.Wait()) }

// ask implements engine.
func (p *apart) ask(_ context.Context, q idv.Query) (a answer, err error) {
	var t told
	if err := errors.Join(p.questions.Encode(q), p.answers.Decode(&t)); err != nil {
		return a, err
	}
	if t.Error != "" {
		return a, errors.New(t.Error)
	}
	return answer{t.Total, t.Near, t.Rows, t.Facets, t.Took}, nil
}

// serveApart is what that process does, until in ends.
func serveApart(ctx context.Context, dir string, in io.Reader, out io.Writer) (err error) {
	vault, err := keysOf(ctx, dir)
	if err != nil {
		return err
	}
	a, err := openWith(dir, vault)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	if err := ready(ctx, a); err != nil {
		return err
	}
	questions, answers := json.NewDecoder(in), json.NewEncoder(out)
	if err := answers.Encode(told{}); err != nil {
		return err
	}
	for {
		var q idv.Query
		if err := questions.Decode(&q); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		var t told
		begin := time.Now()
		t.Page, err = a.Find(ctx, q)
		t.Took = time.Since(begin)
		if err != nil {
			t.Error = err.Error()
		}
		if err := answers.Encode(t); err != nil {
			return err
		}
	}
}

// ready waits until the archive has done what it does in its own time after a start:
// then everything is indexed and every order is there.
func ready(ctx context.Context, a *archive.Archive) error {
	if err := a.Settled(ctx); err != nil {
		return err
	}
	for _, by := range idv.Orders {
		if _, err := a.Find(ctx, idv.Query{Sort: idv.Sort{By: by}, Facets: true}); err != nil {
			return err
		}
	}
	return nil
}
