package input

import (
	"bufio"
	"io"
)

// zstdFrame is the bytes of one frame, as they are stored. Where it ends the headers of its blocks tell.
type zstdFrame struct {
	in     *bufio.Reader
	left   int // bytes before the next header of a block
	blocks int
	last   bool // there is no further block
	sum    bool // behind the last block stands a sum
}

func (f *zstdFrame) Read(p []byte) (int, error) {
	if f.left == 0 {
		if f.last {
			return 0, io.EOF
		}
		if err := f.block(); err != nil {
			return 0, err
		}
	}
	n, err := f.in.Read(p[:min(len(p), f.left)])
	f.left -= n
	return n, err
}

// block looks at the header of the next block: 21 bits of its size, two of its kind, and whether it is the last.
func (f *zstdFrame) block() error {
	b, err := f.in.Peek(3)
	if err != nil {
		return err
	}
	const repeated = 1 // a byte, which is stored once
	header := int(b[0]) | int(b[1])<<8 | int(b[2])<<16
	f.last, f.left = header&1 != 0, 3+header>>3
	if header>>1&3 == repeated {
		f.left = 3 + 1
	}
	if f.last && f.sum {
		f.left += 4
	}
	f.blocks++
	return nil
}

// collect appends the frame if it has no more blocks than that, and none that is too long. If not, what was appended is the beginning of it.
func (f *zstdFrame) collect(to []byte, most int) (_ []byte, whole bool) {
	for {
		if f.left > zstdBlock+16 || f.blocks > most {
			return to, false
		}
		at := len(to)
		to = append(to, make([]byte, f.left)...)
		n, err := io.ReadFull(f.in, to[at:])
		f.left -= n
		if to = to[:at+n]; err != nil {
			return to, false
		}
		if f.last {
			return to, true
		}
		if f.block() != nil {
			return to, false
		}
	}
}
