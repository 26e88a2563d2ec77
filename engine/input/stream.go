package input

import (
	"bytes"
	"context"
	"errors"
	"io"

	"spoor/engine/input/frame"
)

// stream is an input that can only be read from its beginning to its end. One goroutine reads it and cuts it into chunks at the ends of
// records; workers take them.
type stream struct {
	scan    *Scan
	ordinal int
	extents []extent // of it that are read; nil: all
	chunks  chan chunk
	free    chan []byte
}

// ahead is how many chunks are read before a worker takes them.
const ahead = 2

func newStream(s *Scan, ordinal int) *stream {
	return &stream{scan: s, ordinal: ordinal, chunks: make(chan chunk, ahead), free: make(chan []byte, 2*ahead)}
}

// run reads the stream to its end. It does not notice a cancelled context while it waits for a pipe.
func (s *stream) run(ctx context.Context) {
	defer close(s.chunks)
	if err := s.read(ctx); err != nil && ctx.Err() == nil {
		s.scan.fail(s.ordinal, err)
	}
}

func (s *stream) read(ctx context.Context) error {
	in := s.scan.inputs[s.ordinal]
	from := in.Stream
	if from == nil {
		f, err := in.open()
		if err != nil {
			return err
		}
		defer f.Close()
		from = f
	}
	text, err := unwrap(&meter{from: from, ctx: ctx, stream: s}, s.scan.help)
	if err != nil {
		return err
	}
	defer text.Close()
	return s.cut(ctx, text)
}

// index is where lines are noted; nil if nobody wants to know.
func (s *stream) index() *LineIndex { return s.scan.inputs[s.ordinal].Lines }

// meter counts what is read, and ends when the scan does.
type meter struct {
	from   io.Reader
	ctx    context.Context
	stream *stream
}

func (m *meter) Read(p []byte) (int, error) {
	if err := m.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := m.from.Read(p)
	m.stream.scan.progress(m.stream.ordinal, int64(n))
	return n, err
}

// cut reads the text and sends its records in chunks.
func (s *stream) cut(ctx context.Context, text io.Reader) error {
	c := cutter{stream: s, ctx: ctx, text: text, extents: s.extents}
	c.fill(max(s.scan.config.BlockSize, sniffed))
	if bytes.HasPrefix(c.buf, frame.ByteOrderMark) {
		c.buf, c.base = c.buf[len(frame.ByteOrderMark):], int64(len(frame.ByteOrderMark))
	}
	if frame.IsDocument(c.buf[:min(len(c.buf), sniffed)]) {
		c.documents()
	} else {
		c.lines()
	}
	c.account()
	return c.err
}

// sniffed is how many bytes tell the layout of a file.
const sniffed = 64 << 10

// cutter is the state of cutting one stream.
type cutter struct {
	stream  *stream
	ctx     context.Context
	text    io.Reader
	buf     []byte // what was read and not yet sent
	base    int64  // where buf begins
	count   int64  // line ends before buf
	part    bool   // buf begins within a line
	eof     bool
	passed  int64    // bytes of which nobody wants to know anything
	extents []extent // that are left; nil: all is read
	err     error    // why the stream ended, if it was not its end
}

// fill reads until the buffer holds n bytes or the stream has ended.
func (c *cutter) fill(n int) {
	if cap(c.buf) < n {
		grown := make([]byte, len(c.buf), max(n, 2*len(c.buf)))
		copy(grown, c.buf)
		c.buf = grown
	}
	for len(c.buf) < n && !c.eof {
		got, err := c.text.Read(c.buf[len(c.buf):n])
		c.buf = c.buf[:len(c.buf)+got]
		if err != nil {
			c.eof = true
			if !errors.Is(err, io.EOF) {
				c.err = err
			}
		}
	}
}

