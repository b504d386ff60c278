package archive

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"

	"veridesk/backend/export"
	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// A backup is one file:
//
//	magic(8) | version(1) | size(4) key file | size(4) sealed key | sealed stream
//
// The key file is a copy of keys.a, so that the same passphrase or recovery code
// opens it. The sealed key, of the stream, is sealed with the vault for the place
// that the key file's hash names. The stream is a zip: about.json, archive.db,
// photos/NAME. What is in it is sealed by itself already; the stream keeps the
// whole together and hides how many photos there are.
const (
	backupMagic   = "VDBACKUP"
	backupVersion = 1
	maxKeyFile    = 64 << 10
	aboutName     = "about.json"
)

// backupAbout stands in a backup beside the files.
type backupAbout struct {
	Made     time.Time `json:"made"`
	Archive  string    `json:"archive"`
	Seq      uint64    `json:"seq"`
	Sessions int       `json:"sessions"`
	Photos   int       `json:"photos"`
}

// BackedUp says what a backup holds.
type BackedUp struct {
	File     string `json:"file"`
	Sessions int    `json:"sessions"`
	Photos   int    `json:"photos"`
	Bytes    int64  `json:"bytes"`
	SHA256   string `json:"sha256"` // of the file's bytes, in hex
}

// Backup writes the archive into one sealed file, all of it or nothing. It is
// opened by what opens the archive now; a passphrase that was made with a
// keychain needs the recovery code on any other computer.
func (a *Archive) Backup(ctx context.Context, file string, force bool, report func(idv.Progress)) (BackedUp, error) {
	if err := a.refuseOwn(file); err != nil {
		return BackedUp{}, err
	}
	b := &backup{Archive: a, ctx: ctx, meter: idv.NewMeter(report)}
	defer b.meter.Close()
	var err error
	b.done.File = file
	b.done.SHA256, err = export.File(ctx, file, force, b.write, func(sum string) error {
		return a.noted(actionBackup, sum, nil, "sessions", b.done.Sessions, "photos", b.done.Photos)
	})
	if err != nil {
		return BackedUp{}, err
	}
	return b.done, nil
}

// backup is one run of Backup.
type backup struct {
	*Archive
	ctx   context.Context
	meter *idv.Meter
	done  BackedUp
}

func (b *backup) write(to io.Writer) error {
	size, err := b.size()
	if err == nil {
		err = needRoom(filepath.Dir(b.done.File), size, "The backup")
	}
	if err != nil {
		return err
	}
	counted := &counter{to: to}
	key, err := b.header(counted)
	if err != nil {
		return err
	}
	stream, err := seal.NewWriter(counted, key)
	if err != nil {
		return err
	}
	files := zip.NewWriter(stream)
	if err := b.files(files); err != nil {
		return err
	}
	err = errors.Join(files.Close(), stream.Close())
	b.done.Bytes = counted.n
	return err
}

// size is how many bytes the backup takes at most.
func (b *backup) size() (size uint64, err error) {
	const perPhoto, beside = 1 << 9, 1 << 20 // what the zip and the stream add
	info, err := os.Stat(filepath.Join(b.dir, storeFile))
	if err != nil {
		return 0, fmt.Errorf("measure the archive: %w", err)
	}
	size = uint64(info.Size())
	err = b.store.PhotoFiles(func(name string) {
		if info, err := os.Stat(filepath.Join(b.dir, mediaDir, filepath.FromSlash(name))); err == nil {
			size += uint64(info.Size()) + perPhoto
		}
	})
	return size + size/1000 + beside, err
}

// counter counts what passes through it.
type counter struct {
	to io.Writer
	n  int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	c.n += int64(n)
	return n, err
}

// header writes what stands before the stream, and makes the stream's key.
func (b *backup) header(to io.Writer) (key seal.FileKey, err error) {
	keyFile, err := b.keyFile()
	if err != nil {
		return key, err
	}
	box, err := b.keys.Box(seal.Backup, 1)
	if err != nil {
		return key, err
	}
	key = seal.NewFileKey()
	sealed, err := box.Seal(nil, key[:], backupPlace(keyFile))
	if err != nil {
		return key, err
	}
	head := append([]byte(backupMagic), backupVersion)
	for _, part := range [][]byte{keyFile, sealed} {
		head = binary.BigEndian.AppendUint32(head, uint32(len(part)))
		head = append(head, part...)
	}
	_, err = to.Write(head)
	return key, err
}

func backupPlace(keyFile []byte) seal.Place {
	sum := sha256.Sum256(keyFile)
	return seal.Place{Schema: backupVersion, Bucket: "backup", Key: sum[:]}
}

// keyFile reads a good copy of the archive's key file.
func (a *Archive) keyFile() ([]byte, error) {
	state, err := seal.NewKeys(a.dir, nil).Inspect()
	if err != nil {
		return nil, keyError(a.dir, err)
	}
	for _, c := range state.Copies {
		if c.Condition == seal.Good {
			return os.ReadFile(filepath.Join(a.dir, c.Name))
		}
	}
	return nil, keyError(a.dir, seal.ErrDamaged)
}

// files writes the archive's file first: the photos that it names are older.
func (b *backup) files(to *zip.Writer) error {
	store, err := to.CreateHeader(&zip.FileHeader{Name: storeFile, Method: zip.Store})
	if err != nil {
		return err
	}
	b.meter.Count(idv.Progress{Phase: idv.PhaseWriting})
	if _, err := b.store.Snapshot(store); err != nil {
		return err
	}
	var names []string
	if err := b.store.PhotoFiles(func(name string) { names = append(names, name) }); err != nil {
		return err
	}
	for i, name := range names {
		if err := b.photo(to, name); err != nil {
			return err
		}
		b.meter.Count(idv.Progress{Phase: idv.PhaseWriting, Done: i + 1, Total: len(names)})
	}
	b.done.Sessions = b.columns.Len()
	seq, err := b.store.Seq()
	if err != nil {
		return err
	}
	about, err := to.Create(aboutName)
	if err != nil {
		return err
	}
	return json.NewEncoder(about).Encode(backupAbout{
		Made: time.Now().UTC(), Archive: b.store.ID(), Seq: seq, Sessions: b.done.Sessions, Photos: b.done.Photos,
	})
}

// photo copies a photo as it lies there, sealed. One that was erased meanwhile is
// left out.
func (b *backup) photo(to *zip.Writer, name string) error {
	if err := b.ctx.Err(); err != nil {
		return err
	}
	from, err := os.Open(filepath.Join(b.dir, mediaDir, filepath.FromSlash(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("back up a photo: %w", err)
	}
	defer from.Close()
	entry, err := to.CreateHeader(&zip.FileHeader{Name: path.Join(mediaDir, name), Method: zip.Store})
	if err != nil {
		return err
	}
	b.done.Photos++
	_, err = io.Copy(entry, from)
	return err
}
