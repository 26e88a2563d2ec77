package spill

import (
	"os"

	"spoor/engine/column"
)

// Run is batches that were put away one after another. It belongs to one worker at a time, and may be read any number of times; of what is
// read, no more than a batch is held.
type Run struct {
	space    *Space
	file     *os.File
	segments []int64
	size     int64 // bytes
	batches  []place
	rows     int
	buf      []byte
}

// place is where a batch is.
type place struct {
	schema *column.Schema
	at     int64
	bytes  int
	rows   int
}

// Run is a new run without batches.
func (s *Space) Run() *Run { return &Run{space: s} }

// Rows is how many rows there are.
func (r *Run) Rows() int { return r.rows }

// Len is how many batches there are.
func (r *Run) Len() int { return len(r.batches) }

// Add puts a batch away. An error stays in the space.
func (r *Run) Add(b *column.Batch) {
	r.buf = encode(r.buf[:0], b)
	if !r.write(r.buf) {
		return
	}
	r.batches = append(r.batches, place{b.Schema, r.size - int64(len(r.buf)), len(r.buf), b.Rows})
	r.rows += b.Rows
	if cap(r.buf) > segment {
		r.buf = nil
	}
}

func (r *Run) write(p []byte) bool {
	for len(p) > 0 {
		in := int(r.size % segment)
		if in == 0 {
			file, at, err := r.space.take()
			if err != nil {
				return false
			}
			r.file, r.segments = file, append(r.segments, at)
		}
		n := min(len(p), segment-in)
		if _, err := r.file.WriteAt(p[:n], r.segments[len(r.segments)-1]+int64(in)); err != nil {
			r.space.fail(err)
			return false
		}
		r.size, p = r.size+int64(n), p[n:]
	}
	return true
}

// Batch is the i-th batch.
func (r *Run) Batch(i int) (*column.Batch, error) {
	if err := r.space.Err(); err != nil {
		return nil, err
	}
	if err := r.space.ctx.Err(); err != nil {
		return nil, r.space.fail(err)
	}
	p := r.batches[i]
	buf := make([]byte, p.bytes)
	for at, rest := p.at, buf; len(rest) > 0; {
		in := at % segment
		n := min(int64(len(rest)), segment-in)
		if _, err := r.file.ReadAt(rest[:n], r.segments[at/segment]+in); err != nil {
			return nil, r.space.fail(err)
		}
		at, rest = at+n, rest[n:]
	}
	b, err := decode(buf, p.schema, p.rows)
	if err != nil {
		return nil, r.space.fail(err)
	}
	return b, nil
}

// All is the batches in their order.
func (r *Run) All() column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		for i := range r.batches {
			b, err := r.Batch(i)
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

// Backward is the batches from the last to the first.
func (r *Run) Backward() column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		for i := len(r.batches) - 1; i >= 0; i-- {
			b, err := r.Batch(i)
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

// Free forgets the batches and lets others use their place.
func (r *Run) Free() {
	r.space.give(r.segments)
	*r = Run{space: r.space}
}
