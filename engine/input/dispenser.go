package input

import (
	"bytes"
	"context"
	"sync"

	"spoor/engine/input/frame"
)

// dispenser hands out the work of a scan in the order of positions: the blocks of regular files, and streams.
//
// The worker that claims a stream stays with it to its end. One that finds nothing more to claim helps with the streams that others
// have claimed, but only with those behind what it has done: so every worker meets records in the order of their positions.
type dispenser struct {
	scan *Scan
	ctx  context.Context

	mu      sync.Mutex
	next    int   // input to open next
	current *file // being handed out block by block
	from    int64
	extents []extent // of it that are left
	last    *link
	streams []*stream
}

// claim is the next piece of work: a block, a stream, or neither if there is none.
func (d *dispenser) claim() (*block, *stream) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for {
		if d.current != nil {
			if b := d.block(); b != nil {
				return b, nil
			}
		}
		if d.next == len(d.scan.inputs) || d.ctx.Err() != nil {
			return nil, nil
		}
		if at := d.scan.config.Demand.At; at != nil && len(at[d.next]) == 0 {
			d.next++
			continue
		}
		if st := d.open(); st != nil {
			return nil, st
		}
	}
}

// block is the next block of the current file.
func (d *dispenser) block() *block {
	f := d.current
	b := &block{file: f, from: d.from, to: min(d.from+int64(d.scan.config.BlockSize), f.size), until: End, prev: d.last, own: newLink()}
	if at := d.scan.config.Demand.At; at != nil {
		b.exact, b.prev = true, nil
		b.from, b.to = together(at[f.ordinal], d.from, d.scan.config.BlockSize)
	} else if d.extents != nil {
		d.within(b)
	}
	if b.from >= f.size || f.gone.Load() {
		d.current = nil
		f.release()
		return nil
	}
	d.from, d.last = b.to, b.own
	f.users.Add(1)
	return b
}

// open opens the next input, which becomes the current file if it can be read in blocks, and is returned if it is a stream.
func (d *dispenser) open() *stream {
	ordinal := d.next
	in := d.scan.inputs[ordinal]
	d.next++
	extents := d.scan.extents(ordinal)
	if extents != nil && len(extents) == 0 {
		d.scan.leaveOut(ordinal, in.Size)
		return nil
	}
	if in.Size >= 0 && in.Stream == nil {
		f, err := openFile(ordinal, in, d.scan.fail)
		if err != nil {
			d.scan.fail(ordinal, err)
			return nil
		}
		if blocks(f) {
			if err := in.fits(f.size); err != nil {
				d.scan.fail(ordinal, err)
				f.release()
				return nil
			}
			d.current, d.from, d.extents, d.last = f, 0, extents, nil
			d.scan.leaveOut(ordinal, f.size)
			return nil
		}
		f.release()
	}
	st := newStream(d.scan, ordinal)
	st.extents = extents
	d.streams = append(d.streams, st)
	go st.run(d.ctx)
	return st
}

// blocks says by the first bytes of a file whether it is lines of text.
func blocks(f *file) bool {
	head := make([]byte, min(sniffed, f.size))
	head = head[:f.read(head, 0)]
	return recognise(head) == nil && !frame.IsDocument(bytes.TrimPrefix(head, frame.ByteOrderMark))
}

// behind is the streams with an ordinal of at least from, once all work is claimed.
func (d *dispenser) behind(from int) []*stream {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, s := range d.streams {
		if s.ordinal >= from {
			return d.streams[i:]
		}
	}
	return nil
}
