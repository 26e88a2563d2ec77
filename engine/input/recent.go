package input

import "encoding/binary"

// short is a text of sixteen bytes at most, as most values of logs are: its first and its last eight bytes, which may be the same, and its length.
// Two of them are compared without a call.
type short struct {
	first, last uint64
	size        int
}

func shortOf(s []byte) (x short, ok bool) {
	switch n := len(s); {
	case n > 16:
		return short{}, false
	case n >= 8:
		return short{binary.LittleEndian.Uint64(s), binary.LittleEndian.Uint64(s[n-8:]), n}, true
	case n >= 4:
		return short{uint64(binary.LittleEndian.Uint32(s)), uint64(binary.LittleEndian.Uint32(s[n-4:])), n}, true
	case n > 0:
		return short{uint64(s[0]), uint64(s[n/2])<<8 | uint64(s[n-1]), n}, true
	}
	return short{}, true
}

// recent is short values that were met before and their codes, each in a place of its own: one that comes again need not be looked for.
type recent [256]met

type met struct {
	short
	code uint32 // 0: none
}

// place is where the value is, if it is there.
func (x short) place() uint8 {
	return uint8((x.first ^ x.last*0x9e3779b97f4a7c15) * 0xff51afd7ed558ccd >> 56)
}
