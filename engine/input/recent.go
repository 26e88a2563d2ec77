package input

import "encoding/binary"

// short is a text of sixteen bytes at most, as most values of logs are: its bytes, zeros behind them, and its length. Two of them are compared without
// a call.
type short struct {
	first, last uint64
	size        int
}

const mostShort = 16

// shortOf reads sixteen bytes, whatever lies behind the text, so that it need not guess how long the text is; ok is false if there are not as many.
func shortOf(s []byte) (x short, ok bool) {
	n := len(s)
	if n > mostShort || cap(s) < mostShort {
		return short{}, false
	}
	b := s[:mostShort]
	first := binary.LittleEndian.Uint64(b) & (1<<(8*min(n, 8)) - 1)
	last := binary.LittleEndian.Uint64(b[8:]) & (1<<(8*max(n-8, 0)) - 1)
	return short{first, last, n}, true
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
