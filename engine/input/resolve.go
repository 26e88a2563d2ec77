package input

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"spoor/grammar/source"
)

// Input is one file, pipe or stream to read.
type Input struct {
	Path   string     // as the user named it or as it was found in a folder; "-" for standard input
	Size   int64      // as stored, when it was resolved; -1 for pipes and streams
	Stream io.Reader  // if not nil it is read, once, in place of a file
	Lines  *LineIndex // of what can be read only once, if somebody wants to know lines
	// Bounds is the part of it that is read; nil: all of it.
	Bounds *Range
	// Index knows where which times stand; nil: nobody does.
	Index Index
	// Open opens the file whatever it is called by now; nil: it is opened by its path.
	Open func() (*os.File, error)
	// Still opens a copy in which just what is within the Bounds stands, at its place, whatever becomes of the file; nil: there is none. Who needs
	// more than that opens the file.
	Still func() (*os.File, error)
	// Passing says that it cannot be read again later on, when what is followed was answered.
	Passing bool
}

// open opens the file of an input.
func (in Input) open() (*os.File, error) {
	if in.Open != nil {
		return in.Open()
	}
	return openPath(in.Path)
}

// within opens what holds the text within the bounds.
func (in Input) within() (*os.File, error) {
	if in.Still != nil && in.Bounds != nil {
		if f, err := in.Still(); err == nil {
			return f, nil
		}
	}
	return in.open()
}

// Inputs is what a scan reads, in its order. An input's index is the file's ordinal in the positions of its events.
type Inputs []Input

// Files says whether all inputs are regular files, which may be read again.
func (in Inputs) Files() bool {
	for _, i := range in {
		if i.Size < 0 {
			return false
		}
	}
	return true
}

// Resolve finds the inputs that the arguments name: files, folders with all that is in them, patterns, and "-" for stdin. They keep
// the order of the arguments, within a folder that of their names; a path that comes twice counts once.
//
// What cannot be read is an error in the list; the rest is still good.
func Resolve(args []string, stdin io.Reader) (Inputs, source.Errors) {
	r := resolver{seen: map[string]bool{}, stdin: stdin}
	for _, a := range args {
		r.argument(a)
	}
	return r.found, r.problems
}

type resolver struct {
	found    Inputs
	problems source.Errors
	seen     map[string]bool
	stdin    io.Reader
}

func (r *resolver) problem(code, format string, args ...any) *source.Diagnostic {
	d := source.Errorf(source.Span{}, code, format, args...)
	r.problems = append(r.problems, d)
	return d
}

func (r *resolver) argument(a string) {
	if a == "-" {
		if !r.seen["-"] {
			r.seen["-"] = true
			r.found = append(r.found, Input{Path: "-", Size: -1, Stream: r.stdin})
		}
		return
	}
	info, err := os.Stat(a)
	switch {
	case err == nil:
		r.path(a, info, true)
	case errors.Is(err, fs.ErrNotExist) && strings.ContainsAny(a, "*?["):
		r.pattern(a)
	case errors.Is(err, fs.ErrNotExist):
		r.problem("no-such-file", "%s: no such file or folder", shown(a))
	default:
		r.problem("unreadable", "%s: %s", shown(a), source.Reason(err))
	}
}

func (r *resolver) pattern(a string) {
	matches, err := filepath.Glob(a)
	if err != nil {
		r.problem("bad-pattern", "%s: not a pattern: %v", shown(a), err)
		return
	}
	if len(matches) == 0 {
		r.problem("no-match", "%s: no file matches", shown(a))
	}
	for _, m := range matches {
		if info, err := os.Stat(m); err != nil {
			r.problem("unreadable", "%s: %s", shown(m), source.Reason(err))
		} else {
			r.path(m, info, false)
		}
	}
}

// path adds a file, or all that a folder holds.
func (r *resolver) path(path string, info fs.FileInfo, named bool) {
	key := filepath.Clean(path)
	if abs, err := filepath.Abs(path); err == nil {
		key = abs
	}
	if r.seen[key] {
		return
	}
	r.seen[key] = true
	mode := info.Mode()
	switch {
	case mode.IsDir():
		r.folder(path)
	case mode.IsRegular():
		r.found = append(r.found, Input{Path: path, Size: info.Size()})
	case mode&fs.ModeNamedPipe != 0 && named, mode&fs.ModeCharDevice != 0 && named && (path == "/dev/stdin" || path == os.DevNull):
		r.found = append(r.found, Input{Path: path, Size: -1})
	case mode&fs.ModeNamedPipe != 0:
		r.problem("not-a-file", "%s: a pipe of a folder or pattern is not read", shown(path)).WithHint("name it itself to read it")
	default:
		r.problem("not-a-file", "%s: %s, not a file", shown(path), special(mode))
	}
}

func (r *resolver) folder(path string) {
	entries, err := os.ReadDir(path) // sorted, and what could be read if there is an error
	if err != nil {
		r.problem("unreadable", "%s: %s", shown(path), source.Reason(err))
	}
	for _, e := range entries {
		inner := filepath.Join(path, e.Name())
		info, err := os.Stat(inner)
		switch {
		case err != nil:
			r.problem("unreadable", "%s: %s", shown(inner), source.Reason(err))
		case info.IsDir() && e.Type()&fs.ModeSymlink != 0:
			r.problem("not-a-file", "%s: a link to a folder is not followed", shown(inner)).WithHint("name it itself to read it")
		default:
			r.path(inner, info, false)
		}
	}
}

// shown is a path within a message. Its line ends must not look like the message's.
func shown(path string) string { return strings.NewReplacer("\n", `\n`, "\r", `\r`).Replace(path) }

func special(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return fmt.Sprintf("something else (%s)", mode.Type())
}
