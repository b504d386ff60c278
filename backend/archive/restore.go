package archive

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"veridesk/backend/disk"
	"veridesk/backend/idv"
	"veridesk/backend/media"
	"veridesk/backend/seal"
	"veridesk/backend/store"
)

// Restore says what to restore and where to.
type Restore struct {
	File         string
	Dir          string
	Passphrase   []byte // of the archive when the backup was made; nil where it asked for none
	RecoveryCode string // instead of the passphrase, with NewPassphrase
	// NewPassphrase replaces the old one, which may have needed the keychain of
	// another computer. Only with RecoveryCode.
	NewPassphrase []byte
	Force         bool // put aside the archive that is there
}

// Restored says what a restore did.
type Restored struct {
	Sessions int    `json:"sessions"`
	Photos   int    `json:"photos"`
	Erased   int    `json:"erased"` // erased since the backup, and so erased again
	Aside    string `json:"aside"`  // where the archive that was there is now; "" there was none
}

// InspectBackup tells what a backup asks of whoever opens it.
func InspectBackup(name string) (Protection, error) {
	from, err := openBackup(name)
	if err != nil {
		return Protection{}, err
	}
	defer from.Close()
	dir, err := os.MkdirTemp("", "veridesk-")
	if err != nil {
		return Protection{}, notWritable(os.TempDir(), err)
	}
	defer os.RemoveAll(dir)
	if err := from.writeKeys(dir); err != nil {
		return Protection{}, err
	}
	return Inspect(dir)
}

// Run unpacks a backup into a new folder, checks every value and photo in it, and
// only then puts it in the archive's place. An archive that is there is put aside
// with Force, and what was erased in it since the backup is erased again, if the
// same keys open it. After any error the folder is as it was.
func (r Restore) Run(ctx context.Context, o Options, report func(idv.Progress)) (done Restored, err error) {
	there, err := os.ReadDir(r.Dir)
	if err == nil && len(there) > 0 && !r.Force {
		return done, &idv.Error{
			Code: idv.CodeExists, Message: fmt.Sprintf("The folder %s is not empty. Nothing was changed.", r.Dir),
			Hint: "Restore into a new folder, or put aside what is there with --force.",
		}
	}
	from, err := openBackup(r.File)
	if err != nil {
		return done, err
	}
	defer from.Close()
	if err := os.MkdirAll(filepath.Dir(r.Dir), 0o700); err != nil {
		return done, notWritable(filepath.Dir(r.Dir), err)
	}
	if err := from.needRoom(filepath.Dir(r.Dir)); err != nil {
		return done, err
	}
	fresh, err := os.MkdirTemp(filepath.Dir(r.Dir), filepath.Base(r.Dir)+".restoring-")
	if err != nil {
		return done, notWritable(filepath.Dir(r.Dir), err)
	}
	defer os.RemoveAll(fresh)
	meter := idv.NewMeter(report)
	defer meter.Close()
	job := &restoring{Restore: r, ctx: ctx, from: from, fresh: fresh, meter: meter}
	if err := job.unpack(o); err != nil {
		return done, err
	}
	if job.done.Aside, err = swap(fresh, r.Dir, len(there) > 0); err != nil {
		return done, err
	}
	return job.done, nil
}

// restoring is one run of a Restore.
type restoring struct {
	Restore
	ctx   context.Context
	from  *backupFile
	fresh string // the folder that is being filled
	meter *idv.Meter
	done  Restored
}

// unpack fills the new folder and checks it.
func (r *restoring) unpack(o Options) error {
	if err := r.from.writeKeys(r.fresh); err != nil {
		return err
	}
	vault, err := r.unlock(o)
	if err != nil {
		return keyError(r.fresh, err)
	}
	defer vault.Close()
	files, err := r.from.files(vault)
	if err != nil {
		return err
	}
	for i, file := range files.File {
		if err := r.file(file); err != nil {
			return err
		}
		r.meter.Count(idv.Progress{Phase: idv.PhaseReading, Done: i + 1, Total: len(files.File)})
	}
	found, err := check(r.ctx, r.fresh, vault, r.meter.Count)
	if err != nil {
		return err
	}
	if len(found.Damaged) > 0 {
		return r.from.damaged(fmt.Errorf("%d faults, first: %s", len(found.Damaged), found.Damaged[0]))
	}
	r.done.Sessions, r.done.Photos = found.Sessions, found.Photos
	return r.eraseAgain(vault)
}

