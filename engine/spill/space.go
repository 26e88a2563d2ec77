// Package spill is where operators put away what they cannot hold: an account of the memory that they share, and a file for the rest.
package spill

import (
	"context"
	"errors"
	"os"
	"sync"
	"sync/atomic"
	"syscall"

	"spoor/grammar/source"
)

// Space is the memory that the operators of one run share, and the file that takes what is beyond it. Nobody but the run sees the file:
// it has no name where the system allows that, so that nothing is left behind however the process ends.
//
// The first error stays: what was put away after it is lost, and whoever gives rows must look at Err.
type Space struct {
	ctx     context.Context
	limit   int64 // bytes of memory; 0: any
	dir     string
	held    atomic.Int64
	holders atomic.Int64 // accounts that hold something

	mu   sync.Mutex
	file *os.File // nil as long as nothing was put away
	end  int64
	free []int64 // segments that are used no more
	err  error
}

// segment is the piece in which the file is given out.
const segment = 256 << 10

// New is a space of so many bytes of memory, 0 for as many as there are, whose file is in a folder.
func New(ctx context.Context, limit int64, dir string) *Space {
	return &Space{ctx: ctx, limit: limit, dir: dir}
}

// Account is a new holder of memory; nil, which may hold anything, if there is no limit.
func (s *Space) Account() *Account {
	if s == nil || s.limit <= 0 {
		return nil
	}
	return &Account{space: s}
}

// Limit is the bytes of memory; 0: any.
func (s *Space) Limit() int64 {
	if s == nil {
		return 0
	}
	return s.limit
}

// Err is the first error.
func (s *Space) Err() error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// Close gives the file back. No run can be read afterwards.
func (s *Space) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file != nil {
		Remove(s.file)
		s.file, s.end, s.free = nil, 0, nil
	}
}

// Fail keeps an error of who reads what was put away.
func (s *Space) Fail(err error) { s.fail(err) }

// fail keeps an error, if it is the first one, and gives the one that counts.
func (s *Space) fail(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil {
		s.err = s.told(err)
	}
	return s.err
}

func (s *Space) told(err error) error {
	if s.ctx.Err() != nil {
		return s.ctx.Err()
	}
	return Failure(s.dir, err)
}

// take is a piece of the file.
func (s *Space) take() (file *os.File, at int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil && s.ctx.Err() != nil {
		s.err = s.ctx.Err()
	}
	if s.err == nil && s.file == nil {
		if s.file, err = File(s.dir); err != nil {
			s.err = err
		}
	}
	if s.err != nil {
		return nil, 0, s.err
	}
	if n := len(s.free); n > 0 {
		at, s.free = s.free[n-1], s.free[:n-1]
		return s.file, at, nil
	}
	at = s.end
	s.end += segment
	return s.file, at, nil
}

// give takes pieces back.
func (s *Space) give(pieces []int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file != nil {
		s.free = append(s.free, pieces...)
	}
}

// File is a new file in a folder that goes with the process, or at the latest when Remove is called.
func File(dir string) (*os.File, error) {
	f, err := os.CreateTemp(dir, "spoor-*")
	if err != nil {
		return nil, Failure(dir, err)
	}
	os.Remove(f.Name()) // where a file that is open cannot be removed, Remove does it
	return f, nil
}

// Remove closes a file that File made.
func Remove(f *os.File) {
	f.Close()
	os.Remove(f.Name())
}

// Failure says that a folder for what does not fit into memory is of no use.
func Failure(dir string, err error) error {
	if dir == "" {
		dir = os.TempDir()
	}
	return source.Errorf(source.Span{}, "temporary-folder", "%s cannot hold what does not fit into memory: %s", dir, reason(err)).
		WithHint("--temp-dir names another folder, --max-memory lets the search use more memory")
}

func reason(err error) string {
	var path *os.PathError
	if errors.Is(err, syscall.ENOSPC) {
		return "it is full"
	}
	if errors.As(err, &path) {
		return path.Err.Error()
	}
	return err.Error()
}
