package archive

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"veridesk/backend/idv"
	"veridesk/backend/seal"
)

// backupFile is a backup that is open for reading.
type backupFile struct {
	name    string
	file    *os.File
	keyFile []byte
	sealed  []byte // the stream's key
	stream  int64  // where the stream begins
}

// openBackup reads what stands before the stream.
func openBackup(name string) (*backupFile, error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, &idv.Error{
			Code: idv.CodeNotFound, Cause: err, Message: fmt.Sprintf("The backup %s cannot be read.", name),
			Hint: "Check the name and the rights of the file.",
		}
	}
	b := &backupFile{name: name, file: file}
	if err := b.readHeader(); err != nil {
		file.Close()
		return nil, err
	}
	return b, nil
}

func (b *backupFile) readHeader() error {
	head := make([]byte, len(backupMagic)+1)
	if _, err := io.ReadFull(b.file, head); err != nil || string(head[:len(backupMagic)]) != backupMagic {
		return &idv.Error{
			Code: idv.CodeInvalid, Cause: err, Message: fmt.Sprintf("The file %s is no backup of Veridesk.", b.name),
			Hint: "Name a file that veridesk backup has written.",
		}
	}
	if version := head[len(backupMagic)]; version != backupVersion {
		return &idv.Error{
			Code: idv.CodeNewer, Message: fmt.Sprintf("The backup %s was made by a newer Veridesk (format %d).", b.name, version),
			Hint: "Install the newer version.",
		}
	}
	b.stream = int64(len(head))
	for _, part := range []*[]byte{&b.keyFile, &b.sealed} {
		var size uint32
		if err := binary.Read(b.file, binary.BigEndian, &size); err != nil || size > maxKeyFile {
			return b.damaged(errors.Join(err, fmt.Errorf("a part of %d bytes", size)))
		}
		*part = make([]byte, size)
		if _, err := io.ReadFull(b.file, *part); err != nil {
			return b.damaged(err)
		}
		b.stream += 4 + int64(size)
	}
	return nil
}

// needRoom refuses a disk that the unpacked backup has no room on.
func (b *backupFile) needRoom(dir string) error {
	info, err := b.file.Stat()
	if err != nil {
		return b.damaged(err)
	}
	return needRoom(dir, uint64(info.Size())+1<<20, "Restoring the backup")
}

func (b *backupFile) damaged(err error) error {
	return &idv.Error{
		Code: idv.CodeDamaged, Cause: err,
		Message: fmt.Sprintf("The backup %s is damaged or not whole. Nothing was changed.", b.name),
		Hint:    "Use another backup.",
	}
}

// files opens the stream with the vault that the backup's key file gave.
func (b *backupFile) files(vault *seal.Vault) (*zip.Reader, error) {
	box, err := vault.Box(seal.Backup, 1)
	if err != nil {
		return nil, err
	}
	opened, err := box.Open(nil, b.sealed, backupPlace(b.keyFile))
	if err != nil {
		return nil, b.damaged(err)
	}
	defer clear(opened)
	info, err := b.file.Stat()
	if err != nil {
		return nil, b.damaged(err)
	}
	size := info.Size() - b.stream
	if len(opened) != len(seal.FileKey{}) {
		return nil, b.damaged(errors.New("a key of another size"))
	}
	stream, err := seal.NewReaderAt(io.NewSectionReader(b.file, b.stream, size), size, seal.FileKey(opened))
	if err != nil {
		return nil, b.damaged(err)
	}
	files, err := zip.NewReader(stream, stream.Size())
	if err != nil {
		return nil, b.damaged(err)
	}
	return files, nil
}

// writeKeys puts the backup's key file into a folder, as both copies.
func (b *backupFile) writeKeys(dir string) error {
	for _, name := range []string{"keys.a", "keys.b"} {
		if err := os.WriteFile(filepath.Join(dir, name), b.keyFile, 0o600); err != nil {
			return notWritable(dir, err)
		}
	}
	return nil
}

func (b *backupFile) Close() error { return b.file.Close() }
