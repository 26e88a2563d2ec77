package follow

import (
	"bytes"
	"io"

	"spoor/engine/input/frame"
)

// framing knows where the last whole record of a log ends, as far as it was looked at.
type framing struct {
	at      int64 // up to where was looked: behind a line
	state   frame.State
	objects *frame.Documents // of JSON that is no object per line
}

// sniffed is how many bytes tell the layout of a log.
const sniffed = 64 << 10

// piece is how many bytes are looked at in one go.
const piece = 1 << 20

// resume begins where a record begins.
func (f *framing) resume(r io.ReaderAt, at int64) {
	*f = framing{}
	if head := readAt(r, 0, sniffed); !frame.IsDocument(head) { // whose brackets must be counted from the beginning
		f.at = at
	}
}

// whole looks at what is new and says where the last whole record ends. The last line of a log that is final needs no end.
func (f *framing) whole(r io.ReaderAt, size int64, final bool) int64 {
	if f.at == 0 && f.objects == nil && size > 0 {
		switch head := readAt(r, 0, min(size, sniffed)); {
		case frame.IsDocument(head):
			f.objects = frame.NewDocuments(func(int64, int64) {})
		case !final && string(bytes.TrimSpace(bytes.TrimPrefix(head, frame.ByteOrderMark))) == "[": // the next byte tells what it is
			return 0
		}
	}
	for f.at < size && f.step(r, size) {
	}
	switch {
	case final:
		return size
	case f.objects != nil:
		return f.objects.Begun()
	case f.state.Open:
		return f.state.Since
	}
	return f.at
}

// step looks at a piece. It is false if there is no more that is whole.
func (f *framing) step(r io.ReaderAt, size int64) bool {
	for n := int64(piece); ; n *= 2 {
		n = min(n, size-f.at)
		data := readAt(r, f.at, n)
		if f.objects != nil {
			f.objects.Feed(data)
			f.at += int64(len(data))
			return len(data) > 0
		}
		end := bytes.LastIndexByte(data, '\n') + 1
		if end == 0 && len(data) > frame.Limit {
			end = len(data) // nobody reads a line as long as that
		}
		if end > 0 {
			f.state = frame.Lines{Data: data[:end], Base: f.at, State: f.state}.Through()
			f.at += int64(end)
			return true
		}
		if int64(len(data)) < n || n == size-f.at {
			return false
		}
	}
}

// atEnd begins behind the last whole record of a log of which nobody read what stands before.
func (f *framing) atEnd(r io.ReaderAt, size int64) {
	if head := readAt(r, 0, min(size, sniffed)); frame.IsDocument(head) {
		return
	}
	from := max(size-piece, 0)
	data := readAt(r, from, size-from)
	if from > 0 {
		line := bytes.IndexByte(data, '\n') + 1
		from, data = from+int64(line), data[line:]
	}
	end := bytes.LastIndexByte(data, '\n') + 1
	state, _ := frame.Lines{Data: data[:end], Base: from}.After()
	f.at, f.state = from+int64(end), state
}

// readAt is the bytes at an offset, as far as they can be read.
func readAt(r io.ReaderAt, at, n int64) []byte {
	data := make([]byte, n)
	got, _ := r.ReadAt(data, at)
	return data[:got]
}
