package column

import "math"

// The codes of what is no number lie above that of infinity.
const (
	addressCode = 0xfff1 << 48
	textCode    = 0xfff2 << 48
	listCode    = 0xfff3 << 48
	nullCode    = 0xffff << 48
)

// Code is a number by which values sort as Compare has them, as far as it tells them apart: of values with equal codes nothing is known.
func Code(v Value) uint64 {
	kind, n, _ := rank(v)
	switch kind {
	case numberRank:
		return floatCode(n)
	case addressRank:
		return addressCode
	case textRank:
		return textCode | Prefix(v.String())>>16
	case listRank:
		return listCode
	}
	return nullCode
}

// NumberCode is Code for CompareNumbers.
func NumberCode(v Value) uint64 {
	if n, ok := v.Number(); ok {
		return floatCode(n)
	}
	return textCode
}

// IsText says whether a value is no number and no address, and so is compared by its bytes.
func IsText(v Value) bool {
	kind, _, _ := rank(v)
	return kind == textRank
}

// Prefix is the first eight bytes of a text as a number, which orders texts as far as it tells them apart.
func Prefix(s string) uint64 {
	p := uint64(0)
	for i := range min(len(s), 8) {
		p |= uint64(s[i]) << (56 - 8*i)
	}
	return p
}

func floatCode(f float64) uint64 {
	switch {
	case f == 0: // 0 and -0 are equal
		return 1 << 63
	case math.IsNaN(f): // before all others
		return 0
	}
	if b := math.Float64bits(f); b>>63 == 0 {
		return b | 1<<63
	}
	return ^math.Float64bits(f)
}

// WholeNumber is the value of an Int, or of a text that is written as one: without zeros or a plus in front. Compare orders such values by it.
func WholeNumber(v Value) (n int64, ok bool) {
	switch v.kind {
	case Int:
		return int64(v.bits), true
	case String:
		return ParseWhole(v.str)
	}
	return 0, false
}

// Ordinal is WholeNumber, or the nanoseconds of a time. The kind is Int or Time; Null of null, and String of any other value.
func Ordinal(v Value) (n int64, kind Kind) {
	switch v.kind {
	case Null:
		return 0, Null
	case Int, Time:
		return int64(v.bits), v.kind
	case String:
		return wholeText(v.str)
	}
	return 0, String
}

func wholeText(s string) (n int64, kind Kind) {
	if n, ok := ParseWhole(s); ok {
		return n, Int
	}
	return 0, String
}

// ParseWhole reads the plainest form of a whole number of up to 18 digits: without zeros or a plus in front, and without blanks.
func ParseWhole(s string) (n int64, ok bool) {
	digits := s
	if s != "" && s[0] == '-' {
		digits = s[1:]
	}
	if digits == "" || len(digits) > 18 || digits[0] == '0' && len(s) > 1 {
		return 0, false
	}
	rest := digits
	for ; len(rest) >= 8; rest = rest[8:] {
		eight, ok := eightDigits(rest)
		if !ok {
			return 0, false
		}
		n = 1e8*n + int64(eight)
	}
	for i := range len(rest) {
		c := rest[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = 10*n + int64(c)
	}
	if len(digits) < len(s) {
		n = -n
	}
	return n, true
}

// eightDigits is the number that the first eight bytes are, all of which are read at once: neighbours become numbers of two digits, of four, and
// of eight.
func eightDigits(s string) (n uint64, ok bool) {
	const zeros, tens = 0x3030303030303030, 0xf0f0f0f0f0f0f0f0
	x := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	if x&tens != zeros || (x+0x0606060606060606)&tens != zeros { // what is more than nine reaches the next ten
		return 0, false
	}
	x -= zeros
	x = (x*10 + x>>8) & 0x00ff00ff00ff00ff
	x = (x*100 + x>>16) & 0x0000ffff0000ffff
	return (x*10000 + x>>32) & 0xffffffff, true
}
