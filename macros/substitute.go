package macros

import (
	"strings"

	"spoor/grammar/source"
)

// bind gives each argument of the macro its value: by place, or by name if all arguments of the call are written name=value.
func bind(m *Macro, c *call) (map[string]source.Span, *source.Diagnostic) {
	values := make(map[string]source.Span, len(m.Args))
	for i, a := range m.Args {
		values[a] = c.args[i]
	}
	named := make(map[string]source.Span, len(m.Args))
	for _, a := range c.args {
		name, value, found := strings.Cut(a.String(), "=")
		name = strings.TrimSpace(name)
		if _, known := values[name]; !found || !known {
			return values, nil
		}
		if _, twice := named[name]; twice {
			return nil, source.Errorf(a, "macro-argument", "argument `%s` is given twice", name)
		}
		text := a.String()
		named[name] = unquote(trim(a.Sub(len(text)-len(value), len(text))))
	}
	return named, nil
}

// substitute is the text of s with each $arg$ replaced, in strings too, as what call stands for. A $token$ that is no argument stays.
func (x *expansion) substitute(s source.Span, values map[string]source.Span, by source.Call) *source.Text {
	var b source.Builder
	text, from := s.String(), 0
	for at := 0; len(values) > 0 && at < len(text); {
		open := strings.IndexByte(text[at:], '$')
		if open < 0 {
			break
		}
		open += at
		length := strings.IndexByte(text[open+1:], '$')
		if length < 0 {
			break
		}
		at = open + 1
		value, known := values[text[at:at+length]]
		if !known {
			at += length // its closing dollar may open the next
			continue
		}
		if !x.spend(len(value.String())+pieceCost, by.At) {
			return b.Expansion(by)
		}
		b.Copy(s.Sub(from, open))
		b.Copy(value)
		from = at + length + 1
		at = from
	}
	if x.spend(len(text)+callCost, by.At) {
		b.Copy(s.Sub(from, len(text)))
	}
	return b.Expansion(by)
}
