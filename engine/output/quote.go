package output

import (
	"slices"
	"unicode/utf8"
)

// appendString appends s as a JSON string. What a terminal would not show is written as \u, which means the same; broken UTF-8
// becomes U+FFFD.
func appendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	if plain(s) {
		return append(append(dst, s...), '"')
	}
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf && c >= ' ' && c != '"' && c != '\\' && c != 0x7f {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if c >= utf8.RuneSelf && visible(r) && !(r == utf8.RuneError && size == 1) {
			i += size
			continue
		}
		dst = append(dst, s[start:i]...)
		dst = appendEscaped(dst, r)
		i += size
		start = i
	}
	dst = append(dst, s[start:]...)
	return append(dst, '"')
}

// appendMember appends a key and what appendString does.
func appendMember(dst, key []byte, s string) []byte {
	if !plain(s) {
		return appendString(append(dst, key...), s)
	}
	at, end := len(dst), len(dst)+len(key)+len(s)+2
	dst = slices.Grow(dst, end-at)[:end]
	at += copy(dst[at:], key)
	dst[at] = '"'
	copy(dst[at+1:], s)
	dst[end-1] = '"'
	return dst
}

// plain says whether a text stands for itself in JSON. It is read eight bytes at a time, of which the last ones may have been read before.
func plain(s string) bool {
	n := len(s)
	switch {
	case n >= 8:
		for i := 0; i < n-8; i += 8 {
			if !plainEight(eight(s[i:])) {
				return false
			}
		}
		return plainEight(eight(s[n-8:]))
	case n >= 4:
		return plainEight(four(s) | four(s[n-4:])<<32)
	case n > 0:
		return plainEight(0x2020202020<<24 | uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16)
	}
	return true
}

const each = 0x0101010101010101 // times a byte: that byte eight times

func eight(s string) uint64 { return four(s) | four(s[4:])<<32 }

func four(s string) uint64 {
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

// plainEight says whether eight bytes stand for themselves in JSON, all at once: ASCII without control characters, quotes and backslashes.
func plainEight(x uint64) bool {
	quotes, slashes, deletes := x^each*'"', x^each*'\\', x^each*0x7f
	return (x|(x-each*' ')|(quotes-each)|(slashes-each)|(deletes-each))&(each<<7) == 0 // a byte that is less than what is taken from it borrows
}

const hexDigits = "0123456789abcdef"

func appendEscaped(dst []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(dst, '\\', byte(r))
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	case utf8.RuneError:
		return append(dst, "\uFFFD"...)
	}
	if r >= 0x10000 {
		r -= 0x10000
		return appendUnit(appendUnit(dst, 0xd800+r>>10), 0xdc00+r&0x3ff)
	}
	return appendUnit(dst, r)
}

func appendUnit(dst []byte, u rune) []byte {
	return append(dst, '\\', 'u', hexDigits[u>>12&15], hexDigits[u>>8&15], hexDigits[u>>4&15], hexDigits[u&15])
}
