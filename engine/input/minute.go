package input

import "encoding/binary"

// minute is the one in which a time was read last. The next is mostly in the same.
type minute struct {
	date, clock uint64 // the bytes of YYYY-MM- and DDTHH:MM
	ns          int64  // its beginning
}

// parse reads what parseTime does.
func (m *minute) parse(b []byte) (int64, bool) {
	if len(b) < len("2006-01-02T15:04:05") || b[4] != '-' {
		return parseTime(b)
	}
	date, clock := binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
	if byte(clock>>16) == ' ' {
		clock ^= (' ' ^ 'T') << 16
	}
	past, ok := milliseconds(b)
	if !ok {
		past, ok = seconds(b)
	}
	switch {
	case !ok:
		return parseTime(b)
	case date != m.date || clock != m.clock:
		ns, ok := parseTime(b)
		if !ok {
			return 0, false
		}
		m.date, m.clock, m.ns = date, clock, ns-past
	}
	return m.ns + past, true
}

// milliseconds is the nanoseconds behind the minute of a time that ends in :SS.mmm or :SS.mmmZ, as most times of logs do. It looks at these
// seven bytes at once: each becomes its difference from those of :00.000, and what is added to that reaches the top bit of the byte if it is no digit.
func milliseconds(b []byte) (ns int64, ok bool) {
	const zero, limits, tops = 0x3030302e30303a, 0x7676767f76767f, 0x80808080808080
	if len(b) != len("2006-01-02T15:04:05.000") && (len(b) != len("2006-01-02T15:04:05.000Z") || b[23] != 'Z') {
		return 0, false
	}
	x := binary.LittleEndian.Uint64(b[15:])>>8 ^ zero
	digit := func(byte int) int64 { return int64(x >> (8 * byte) & 15) }
	second := 10*digit(1) + digit(2)
	if (x|(x+limits))&tops != 0 || second > 60 {
		return 0, false
	}
	return second*1e9 + (100*digit(4)+10*digit(5)+digit(6))*1e6, true
}

// seconds is the nanoseconds behind the minute of any other time in UTC.
func seconds(b []byte) (ns int64, ok bool) {
	second := digits(b[17:19])
	nanos, rest := fraction(b[19:])
	ok = b[16] == ':' && second >= 0 && second <= 60 && (len(rest) == 0 || len(rest) == 1 && rest[0] == 'Z')
	return int64(second)*1e9 + nanos, ok
}
