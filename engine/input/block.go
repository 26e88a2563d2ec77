package input

import (
	"bytes"
	"context"
	"sync"

	"spoor/engine/input/frame"
)

// chunk is some whole records of one input.
type chunk struct {
	ordinal int
	base    int64  // where data begins in the decoded input
	data    []byte // valid until the worker asks for the next chunk
	until   int64  // where in data a record begins that is not asked for, nor any behind it; 0: all are
	with    int    // up to where data is needed to tell how its last record ends, if that is not the end of what is asked for
	own     int64  // how far into data records begin that no other chunk has, as far as they are asked for by offset
	part    bool   // data begins within a line
	plain   bool   // it is known that no event begins or ends in data
	state   frame.State
	records [][2]int // of a document: where its records are in data; nil if data is to be cut into lines
	listed  bool     // records is meant, even if it is empty
	last    bool     // the input ends with data
	torn    bool     // the input ends because it is broken
	cut     bool     // the last of records was cut off by the end of the input
	long    int64    // where a record begins that is longer than the limit and left out, or -1
	lines   int64    // line ends before data, or -1 if nobody counted
}

// link hands the state between two neighbouring blocks from the worker of the first to that of the second.
type link struct {
	once  sync.Once
	done  chan struct{}
	state frame.State
}

func newLink() *link { return &link{done: make(chan struct{})} }

func (l *link) set(s frame.State) { l.once.Do(func() { l.state = s; close(l.done) }) }

// wait is the state, or a closed one if the scan is cancelled. A nil link is the beginning of a file.
func (l *link) wait(ctx context.Context) frame.State {
	if l == nil {
		return frame.State{}
	}
	select {
	case <-l.done:
		return l.state
	case <-ctx.Done():
		return frame.State{}
	}
}

// block is a part of a regular file. Its records are those whose first line begins in it.
type block struct {
	file      *file
	from, to  int64
	until     int64 // where a record begins that is read with another block, if somebody wants it at all
	exact     bool  // a record begins at from
	prev, own *link
}

// reader reads blocks into a buffer that it uses again.
type reader struct {
	buf   []byte
	base  int64 // where buf begins in the file
	limit int
	block *block
}

// read is the records of a block. The state behind it is handed on as soon as it is known, before anything is decoded.
func (r *reader) read(ctx context.Context, b *block) (c chunk, ok bool) {
	defer b.own.set(frame.State{}) // whatever happened: somebody may wait
	r.block, r.buf = b, r.buf[:0]
	begin, part, ok := r.begin()
	if !ok {
		b.own.set(b.prev.wait(ctx))
		return chunk{}, false
	}
	end, long := r.finishLine(begin)
	lines := frame.Lines{Data: r.buf[begin:end], Base: r.base + int64(begin), Limit: r.limit, Part: part}
	state, known := lines.After()
	if known {
		b.own.set(state)
	}
	lines.State = b.prev.wait(ctx)
	if !known {
		if lines.State.Open {
			state = lines.Through()
		}
		b.own.set(state)
	}
	if state.Open && state.Since >= lines.Base && long < 0 {
		end = r.finishEvent(int(state.Since-r.base), end)
	}
	if long >= b.until {
		long = -1
	}
	if b.until <= lines.Base {
		return chunk{}, false
	}
	return chunk{ordinal: b.file.ordinal, base: lines.Base, data: r.buf[begin:end], part: part, plain: !known, state: lines.State, long: long, lines: -1,
		last: r.base+int64(end) == b.file.size, until: b.until - lines.Base}, ctx.Err() == nil
}

// begin reads the bytes of the block and says where its first record begins in them: at the beginning of a line, unless part. ok is false
// if the block holds nothing but the middle of a line.
func (r *reader) begin() (at int, part, ok bool) {
	b, mark := r.block, frame.ByteOrderMark
	before := int(min(b.from, int64(len(mark)))) // what stands before tells whether a line begins with the block
	r.base = b.from - int64(before)
	r.more(int(b.to - r.base))
	marked := r.base == 0 && bytes.HasPrefix(r.buf, mark)
	switch {
	case b.from == 0 && marked && !b.exact:
		return len(mark), false, true
	case b.from == 0:
		return 0, false, true
	case before >= len(r.buf):
		return 0, false, false
	case b.exact:
		return before, r.buf[before-1] != '\n' && !(marked && before == len(mark)), true
	}
	line := bytes.IndexByte(r.buf[before-1:len(r.buf)-1], '\n')
	return before + line, false, line >= 0
}

// more reads up to n further bytes and says whether there were any.
func (r *reader) more(n int) bool {
	old, f := len(r.buf), r.block.file
	n = int(min(int64(n), f.size-r.base-int64(old)))
	if n <= 0 || f.gone.Load() {
		return false
	}
	if cap(r.buf) < old+n {
		grown := make([]byte, old, max(old+n+4096, 2*cap(r.buf)))
		copy(grown, r.buf)
		r.buf = grown
	}
	got := f.read(r.buf[old:old+n], r.base+int64(old))
	r.buf = r.buf[:old+got]
	return got > 0
}

// step is how much is read on at first, to finish a record.
const step = 4 << 10

// finishLine reads on until the last line that begins in the block is whole, and returns where it ends. If it is longer than the limit,
// the line is left out and long is its offset.
func (r *reader) finishLine(begin int) (end int, long int64) {
	n := len(r.buf)
	if n == 0 || r.buf[n-1] == '\n' {
		return n, -1
	}
	line := max(begin, bytes.LastIndexByte(r.buf, '\n')+1)
	for size := step; ; size = min(2*size, 1<<20) {
		from := len(r.buf)
		if from-line > r.limit {
			return line, r.base + int64(line)
		}
		if !r.more(size) {
			return len(r.buf), -1
		}
		if i := bytes.IndexByte(r.buf[from:], '\n'); i >= 0 {
			if from+i-line > r.limit {
				return line, r.base + int64(line)
			}
			return from + i + 1, -1
		}
	}
}

// finishEvent reads on until the event that begins at since, and is open at end, is closed, and returns where its record ends.
func (r *reader) finishEvent(since, end int) int {
	for size := step; ; size = min(2*size, 16<<20) {
		more := r.more(size)
		whole := end + bytes.LastIndexByte(r.buf[end:], '\n') + 1
		if !more {
			whole = len(r.buf)
		}
		l := frame.Lines{Data: r.buf[since:whole], Base: r.base + int64(since), Limit: r.limit, Part: since > 0 && r.buf[since-1] != '\n'}
		if l.Next(); !l.State.Open {
			return since + l.At
		}
		if !more {
			return whole
		}
		if len(r.buf)-since > r.limit+step {
			return whole // the line that follows is too long to belong to the event
		}
	}
}