func (r *restoring) unlock(o Options) (*seal.Vault, error) {
	keys := seal.NewKeys(r.fresh, nil)
	if r.RecoveryCode == "" {
		state, err := keys.Inspect()
		if err != nil {
			return nil, err
		}
		return keys.Unlock(r.ctx, secretsFor(state.Kind, r.Passphrase, o))
	}
	secrets, err := Protect{Passphrase: r.NewPassphrase}.secrets(o)
	if err != nil {
		return nil, err
	}
	vault, err := keys.Recover(r.RecoveryCode)
	if err != nil {
		return nil, err
	}
	if err := keys.Rewrap(vault, secrets, o.params()); err != nil && !errors.Is(err, seal.ErrHalf) {
		vault.Close()
		return nil, err
	}
	return vault, nil
}

// file unpacks one file of the backup.
func (r *restoring) file(file *zip.File) error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	photo := strings.HasPrefix(file.Name, mediaDir+"/")
	if file.Name == aboutName {
		return nil
	}
	if !photo && file.Name != storeFile || !filepath.IsLocal(filepath.FromSlash(file.Name)) {
		return r.from.damaged(errors.New("a file that no backup has"))
	}
	path := filepath.Join(r.fresh, filepath.FromSlash(file.Name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return notWritable(r.fresh, err)
	}
	in, err := file.Open()
	if err != nil {
		return r.from.damaged(err)
	}
	defer in.Close()
	return r.copy(in, path)
}

// copy tells a damaged backup from a folder that cannot be written to.
func (r *restoring) copy(in io.Reader, path string) error {
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return notWritable(r.fresh, err)
	}
	faulty := &faultyReader{from: in}
	_, err = io.Copy(out, faulty)
	if err == nil {
		err = out.Sync()
	}
	err = errors.Join(err, out.Close())
	switch {
	case faulty.err != nil:
		return r.from.damaged(faulty.err)
	case err != nil:
		return notWritable(r.fresh, err)
	}
	return nil
}

// faultyReader remembers that it was the reader that failed.
type faultyReader struct {
	from io.Reader
	err  error
}

func (f *faultyReader) Read(p []byte) (int, error) {
	n, err := f.from.Read(p)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

// eraseAgain erases in the restored archive what has been erased since in the one
// that is there. If that opens with other keys, or not at all, nothing is known
// of it.
func (r *restoring) eraseAgain(vault *seal.Vault) error {
	path := filepath.Join(r.Dir, storeFile)
	if _, err := os.Stat(path); err != nil {
		return nil
	}
	old, err := store.Open(path, vault)
	if err != nil {
		return nil
	}
	defer old.Close()
	fresh, err := store.Open(filepath.Join(r.fresh, storeFile), vault)
	if err != nil {
		return err
	}
	defer fresh.Close()
	photos, err := media.Open(filepath.Join(r.fresh, mediaDir))
	if err != nil {
		return err
	}
	defer photos.Close()
	for after := uint64(0); ; {
		changes, err := old.Changes(after, indexBatch)
		if err != nil || len(changes) == 0 && !fresh.Freed() {
			return err
		}
		if len(changes) == 0 {
			return fresh.Compact(r.ctx, r.meter.Count)
		}
		after = changes[len(changes)-1].Seq
		for _, change := range changes {
			if err := r.erase(fresh, photos, change.Session); err != nil {
				return err
			}
		}
	}
}

// erase erases one session that is gone elsewhere.
func (r *restoring) erase(fresh *store.Store, photos *media.Store, gone idv.Session) error {
	if gone.Erased == nil {
		return nil
	}
	known, err := fresh.Session(gone.ID)
	if errors.Is(err, store.ErrNotFound) || err == nil && known.Erased != nil {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := fresh.SetHold([]string{gone.ID}, false); err != nil {
		return err
	}
	result, err := fresh.Erase([]string{gone.ID}, gone.Erased.Reason, gone.Erased.At)
	if err != nil {
		return err
	}
	r.done.Erased++
	for _, file := range result.Gone {
		err = errors.Join(err, photos.Remove(file))
	}
	return err
}

// swap puts the new folder in the place of dir, and dir aside if it is there.
// Cut short between the two, both stand beside each other under their own names.
func swap(fresh, dir string, there bool) (aside string, err error) {
	if there {
		lock, err := lockFolder(dir)
		if err != nil {
			return "", err
		}
		if err := lock.Unlock(); err != nil { // an open file would keep its folder in place
			return "", err
		}
		aside = dir + ".before-" + time.Now().Format("20060102-150405")
		if err := os.Rename(dir, aside); err != nil {
			return "", notWritable(dir, err)
		}
	} else if err := os.Remove(dir); err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", notWritable(dir, err)
	}
	if err := os.Rename(fresh, dir); err != nil {
		if there {
			err = errors.Join(err, os.Rename(aside, dir))
		}
		return "", notWritable(dir, err)
	}
	_ = disk.Sync(filepath.Dir(dir)) // without it a power cut may show the folders under their old names
	return aside, nil
}
