package macros

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"spoor/grammar/source"
)

// loadYAML adds the macro of a file of security_content: name, definition, arguments, description.
// A file that defines no macro, as others of that repository, is an error only if it must be one.
func (l *Library) loadYAML(t *source.Text, must bool) source.Errors {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(t.Body), &doc); err != nil {
		return source.Errors{yamlError(t, err)}
	}
	if len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return notMacro(t, nil, must)
	}
	y := yamlText{Text: t}
	var keys []string
	for i, root := 0, doc.Content[0]; i+1 < len(root.Content); i += 2 {
		keys = append(keys, root.Content[i].Value)
		y.set(root.Content[i], root.Content[i+1])
	}
	if y.entry.definition.IsZero() && y.errs == nil {
		return notMacro(t, keys, must)
	}
	if y.entry.name.IsZero() {
		y.errs = append(y.errs, source.Errorf(t.Span(0, 0), "macro-name", "the macro has no name"))
	}
	if y.errs.Failed() {
		return y.errs
	}
	return append(y.errs, l.define(y.entry)...)
}

func notMacro(t *source.Text, keys []string, must bool) source.Errors {
	typo := source.Closest("definition", keys)
	if !must && typo == "" {
		return nil
	}
	d := source.Errorf(t.Span(0, 0), "macro-yaml", "no macro: the file has no `definition`").WithHint("a macro has the keys name, definition, arguments and description")
	if typo != "" {
		d.Hint = fmt.Sprintf("is `%s` meant to be `definition`?", typo)
	}
	return source.Errors{d}
}

// yamlError puts an error of the YAML library at the line that it names.
func yamlError(t *source.Text, err error) *source.Diagnostic {
	message := strings.TrimPrefix(err.Error(), "yaml: ")
	at, line := 0, 0
	if n, _ := fmt.Sscanf(message, "line %d:", &line); n == 1 {
		_, message, _ = strings.Cut(message, ": ")
		at = lineStart(t.Body, line)
	}
	return source.Errorf(t.Span(at, at), "macro-yaml", "no valid YAML: %s", strings.ReplaceAll(message, "\n", " "))
}

// yamlText reads an entry out of nodes that were parsed from Text.
type yamlText struct {
	*source.Text
	entry entry
	errs  source.Errors
}

func (y *yamlText) set(key, value *yaml.Node) {
	switch key.Value {
	case "name":
		y.entry.name = y.scalar(value)
	case "definition":
		y.entry.definition = y.scalar(value)
	case "description":
		y.entry.description = y.scalar(value)
	case "arguments":
		if value.Kind != yaml.SequenceNode {
			y.fail(value, "arguments are a list of names")
			return
		}
		for _, item := range value.Content {
			y.entry.args = append(y.entry.args, y.scalar(item))
		}
		y.entry.arity = len(value.Content)
	}
}

func (y *yamlText) fail(n *yaml.Node, message string) {
	at := y.offset(n)
	y.errs = append(y.errs, source.Errorf(y.Span(at, at), "macro-yaml", "%s", message))
}

// scalar is the text of n: a piece of the file where the file says it verbatim, and a text on the same line otherwise.
func (y *yamlText) scalar(n *yaml.Node) source.Span {
	if n.Kind != yaml.ScalarNode {
		y.fail(n, "expected text")
		return source.Span{}
	}
	at := y.offset(n)
	if n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0 {
		at++
	}
	if at <= len(y.Body) && strings.HasPrefix(y.Body[at:], n.Value) {
		return trim(y.Span(at, at+len(n.Value)))
	}
	line := n.Line
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
		line++ // the text starts below its `|` or `>`
	}
	return trim(source.NewAt(y.Name, n.Value, line).All())
}

// offset is where n stands in the file. The YAML library counts characters from 1.
func (y *yamlText) offset(n *yaml.Node) int {
	at := lineStart(y.Body, n.Line)
	for range n.Column - 1 {
		_, size := utf8.DecodeRuneInString(y.Body[min(at, len(y.Body)):])
		at += size
	}
	return min(at, len(y.Body))
}

// lineStart is the offset of the line with that number, counted from 1.
func lineStart(body string, line int) int {
	at := 0
	for range line - 1 {
		i := strings.IndexByte(body[at:], '\n')
		if i < 0 {
			return len(body)
		}
		at += i + 1
	}
	return at
}
