package format

import "bytes"

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
	if e, raw := s.quick(before); e != nil {
		return e, value{text, raw}, true
	}
	e := s.next(words, before)
	if e == nil {
		return nil, value{}, false
	}
	v, ok := s.value()
	return e, v, ok
}

// quick reads the next member if it is one that followed before, a string, and written without blanks; else it gives nil and stays.
func (s *scanner) quick(before *entry) (*entry, []byte) {
	rest := s.b[s.i:]
	e := before.next[0]
	if e == nil {
		return nil, nil
	}
	if !bytes.HasPrefix(rest, e.lead) {
		if e = before.next[1]; e == nil || !bytes.HasPrefix(rest, e.lead) {
			return nil, nil
		}
		before.next[0], before.next[1] = e, before.next[0]
	}
	rest = rest[len(e.lead):]
	n := closing(rest, 0)
	if n < 0 {
		return nil, nil
	}
	s.i += len(e.lead) + n + 1
	return e, rest[:n]
}

// next reads the key of the next member, and stands before its value. It gives nil at the end.
func (s *scanner) next(words *lexicon, before *entry) *entry {
	if !s.at('"') && !s.more('}') {
		return nil
	}
	e := before.next[0]
	if e != nil && bytes.HasPrefix(s.b[s.i:], e.quoted) {
		s.i += len(e.quoted)
	} else if e = before.next[1]; e != nil && bytes.HasPrefix(s.b[s.i:], e.quoted) {
		s.i += len(e.quoted)
		before.next[0], before.next[1] = before.next[1], before.next[0]
	} else if e = s.key(words, before); e == nil {
		return nil
	}
	if s.i+1 < len(s.b) && s.b[s.i] == ':' && s.b[s.i+1] > ' ' {
		s.i++
		return e
	}
	if !s.colon() {
		return nil
	}
	return e
}

// colon steps over the colon behind a key, to the value.
func (s *scanner) colon() bool {
	if s.blanks(); s.i >= len(s.b) || s.b[s.i] != ':' {
		s.fail()
		return false
	}
	s.i++
	s.blanks()
	return true
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
	if key, ok = s.fieldKey(); !ok {
		return nil, value{}, false
	}
	v, ok = s.value()
	return key, v, ok
}

// fieldKey reads the key of the next member as it stands, and stands before its value.
func (s *scanner) fieldKey() (key []byte, ok bool) {
	if !s.more('}') {
		return nil, false
	}
	name, ok := s.value()
	if !ok || name.shape != text {
		s.fail()
		return nil, false
	}
	return name.raw, s.colon()
}

// at says whether the next byte is c.
func (s *scanner) at(c byte) bool { return s.i < len(s.b) && s.b[s.i] == c }

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
	rest, n := s.b[s.i:], 0
	for n < len(rest) && wordByte[rest[n]] {
		n++
	}
	raw := rest[:n]
	s.i += n
	s.cut = s.cut || s.i == len(s.b) // what follows a number tells that it is whole
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
