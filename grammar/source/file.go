package source

import (
	"errors"
	"io"
	"io/fs"
	"strings"
	"unicode/utf8"
)

// FileLimit is the most bytes of a text in a file.
const FileLimit = 4 << 20

// ReadFile reads a regular file as a text that errors call name; a pipe would never end. The error does not name the file.
func ReadFile(fsys fs.FS, file, name string) (*Text, error) {
	info, err := fs.Stat(fsys, file)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a regular file")
	}
	f, err := fsys.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, FileLimit+1))
	if err != nil {
		return nil, err
	}
	return Clean(New(name, string(body)))
}

// Clean is t without a byte order mark, or an error if t is too large or no UTF-8 text.
func Clean(t *Text) (*Text, error) {
	switch body, marked := strings.CutPrefix(t.Body, "\ufeff"); {
	case len(body) > FileLimit:
		return nil, errors.New("larger than 4 MiB")
	case !utf8.ValidString(body) || strings.ContainsRune(body, 0):
		return nil, errors.New("no UTF-8 text")
	case marked:
		return New(t.Name, body), nil
	}
	return t, nil
}

// Reason is what an error of the file system says, without the path: the message has it already.
func Reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err.Error()
	}
	return err.Error()
}
