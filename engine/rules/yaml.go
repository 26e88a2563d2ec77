package rules

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"spoor/grammar/source"
)

// yamlValues is the documents in a text.
func (d *document) yamlValues() []*value {
	var out []*value
	y := yamlReader{document: d, lines: lineStarts(d.file.Body), known: map[*yaml.Node]*value{}}
	for in := yaml.NewDecoder(strings.NewReader(d.file.Body)); ; {
		var node yaml.Node
		if err := in.Decode(&node); err != nil {
			if !errors.Is(err, io.EOF) {
				at, why := y.where(err)
				d.broken("YAML", at, why)
			}
			return out
		}
		out = append(out, y.value(&node))
	}
}

// broken says that a file cannot be read as what it should be.
func (d *document) broken(notation string, at source.Span, why string) {
	d.problems = append(d.problems, source.Errorf(at, "rule-file", "no valid %s: %s", notation, strings.Join(strings.Fields(why), " ")))
}

type yamlReader struct {
	*document
	lines []int
	known map[*yaml.Node]*value // what an alias stands for is read once; nil while it is being read

	line, col, offset int // the last place that was looked for: those behind it are found from there
}

func lineStarts(body string) []int {
	starts := []int{0}
	for i := range len(body) {
		if body[i] == '\n' {
			starts = append(starts, i+1)
		}
	}
	return starts
}

// where is the line that an error names, and what it says of it.
func (y *yamlReader) where(err error) (source.Span, string) {
	_, rest, _ := strings.Cut(err.Error(), "line ")
	number, why, _ := strings.Cut(rest, ": ")
	n, bad := strconv.Atoi(number)
	if bad != nil {
		return y.at(1, 1), strings.TrimPrefix(err.Error(), "yaml: ")
	}
	return y.at(max(n, 1), 1), why
}

// at is a place by its line and column, both counted from 1, the column in characters.
func (y *yamlReader) at(line, col int) source.Span {
	if line > len(y.lines) {
		return y.file.Span(len(y.file.Body), len(y.file.Body))
	}
	if line != y.line || col < y.col {
		y.line, y.col, y.offset = line, 1, y.lines[line-1]
	}
	for ; y.col < col && y.offset < len(y.file.Body); y.col++ {
		_, n := utf8.DecodeRuneInString(y.file.Body[y.offset:])
		y.offset += n
	}
	return y.file.Span(y.offset, y.offset+1)
}

func (y *yamlReader) value(n *yaml.Node) *value {
	switch n.Kind {
	case yaml.DocumentNode:
		return y.value(n.Content[0])
	case yaml.AliasNode:
		return y.alias(n)
	}
	y.known[n] = nil
	v := &value{at: y.at(n.Line, n.Column)}
	switch n.Kind {
	case yaml.ScalarNode:
		v.text, v.kind, v.style = n.Value, yamlKind(n.ShortTag()), yamlStyle(n.Style)
	case yaml.SequenceNode:
		v.kind = list
		for _, e := range n.Content {
			v.list = append(v.list, y.value(e))
		}
	case yaml.MappingNode:
		v.kind = table
		for i := 0; i+1 < len(n.Content); i += 2 {
			y.field(v, n.Content[i], n.Content[i+1])
		}
	}
	y.known[n] = v
	return v
}

// field adds a field to a table. Of several of one name the last holds.
func (y *yamlReader) field(v *value, name, is *yaml.Node) {
	if v.fields[name.Value] != nil {
		y.problem(y.at(name.Line, name.Column), "duplicate-key", "the key %s is there twice: the later holds", short(name.Value))
	}
	v.set(name.Value, y.value(is))
}

// alias is what the anchor of an alias stands for, which cannot be what the alias is a part of.
func (y *yamlReader) alias(n *yaml.Node) *value {
	v, ok := y.known[n.Alias]
	if v != nil {
		return v
	}
	if ok {
		y.problem(y.at(n.Line, n.Column), "rule-value", "the alias *%s stands for something that it is a part of", short(n.Value))
	}
	return &value{at: y.at(n.Line, n.Column)}
}

// yamlKind is what a scalar's tag says that it is.
func yamlKind(tag string) kind {
	switch tag {
	case "!!null":
		return null
	case "!!bool":
		return boolean
	case "!!int", "!!float":
		return number
	}
	return text
}

func yamlStyle(s yaml.Style) style {
	switch {
	case s&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return block
	case s&yaml.SingleQuotedStyle != 0:
		return single
	case s&yaml.DoubleQuotedStyle != 0:
		return escaped
	}
	return bare
}
