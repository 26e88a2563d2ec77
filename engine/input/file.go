package input

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"

	"spoor/grammar/source"
)

// file is a regular file that several workers read at once.
type file struct {
	ordinal int
	input   Input
	size    int64 // when it was opened: what is appended later is left for the next scan
	fail    func(ordinal int, why error)

	users   atomic.Int32 // who may still read; the last one closes
	mu      sync.Mutex
	handles []*os.File // the last is in use; one before it may still be read by somebody
	retried bool
	gone    atomic.Bool
}

// openPath opens a file, by its name once more if it vanished.
func openPath(path string) (*os.File, error) {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		f, err = os.Open(path) // log rotation leaves a moment without the name
	}
	if err != nil {
		return nil, errors.New(source.Reason(err))
	}
	return f, nil
}

func openFile(ordinal int, in Input, fail func(int, error)) (*file, error) {
	handle, err := in.within()
	if err != nil {
		return nil, err
	}
	info, err := handle.Stat()
	if err != nil {
		handle.Close()
		return nil, errors.New(source.Reason(err))
	}
	f := &file{ordinal: ordinal, input: in, size: info.Size(), handles: []*os.File{handle}, fail: fail}
	f.users.Store(1)
	return f, nil
}

func (f *file) release() {
	if f.users.Add(-1) == 0 {
		for _, h := range f.handles {
			h.Close()
		}
	}
}

func (f *file) handle() *os.File {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.handles[len(f.handles)-1]
}

// read fills p from an offset, all within the size. If the file is shorter by now, or cannot be read, it is opened by its name once
// more; if that does not help it has failed, and what could be read is returned.
func (f *file) read(p []byte, offset int64) int {
	h := f.handle()
	n, err := h.ReadAt(p, offset)
	if n == len(p) {
		return n
	}
	if again := f.reopen(h); again != nil {
		if n, err = again.ReadAt(p, offset); n == len(p) {
			return n
		}
	}
	if errors.Is(err, io.EOF) {
		err = fmt.Errorf("shrank while it was read: %d bytes, then %d", f.size, offset+int64(n))
	} else {
		err = fmt.Errorf("cannot be read at byte %d: %s", offset+int64(n), source.Reason(err))
	}
	if !f.gone.Swap(true) {
		f.fail(f.ordinal, err)
	}
	return n
}

// reopen is the file opened anew, if that was not tried before, or what somebody else opened in place of the handle.
func (f *file) reopen(bad *os.File) *os.File {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := f.handles[len(f.handles)-1]; now != bad {
		return now
	}
	if f.retried {
		return nil
	}
	f.retried = true
	h, err := f.input.within()
	if err != nil {
		return nil
	}
	f.handles = append(f.handles, h)
	return h
}
