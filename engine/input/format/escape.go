package format

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// unescape writes the characters of a JSON string to dst, which has room for len(src) bytes. What is no valid escape stays as it is.
func unescape(dst, src []byte) []byte {
	out := dst[:0]
	for {
		n := bytes.IndexByte(src, '\\')
		if n < 0 || n+1 >= len(src) {
			return append(out, src...)
		}
		out = append(out, src[:n]...)
		src = src[n:]
		size := 2
		switch c := src[1]; c {
		case '"', '\\', '/':
			out = append(out, c)
		case 'b':
			out = append(out, '\b')
		case 'f':
			out = append(out, '\f')
		case 'n':
			out = append(out, '\n')
		case 'r':
			out = append(out, '\r')
		case 't':
			out = append(out, '\t')
		case 'u':
			var r rune
			if r, size = codePoint(src); size > 0 {
				out = utf8.AppendRune(out, r)
				break
			}
			fallthrough
		default:
			out, size = append(out, '\\', c), 2
		}
		src = src[size:]
	}
}

// codePoint reads \uXXXX, or two of them that make one character; a lone half becomes U+FFFD.
func codePoint(src []byte) (rune, int) {
	r, ok := hex4(src)
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if low, ok := hex4(src[6:]); ok {
		if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
			return pair, 12
		}
	}
	return utf8.RuneError, 6
}

func hex4(src []byte) (rune, bool) {
	if len(src) < 6 || src[0] != '\\' || src[1] != 'u' {
		return 0, false
	}
	var r rune
	for _, c := range src[2:6] {
		digit, ok := hexDigit(c)
		if !ok {
			return 0, false
		}
		r = r<<4 | rune(digit)
	}
	return r, true
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c >= 'a' && c <= 'f':
		return c - 'a' + 10, true
	case c >= 'A' && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}
