package follow

import (
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync"
)

// pipe is what comes from a pipe, in files of bounded size: those that were answered go, and while there are many nothing more is read.
type pipe struct {
	name    string
	dir     string
	from    io.Reader
	segment int64
	nudge   func()

	mu     sync.Mutex
	room   *sync.Cond
	logs   []*log
	cut    framing // of the last of them
	made   int
	ended  bool
	closed bool
	broken error
}

// mostSegments is how many files of a pipe wait for an answer.
const mostSegments = 8

func newPipe(name string, from io.Reader, o Options, s *scratch, nudge func()) (*pipe, error) {
	dir, err := s.folder()
	if err == nil {
		dir, err = os.MkdirTemp(dir, "pipe-")
	}
	if err != nil {
		return nil, err
	}
	p := &pipe{name: name, dir: dir, from: from, segment: o.Segment, nudge: nudge}
	p.room = sync.NewCond(&p.mu)
	if err := p.begin(nil); err != nil {
		p.close()
		return nil, err
	}
	go p.run()
	return p, nil
}

// begin begins the next file with what is left of the last one.
func (p *pipe) begin(rest []byte) error {
	p.made++
	path := filepath.Join(p.dir, strconv.Itoa(p.made))
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	l := &log{path: path, name: p.name, handle: f}
	if info, err := f.Stat(); err == nil {
		l.id = identityOf(info)
	}
	p.logs, p.cut = append(p.logs, l), framing{}
	return p.write(rest)
}

func (p *pipe) write(data []byte) error {
	l := p.logs[len(p.logs)-1]
	n, err := l.handle.WriteAt(data, l.size)
	l.size += int64(n)
	return err
}

// run copies the pipe until it ends.
func (p *pipe) run() {
	defer p.nudge()
	buf := make([]byte, 256<<10)
	for {
		n, err := p.from.Read(buf)
		if !p.took(buf[:n], err) {
			return
		}
		if n > 0 {
			p.nudge()
		}
	}
}

// took puts away what was read. It is false if that was all.
func (p *pipe) took(data []byte, failed error) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.logs) > mostSegments && !p.closed {
		p.room.Wait()
	}
	if p.closed {
		return false
	}
	err := p.write(data)
	if err == nil {
		err = p.divide()
	}
	switch {
	case err != nil:
		p.broken = err
	case failed != nil && failed != io.EOF:
		p.broken = failed
	case failed == nil:
		return true
	}
	p.ended, p.logs[len(p.logs)-1].final = true, true
	return false
}

// divide begins another file if the last one is long enough, and cannot hold the rest of a JSON document.
func (p *pipe) divide() error {
	l := p.logs[len(p.logs)-1]
	if l.size < p.segment {
		return nil
	}
	whole := p.cut.whole(l.handle, l.size, false)
	if whole == 0 || p.cut.objects != nil {
		return nil
	}
	rest := readAt(l.handle, whole, l.size-whole)
	if err := l.handle.Truncate(whole); err != nil {
		return err
	}
	l.size, l.final = whole, true
	return p.begin(rest)
}

// sweep removes the files that were answered. The caller holds the lock.
func (p *pipe) sweep() {
	for len(p.logs) > 1 && p.logs[0].final && p.logs[0].pos >= p.logs[0].size {
		p.logs[0].close()
		_ = os.Remove(p.logs[0].path)
		p.logs = p.logs[1:]
		p.room.Broadcast()
	}
}

// finished says whether the pipe has ended and all of it was answered.
func (p *pipe) finished() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ended && len(p.logs) == 1 && p.logs[0].pos >= p.logs[0].size
}

func (p *pipe) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.room.Broadcast()
	for _, l := range p.logs {
		l.close()
	}
	p.logs = nil
	if f, ok := p.from.(*os.File); ok && p.name != "-" {
		f.Close()
	}
	_ = os.RemoveAll(p.dir)
}
