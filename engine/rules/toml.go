package rules

import (
	"errors"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"spoor/grammar/source"
)

// tomlValue is the table that a text is; nil if it is not valid.
func (d *document) tomlValue() *value {
	body := []byte(d.file.Body)
	var valid map[string]any
	if err := toml.Unmarshal(body, &valid); err != nil {
		at := d.file.Span(0, 0)
		var syntax *toml.DecodeError
		if errors.As(err, &syntax) {
			at = d.linePlace(syntax.Position())
		}
		d.broken("TOML", at, tomlReason(err))
		return nil
	}
	t := tomlReader{document: d}
	t.in.Reset(body)
	root := &value{kind: table, at: d.file.Span(0, 0)}
	open := root
	for t.in.NextExpression() {
		switch e := t.in.Expression(); e.Kind {
		case unstable.Table:
			open = t.inner(root, e.Key())
		case unstable.ArrayTable:
			open = t.another(root, e.Key())
		case unstable.KeyValue:
			t.assign(open, e)
		}
	}
	return root
}

// tomlReason is what a decoder says, without the name of its package.
func tomlReason(err error) string {
	text := err.Error()
	if len(text) > 6 && text[:6] == "toml: " {
		return text[6:]
	}
	return text
}

// linePlace is a place by its line and column, both counted from 1, the column in bytes.
func (d *document) linePlace(line, col int) source.Span {
	starts := lineStarts(d.file.Body)
	at := starts[min(max(line, 1), len(starts))-1] + max(col, 1) - 1
	return d.file.Span(at, at+1)
}

// tomlReader makes values of a text that is known to be valid.
type tomlReader struct {
	*document
	in unstable.Parser
}

// inner is the table below another that a dotted key names; of a list of tables that is the last.
func (t *tomlReader) inner(of *value, key unstable.Iterator) *value {
	for key.Next() {
		of = t.step(of, key.Node())
	}
	return of
}

func (t *tomlReader) step(of *value, key *unstable.Node) *value {
	name := string(key.Data)
	v := of.fields[name]
	if v == nil {
		v = &value{kind: table, at: t.place(key)}
		of.set(name, v)
	}
	if v.kind == list && len(v.list) > 0 {
		v = v.list[len(v.list)-1]
	}
	return v
}

// another is a new table of the list that a dotted key names.
func (t *tomlReader) another(of *value, key unstable.Iterator) *value {
	var last *unstable.Node
	for key.Next() {
		if last != nil {
			of = t.step(of, last)
		}
		last = key.Node()
	}
	all := of.fields[string(last.Data)]
	if all == nil {
		all = &value{kind: list, at: t.place(last)}
		of.set(string(last.Data), all)
	}
	v := &value{kind: table, at: t.place(last)}
	all.list = append(all.list, v)
	return v
}

func (t *tomlReader) assign(of *value, e *unstable.Node) {
	var last *unstable.Node
	for key := e.Key(); key.Next(); last = key.Node() {
		if last != nil {
			of = t.step(of, last)
		}
	}
	v := t.value(e.Value())
	if v.at.IsZero() {
		v.at = t.place(last)
	}
	of.set(string(last.Data), v)
}

func (t *tomlReader) place(n *unstable.Node) source.Span {
	return t.file.Span(int(n.Raw.Offset), int(n.Raw.Offset+n.Raw.Length))
}

func (t *tomlReader) value(n *unstable.Node) *value {
	v := &value{text: string(n.Data)}
	if n.Raw.Length > 0 {
		v.at = t.place(n)
	}
	switch n.Kind {
	case unstable.Array:
		v.kind = list
		for e := n.Children(); e.Next(); {
			v.list = append(v.list, t.value(e.Node()))
		}
	case unstable.InlineTable:
		v.kind = table
		for e := n.Children(); e.Next(); {
			t.assign(v, e.Node())
		}
	case unstable.Bool:
		v.kind = boolean
	case unstable.Integer, unstable.Float:
		v.kind = number
	default:
		v.kind, v.style = text, escaped
		if raw := t.in.Raw(n.Raw); len(raw) > 0 && raw[0] == '\'' {
			v.style = literal
		}
	}
	return v
}
