package datamodels

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"spoor/grammar/source"
)

// place finds where nodes stand in their text.
type place struct {
	text  *source.Text
	lines []int // the byte at which each line starts

	// The last node found: the next one usually stands behind it.
	line, column, at int
}

// newPlace counts lines as YAML does: other characters than a line feed end them too.
func newPlace(t *source.Text) place {
	lines := []int{0}
	for i, c := range t.Body {
		switch {
		case c == '\r' && strings.HasPrefix(t.Body[i+1:], "\n"):
		case strings.ContainsRune("\n\r\u0085\u2028\u2029", c):
			lines = append(lines, i+utf8.RuneLen(c))
		}
	}
	return place{text: t, lines: lines}
}

// span is the value of a scalar as it stands in the text, without quotes and indentation; of other nodes, the start.
func (p *place) span(n *yaml.Node) source.Span {
	at := p.offset(n)
	if n.Kind != yaml.ScalarNode {
		return p.text.Span(at, at+1)
	}
	body := p.text.Body
	for at < len(body) && (body[at] == '&' || body[at] == '!') { // an anchor or a tag
		at = p.skip(p.skip(at, notBlank), blank)
	}
	switch {
	case n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0:
		at = min(at+1, len(body))
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		at = p.skip(at, func(c rune) bool { return c != '\n' })
	}
	value := strings.TrimSpace(n.Value)
	if value == "" {
		return p.text.Span(at, at)
	}
	at = p.skip(at, blank)
	if strings.HasPrefix(body[at:], value) {
		return p.text.Span(at, at+len(value))
	}
	return p.rebuilt(value, at)
}

func blank(c rune) bool    { return c == ' ' || c == '\n' || c == '\r' }
func notBlank(c rune) bool { return !blank(c) }

// skip is the first byte from at on whose character is not of the class.
func (p *place) skip(at int, class func(rune) bool) int {
	return len(p.text.Body) - len(strings.TrimLeftFunc(p.text.Body[at:], class))
}

// rebuilt is a value that stands in the text from at on, broken into lines and indented, or with escapes.
func (p *place) rebuilt(value string, at int) source.Span {
	var b source.Builder
	line, _, _ := strings.Cut(p.text.Body[at:], "\n")
	whole := p.text.Span(at, at+len(line))
	for rest := value; rest != ""; {
		word := rest[:len(rest)-len(strings.TrimLeftFunc(rest, notBlank))]
		if !strings.HasPrefix(p.text.Body[at:], word) {
			b = source.Builder{}
			b.Insert(value, whole)
			break
		}
		here := p.text.Span(at, at+len(word))
		b.Copy(here)
		rest = rest[len(word):]
		gap := rest[:len(rest)-len(strings.TrimLeftFunc(rest, blank))]
		b.Insert(gap, here)
		rest, at = rest[len(gap):], p.skip(at+len(word), blank)
	}
	return b.Text(p.text.Name).All()
}

// offset is the byte at which the node starts: YAML counts lines and characters.
func (p *place) offset(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(p.lines) {
		return len(p.text.Body)
	}
	if n.Line != p.line || n.Column < p.column {
		p.line, p.column, p.at = n.Line, 1, p.lines[n.Line-1]
	}
	for ; p.column < n.Column && p.at < len(p.text.Body); p.column++ {
		_, size := utf8.DecodeRuneInString(p.text.Body[p.at:])
		p.at += size
	}
	return p.at
}

// broken is the line that the YAML parser complains about.
func (p *place) broken(line int) source.Span {
	line = min(max(line, 1), len(p.lines))
	start := p.lines[line-1]
	text, _, _ := strings.Cut(p.text.Body[start:], "\n")
	return p.text.Span(start, start+len(strings.TrimRight(text, "\r")))
}
