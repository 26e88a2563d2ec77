package input

import (
	"bufio"
	"bytes"
	"errors"
	"io"

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

// frames is the text of an archive of zstd, which is one frame or many. Short frames are decoded ahead, several at the same time; a long one is
// decoded as it comes. So is one that is damaged, so that what stands before the damage is not lost.
type frames struct {
	series
	in    *bufio.Reader
	whole *zstd.Decoder // of short frames; nil until there is one
}

func unwrapZstd(in *bufio.Reader, h *help) (io.ReadCloser, error) { return newFrames(in, h), nil }

func newFrames(in *bufio.Reader, h *help) *frames {
	f := &frames{in: in}
	f.series = series{help: h, next: f.next, again: streamAgain}
	return f
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
			return true, f.decode(compressed, buffer, size+zstdSlack)
		}
	}
	return false, f.stream(io.MultiReader(bytes.NewReader(compressed), frame))
}

// collect is a frame as it is stored, and how long its text is at most. If it is too long, or cut off, size is -1, and the frame goes on behind
// what was collected.
func (f *frames) collect(frame *zstdFrame, h *zstd.Header) (compressed []byte, size int) {
	most := zstdWhole / zstdBlock
	if h.HasFCS {
		most = zstdWhole >> 10 // blocks may be short
	}
	compressed, whole := frame.collect(f.room(), most)
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
	p.stop = d.Close
	return p, nil
}

// streamAgain decodes a damaged frame as it comes.
func streamAgain(p *part) error {
	again, err := newStreamed(bytes.NewReader(p.compressed), nil)
	if err == nil {
		p.text, p.stop = again.text, again.stop
	}
	return err
}

// decode begins with a whole frame.
func (f *frames) decode(compressed, buffer []byte, size int) (err error) {
	if f.whole == nil {
		f.whole, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(cap(f.help.buffers)), zstd.WithDecoderMaxWindow(zstdWindow), zstd.WithDecoderMaxMemory(zstdWhole))
		if err != nil {
			return err
		}
	}
	f.series.decode(compressed, buffer, size, true, f.whole.DecodeAll)
	return nil
}

func (f *frames) Close() error {
	f.series.Close()
	if f.whole != nil {
		f.whole.Close()
	}
	return nil
}
