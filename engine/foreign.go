package engine

import (
	"maps"
	"slices"
	"strings"

	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/engine/spl"
	"spoor/grammar"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// Foreign says of the definition of a macro that all it says is of which sources events are, as does the built-in one that it hides, and
// that there are no such sources here.
func (o Options) Foreign(definition, shipped source.Span) bool {
	possible, sources := o.sources(definition)
	if possible || !sources {
		return false
	}
	_, sources = o.sources(shipped)
	return sources
}

// sources is possible for the text of an expression.
func (o Options) sources(expression source.Span) (possible, sources bool) {
	if strings.ContainsAny(expression.String(), "`|[") {
		return false, false
	}
	tree, errs := grammar.ParseSearchSpan(expression)
	if errs.Failed() || tree == nil {
		return false, false
	}
	return o.possible(tree)
}

// possible says whether events here may be of the sources that an expression names; sources is false if it says anything else.
func (o Options) possible(n ast.Node) (possible, sources bool) {
	switch n := n.(type) {
	case *ast.Binary:
		x, pure := o.possible(n.X)
		y, also := o.possible(n.Y)
		if n.Op == "OR" {
			return x || y, pure && also
		}
		return x && y, pure && also
	case *ast.Compare:
		return o.known(n.Field.Text, n.Value.Text), isSource(n.Field.Text) && (n.Op == "=" || n.Op == "==")
	case *ast.Among:
		for _, v := range n.Values {
			possible = possible || o.known(n.Field.Text, v.Text)
		}
		return possible, isSource(n.Field.Text)
	}
	return false, false
}

func isSource(field string) bool {
	return slices.Contains([]string{"index", "sourcetype", "source", "eventtype", "host"}, field)
}

// known says whether there may be events here with such a value of a field. Sources that look like files are.
func (o Options) known(field, pattern string) bool {
	var names []string
	switch field {
	case "sourcetype":
		names = append(input.KnownSourcetypes(), slices.Collect(maps.Values(o.Sourcetypes))...)
	case "source":
		if strings.HasPrefix(pattern, "/") || strings.HasPrefix(pattern, "*") || strings.HasPrefix(pattern, ".") {
			return true
		}
		names = input.KnownSources()
	case "eventtype":
		names = spl.EventTypes()
	default:
		return true
	}
	return slices.ContainsFunc(names, func(name string) bool {
		_, ok := plan.MatchName(strings.ToLower(pattern), strings.ToLower(name))
		return ok
	})
}
