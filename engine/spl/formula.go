package spl

import (
	"fmt"
	"slices"
	"strings"

	"spoor/engine/aggregate"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// formula lowers an expression over aggregates, eval(avg(x)/max(y)): each of them gets a column, of which the result is computed in the end.
func (g *aggregates) formula(list []plan.Agg, c *ast.Call, as string) []plan.Agg {
	if as == "" {
		as = writtenName(c)
	}
	var inner []plan.Agg
	body := g.outside(c.Args[0], func(call *ast.Call) ast.Node {
		agg, ok := g.one(call, fmt.Sprintf("<<%s %d>>", as, len(inner)+1))
		if ok && agg.Wild != "" {
			g.p.errorf(call.Span, "no-wildcards", "inside eval(...) an aggregate needs a field: %s", agg.Func.Syntax)
		}
		inner = append(inner, agg)
		return &ast.Field{Pos: call.Pos, Text: agg.As, Quoted: true}
	})
	if len(inner) == 0 {
		g.p.errorf(c.Span, "not-an-aggregate", "there is no aggregate function in this expression").WithHint("such as in eval(sum(bytes)/count)")
		return list
	}
	made := make([]string, len(inner))
	for i, agg := range inner {
		made[i] = agg.As
	}
	g.places[as] = c.Span
	g.made = append(g.made, made...)
	g.shown = append(g.shown, plan.Assign{Name: as, Expr: g.p.eval(body, func(f *ast.Field) plan.Expr {
		if !slices.Contains(made, f.Text) && !slices.ContainsFunc(g.outer, func(o *ast.Field) bool { return o.Text == f.Text }) {
			g.outer = append(g.outer, f)
		}
		return &plan.Field{Name: f.Text, Span: f.Span}
	})})
	return append(list, inner...)
}

// outside is an expression in which replace takes the place of the aggregates.
func (g *aggregates) outside(n ast.Node, replace func(*ast.Call) ast.Node) ast.Node {
	each := func(list []ast.Node) []ast.Node {
		out := make([]ast.Node, len(list))
		for i, x := range list {
			out[i] = g.outside(x, replace)
		}
		return out
	}
	switch n := n.(type) {
	case *ast.Field:
		if f, _, ok := aggregate.Lookup(n.Text); ok && f.NoArg && !n.Quoted { // count
			return replace(&ast.Call{Pos: n.Pos, Name: n.Text, Bare: true})
		}
	case *ast.Call:
		if _, _, ok := aggregate.Lookup(n.Name); ok && len(n.Args) < 2 {
			return replace(g.plain(n))
		}
		return &ast.Call{Pos: n.Pos, Name: n.Name, Args: each(n.Args)}
	case *ast.Unary:
		return &ast.Unary{Pos: n.Pos, Op: n.Op, X: g.outside(n.X, replace)}
	case *ast.Binary:
		return &ast.Binary{Pos: n.Pos, Op: n.Op, X: g.outside(n.X, replace), Y: g.outside(n.Y, replace)}
	case *ast.In:
		return &ast.In{Pos: n.Pos, X: g.outside(n.X, replace), List: each(n.List)}
	}
	return n
}

// plain is an aggregate inside an expression as it would stand alone: of a field, or of eval(...).
func (g *aggregates) plain(c *ast.Call) *ast.Call {
	out := &ast.Call{Pos: c.Pos, Name: c.Name}
	for _, n := range c.Args {
		if f, ok := n.(*ast.Field); ok {
			n = &ast.Name{Pos: f.Pos, Text: f.Text}
		} else if call, ok := n.(*ast.Call); !ok || !strings.EqualFold(call.Name, "eval") {
			n = &ast.Call{Pos: ast.Pos{Span: n.At()}, Name: "eval", Args: []ast.Node{n}}
		}
		out.Args = append(out.Args, n)
	}
	return out
}

// results is what the columns of the aggregates are made of, if there are formulas among them; nil if there are none.
func (g *aggregates) results(aggs []plan.Agg) []plan.Assign {
	if len(g.made) == 0 {
		return nil
	}
	var out []plan.Assign
	for _, agg := range aggs {
		if !slices.Contains(g.made, agg.As) {
			out = append(out, plan.Assign{Name: agg.As, Expr: &plan.Field{Name: agg.As}})
			continue
		}
		for _, f := range g.shown {
			if slices.Contains(plan.Fields(f.Expr, nil), agg.As) && !slices.ContainsFunc(out, func(o plan.Assign) bool { return o.Name == f.Name }) {
				out = append(out, f)
			}
		}
	}
	return out
}

// within reports fields of formulas that are in no aggregate and not among those behind by.
func (g *aggregates) within(keys []string) {
	for _, f := range g.outer {
		if !slices.Contains(keys, f.Text) {
			g.p.errorf(f.Span, "outside-aggregate", "%s is in no aggregate function and not behind by", f.Text).WithHint("write max(%s), for example", f.Text)
		}
	}
}

// computed is the rows of aggregates with the results of formulas in place of what they are made of.
func (g *aggregates) computed(n plan.Node, keys []string) plan.Node {
	g.within(keys)
	if len(g.made) == 0 {
		return n
	}
	return &plan.Project{In: &plan.Extend{In: n, Assigns: g.shown}, Mode: plan.Drop, Patterns: g.made}
}
