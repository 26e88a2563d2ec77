package eql

import (
	"slices"

	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// path lowers a field whose values are read.
func (l *lowerer) path(p *ast.Path) *plan.Field {
	if _, read := l.argsRead[p.Name]; !read && slices.Contains(argumentLists, p.Name) {
		l.argsRead[p.Name] = p.At()
	}
	return l.field(p)
}

// field lowers a field, and warns once of a name that no source knows, unless the query says that the field may be missing.
func (l *lowerer) field(p *ast.Path) *plan.Field {
	if !l.known[p.Name] && !p.Optional && !l.custom {
		l.known[p.Name] = true
		if l.declared(p.Name) == "" {
			l.unknownField(p)
		}
	}
	return &plan.Field{Name: p.Name, Span: p.At()}
}

func (l *lowerer) unknownField(p *ast.Path) {
	var names []string
	for _, f := range l.dataset.AllFields() {
		names = append(names, f.Name)
	}
	hint := or(source.Suggest(p.Name, names), "a field that may be missing is written with a question mark: `?"+p.Name+"`")
	l.warnf(p.At(), "unknown-field", "the Elastic Common Schema has no field %s: it is missing unless events bring it", p.Name).WithHint("%s", hint)
}
