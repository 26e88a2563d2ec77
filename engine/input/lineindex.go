package input

import (
	"bytes"
	"encoding/binary"
	"sync"
)

// LineIndex tells on which lines of a stream, which cannot be read again, records stand. The first reading of the stream fills it.
type LineIndex struct {
	mu    sync.Mutex
	ends  []byte // of each line, as a varint: how far it ends behind the one before
	last  int64  // the end of the last of them
	noted int64  // up to where the stream was looked at
}

// mostEnds bounds the index: lines beyond it are not known.
const mostEnds = 64 << 20

// note looks at a part of the stream, unless it did so before.
func (x *LineIndex) note(base int64, part []byte) {
	if x == nil {
		return
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if base < x.noted || len(x.ends) > mostEnds {
		return
	}
	x.noted = base + int64(len(part))
	for at := 0; ; {
		n := bytes.IndexByte(part[at:], '\n')
		if n < 0 {
			return
		}
		at += n + 1
		end := base + int64(at)
		x.ends = binary.AppendUvarint(x.ends, uint64(end-x.last))
		x.last = end
	}
}

// lines is the lines, counted from 1, at offsets, which are sorted; 0 for those that are not known.
func (x *LineIndex) lines(offsets []int64) []int64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	out := make([]int64, len(offsets))
	line, end, next := int64(1), int64(0), 0
	for rest := x.ends; len(rest) > 0; line++ {
		length, n := binary.Uvarint(rest)
		rest, end = rest[n:], end+int64(length)
		for ; next < len(offsets) && offsets[next] < end; next++ {
			out[next] = line
		}
	}
	for ; next < len(offsets) && offsets[next] < x.noted; next++ {
		out[next] = line // which has no end
	}
	return out
}
