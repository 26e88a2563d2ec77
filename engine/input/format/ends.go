package format

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// closing is where a string ends whose first byte is at from, or -1. Most are short, and nothing in them is escaped.
func closing(b []byte, from int) int {
	const each, high, quotes = 0x0101010101010101, 0x8080808080808080, '"' * 0x0101010101010101
	i := from
	for ; i+8 <= len(b) && i < from+64; i += 8 {
		w := binary.LittleEndian.Uint64(b[i:]) ^ quotes // a byte that was a quote is 0
		if found := (w - each) &^ w & high; found != 0 {
			if i += bits.TrailingZeros64(found) / 8; i > from && b[i-1] == '\\' {
				break
			}
			return i
		}
	}
	return unescaped(b, from, i)
}

// unescaped is the first quote at or behind i with an even number of backslashes before it, in a string that begins at from, or -1.
func unescaped(b []byte, from, i int) int {
	for ; ; i++ {
		n := bytes.IndexByte(b[i:], '"')
		if n < 0 {
			return -1
		}
		i += n
		slashes := 0
		for i-1-slashes >= from && b[i-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return i
		}
	}
}

// behind is the place behind the object or array that starts at i, or -1 if it does not end.
func behind(b []byte, i int) int {
	depth := 0
	for i < len(b) {
		switch b[i] {
		case '"':
			end := closing(b, i+1)
			if end < 0 {
				return -1
			}
			i = end
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
		i++
	}
	return -1
}

// wholeNumber is the place behind the decimal digits that begin at i.
func wholeNumber(b []byte, i int) int {
	const each, low, high = 0x0101010101010101, 0x7f7f7f7f7f7f7f7f, 0x8080808080808080
	for ; i+8 <= len(b); i += 8 {
		w := load(b, i) ^ '0'*each // a byte that was a digit is less than 10
		if others := (w&low + (0x80-10)*each | w) & high; others != 0 {
			return i + bits.TrailingZeros64(others)/8
		}
	}
	for i < len(b) && b[i]-'0' <= 9 {
		i++
	}
	return i
}

// load is the eight bytes at i.
func load(b []byte, i int) uint64 { return binary.LittleEndian.Uint64(b[i : i+8]) }
