package main

import (
	"io/fs"
	"path/filepath"

	"veridesk/backend/cli"
	"veridesk/backend/idv"
)

// DataSize is how many bytes the data folder takes: archive, photos and all.
func (a *App) DataSize() (bytes int64, err error) {
	defer guard(&err)
	err = filepath.WalkDir(a.options.Data, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil // what is gone or cannot be read by now takes no space to speak of
		}
		if info, err := entry.Info(); err == nil {
			bytes += info.Size()
		}
		return nil
	})
	return bytes, err
}

// ShowData shows the data folder in the system's file manager.
func (a *App) ShowData() (err error) {
	defer guard(&err)
	return a.show(filepath.Join(a.options.Data, dataMark), a.options.Data)
}

// dataMark is a file of the data folder that a file manager can point at.
const dataMark = "keys.a"

// show lets the system's file manager point at a file; place is what a person is
// told if it does not start.
func (a *App) show(file, place string) error {
	show := cli.ShowInFolder(file)
	show.Env = a.options.Env
	if err := show.Start(); err != nil {
		return &idv.Error{
			Code: idv.CodeInvalid, Cause: err,
			Message: "The file manager could not be started.",
			Hint:    "The place is " + place + ".",
		}
	}
	go show.Wait() // explorer exits with 1 even when it worked
	return nil
}
