package input

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"

	"github.com/klauspost/compress/zstd"
)

// Bounds of zstd: what a frame may make a decoder hold in memory (128 MiB is what zstd --long writes), and how long a frame may be that is decoded
// whole. A block is at most so long.
const (
	zstdWindow = 128 << 20
	zstdWhole  = 16 << 20
	zstdBlock  = 128 << 10
	zstdSlack  = 64 // behind a frame's text, so that the decoder need not grow the buffer
)

// help is what decoders may use beside the goroutine that reads, shared by all files of a scan; nil: nothing.
type help struct {
	buffers chan []byte // for frames that are decoded whole, one for each worker and one that is read meanwhile
	stages  int         // in how many a frame is decoded that is decoded as it comes
}

// newHelp is none for a single worker. Where there are several inputs it is they that keep all busy: stages would only cost.
func newHelp(workers, inputs int) *help {
	if workers < 2 {
		return nil
	}
	h := &help{buffers: make(chan []byte, min(workers, 16)+1), stages: 1}
	if inputs == 1 {
		h.stages = min(workers, 4)
	}
	for range cap(h.buffers) {
		h.buffers <- nil
	}
	return h
}

// lend is a buffer, if there is one left.
func (h *help) lend() (buffer []byte, ok bool) {
	if h == nil {
		return nil, false
	}
	select {
	case buffer = <-h.buffers:
		return buffer, true
	default:
		return nil, false
	}
}

// frames is the text of an archive of zstd, which is one frame or many. Short frames are decoded ahead, several at the same time; a long one is
// decoded as it comes. So is one that is damaged, so that what stands before the damage is not lost.
type frames struct {
	in    *bufio.Reader
	help  *help
	whole *zstd.Decoder // of short frames; nil until there is one
	parts []*part       // that were begun, in their order
	spare [][]byte      // for compressed frames
	ended bool
}

// part is a frame, or all that is left of the archive.
type part struct {
	known      chan struct{} // closed when there is something to be read
	text       io.Reader
	decoder    *zstd.Decoder // of what is decoded as it comes
	compressed []byte
	buffer     []byte // lent
}

func unwrapZstd(in *bufio.Reader, h *help) (io.ReadCloser, error) {
	return &frames{in: in, help: h}, nil
}

func (f *frames) Read(p []byte) (int, error) {
	for {
		f.begin()
		if len(f.parts) == 0 {
			return 0, io.EOF
		}
		first := f.parts[0]
		<-first.known
		n, err := first.text.Read(p)
		if errors.Is(err, io.EOF) { // with the last bytes, perhaps
			f.parts = f.parts[1:]
			f.end(first)
			err = nil
		}
		if n > 0 || err != nil || len(p) == 0 {
			return n, err
		}
	}
}

// begin begins with as many frames as there are buffers for, and at least with one. Nothing is begun behind a frame that is decoded as it comes:
// where it ends is not known before.
func (f *frames) begin() {
	for !f.ended && (len(f.parts) == 0 || f.parts[len(f.parts)-1].decoder == nil) {
		buffer, lent := f.help.lend()
		if !lent && len(f.parts) > 0 {
			return
		}
		used, err := f.next(buffer, lent)
		if lent && !used {
			f.help.buffers <- buffer
		}
		if err != nil {
			f.ended = true
			f.parts = append(f.parts, newPart(failure{err}))
		}
	}
}

// next begins with the next frame, and says whether it is decoded into the buffer.
func (f *frames) next(buffer []byte, lent bool) (used bool, err error) {
	head, err := f.in.Peek(zstd.HeaderMaxSize)
	if len(head) == 0 {
		f.ended = true
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return false, err
	}
	var h zstd.Header
	if h.Decode(head) != nil { // no frame, or not all of it: the decoder says what is wrong
		f.ended = true
		return false, f.stream(f.in)
	}
	if h.Skippable {
		_, err := f.in.Discard(h.HeaderSize + int(h.SkippableSize))
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return false, err
	}
	frame := &zstdFrame{in: f.in, left: h.HeaderSize, sum: h.HasCheckSum}
	var compressed []byte
	if lent && (!h.HasFCS || h.FrameContentSize <= zstdWhole) {
		var size int
		if compressed, size = f.collect(frame, &h); size >= 0 {
			return true, f.decode(compressed, slices.Grow(buffer[:0], size+zstdSlack))
		}
	}
	return false, f.stream(io.MultiReader(bytes.NewReader(compressed), frame))
}

// collect is a frame as it is stored, and how long its text is at most. If it is too long, or cut off, size is -1, and the frame goes on behind
// what was collected.
func (f *frames) collect(frame *zstdFrame, h *zstd.Header) (compressed []byte, size int) {
	if n := len(f.spare); n > 0 {
		compressed, f.spare = f.spare[n-1], f.spare[:n-1]
	}
	most := zstdWhole / zstdBlock
	if h.HasFCS {
		most = zstdWhole >> 10 // blocks may be short
	}
	compressed, whole := frame.collect(compressed, most)
	switch {
	case !whole:
		return compressed, -1
	case h.HasFCS:
		return compressed, int(h.FrameContentSize)
	}
	return compressed, frame.blocks * zstdBlock
}

// stream begins with what is decoded as it comes.
func (f *frames) stream(r io.Reader) error {
	p, err := newStreamed(r, f.help)
	if err == nil {
		f.parts = append(f.parts, p)
	}
	return err
}

func newStreamed(r io.Reader, h *help) (*part, error) {
	stages := 1
	if h != nil {
		stages = h.stages
	}
	d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(stages), zstd.WithDecoderMaxWindow(zstdWindow))
	if err != nil {
		return nil, err
	}
	p := newPart(d)
	p.decoder = d
	return p, nil
}

// newPart is a part that can be read at once.
func newPart(text io.Reader) *part {
	p := &part{known: make(chan struct{}), text: text}
	close(p.known)
	return p
}

// decode begins with a whole frame.
func (f *frames) decode(compressed, buffer []byte) (err error) {
	if f.whole == nil {
		f.whole, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(cap(f.help.buffers)), zstd.WithDecoderMaxWindow(zstdWindow), zstd.WithDecoderMaxMemory(zstdWhole))
		if err != nil {
			return err
		}
	}
	p := &part{known: make(chan struct{}), compressed: compressed}
	f.parts = append(f.parts, p)
	go func() {
		defer close(p.known)
		text, err := f.whole.DecodeAll(compressed, buffer)
		p.buffer, p.text = text, bytes.NewReader(text)
		if err != nil {
			p.text = &damaged{of: p}
		}
	}()
	return nil
}

// damaged is a frame that could not be decoded whole: it is decoded once more, as it comes.
type damaged struct{ of *part }

func (d *damaged) Read(p []byte) (int, error) {
	again, err := newStreamed(bytes.NewReader(d.of.compressed), nil)
	if err != nil {
		return 0, err
	}
	d.of.text, d.of.decoder = again.text, again.decoder
	return d.of.text.Read(p)
}

// end gives back what a part had.
func (f *frames) end(p *part) {
	if p.decoder != nil {
		p.decoder.Close()
	}
	if p.compressed != nil {
		f.help.buffers <- p.buffer
		f.spare = append(f.spare, p.compressed[:0])
	}
}

func (f *frames) Close() error {
	for _, p := range f.parts {
		<-p.known
		f.end(p)
	}
	f.parts, f.ended = nil, true
	if f.whole != nil {
		f.whole.Close()
	}
	return nil
}
