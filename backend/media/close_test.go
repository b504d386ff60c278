package media_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"sync"
	"testing"

	"veridesk/backend/media"
)

func TestClosed(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	photo := jpegOf(t, upright(16, 16))
	kept := keep(t, s, photo)
	s.Close()
	s.Close()
	_, keepErr := s.Keep(t.Context(), bytes.NewReader(photo))
	_, readErr := s.Read(kept)
	_, sweepErr := s.Sweep(t.Context(), nil)
	for name, err := range map[string]error{"keep": keepErr, "read": readErr, "sweep": sweepErr, "remove": s.Remove(kept.File)} {
		if !errors.Is(err, media.ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got, err := open(t, dir).Read(kept); err != nil || !bytes.Equal(got, photo) {
		t.Errorf("opened again: %v", err)
	}
}

// Close does not wait for a network that hangs, and what hangs there keeps
// nothing when it goes on.
func TestCloseWhilePhotosCome(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	photo, sender := io.Pipe()
	result := make(chan error)
	go func() {
		_, err := s.Keep(t.Context(), photo)
		result <- err
	}()
	whole := jpegOf(t, upright(16, 16))
	if _, err := sender.Write(whole[:10]); err != nil { // it is being read
		t.Fatal(err)
	}
	s.Close()
	go func() {
		_, _ = sender.Write(whole[10:])
		_ = sender.Close()
	}()
	if err := <-result; !errors.Is(err, media.ErrClosed) {
		t.Errorf("%v", err)
	}
	_ = photo.Close()
	if left := files(t, dir); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

func TestCancelled(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := open(t, dir).Keep(ctx, bytes.NewReader(jpegOf(t, upright(16, 16)))); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if left := files(t, dir); len(left) > 0 {
		t.Errorf("left %v", left)
	}
}

// Many at once, and Close in the midst of them: what was kept is whole, what was
// not kept left nothing, and after Close nobody touches a file.
func TestManyAtOnce(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	photo := jpegOf(t, upright(64, 64))
	var mu sync.Mutex
	var all []media.Kept
	var atClose []string
	var keeping sync.WaitGroup
	for worker := range 8 {
		keeping.Go(func() {
			for n := 0; ; n++ {
				kept, err := s.Keep(t.Context(), bytes.NewReader(photo))
				if errors.Is(err, media.ErrClosed) {
					return
				}
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				all = append(all, kept)
				mu.Unlock()
				if _, err := s.Read(kept); err != nil && !errors.Is(err, media.ErrClosed) {
					t.Error(err)
				}
				if worker == 0 && n == 20 {
					s.Close()
					atClose = files(t, dir)
				}
			}
		})
	}
	keeping.Wait()
	if left := files(t, dir); len(left) != len(all) || !slices.Equal(left, atClose) {
		t.Errorf("%d files at Close, %d files of %d photos after it", len(atClose), len(left), len(all))
	}
	again := open(t, dir)
	for _, kept := range all {
		if _, err := again.Read(kept); err != nil {
			t.Error(err)
		}
	}
}
