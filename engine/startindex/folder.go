// Package startindex keeps where in logs processes start and end, so that a search of an hour need not read the days before it to learn what the
// processes are of which the hour tells.
//
// Of each log it keeps parts, which follow each other: for each event that starts or ends a process a piece of what tells which process it is, and
// where the event stands. An index names events that are perhaps meant; the events themselves are read. Parts are made when somebody asks, of the
// text that is new since. A log is known by its text, as package timeindex knows it. What does not fit is made anew: nothing is lost with an index.
package startindex

import (
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/zeebo/xxh3"

	"spoor/engine/timeindex"
	"spoor/grammar/source"
)

// How the files of parts are called, and those that are being written.
const (
	prefix, suffix = "starts-", ".index"
	unfinished     = "starts.*.unfinished"
)

// Bounds of what is kept of logs that are not there any more, and of how often a file is touched since it was used.
const (
	forgotten = 30 * 24 * time.Hour
	aDay      = 24 * time.Hour
)

// Options is how an index is kept.
type Options struct {
	Now time.Time
	// Build says which program it is: what another one made of the same log may be something else.
	Build string
	Warn  func(*source.Diagnostic)
	// PartSize is the bytes of a log of which the starts are held while they are looked for; 0: a quarter of a gigabyte.
	PartSize int64
}

// Folder is the indexes of many logs, in files of a folder.
type Folder struct {
	dir     string
	options Options
	build   [16]byte

	mu    sync.Mutex
	parts []*part
	said  bool // that nothing can be kept
}

// OpenFolder finds what is kept in a folder. An empty name keeps nothing beyond the process.
func OpenFolder(dir string, o Options) *Folder {
	if o.PartSize <= 0 {
		o.PartSize = 256 << 20
	}
	f := &Folder{dir: dir, options: o, build: xxh3.HashString128(o.Build).Bytes()}
	if dir == "" {
		return f
	}
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		f.say("starts-unreadable", dir, err)
	}
	for _, e := range entries {
		if kept, _ := filepath.Match(prefix+"*"+suffix, e.Name()); kept {
			f.find(filepath.Join(dir, e.Name()))
		} else if left, _ := filepath.Match(unfinished, e.Name()); left && f.age(e.Info()) > aDay {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
	return f
}

func (f *Folder) say(code, path string, err error) {
	if f.options.Warn != nil {
		f.options.Warn(source.Warnf(source.Span{}, code, "%s: %s", path, source.Reason(err)).WithHint("starts of processes are looked for in the logs, which takes longer"))
	}
}

func (f *Folder) age(info os.FileInfo, err error) time.Duration {
	if err != nil {
		return 0
	}
	return f.options.Now.Sub(info.ModTime())
}

// find opens a file of the folder. One that is of no use is removed. What is no file is none of ours, and a pipe would be waited for.
func (f *Folder) find(path string) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return
	}
	text := &stored{path: path}
	p, err := open(text, info.Size())
	text.shut()
	switch {
	case errors.Is(err, errDamaged):
		f.say("starts-damaged", path, err)
		fallthrough
	case errors.Is(err, errVersion) || err == nil && (p.Build != f.build || f.age(info, nil) > forgotten):
		_ = os.Remove(path)
	case err != nil:
		f.say("starts-unreadable", path, err)
	default:
		f.parts = append(f.parts, p)
	}
}

// drop forgets a part.
func (f *Folder) drop(p *part) {
	f.parts = slices.DeleteFunc(f.parts, func(x *part) bool { return x == p })
	if s, kept := p.text.(*stored); kept {
		s.shut()
		_ = os.Remove(s.path)
	}
}

// touch notes that a part is of use.
func (f *Folder) touch(p *part) {
	if s, kept := p.text.(*stored); kept && f.age(os.Stat(s.path)) > aDay {
		_ = os.Chtimes(s.path, time.Time{}, f.options.Now)
	}
}

// keep puts entries into a file, or into memory if that fails.
func (f *Folder) keep(h head, entries func(yield func(entry) bool)) (*part, error) {
	if f.dir == "" {
		return inMemory(h, entries)
	}
	path, err := f.write(h, entries)
	var p *part
	if err == nil {
		var info os.FileInfo
		if info, err = os.Stat(path); err == nil {
			p, err = open(&stored{path: path}, info.Size())
		}
	}
	if err == nil {
		return p, nil
	}
	if !f.said {
		f.said = true
		f.say("starts-not-kept", f.dir, err)
	}
	return inMemory(h, entries)
}

func (f *Folder) write(h head, entries func(yield func(entry) bool)) (path string, err error) {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return "", err
	}
	out, err := os.CreateTemp(f.dir, unfinished)
	if err != nil {
		return "", err
	}
	sum := xxh3.Hash128(h.encode()).Bytes()
	path = filepath.Join(f.dir, prefix+hex.EncodeToString(sum[:])+suffix)
	err = write(out, h, entries)
	if err = errors.Join(err, out.Close()); err == nil {
		err = os.Rename(out.Name(), path)
	}
	if err != nil {
		os.Remove(out.Name())
	}
	return path, err
}

// Of is the index of some logs, by their place in the list. What is kept of a log that was looked at anew is not believed.
func (f *Folder) Of(members []*timeindex.Member) *Logs {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range members {
		if !m.Anew {
			continue
		}
		for _, p := range slices.Clone(f.parts) {
			if _, same := m.Seen(p.Key, p.To, p.Tail); same {
				f.drop(p)
			}
		}
	}
	return &Logs{folder: f, members: members, known: map[which][]*part{}}
}

// stored is a file that is open for as long as it is read.
type stored struct {
	path string
	file *os.File
}

func (s *stored) ReadAt(b []byte, at int64) (n int, err error) {
	if s.file == nil {
		if s.file, err = os.Open(s.path); err != nil {
			return 0, err
		}
	}
	return s.file.ReadAt(b, at)
}

func (s *stored) shut() {
	if s.file != nil {
		_ = s.file.Close()
		s.file = nil
	}
}

func (p *part) shut() {
	if s, kept := p.text.(*stored); kept {
		s.shut()
	}
}
