// Package timeindex knows where in growing logs which times stand, so that a search of an hour need not read the days before it.
//
// Of each log it keeps, for every megabyte or so, the first and the last time in it, and how far it was looked at. A log is known by its text, not by
// its name: by a hash of its beginning, and one of what stood before the end when it was looked at last. So it makes no difference whether a log was
// renamed, copied and truncated, or compressed. What does not fit is looked at anew: the index is a cache, and nothing is lost with it.
package timeindex

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"spoor/grammar/source"
)

// fileName is what the index is called in its folder.
const fileName = "times.index"

// unfinished is what it is called until it is written.
const unfinished = fileName + ".*.unfinished"

// Folder is the indexes of many logs, which are kept in a file of a folder.
type Folder struct {
	dir  string
	warn func(*source.Diagnostic)

	mu     sync.Mutex
	logs   map[Key][]*log // by all that a file is recognised by
	prints map[Tail][]*log
	saved  bool // nothing has changed since
}

// OpenFolder reads what is kept in a folder, which is made when there is something to keep. An empty name keeps nothing beyond the process. A damaged
// file is set aside, and said; what a process left that was killed is removed. No two processes may use a folder at once.
func OpenFolder(dir string, warn func(*source.Diagnostic)) *Folder {
	f := &Folder{dir: dir, warn: warn, saved: true}
	f.put(nil)
	if dir == "" {
		return f
	}
	f.tidy()
	data, err := os.ReadFile(f.path())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f
	case err != nil:
		f.say(source.Warnf(source.Span{}, "index-unreadable", "%s: %s", f.path(), source.Reason(err)).WithHint("the logs are looked at anew"))
		return f
	}
	logs, err := decode(data)
	if err != nil {
		aside := f.path() + ".damaged"
		d := source.Warnf(source.Span{}, "index-damaged", "%s is damaged (%s): the logs are looked at anew", f.path(), err)
		if os.Rename(f.path(), aside) == nil {
			d = d.WithHint("it was moved to %s", aside)
		}
		f.say(d)
		return f
	}
	f.put(logs)
	return f
}

// tidy removes indexes that were never finished.
func (f *Folder) tidy() {
	entries, _ := os.ReadDir(f.dir)
	for _, e := range entries {
		if left, _ := filepath.Match(unfinished, e.Name()); left {
			_ = os.Remove(filepath.Join(f.dir, e.Name()))
		}
	}
}

func (f *Folder) path() string { return filepath.Join(f.dir, fileName) }

func (f *Folder) say(d *source.Diagnostic) {
	if f.warn != nil {
		f.warn(d)
	}
}

// put makes these the logs that are known.
func (f *Folder) put(logs []*log) {
	f.logs, f.prints = map[Key][]*log{}, map[Tail][]*log{}
	for _, l := range logs {
		if l.print != (Tail{}) {
			f.prints[l.print] = append(f.prints[l.print], l)
		} else {
			f.logs[l.key] = append(f.logs[l.key], l)
		}
	}
}

// all is the logs that are known.
func (f *Folder) all() (out []*log) {
	for _, list := range f.logs {
		out = append(out, list...)
	}
	for _, list := range f.prints {
		out = append(out, list...)
	}
	return out
}

// save writes the index anew. If that fails it is said, and the logs are looked at again next time.
func (f *Folder) save() {
	if f.dir == "" || f.saved {
		return
	}
	if err := f.write(encode(f.all())); err != nil {
		f.say(source.Warnf(source.Span{}, "index-not-kept", "%s: %s", f.path(), source.Reason(err)).WithHint("the logs are looked at anew the next time"))
		return
	}
	f.saved = true
}

func (f *Folder) write(data []byte) error {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return err
	}
	out, err := os.CreateTemp(f.dir, unfinished)
	if err != nil {
		return err
	}
	_, err = out.Write(data)
	if err = errors.Join(err, out.Close()); err == nil {
		err = os.Rename(out.Name(), f.path())
	}
	if err != nil {
		os.Remove(out.Name())
	}
	return err
}
