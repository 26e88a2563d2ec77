package spl

import (
	"slices"
	"strings"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// aggregates lowers the aggregate functions among a command's arguments.
type aggregates struct {
	p     *planner
	field func(*ast.Name) plan.Expr  // of a plain argument
	eval  func(*ast.Field) plan.Expr // of a field inside eval(...); nil: that is refused
	wild  bool                       // wildcards may stand for fields
}

// take removes the aggregates from the arguments.
func (g *aggregates) take(a *args) []plan.Agg {
	var out []plan.Agg
	for _, n := range a.left {
		switch n := n.(type) {
		case *ast.Call:
			if agg, ok := g.one(n, ""); ok {
				out = append(out, agg)
			}
		case *ast.Alias:
			if call, ok := n.What.(*ast.Call); ok {
				if agg, ok := g.one(call, n.As.Text); ok {
					out = append(out, agg)
				}
				continue
			}
			g.p.errorf(n.Span, "not-an-aggregate", "this is no aggregate function")
		}
	}
	a.left = slices.DeleteFunc(a.left, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.Call, *ast.Alias:
			return true
		}
		return false
	})
	return out
}

// one lowers one aggregate. Without a name its column is called as it was written.
func (g *aggregates) one(c *ast.Call, as string) (plan.Agg, bool) {
	f, param, ok := aggregate.Lookup(c.Name)
	if !ok {
		g.p.errorf(c.Span, "unknown-aggregate", "there is no aggregate function %s", c.Name).
			WithHint("%s", orList(source.Suggest(c.Name, aggregate.Names()), "`spoor help functions` lists them"))
		return plan.Agg{}, false
	}
	agg := plan.Agg{Func: f, Param: param, As: as}
	if as == "" {
		agg.As = c.Span.String()
	}
	switch {
	case len(c.Args) == 0 && f.NoArg:
		return agg, true
	case len(c.Args) == 0:
		agg.Wild = "*"
		if as == "" {
			agg.As = c.Name + "(*)"
		}
		return agg, g.wildcard(c, agg)
	case len(c.Args) > 1:
		g.p.errorf(c.Span, "argument-count", "%s takes one field", f.Name).WithHint("syntax: %s", f.Syntax)
		return agg, false
	}
	return agg, g.argument(&agg, c.Args[0])
}

func (g *aggregates) argument(agg *plan.Agg, n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Call:
		if !strings.EqualFold(n.Name, "eval") || len(n.Args) != 1 {
			g.p.errorf(n.Span, "nested-aggregate", "an aggregate function takes a field or eval(...), not another function")
			return false
		}
		if g.eval == nil {
			g.p.errorf(n.Span, "no-eval", "tstats cannot compute inside an aggregate").WithHint("use stats behind it")
			return false
		}
		e := g.p.eval(n.Args[0], g.eval)
		if agg.Func.NoArg { // count(eval(...)) counts the rows for which it is true
			e = plan.NewCall(function.SPL, "if", n.Span, e, &plan.Const{V: column.Integer(1)}, null)
		}
		agg.Args = []plan.Expr{e}
		return true
	case *ast.Name:
		if strings.Contains(n.Text, "*") && n.Quote != '\'' {
			agg.Wild = n.Text
			return g.wildcard(n, *agg)
		}
		agg.Args = []plan.Expr{g.field(n)}
		return true
	}
	if text, ok := literal(n); ok {
		agg.Args = []plan.Expr{g.field(&ast.Name{Pos: ast.Pos{Span: n.At()}, Text: text})}
		return true
	}
	g.p.errorf(n.At(), "not-a-field", "an aggregate function takes a field or eval(...)")
	return false
}

func (g *aggregates) wildcard(at ast.Node, agg plan.Agg) bool {
	if !g.wild {
		g.p.errorf(at.At(), "no-wildcards", "tstats needs a field here: %s(field)", agg.Func.Name)
		return false
	}
	if strings.Count(agg.Wild, "*") != strings.Count(agg.As, "*") {
		g.p.errorf(at.At(), "wildcards-differ", "the name needs as many wildcards as the field")
		return false
	}
	return true
}

// byList is the fields of a by clause, and the spans by which some are cut: span=1h behind a field belongs to it, elsewhere to _time.
func (p *planner) byList(list []ast.Node) (fields []*ast.Name, spans map[string]ast.Node) {
	spans = map[string]ast.Node{}
	for _, n := range list {
		switch n := n.(type) {
		case *ast.Option:
			if n.Name != "span" {
				p.errorf(n.Span, "unknown-option", "a by clause has no option %s", n.Name)
				continue
			}
			field := "_time"
			if len(fields) > 0 && !slices.ContainsFunc(fields, func(f *ast.Name) bool { return f.Text == "_time" }) {
				field = fields[len(fields)-1].Text
			}
			spans[field] = n.Value
		case *ast.Name:
			fields = append(fields, n)
		default:
			if text, ok := literal(n); ok {
				fields = append(fields, &ast.Name{Pos: ast.Pos{Span: n.At()}, Text: text})
			}
		}
	}
	return fields, spans
}
