package macros

import (
	"embed"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

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

// loadFS is LoadPath for the folder that fsys is. Errors call a file by its path below prefix.
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
		errs = append(errs, source.Warnf(source.Span{}, "no-macros", "no macros in the folder %s", prefix).
			WithHint("a folder's macros are in files named macros.conf, *.yml or *.yaml"))
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
	t, err := source.ReadFile(fsys, name, full)
	if err != nil {
		return failure(full, err)
	}
	return l.load(t, must)
}

// Load adds the macros of a text whose name tells its format: YAML if it ends in .yml or .yaml, and macros.conf otherwise.
func (l *Library) Load(t *source.Text) source.Errors {
	clean, err := source.Clean(t)
	if err != nil {
		return failure(t.Name, err)
	}
	return l.load(clean, true)
}

func (l *Library) load(t *source.Text, must bool) source.Errors {
	if isYAML(t.Name) {
		return l.loadYAML(t, must)
	}
	return l.loadConf(t)
}

func failure(name string, err error) source.Errors {
	return source.Errors{source.Errorf(source.Span{}, "macro-file", "cannot read macros of %s: %s", name, source.Reason(err))}
}
