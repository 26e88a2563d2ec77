package generate

import (
	"fmt"
	"strings"
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

// appendEscaped writes text as x says.
func appendEscaped[T string | []byte](dst []byte, x *escape, text T) []byte {
	from := 0
	for i := range len(text) {
		if b := text[i]; x.special[b] {
			dst = append(append(dst, text[from:i]...), x.text[b]...)
			from = i + 1
		}
	}
	return append(dst, text[from:]...)
}

// appendCommand writes the command line of e. If it is exported, the first letter of the word restart becomes an escape, which no
// program must write but some do.
func appendCommand(dst []byte, x *escape, e *event) []byte {
	before, after, found := strings.Cut(e.command, "restart")
	if !e.exported || !found {
		return appendEscaped(dst, x, e.command)
	}
	dst = append(appendEscaped(dst, x, before), x.letter...)
	return appendEscaped(append(dst, "estart"...), x, after)
}

// appendField writes field i of v, the values of e.
func (x *escape) appendField(dst []byte, v *values, i int, e *event) []byte {
	switch {
	case i == e.kind.command:
		return appendCommand(dst, x, e)
	case e.kind.text[i]:
		return appendEscaped(dst, x, v.at(i))
	}
	return append(dst, v.at(i)...)
}
