package engine

import (
	"context"
	"io"
	"os"
	"sync"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/spill"
)

// replay lets inputs that can be read only once, such as pipes, be read by several scans: the first one copies them into files that go
// with the run.
type replay struct {
	inputs input.Inputs
	dir    string // of the files
	mu     sync.Mutex
	copies map[int]*os.File // by input
}

// open is the inputs, for one more scan.
func (r *replay) open(ctx context.Context) (input.Inputs, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := append(input.Inputs(nil), r.inputs...)
	for i, in := range out {
		if in.Size >= 0 {
			continue
		}
		if r.copies[i] == nil {
			if err := r.copy(ctx, i, in); err != nil {
				return nil, err
			}
		}
		f := r.copies[i]
		info, err := f.Stat()
		if err != nil {
			return nil, err
		}
		out[i].Stream = io.NewSectionReader(f, 0, info.Size())
	}
	return out, nil
}

func (r *replay) copy(ctx context.Context, i int, in input.Input) error {
	from := in.Stream
	if from == nil {
		f, err := os.Open(in.Path)
		if err != nil {
			return err
		}
		defer f.Close()
		from = f
	}
	to, err := spill.File(r.dir)
	if err != nil {
		return err
	}
	if r.copies == nil {
		r.copies = map[int]*os.File{}
	}
	r.copies[i] = to
	_, err = io.Copy(copying{to, r.dir}, cancelled{ctx, from})
	return err
}

// until is the rows, behind whose end the copies go.
func (r *replay) until(rows column.Stream) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		defer r.close()
		rows(yield)
	}
}

// close forgets the copies.
func (r *replay) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, f := range r.copies {
		spill.Remove(f)
	}
	r.copies = nil
}

// copying is a writer that tells of a folder that is full.
type copying struct {
	to  io.Writer
	dir string
}

func (c copying) Write(p []byte) (int, error) {
	n, err := c.to.Write(p)
	if err != nil {
		err = spill.Failure(c.dir, err)
	}
	return n, err
}

// cancelled is a reader that ends with its context.
type cancelled struct {
	ctx  context.Context
	from io.Reader
}

func (c cancelled) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.from.Read(p)
}
