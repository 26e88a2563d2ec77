package format

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// shape is the kind of a JSON value.
type shape uint8

const (
	nothing shape = iota // null, or no value at all
	text                 // a string: its bytes stand between the quotes, still escaped
	word                 // a number, true or false, as written
	object               // with its braces
	array                // with its brackets
)

// value is one JSON value where it stands in the input.
type value struct {
	shape shape
	raw   []byte
}

// scanner walks over the members of a JSON object or the elements of an array. It skips what it is not asked about, whatever its
// depth, without recursion, and survives damage: cut says that the input ended too early, bad that it is no JSON.
type scanner struct {
	b        []byte
	i        int
	cut, bad bool
}

func (s *scanner) blanks() {
	for s.i < len(s.b) {
		switch s.b[s.i] {
		case ' ', '\t', '\r', '\n':
			s.i++
		default:
			return
		}
	}
}

// enter steps into an object or array, whose first byte is open.
func (s *scanner) enter(open byte) bool {
	s.blanks()
	if s.i >= len(s.b) || s.b[s.i] != open {
		s.bad = true
		return false
	}
	s.i++
	return true
}

// more steps to the next member or element; at the end it steps behind the closing bracket and says no.
func (s *scanner) more(end byte) bool {
	for {
		s.blanks()
		if s.i >= len(s.b) {
			s.cut = true
			return false
		}
		switch s.b[s.i] {
		case end:
			s.i++
			return false
		case ',':
			s.i++
		default:
			return true
		}
	}
}

// member reads the next member of an object. before is the entry of the member before it, or the lexicon's start.
func (s *scanner) member(words *lexicon, before *entry) (*entry, value, bool) {
	if s.i+1 < len(s.b) && s.b[s.i] == ',' && s.b[s.i+1] == '"' {
		s.i++
	} else if !s.more('}') {
		return nil, value{}, false
	}
	e := before.next[0]
	if e != nil && bytes.HasPrefix(s.b[s.i:], e.quoted) {
		s.i += len(e.quoted)
	} else if e = before.next[1]; e != nil && bytes.HasPrefix(s.b[s.i:], e.quoted) {
		s.i += len(e.quoted)
		before.next[0], before.next[1] = before.next[1], before.next[0]
	} else if e = s.key(words, before); e == nil {
		return nil, value{}, false
	}
	if s.i < len(s.b) && s.b[s.i] == ':' {
		s.i++
	} else if s.blanks(); s.i < len(s.b) && s.b[s.i] == ':' {
		s.i++
	} else {
		s.fail()
		return nil, value{}, false
	}
	v, ok := s.value()
	return e, v, ok
}

func (s *scanner) key(words *lexicon, before *entry) *entry {
	if s.b[s.i] != '"' {
		s.bad = true
		return nil
	}
	end := closing(s.b, s.i+1)
	if end < 0 {
		s.cut = true
		return nil
	}
	quoted := s.b[s.i : end+1]
	s.i = end + 1
	e := words.find(quoted[1 : len(quoted)-1])
	if bytes.Equal(e.quoted, quoted) {
		before.next[1], before.next[0] = before.next[0], e
	}
	return e
}

// field reads the next member of an object whose keys need not be learned: its key as it stands, and its value.
func (s *scanner) field() (key []byte, v value, ok bool) {
	if !s.more('}') {
		return nil, value{}, false
	}
	name, ok := s.value()
	if s.blanks(); !ok || name.shape != text || s.i >= len(s.b) || s.b[s.i] != ':' {
		s.fail()
		return nil, value{}, false
	}
	s.i++
	v, ok = s.value()
	return name.raw, v, ok
}

func (s *scanner) fail() {
	if s.i >= len(s.b) {
		s.cut = true
	} else {
		s.bad = true
	}
}

// value reads a value. A string that the end of input cuts off is still given, with cut set.
func (s *scanner) value() (value, bool) {
	if s.i < len(s.b) && s.b[s.i] <= ' ' {
		s.blanks()
	}
	if s.i >= len(s.b) {
		s.cut = true
		return value{}, false
	}
	from := s.i
	switch c := s.b[from]; c {
	case '"':
		end := closing(s.b, from+1)
		if end < 0 {
			s.cut, s.i = true, len(s.b)
			return value{text, s.b[from+1:]}, true
		}
		s.i = end + 1
		return value{text, s.b[from+1 : end]}, true
	case '{', '[':
		s.i = behind(s.b, from)
		if s.i < 0 {
			s.cut, s.i = true, len(s.b)
		}
		if c == '{' {
			return value{object, s.b[from:s.i]}, true
		}
		return value{array, s.b[from:s.i]}, true
	}
	return s.word()
}

func (s *scanner) word() (value, bool) {
	from := s.i
	for s.i < len(s.b) && wordByte[s.b[s.i]] {
		s.i++
	}
	raw := s.b[from:s.i]
	switch {
	case len(raw) == 0:
		s.bad = true
		return value{}, false
	case string(raw) == "null":
		return value{}, true
	}
	return value{word, raw}, true
}

// wordByte is the bytes of numbers, true, false, null, NaN and Infinity.
var wordByte = func() (set [256]bool) {
	for _, c := range []byte("+-.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		set[c] = true
	}
	return set
}()

// closing is where a string ends whose first byte is at from, or -1.
func closing(b []byte, from int) int {
	for i := from; ; i++ {
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
