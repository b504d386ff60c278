package media

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
)

// Sweep removes the files that no record names: left-overs of a crash between
// Keep and the record, or between a record's end and Remove. known has every
// file that a record names. Keep may go on meanwhile: files that this Store made
// itself are let be, since their records may be younger than known. What is not
// a photo of this store is let be too.
func (s *Store) Sweep(ctx context.Context, known map[string]bool) (removed int, err error) {
	folders, err := s.folders()
	for _, folder := range folders {
		if err != nil {
			break
		}
		var n int
		n, err = s.sweepFolder(ctx, folder, known)
		removed += n
	}
	return removed, err
}

// folders are "a/b" for every folder that can hold photos.
func (s *Store) folders() (folders []string, err error) {
	if err := s.begin(); err != nil {
		return nil, err
	}
	defer s.busy.Done()
	for _, outer := range alphabet {
		inner, err := list(s.path(string(outer)))
		if err != nil {
			return nil, err
		}
		for _, entry := range inner {
			folders = append(folders, string(outer)+"/"+entry.Name())
		}
	}
	return folders, nil
}

func (s *Store) sweepFolder(ctx context.Context, folder string, known map[string]bool) (removed int, err error) {
	files, err := list(s.path(folder))
	for _, entry := range files {
		file := folder + "/" + entry.Name()
		switch {
		case ctx.Err() != nil:
			return removed, ctx.Err()
		case known[file] || !isName(file) || strings.HasSuffix(file, s.run):
			continue
		}
		if err := s.Remove(file); err != nil {
			return removed, err
		}
		removed++
	}
	return removed, err
}

// list reads a folder; what is no folder, or not there, is empty.
func list(dir string) ([]os.DirEntry, error) {
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return nil, nil
	}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return entries, err
}
