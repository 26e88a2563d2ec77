package input

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// Bounds of what of an archive of gzip is decoded at a time, and of a member in it that says how long it is.
const (
	gzipBatch  = 1 << 20
	gzipMember = 64 << 10
	gzipExtra  = 256 // of what a header holds besides
)

// members is the text of an archive of gzip whose members say in their headers how long they are, as bgzip writes them: many of them at a time are
// decoded ahead. A member that does not say so, and what follows it, is decoded as it comes.
type members struct {
	series
	in      *bufio.Reader
	readers sync.Pool // of *gzip.Reader
}

func unwrapGzip(in *bufio.Reader, h *help) (io.ReadCloser, error) {
	if h == nil || sizeOfMember(in) == 0 {
		return gzip.NewReader(in)
	}
	m := &members{in: in}
	m.series = series{help: h, next: m.next, again: m.stream}
	return m, nil
}

// sizeOfMember is how long the next member is, with its header, or 0 if that does not say so.
func sizeOfMember(in *bufio.Reader) int {
	const fixed, extra = 12, 1 << 2 // bytes before what a header holds besides, and the flag that it holds something
	head, err := in.Peek(fixed)
	if err != nil || string(head[:3]) != "\x1f\x8b\x08" || head[3]&extra == 0 {
		return 0
	}
	n := int(binary.LittleEndian.Uint16(head[fixed-2:]))
	if head, err = in.Peek(fixed + n); n > gzipExtra || err != nil {
		return 0
	}
	for fields := head[fixed:]; len(fields) >= 4; {
		size := int(binary.LittleEndian.Uint16(fields[2:]))
		if size > len(fields)-4 {
			return 0
		}
		if string(fields[:2]) == "BC" && size == 2 {
			return int(binary.LittleEndian.Uint16(fields[4:])) + 1
		}
		fields = fields[4+size:]
	}
	return 0
}

// next begins with members of about the length of a batch, or with all that is left.
func (m *members) next(buffer []byte, lent bool) (used bool, err error) {
	if _, err := m.in.Peek(1); err != nil {
		m.ended = true
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return false, err
	}
	if sizeOfMember(m.in) == 0 {
		rest := newPart(nil)
		rest.text, rest.stop = &damaged{of: rest, again: m.stream}, func() {}
		m.parts, m.ended = append(m.parts, rest), true
		return false, nil
	}
	compressed, size := m.collect()
	m.decode(compressed, buffer, size, lent, m.whole)
	return lent, nil
}

// stream decodes a part and all that follows it as it comes.
func (m *members) stream(p *part) error {
	raw := []io.Reader{bytes.NewReader(p.compressed)}
	for _, later := range m.parts[1:] {
		<-later.known
		if later.stop == nil && later.compressed == nil { // why there is no more to read
			raw = append(raw, later.text)
		}
		raw = append(raw, bytes.NewReader(later.compressed))
		m.end(later)
	}
	m.parts, m.ended = m.parts[:1], true
	r, err := gzip.NewReader(bufio.NewReader(io.MultiReader(append(raw, m.in)...)))
	if err == nil {
		p.text, p.stop = r, func() {}
	}
	return err
}

// collect is some members, and how long their text is if they are right. Where the archive is cut off, so is the last one.
func (m *members) collect() (compressed []byte, size int) {
	compressed = m.room()
	for size < gzipBatch {
		n := sizeOfMember(m.in)
		if n == 0 {
			break
		}
		at := len(compressed)
		compressed = append(compressed, make([]byte, n)...)
		got, err := io.ReadFull(m.in, compressed[at:])
		if compressed = compressed[:at+got]; err != nil {
			return compressed, size + 1
		}
		size += 1 // an empty one is a member too
		if n > 4 {
			size += int(min(binary.LittleEndian.Uint32(compressed[at+n-4:]), gzipMember))
		}
	}
	return compressed, size
}

// whole is the text of members, as long as the buffer has room for it.
func (m *members) whole(compressed, buffer []byte) ([]byte, error) {
	r, _ := m.readers.Get().(*gzip.Reader)
	if r == nil {
		r = new(gzip.Reader)
	}
	defer m.readers.Put(r)
	err := r.Reset(bytes.NewReader(compressed))
	for err == nil && len(buffer) < cap(buffer) {
		var n int
		n, err = r.Read(buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
	}
	switch {
	case errors.Is(err, io.EOF):
		return buffer, nil
	case err == nil:
		err = fmt.Errorf("text is longer than the %d bytes that were promised", len(buffer))
	}
	return buffer, err
}
