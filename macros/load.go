package macros

import (
	"embed"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"spoor/grammar/source"
)

//go:embed builtin/*.conf
var builtinFiles embed.FS

// Builtin is a new library with the macros that spoor brings along.
func Builtin() *Library {
	l := &Library{}
	errs := l.loadFS(builtinFiles, "")
	if errs != nil {
		panic(errs)
	}
	for _, m := range l.macros {
		m.Builtin = true
	}
	return l
}

// fileLimit is how large a file of macros may be.
const fileLimit = 4 << 20

// LoadPath adds the macros of a file, or of all files named macros.conf, *.yml and *.yaml below a folder, in the order of their paths.
func (l *Library) LoadPath(name string) source.Errors {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return failure(name, err)
	case !info.IsDir():
		return l.loadFile(os.DirFS(filepath.Dir(name)), filepath.Base(name), name, true)
	}
	return l.loadFS(os.DirFS(name), name)
}

// LoadFS is LoadPath for the folder that fsys is.
func (l *Library) LoadFS(fsys fs.FS) source.Errors { return l.loadFS(fsys, ".") }

// loadFS calls files by their path below prefix.
func (l *Library) loadFS(fsys fs.FS, prefix string) source.Errors {
	var errs source.Errors
	files := 0
	_ = fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		full := filepath.Join(prefix, name)
		switch {
		case err != nil:
			errs = append(errs, failure(full, err)...)
		case !entry.IsDir() && holdsMacros(name):
			files++
			errs = append(errs, l.loadFile(fsys, name, full, false)...)
		}
		return nil
	})
	if errs == nil && files == 0 {
		errs = append(errs, &source.Diagnostic{Severity: source.Warning, Code: "no-macros", Message: "no macros in the folder " + prefix,
			Hint: "a folder's macros are in files named macros.conf, *.yml or *.yaml"})
	}
	return errs
}

func holdsMacros(name string) bool { return path.Base(name) == "macros.conf" || isYAML(name) }

func isYAML(name string) bool {
	ext := strings.ToLower(path.Ext(name))
	return ext == ".yml" || ext == ".yaml"
}

// loadFile adds the macros of one file, called full in errors; if must, a file without any is an error.
func (l *Library) loadFile(fsys fs.FS, name, full string, must bool) source.Errors {
	body, err := readFile(fsys, name)
	if err != nil {
		return failure(full, err)
	}
	return l.load(source.New(full, body), must)
}

// Load adds the macros of a text whose name tells its format: YAML if it ends in .yml or .yaml, and macros.conf otherwise.
func (l *Library) Load(t *source.Text) source.Errors { return l.load(t, true) }

func (l *Library) load(t *source.Text, must bool) source.Errors {
	if body, found := strings.CutPrefix(t.Body, "\ufeff"); found {
		t = source.New(t.Name, body)
	}
	switch {
	case len(t.Body) > fileLimit:
		return failure(t.Name, errTooLarge)
	case !utf8.ValidString(t.Body) || strings.ContainsRune(t.Body, 0):
		return failure(t.Name, errNotText)
	case isYAML(t.Name):
		return l.loadYAML(t, must)
	}
	return l.loadConf(t)
}

var (
	errTooLarge = errors.New("the file is larger than 4 MiB")
	errNotText  = errors.New("the file is no UTF-8 text")
	errNotFile  = errors.New("not a regular file")
)

// readFile reads a regular file: a pipe would never end.
func readFile(fsys fs.FS, name string) (string, error) {
	info, err := fs.Stat(fsys, name)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", errNotFile
	}
	f, err := fsys.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, fileLimit+1))
	if err == nil && len(body) > fileLimit {
		err = errTooLarge
	}
	return string(body), err
}

func failure(name string, err error) source.Errors {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return source.Errors{{Severity: source.Error, Code: "macro-file", Message: "cannot read macros of " + name + ": " + err.Error()}}
}