// send hands the first n bytes to a worker and goes on with the rest in another buffer. It says whether the scan goes on.
func (c *cutter) send(n int, out chunk) bool {
	out.ordinal, out.base, out.part, out.lines = c.stream.ordinal, c.base, c.part, c.count
	next := c.buf
	if n > 0 { // without records to hand over, as before a line that is too long, the buffer stays
		out.data, next = c.buf[:max(n, out.with)], nil
		select {
		case next = <-c.stream.free:
		default:
		}
		next = append(next[:0], c.buf[n:]...)
	}
	part := out.data[:min(n, len(out.data))]
	c.stream.index().note(c.base, part)
	c.base += int64(n)
	c.count += int64(bytes.Count(part, newline))
	if n > 0 {
		c.part = part[n-1] != '\n'
	}
	c.buf = next
	if at := c.stream.scan.config.Demand.At; at != nil && !anyFrom(at[c.stream.ordinal], out.base) {
		return false
	}
	select {
	case c.stream.chunks <- out:
		return true
	case <-c.ctx.Done():
		return false
	}
}

var newline = []byte("\n")

// lines sends a stream of lines.
func (c *cutter) lines() {
	size, limit := c.stream.scan.config.BlockSize, c.stream.scan.config.limit
	for c.pass() {
		whole := bytes.LastIndexByte(c.buf, '\n') + 1
		if c.eof {
			c.rest(whole)
			return
		}
		l := frame.Lines{Data: c.buf[:whole], Base: c.base, Limit: limit, Part: c.part}
		end := whole
		state, marked := l.After()
		if state.Open {
			end = int(state.Since - c.base)
		}
		if tail := len(c.buf) - whole; tail > limit {
			if !c.give(whole, chunk{long: c.base + int64(whole)}) || !c.skipLine() {
				return
			}
			continue
		}
		if end > 0 && !c.give(end, chunk{plain: !marked, long: -1}) {
			return
		}
		if end > 0 {
			c.fill(max(size, len(c.buf)+size/2))
		} else {
			c.fill(max(2*len(c.buf), size))
		}
	}
}

// rest sends what is left at the end of the stream, the last whole line of which ends at whole.
func (c *cutter) rest(whole int) {
	if len(c.buf)-whole > c.stream.scan.config.limit {
		c.give(whole, chunk{long: c.base + int64(whole)})
		c.base += int64(len(c.buf))
	} else if len(c.buf) > 0 {
		c.give(len(c.buf), chunk{long: -1, last: true, torn: c.err != nil})
	}
}

// skipLine forgets the line that begins the buffer.
func (c *cutter) skipLine() bool {
	for {
		if i := bytes.IndexByte(c.buf, '\n'); i >= 0 {
			c.stream.index().note(c.base, c.buf[:i+1])
			c.base += int64(i + 1)
			c.buf, c.part = c.buf[i+1:], false
			c.count++
			return c.ctx.Err() == nil
		}
		c.base += int64(len(c.buf))
		c.buf = c.buf[:0]
		if c.eof || c.ctx.Err() != nil {
			return false
		}
		c.fill(c.stream.scan.config.BlockSize)
	}
}

// documents sends a stream of JSON values.
func (c *cutter) documents() {
	var records [][2]int
	d := frame.NewDocuments(func(start, end int64) { records = append(records, [2]int{int(start), int(end)}) })
	d.Limit = int64(c.stream.scan.config.limit)
	shift := c.base // the framer counts from the beginning of the text
	for fed := 0; ; {
		d.Feed(c.buf[fed:])
		out := chunk{listed: true, long: -1}
		keep := int(d.Begun() + shift - c.base)
		if c.eof {
			out.cut = d.Close()
			out.last, out.torn, keep = true, c.err != nil, len(c.buf)
		}
		for i := range records {
			records[i][0] += int(shift - c.base)
			records[i][1] += int(shift - c.base)
		}
		out.records, records = records, nil
		fed = len(c.buf) - keep
		if keep > 0 && !c.giveListed(keep, out) || c.eof {
			return
		}
		c.fill(len(c.buf) + c.stream.scan.config.BlockSize)
	}
}
