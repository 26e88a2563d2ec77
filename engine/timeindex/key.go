package timeindex

import (
	"encoding/binary"
	"errors"
	"io"
	"time"

	"github.com/zeebo/xxh3"

	"spoor/engine/input"
)

// Key says which log a file holds, whatever it is called and whether or not it is compressed: a hash of its first bytes, and of how many. That is a
// power of two, so that few need be tried to know a log again that has grown.
type Key [20]byte

// Bounds of what is looked at to know a log again.
const (
	headSize = 4 << 10
	tailSize = 4 << 10
)

// heads is the keys of a text by its first 1, 2, 4, ... bytes.
type heads []Key

func headsOf(text []byte) (out heads) {
	for n := 1; n <= min(len(text), headSize); n *= 2 {
		var k Key
		sum := xxh3.Hash128(text[:n]).Bytes()
		copy(k[:], sum[:])
		binary.BigEndian.PutUint32(k[16:], uint32(n))
		out = append(out, k)
	}
	return out
}

// of is the key of the first so many bytes.
func (h heads) of(end int64) (k Key) {
	for i, key := range h {
		if int64(1)<<i <= end {
			k = key
		}
	}
	return k
}

// has says whether a key is one of the text's.
func (h heads) has(k Key) bool {
	n := binary.BigEndian.Uint32(k[16:])
	for i, key := range h {
		if uint32(1)<<i == n {
			return key == k
		}
	}
	return false
}

// Tail is a hash of what stands before an offset.
type Tail = [16]byte

func tailOf(text []byte) Tail { return xxh3.Hash128(text).Bytes() }

// tailAt is the tail before an offset of a file's text as it stands.
func tailAt(file io.ReaderAt, offset int64) (Tail, error) {
	text := make([]byte, min(offset, tailSize))
	if _, err := file.ReadAt(text, offset-int64(len(text))); err != nil {
		return Tail{}, err
	}
	return tailOf(text), nil
}

// tailIn is the tail before an offset of an input that must be read from its beginning.
func tailIn(in input.Input, offset int64) (Tail, error) {
	text, err := in.Text()
	if err != nil {
		return Tail{}, err
	}
	defer text.Close()
	n := min(offset, tailSize)
	if _, err := io.CopyN(io.Discard, text, offset-n); err != nil {
		return Tail{}, err
	}
	last := make([]byte, n)
	if _, err := io.ReadFull(text, last); err != nil {
		return Tail{}, err
	}
	return tailOf(last), nil
}

// printOf is a hash of how a file is stored: of its size, its first bytes and its last.
func printOf(file io.ReaderAt, size int64) (Tail, error) {
	text := make([]byte, min(size, headSize), headSize+tailSize+8)
	if _, err := file.ReadAt(text, 0); err != nil {
		return Tail{}, err
	}
	end := make([]byte, min(size, tailSize))
	if _, err := file.ReadAt(end, size-int64(len(end))); err != nil {
		return Tail{}, err
	}
	return tailOf(binary.BigEndian.AppendUint64(append(text, end...), uint64(size))), nil
}

// clockOf is a hash of how a zone tells the time: stamps without one are understood by it.
func clockOf(zone *time.Location) uint64 {
	if zone == nil {
		zone = time.UTC
	}
	var all []byte
	for at := time.Unix(0, 0); at.Year() < 2038; at = at.AddDate(0, 0, 5) {
		_, offset := at.In(zone).Zone()
		all = binary.AppendVarint(all, int64(offset))
	}
	return xxh3.Hash(all)
}

// passing reads a text and remembers its beginning, its end, and how long it is.
type passing struct {
	from io.Reader
	head []byte
	last []byte
	size int64
}

func (p *passing) Read(b []byte) (int, error) {
	n, err := p.from.Read(b)
	if room := headSize - len(p.head); room > 0 {
		p.head = append(p.head, b[:min(n, room)]...)
	}
	if p.last = append(p.last, b[max(0, n-tailSize):n]...); len(p.last) > 64<<10 {
		p.last = append(p.last[:0], p.last[len(p.last)-tailSize:]...)
	}
	p.size += int64(n)
	return n, err
}

// tail is the one before the end, of which no more was read.
func (p *passing) tail(end int64) (Tail, error) {
	if end != p.size {
		return Tail{}, errors.New("more was read")
	}
	return tailOf(p.last[max(0, len(p.last)-tailSize):]), nil
}
