package function

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// parseJSON reads a text that is one JSON value and nothing else.
func parseJSON(text string) (d document, ok bool) {
	r := jsonReader{s: text}
	d, ok = r.value(0)
	r.blanks()
	return d, ok && r.at == len(text)
}

// parseNested reads a text that is a JSON array or object.
func parseNested(text string) (document, bool) {
	start := strings.TrimLeft(text, " \t\r\n")
	if start == "" || start[0] != '{' && start[0] != '[' {
		return document{}, false
	}
	return parseJSON(text)
}

// jsonReader reads JSON strictly: what it takes for valid is.
type jsonReader struct {
	s  string
	at int
}

func (r *jsonReader) blanks() {
	for r.at < len(r.s) && (r.s[r.at] == ' ' || r.s[r.at] == '\t' || r.s[r.at] == '\n' || r.s[r.at] == '\r') {
		r.at++
	}
}

// take passes over one character, if it stands here after blanks.
func (r *jsonReader) take(c byte) bool {
	r.blanks()
	if r.at < len(r.s) && r.s[r.at] == c {
		r.at++
		return true
	}
	return false
}

func (r *jsonReader) word(w string) bool {
	found := strings.HasPrefix(r.s[r.at:], w)
	if found {
		r.at += len(w)
	}
	return found
}

func (r *jsonReader) value(depth int) (document, bool) {
	r.blanks()
	if r.at == len(r.s) || depth > deepestNesting {
		return document{}, false
	}
	switch c := r.s[r.at]; {
	case c == '{':
		return r.object(depth)
	case c == '[':
		return r.array(depth)
	case c == '"':
		s, ok := r.str()
		return document{kind: jsonString, text: s}, ok
	case c == '-' || c >= '0' && c <= '9':
		return r.number()
	}
	switch {
	case r.word("true"):
		return document{kind: jsonBool, text: "true"}, true
	case r.word("false"):
		return document{kind: jsonBool, text: "false"}, true
	}
	return document{}, r.word("null")
}

func (r *jsonReader) object(depth int) (document, bool) {
	d := document{kind: jsonObject}
	r.at++
	if r.take('}') {
		return d, true
	}
	for {
		r.blanks()
		if r.at == len(r.s) || r.s[r.at] != '"' {
			return d, false
		}
		key, ok := r.str()
		if !ok || !r.take(':') {
			return d, false
		}
		item, ok := r.value(depth + 1)
		if !ok {
			return d, false
		}
		d.keys, d.items = append(d.keys, key), append(d.items, item)
		if !r.take(',') {
			return d, r.take('}')
		}
	}
}

func (r *jsonReader) array(depth int) (document, bool) {
	d := document{kind: jsonArray}
	r.at++
	if r.take(']') {
		return d, true
	}
	for {
		item, ok := r.value(depth + 1)
		if !ok {
			return d, false
		}
		d.items = append(d.items, item)
		if !r.take(',') {
			return d, r.take(']')
		}
	}
}

func (r *jsonReader) number() (document, bool) {
	start := r.at
	if r.s[r.at] == '-' {
		r.at++
	}
	if whole := r.digits(); whole == 0 || whole > 1 && r.s[r.at-whole] == '0' {
		return document{}, false
	}
	if r.at < len(r.s) && r.s[r.at] == '.' {
		r.at++
		if r.digits() == 0 {
			return document{}, false
		}
	}
	if r.at < len(r.s) && r.s[r.at]|0x20 == 'e' {
		r.at++
		if r.at < len(r.s) && (r.s[r.at] == '+' || r.s[r.at] == '-') {
			r.at++
		}
		if r.digits() == 0 {
			return document{}, false
		}
	}
	return document{kind: jsonNumber, text: r.s[start:r.at]}, true
}

func (r *jsonReader) digits() int {
	start := r.at
	for r.at < len(r.s) && r.s[r.at] >= '0' && r.s[r.at] <= '9' {
		r.at++
	}
	return r.at - start
}

// str reads a string; without escapes it is a piece of the text.
func (r *jsonReader) str() (string, bool) {
	r.at++
	start := r.at
	var out []byte
	for r.at < len(r.s) {
		switch c := r.s[r.at]; {
		case c == '"':
			s := r.s[start:r.at]
			r.at++
			if out != nil {
				return string(append(out, s...)), true
			}
			return s, true
		case c < ' ':
			return "", false
		case c != '\\':
			r.at++
		default:
			if out == nil {
				out = make([]byte, 0, 2*(r.at-start)+16)
			}
			out = append(out, r.s[start:r.at]...)
			var ok bool
			if out, ok = r.escape(out); !ok {
				return "", false
			}
			start = r.at
		}
	}
	return "", false
}

func (r *jsonReader) escape(out []byte) ([]byte, bool) {
	if r.at+1 >= len(r.s) {
		return out, false
	}
	c := r.s[r.at+1]
	r.at += 2
	if at := strings.IndexByte(`"\/bfnrt`, c); at >= 0 {
		return append(out, "\"\\/\b\f\n\r\t"[at]), true
	}
	if c != 'u' {
		return out, false
	}
	unit, ok := r.unit()
	if !ok {
		return out, false
	}
	if utf16.IsSurrogate(unit) && strings.HasPrefix(r.s[r.at:], `\u`) {
		before := r.at
		r.at += 2
		low, ok := r.unit()
		if both := utf16.DecodeRune(unit, low); ok && both != utf8.RuneError {
			return utf8.AppendRune(out, both), true
		}
		r.at = before
	}
	return utf8.AppendRune(out, unit), true
}

// unit reads four hexadecimal digits.
func (r *jsonReader) unit() (rune, bool) {
	if r.at+4 > len(r.s) {
		return 0, false
	}
	n, err := strconv.ParseUint(r.s[r.at:r.at+4], 16, 16)
	r.at += 4
	return rune(n), err == nil
}
