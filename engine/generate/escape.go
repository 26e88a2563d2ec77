package generate

import (
	"bytes"
	"fmt"
)

// An escape says how a form writes the bytes that it cannot write as they are.
type escape struct {
	special [256]bool
	text    [256]string
	letter  string // how it may write the letter r, which needs no escape
}

func newEscape(letter string, pairs ...string) *escape {
	x := &escape{letter: letter}
	for i := 0; i < len(pairs); i += 2 {
		x.set(pairs[i][0], pairs[i+1])
	}
	return x
}

func (x *escape) set(b byte, text string) { x.special[b], x.text[b] = true, text }

// octal adds what a syslog daemon makes of control bytes.
func (x *escape) octal() *escape {
	for b := range byte(32) {
		if !x.special[b] {
			x.set(b, fmt.Sprintf("#%03o", b))
		}
	}
	x.set(127, "#177")
	return x
}

func oldXML() *escape {
	return newEscape("&#114;", "&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "\r", "&#13;")
}

func newerXML() *escape {
	x := newEscape("&#114;", "&", "&amp;", "<", "&lt;", ">", "&gt;")
	for b := range byte(32) {
		if b != '\n' && b != '\t' && b != '\r' {
			x.set(b, fmt.Sprintf("&#%02d;", b))
		}
	}
	return x
}

var jsonEscape = func() *escape {
	x := newEscape(`\u0072`, `"`, `\"`, `\`, `\\`, "\n", `\n`, "\r", `\r`, "\t", `\t`)
	for b := range byte(32) {
		if !x.special[b] {
			x.set(b, fmt.Sprintf(`\u%04x`, b))
		}
	}
	return x
}()

func (x *escape) append(dst, src []byte) []byte {
	from := 0
	for i, b := range src {
		if x.special[b] {
			dst = append(append(dst, src[from:i]...), x.text[b]...)
			from = i + 1
		}
	}
	return append(dst, src[from:]...)
}

func (x *escape) appendString(dst []byte, src string) []byte {
	from := 0
	for i := range len(src) {
		if b := src[i]; x.special[b] {
			dst = append(append(dst, src[from:i]...), x.text[b]...)
			from = i + 1
		}
	}
	return append(dst, src[from:]...)
}

// appendExported writes the first letter of the word restart as an escape, which no program must but some do.
func (x *escape) appendExported(dst, src []byte) []byte {
	i := bytes.Index(src, []byte("restart"))
	if i < 0 {
		return x.append(dst, src)
	}
	dst = append(x.append(dst, src[:i]), x.letter...)
	return x.append(dst, src[i+1:])
}

// appendField writes field i of v, the values of e.
func (x *escape) appendField(dst []byte, v *values, i int, e *event) []byte {
	switch {
	case e.exported && i == e.kind.command:
		return x.appendExported(dst, v.at(i))
	case e.kind.text[i]:
		return x.append(dst, v.at(i))
	}
	return append(dst, v.at(i)...)
}
