package follow

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"spoor/grammar/source"
)

// finder finds the files that arguments lead to, and the folders in which others may appear.
type finder struct {
	args  []string
	pipes map[string]bool // arguments that are read as pipes
	files []found
	seen  map[string]bool
	dirs  map[string]bool
	wrong map[string]*source.Diagnostic // by path
}

// found is a file under one of its names.
type found struct {
	path  string
	real  string // where links lead to
	info  fs.FileInfo
	named bool // by an argument or a pattern: what it becomes when it is rotated may not be found
}

// find looks at everything.
func (f *finder) find() {
	f.files, f.seen, f.dirs, f.wrong = f.files[:0], map[string]bool{}, map[string]bool{}, map[string]*source.Diagnostic{}
	for _, a := range f.args {
		if !f.pipes[a] {
			f.argument(a)
		}
	}
}

func (f *finder) argument(a string) {
	info, err := os.Stat(a)
	switch {
	case err == nil:
		f.path(a, info, true, true)
		f.above(a)
	case missing(err) && strings.ContainsAny(a, "*?["):
		f.pattern(a)
	case missing(err):
		f.wrong[a] = source.Warnf(source.Span{}, "not-there-yet", "%s: no such file or folder yet; it is waited for", a)
		f.above(a)
	default:
		f.unreadable(a, err)
		f.above(a)
	}
}

func missing(err error) bool { return errors.Is(err, fs.ErrNotExist) }

func (f *finder) unreadable(path string, err error) {
	f.wrong[path] = source.Errorf(source.Span{}, "unreadable", "%s: %s", path, source.Reason(err))
}

// above is the folder in which a path appears, or the nearest one that there is.
func (f *finder) above(path string) {
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			f.dirs[dir] = true
			return
		}
		if dir == filepath.Dir(dir) {
			return
		}
	}
}

// pattern finds what fits a pattern, and all folders that fit its beginning.
func (f *finder) pattern(a string) {
	matches, err := filepath.Glob(a)
	if err != nil {
		f.wrong[a] = source.Errorf(source.Span{}, "bad-pattern", "%s: not a pattern: %v", a, err)
		return
	}
	for dir := filepath.Dir(a); ; dir = filepath.Dir(dir) {
		if !strings.ContainsAny(dir, "*?[") {
			f.above(filepath.Join(dir, "x"))
			break
		}
		folders, _ := filepath.Glob(dir)
		for _, d := range folders {
			f.dirs[d] = true
		}
	}
	for _, m := range matches {
		if info, err := os.Stat(m); err == nil {
			f.path(m, info, true, true)
		} else if !missing(err) {
			f.unreadable(m, err)
		}
	}
}

// path adds a file, or all that a folder holds. link says that it may be one.
func (f *finder) path(path string, info fs.FileInfo, named, link bool) {
	key := filepath.Clean(path)
	if f.seen[key] {
		return
	}
	f.seen[key] = true
	switch mode := info.Mode(); {
	case mode.IsDir():
		f.folder(path)
	case mode.IsRegular():
		real := path
		if link {
			real = f.target(path)
		}
		f.files = append(f.files, found{path, real, info, named})
	case mode&fs.ModeNamedPipe != 0 && named:
		f.wrong[path] = source.Warnf(source.Span{}, "not-a-file", "%s: is a pipe by now, and not followed as long as it is", path).WithHint("what is a pipe at the beginning is read")
	default:
		f.wrong[path] = source.Warnf(source.Span{}, "not-a-file", "%s: neither a file nor a folder, and not followed", path)
	}
}

// target is where a link leads to, and the path itself if it is none. In the folder of the target it is told of what is written to that.
func (f *finder) target(path string) string {
	if info, err := os.Lstat(path); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return path
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return path
	}
	f.dirs[filepath.Dir(real)] = true
	return real
}

func (f *finder) folder(path string) {
	f.dirs[path] = true
	entries, err := os.ReadDir(path)
	if err != nil && !missing(err) {
		f.unreadable(path, err)
	}
	for _, e := range entries {
		inner := filepath.Join(path, e.Name())
		info, err := os.Stat(inner)
		switch {
		case err != nil && missing(err): // renamed meanwhile, or a link to nothing
		case err != nil:
			f.unreadable(inner, err)
		case info.IsDir() && e.Type()&fs.ModeSymlink != 0: // links to folders may go round in circles
		default:
			f.path(inner, info, false, e.Type()&fs.ModeSymlink != 0)
		}
	}
}
