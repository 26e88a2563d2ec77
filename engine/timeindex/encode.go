package timeindex

import (
	"encoding/binary"
	"errors"
	"slices"

	"github.com/zeebo/xxh3"

	"spoor/engine/input"
)

// magic begins the file; its last byte is the version.
const magic = "spoor times \x01"

// What is said of a log, or of a block, in bits.
const (
	isOpen     = 1 << 0
	isTimeless = 1 << 0
	isYearless = 1 << 1
	isAnyTime  = 1 << 2
)

// encode writes logs: numbers as varints, the times of a block relative to those of the block before. The last eight bytes are a hash of the rest.
func encode(logs []*log) []byte {
	out := binary.AppendUvarint([]byte(magic), uint64(len(logs)))
	for _, l := range logs {
		out = append(append(append(out, l.key[:]...), l.tail[:]...), l.print[:]...)
		out = binary.LittleEndian.AppendUint64(out, l.clock)
		out = append(out, flag(l.open, isOpen))
		out = append(out, byte(len(l.heads)))
		for _, key := range l.heads {
			out = append(out, key[:]...)
		}
		for _, n := range []int64{l.end, l.used, int64(l.file.device), int64(l.file.inode), l.file.size, l.file.modified, int64(len(l.blocks))} {
			out = binary.AppendVarint(out, n)
		}
		from, time := int64(0), int64(0)
		for _, b := range l.blocks {
			bits := flag(b.first > b.last, isTimeless) | flag(b.yearless, isYearless) | flag(b.first == input.Beginning && b.last == input.End, isAnyTime)
			out = binary.AppendVarint(append(out, bits), b.from-from)
			from = b.from
			if bits&(isTimeless|isAnyTime) == 0 {
				out = binary.AppendVarint(binary.AppendVarint(out, b.first-time), b.last-b.first)
				time = b.first
			}
		}
	}
	return binary.LittleEndian.AppendUint64(out, xxh3.Hash(out))
}

func flag(on bool, bit byte) byte {
	if on {
		return bit
	}
	return 0
}

var errDamaged = errors.New("its parts do not fit each other")

// decode reads what encode wrote. What another version wrote is as if there were nothing.
func decode(data []byte) (out []*log, err error) {
	if n := len(magic) - 1; len(data) > n && string(data[:n]) == magic[:n] && data[n] != magic[n] {
		return nil, nil
	}
	if len(data) < len(magic)+8 || string(data[:len(magic)]) != magic {
		return nil, errors.New("it is no index")
	}
	body := data[:len(data)-8]
	if xxh3.Hash(body) != binary.LittleEndian.Uint64(data[len(body):]) {
		return nil, errDamaged
	}
	r := reading{rest: body[len(magic):]}
	n, size := binary.Uvarint(r.rest)
	if size <= 0 {
		return nil, errDamaged
	}
	r.rest = r.rest[size:]
	for ; n > 0 && !r.bad; n-- {
		out = append(out, r.log())
	}
	if r.bad || len(r.rest) > 0 {
		return nil, errDamaged
	}
	return out, nil
}

// reading takes values from what is left.
type reading struct {
	rest []byte
	bad  bool
}

func (r *reading) bytes(n int) []byte {
	if r.bad = r.bad || n > len(r.rest); r.bad {
		return make([]byte, n)
	}
	out := r.rest[:n]
	r.rest = r.rest[n:]
	return out
}

func (r *reading) number() int64 {
	x, n := binary.Varint(r.rest)
	if r.bad = r.bad || n <= 0; r.bad {
		return 0
	}
	r.rest = r.rest[n:]
	return x
}

func (r *reading) log() *log {
	l := &log{key: Key(r.bytes(len(Key{}))), tail: Tail(r.bytes(len(Tail{}))), print: Tail(r.bytes(len(Tail{}))), clock: binary.LittleEndian.Uint64(r.bytes(8))}
	l.open = r.bytes(1)[0]&isOpen != 0
	for n := r.bytes(1)[0]; n > 0 && !r.bad; n-- {
		l.heads = append(l.heads, Key(r.bytes(len(Key{}))))
	}
	l.end, l.used = r.number(), r.number()
	l.file = stamp{uint64(r.number()), uint64(r.number()), r.number(), r.number()}
	n := r.number()
	if r.bad = r.bad || n < 0 || n > int64(len(r.rest)); r.bad {
		return l
	}
	l.blocks = slices.Grow(l.blocks, int(n))
	from, time := int64(0), int64(0)
	for ; n > 0; n-- {
		bits := r.bytes(1)[0]
		from += r.number()
		b := block{from: from, first: input.End, last: input.Beginning, yearless: bits&isYearless != 0}
		switch {
		case bits&isAnyTime != 0:
			b.first, b.last = input.Beginning, input.End
		case bits&isTimeless == 0:
			time += r.number()
			b.first, b.last = time, time+r.number()
		}
		l.blocks = append(l.blocks, b)
	}
	return l
}
