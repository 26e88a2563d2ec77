package format

import (
	"bytes"
	"unicode/utf8"
)

// entities are XML's five, with the character each stands for.
var entities = []struct {
	name string
	char byte
}{{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}}

// decode gives the characters of XML text. A collector may have turned the semicolon of a named entity into a blank: that is undone.
// A bare ampersand stays. octal also undoes what rsyslog makes of control and 8-bit bytes: #012.
func decode(to *Record, raw []byte, octal bool) []byte {
	if bytes.IndexByte(raw, '&') < 0 && (!octal || bytes.IndexByte(raw, '#') < 0) {
		return raw
	}
	out := to.Grow(len(raw))[:0]
	for len(raw) > 0 {
		n := special(raw, octal)
		out = append(out, raw[:n]...)
		if raw = raw[n:]; len(raw) == 0 {
			break
		}
		size := 0
		if raw[0] == '&' {
			out, size = entity(out, raw)
		} else {
			out, size = octalByte(out, raw)
		}
		if size == 0 {
			out, size = append(out, raw[0]), 1
		}
		raw = raw[size:]
	}
	return out
}

// special is where the first byte stands that may begin an escape.
func special(raw []byte, octal bool) (n int) {
	if octal {
		n = bytes.IndexAny(raw, "&#")
	} else {
		n = bytes.IndexByte(raw, '&')
	}
	if n < 0 {
		return len(raw)
	}
	return n
}

// entity appends the character of the entity that raw begins with, and says how long it was: 0 if it is none.
func entity(out, raw []byte) ([]byte, int) {
	if len(raw) > 2 && raw[1] == '#' {
		return numeric(out, raw)
	}
	for _, e := range entities {
		end := 1 + len(e.name)
		if len(raw) > end && string(raw[1:end]) == e.name && (raw[end] == ';' || raw[end] == ' ') {
			return append(out, e.char), end + 1
		}
	}
	return out, 0
}

func numeric(out, raw []byte) ([]byte, int) {
	i, base := 2, rune(10)
	if raw[i] == 'x' || raw[i] == 'X' {
		i, base = 3, 16
	}
	var r rune
	from := i
	for ; i < len(raw) && raw[i] != ';'; i++ {
		digit, ok := hexDigit(raw[i])
		if r = r*base + rune(digit); !ok || rune(digit) >= base || r > utf8.MaxRune {
			return out, 0
		}
	}
	if i == from || i >= len(raw) {
		return out, 0
	}
	return utf8.AppendRune(out, r), i + 1
}

// octalByte undoes #ooo, only where it stands for a byte that rsyslog escapes.
func octalByte(out, raw []byte) ([]byte, int) {
	if len(raw) < 4 {
		return out, 0
	}
	n := 0
	for _, c := range raw[1:4] {
		if c < '0' || c > '7' {
			return out, 0
		}
		n = n<<3 | int(c-'0')
	}
	if n > 0xff || n >= ' ' && n < 0x7f {
		return out, 0
	}
	return append(out, byte(n)), 4
}
