package follow

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"spoor/engine/input"
)

// log is a file that is followed, whatever it is called.
type log struct {
	path    string
	name    string          // to be shown: what leads to it
	names   map[string]bool // all that lead to it, as the last look at everything found them
	id      identity
	handles *handles // nil: the log stays open
	handle  *os.File // nil: closed, for others need it more
	used    int      // when the handle was needed last, by the count of handles
	framing
	packed bool
	final  bool  // it will not grow
	pos    int64 // up to where it was answered
	whole  int64 // up to where its last whole record ends
	size   int64
	mod    time.Time
	head   []byte                      // how its text begins
	tail   []byte                      // what stands before pos
	last   []byte                      // of a packed one: what stands before whole
	copyOf *log                        // what it holds is read there
	family struct{ path, name string } // of which path

	named   bool  // by an argument
	settled bool  // it is known what of a packed one was read elsewhere
	broken  error // what is wrong with a packed one, unless it is written on
	seen    int   // the last look that found it under a name
	quiet   int   // how many looks found nothing new
	twice   bool  // it was emptied while it was read
	adrift  bool  // it was not found under a name that is looked at
	gone    bool  // answered is of no use any more
}

// sample is how many bytes tell logs from each other.
const sample = 512

// open opens the log if it is not open, and makes sure that it is the same one.
func (l *log) open() error {
	if l.handle != nil {
		l.handles.used(l)
		return nil
	}
	f, info, err := regular(l.path)
	if err == nil && identityOf(info) != l.id {
		f.Close()
		err = errReplaced
	}
	if err != nil {
		return err
	}
	l.handle = f
	l.handles.used(l)
	return nil
}

// errReplaced is what happens between two looks: the log is found under another name.
var errReplaced = fmt.Errorf("another file stands there: %w", fs.ErrNotExist)

// regular opens a file, and nothing else: to open a pipe may wait for ever.
func regular(path string) (*os.File, os.FileInfo, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|atOnce, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("is no file any more")
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

func (l *log) close() {
	if l.handle != nil {
		l.handle.Close()
		l.handle = nil
		l.handles.closed(l)
	}
}

// another opens the log under a handle of its own.
func (l *log) another() (*os.File, error) {
	if f, info, err := regular(l.path); err == nil {
		if identityOf(info) == l.id {
			return f, nil
		}
		f.Close()
	}
	if l.handle == nil {
		return nil, errors.New("is not there any more")
	}
	return again(l.handle)
}

// length is how much text the log has.
func (l *log) length() int64 {
	if l.packed {
		return l.whole
	}
	return l.size
}

// unread is how much of that was not answered, and is not read elsewhere.
func (l *log) unread() int64 {
	if l.copyOf != nil {
		return 0
	}
	return max(l.length()-l.pos, 0)
}

// upTo is up to where there are whole records that were not answered, of about so many bytes. more says that there may be others.
func (l *log) upTo(most int64) (to int64, more bool) {
	switch {
	case l.unread() == 0:
		return l.pos, false
	case l.packed:
		return l.whole, false
	case l.open() != nil:
		return l.pos, false
	}
	for {
		limit := l.size
		if most < l.size-l.pos {
			limit = l.pos + most
		}
		l.whole = max(l.framing.whole(l.handle, limit, l.final && limit == l.size), l.pos)
		if l.whole > l.pos || limit == l.size {
			return l.whole, limit < l.size
		}
		most *= 2
	}
}

// goOn begins behind what was read of the same text elsewhere.
func (l *log) goOn(pos int64) {
	l.copyOf, l.pos, l.whole = nil, pos, max(l.whole, pos)
	if !l.packed && l.open() == nil {
		l.resume(l.handle, pos)
		l.tail = l.before(pos)
	}
}

// grown looks at what was appended. It is false if the log is not what it was: it was emptied, or written anew.
func (l *log) grown(info os.FileInfo) (same bool, err error) {
	changed := info.Size() != l.size || !info.ModTime().Equal(l.mod)
	if !changed {
		if l.quiet++; l.quiet == 2 {
			err, l.broken = l.broken, nil
		}
		return true, err
	}
	if err := l.open(); err != nil {
		return true, err
	}
	if !l.stands(info.Size()) {
		return false, nil
	}
	l.quiet, l.size, l.mod = 0, info.Size(), info.ModTime()
	if l.sniff() {
		l.broken = l.unpacked()
		return true, nil
	}
	if l.size < l.at {
		l.resume(l.handle, l.pos)
	}
	l.beginning()
	return true, nil
}

// stands says whether what was read still stands before the position. Of what is compressed just the size is known.
func (l *log) stands(size int64) bool {
	if l.packed {
		return size >= l.size && input.Wrapped(readAt(l.handle, 0, magic))
	}
	return size >= l.pos && bytes.Equal(readAt(l.handle, 0, int64(len(l.head))), l.head) && l.holdsAt(l.pos, l.tail)
}

// holdsAt says whether something stands before an offset of a log that is not compressed.
func (l *log) holdsAt(at int64, tail []byte) bool {
	return bytes.Equal(readAt(l.handle, at-int64(len(tail)), int64(len(tail))), tail)
}

// anew begins again at the beginning.
func (l *log) anew() {
	l.framing, l.pos, l.whole, l.size, l.tail, l.head, l.mod, l.twice = framing{}, 0, 0, 0, nil, nil, time.Time{}, false
}

// stat is what the system says of the log now.
func (l *log) stat() (os.FileInfo, error) {
	if l.handle != nil {
		return l.handle.Stat()
	}
	info, err := os.Stat(l.path)
	if err == nil && identityOf(info) != l.id {
		err = os.ErrNotExist
	}
	return info, err
}

// sizeOf is how long an open file is.
func sizeOf(f *os.File) int64 {
	info, err := f.Stat()
	if err != nil {
		return 0
	}
	return info.Size()
}

// lost is an error if the log has no name any more, and nobody has written to it for a while.
func (l *log) lost(info os.FileInfo) error {
	if unlinked(info) && l.quiet > 2 {
		return os.ErrNotExist
	}
	return nil
}

// before is what stands before a position of the text.
func (l *log) before(pos int64) []byte {
	from := max(pos-sample, 0)
	switch {
	case l.packed && pos == l.whole:
		return l.last
	case !l.packed:
		if l.open() != nil {
			return nil
		}
		return readAt(l.handle, from, pos-from)
	}
	text, err := input.Input{Path: l.path, Open: l.another}.Text()
	if err != nil {
		return nil
	}
	defer text.Close()
	if _, err := io.CopyN(io.Discard, text, from); err != nil {
		return nil
	}
	out, _ := io.ReadAll(io.LimitReader(text, pos-from))
	return out
}

// beginning notes how the text begins. What was noted stays: if something else stands there by now it is another text.
func (l *log) beginning() {
	if len(l.head) < sample {
		if head := readAt(l.handle, 0, min(sample, l.size)); bytes.HasPrefix(head, l.head) {
			l.head = head
		}
	}
}
