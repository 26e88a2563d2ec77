package follow

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"os"
	"time"

	"spoor/engine/input"
)

// log is a file that is followed, whatever it is called.
type log struct {
	path   string
	id     identity
	handle *os.File // nil: closed, for others need it more
	framing
	packed bool
	final  bool  // it will not grow
	pos    int64 // up to where it was answered
	whole  int64 // up to where its last whole record ends
	size   int64
	mod    time.Time
	head   []byte                      // how its text begins
	tail   []byte                      // what stands before pos
	copyOf *log                        // what it holds is read there
	family struct{ path, name string } // of which path

	name   string // to be shown; empty: the path
	named  bool   // by an argument
	known  bool   // a packed one was compared with others
	broken error  // what is wrong with a packed one, unless it is written on
	seen   int    // the last look that found it under a name
	quiet  int    // how many looks found nothing new
	gone   bool   // answered is of no use any more
}

// sample is how many bytes tell logs from each other.
const sample = 512

// open opens the log if it is not open, and makes sure that it is the same one.
func (l *log) open() error {
	if l.handle != nil {
		return nil
	}
	f, err := os.Open(l.path)
	if err != nil {
		return err
	}
	info, err := f.Stat()
	if err == nil && (!info.Mode().IsRegular() || identityOf(info) != l.id) {
		err = errors.New("another file stands there")
	}
	if err != nil {
		f.Close()
		return err
	}
	l.handle = f
	return nil
}

func (l *log) close() {
	if l.handle != nil {
		l.handle.Close()
		l.handle = nil
	}
}

// input is the log up to where a record ends, from where it was answered.
func (l *log) input(to int64) input.Input {
	in := input.Input{Path: cmp.Or(l.name, l.path), Size: l.size, Bounds: &input.Range{From: l.pos, To: to}, Open: l.another}
	if l.packed {
		in.Bounds.To = input.End
	}
	return in
}

// another opens the log under a handle of its own.
func (l *log) another() (*os.File, error) {
	if f, err := os.Open(l.path); err == nil {
		if info, err := f.Stat(); err == nil && identityOf(info) == l.id {
			return f, nil
		}
		f.Close()
	}
	if l.handle == nil {
		return nil, errors.New("is not there any more")
	}
	return again(l.handle)
}

// upTo is up to where there are whole records that were not answered, of about so many bytes. more says that there may be others.
func (l *log) upTo(most int64) (to int64, more bool) {
	switch {
	case l.copyOf != nil:
		return l.pos, false
	case l.packed:
		return l.whole, false
	case l.pos >= l.size || l.open() != nil:
		return l.pos, false
	case most <= 0:
		return l.pos, true
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

// answered moves on.
func (l *log) answered(to int64) {
	if l.gone {
		return
	}
	l.pos = to
	l.remember()
}

// remember keeps what stands before the position.
func (l *log) remember() {
	if l.packed || l.open() != nil {
		return
	}
	from := max(l.pos-sample, 0)
	l.tail = readAt(l.handle, from, l.pos-from)
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
	if !l.packed && !l.stands(info.Size()) {
		return false, nil
	}
	l.quiet, l.size, l.mod = 0, info.Size(), info.ModTime()
	if l.packed {
		l.broken = l.unpacked()
		return true, nil
	}
	if l.size < l.at {
		l.resume(l.handle, l.pos)
	}
	l.beginning()
	return true, nil
}

// stands says whether what was read still stands before the position.
func (l *log) stands(size int64) bool {
	return size >= l.pos &&
		bytes.Equal(readAt(l.handle, 0, int64(len(l.head))), l.head) && bytes.Equal(readAt(l.handle, l.pos-int64(len(l.tail)), int64(len(l.tail))), l.tail)
}

// unpacked counts the text of a log that is compressed, which is read once it is whole.
func (l *log) unpacked() error {
	text, err := input.Input{Path: l.path, Open: l.another}.Text()
	if err != nil {
		return err
	}
	defer text.Close()
	n, err := io.Copy(io.Discard, text)
	if err == nil {
		l.whole = max(n, l.pos)
	}
	return err
}

// anew begins again at the beginning.
func (l *log) anew(info os.FileInfo) {
	l.framing, l.pos, l.whole, l.tail, l.head = framing{}, 0, 0, nil, nil
	l.size, l.mod = info.Size(), time.Time{}
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
	if !l.packed {
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

// beginning is how the text begins.
func (l *log) beginning() []byte {
	if len(l.head) < sample {
		if l.head = readAt(l.handle, 0, sample); l.packed {
			l.head = l.before(sample)
		}
	}
	return l.head
}
