package source

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"veridesk/backend/idv"
)

// What a person reads when a CSV file cannot be used. What became of it is said
// last, by ending: it depends on how far the import had come.

const (
	nothingImported = "Nothing was imported."
	nothingOfIt     = "Nothing of it was imported."
	beforeStays     = "What was imported before stays."
)

// ending completes the sentence of an error with what became of the file.
func ending(err error, sentence string) error {
	var e *idv.Error
	if !errors.As(err, &e) {
		return err
	}
	told := *e
	told.Message += " " + sentence
	return &told
}

var (
	errFolder = errors.New("is a folder")
	errStream = errors.New("is a pipe, a socket or a device")
)

// fileFault explains why a file cannot be opened.
func fileFault(path string, err error) *idv.Error {
	fault := &idv.Error{
		Code:    idv.CodeInvalid,
		Message: "The file " + path + " could not be opened.",
		Hint:    "Check that it is a file that this computer can read, then import it again.",
		Cause:   err,
	}
	switch {
	case errors.Is(err, errFolder):
		fault.Message = path + " is a folder, not a file."
		fault.Hint = "Choose the CSV files in it."
	case errors.Is(err, errStream):
		fault.Message = path + " is a stream or a device, not a file: it cannot be read twice, as an import must."
		fault.Hint = "Save what it holds as a file, then import that."
	case errors.Is(err, fs.ErrNotExist):
		fault.Code = idv.CodeNotFound
		fault.Message = "There is no file " + path + "."
		fault.Hint = "Check the name and the folder."
	case errors.Is(err, fs.ErrPermission):
		fault.Message = "You have no right to read the file " + path + "."
		fault.Hint = "Ask its owner for the right to read it, or copy it to a folder of yours."
	}
	return fault
}

// readFault is a disk that gives up in the middle of a file. row 0 is the header.
func readFault(path string, row int, err error) *idv.Error {
	place := fmt.Sprintf("row %d", row)
	if row == 0 {
		place = "its first line"
	}
	return &idv.Error{
		Code:    idv.CodeInvalid,
		Message: fmt.Sprintf("The file %s cannot be read on from %s.", path, place),
		Hint:    "Copy the file to this computer's own disk and import it again. Rows that come twice do no harm.",
		Cause:   err,
	}
}

// notText says that a file is in an encoding that is not read.
func notText(path, why string) *idv.Error {
	return &idv.Error{
		Code:    idv.CodeInvalid,
		Message: "The file " + path + " is not text in UTF-8: " + why + ".",
		Hint:    "Import the file as the portal gave it, or save it as “CSV UTF-8” in your spreadsheet program.",
	}
}

func emptyFile(path string) *idv.Error {
	return &idv.Error{
		Code:    idv.CodeInvalid,
		Message: "The file " + path + " is empty.",
		Hint:    "Export the sessions from the portal once more.",
	}
}

// notExport says that a file is not the portal's.
func notExport(path, why string) *idv.Error {
	return &idv.Error{
		Code:    idv.CodeInvalid,
		Message: "The file " + path + " is not the portal's export: " + why + ".",
		Hint:    "Export the sessions from the portal as CSV once more, and import that file as it is.",
	}
}

// missing names every column that a header lacks.
func missing(path string, columns []idv.Column) *idv.Error {
	what := "it lacks the columns %s"
	if len(columns) == 1 {
		what = "it lacks the column %s"
	}
	return notExport(path, fmt.Sprintf(what, strings.Join(columns, ", ")))
}
