package follow

import (
	"io"
	"os"
	"path/filepath"
	"strconv"
)

// stills holds copies of what a round has of logs, lest a log that is emptied while the round is answered takes with it what was not read.
type stills struct {
	scratch *scratch
	left    int64
	paths   map[*log]string
	made    int
}

// Of a round so many bytes are copied, and so many logs at most. What is beyond is read where it stands.
const (
	mostStill  = 16 << 20
	mostStills = 100
)

// clear forgets the copies of the round before.
func (s *stills) clear() {
	for _, path := range s.paths {
		_ = os.Remove(path)
	}
	s.paths, s.left = map[*log]string{}, mostStill
}

// keep copies what stands between a log's position and another. It is false if that cannot be: then it is read where it stands.
func (s *stills) keep(l *log, to int64) bool {
	n := to - l.pos
	if n > s.left || len(s.paths) >= mostStills {
		return false
	}
	dir, err := s.scratch.folder()
	if err != nil {
		s.left = 0
		return false
	}
	s.made++
	path := filepath.Join(dir, strconv.Itoa(s.made))
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return false
	}
	s.paths[l] = path
	copied, err := io.Copy(io.NewOffsetWriter(f, l.pos), io.NewSectionReader(l.handle, l.pos, n))
	s.left -= copied
	return f.Close() == nil && err == nil && copied == n
}

// opener opens the copy of a log's portion until the next round.
func (s *stills) opener(l *log) func() (*os.File, error) {
	path := s.paths[l]
	return func() (*os.File, error) { return os.Open(path) }
}
