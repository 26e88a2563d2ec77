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
	span  plan.Expr                  // the seconds of the row's span; nil: functions that need it are refused
	// allnum leaves out functions of numbers for fields that hold anything else.
	allnum bool

	places map[string]source.Span // of the aggregates by the names of their columns

	shown []plan.Assign // the formulas
	made  []string      // the columns that they are made of
	outer []*ast.Field  // the fields that they read themselves
}

// take removes the aggregates from the arguments.
func (g *aggregates) take(a *args) []plan.Agg {
	var out []plan.Agg
	g.places = map[string]source.Span{}
	for _, n := range a.left {
		switch n := n.(type) {
		case *ast.Call:
			if isFormula(n) {
				out = g.formula(out, n, "")
			} else if agg, ok := g.one(n, ""); ok {
				out = g.named(out, agg, n.Span)
			}
		case *ast.Alias:
			if call, ok := n.What.(*ast.Call); ok {
				if isFormula(call) {
					out = g.formula(out, call, n.As.Text)
				} else if agg, ok := g.one(call, n.As.Text); ok {
					out = g.named(out, agg, n.As.Span)
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

func isFormula(c *ast.Call) bool { return strings.EqualFold(c.Name, "eval") && len(c.Args) == 1 }

// named adds an aggregate. Of several with one name the last is kept; unless they are the same, that is told.
func (g *aggregates) named(list []plan.Agg, agg plan.Agg, at source.Span) []plan.Agg {
	g.places[agg.As] = at
	same := slices.IndexFunc(list, func(a plan.Agg) bool { return a.As == agg.As && a.Wild == agg.Wild })
	if same < 0 {
		return append(list, agg)
	}
	if list[same].String() != agg.String() {
		g.p.warnf(at, "duplicate-name", "another aggregate has the name %s too: this one is kept", agg.As).WithHint("give one of them another name with `as`")
	}
	list[same] = agg
	return list
}

// apart reports aggregates that have the name of a field behind by.
func (g *aggregates) apart(keys []string) {
	for _, k := range keys {
		if at, ok := g.places[k]; ok {
			g.p.errorf(at, "name-taken", "%s stands behind by: no aggregate can have this name", k).WithHint("give the aggregate another name with `as`")
		}
	}
}

// one lowers one aggregate. Without a name its column is called as it was written.
func (g *aggregates) one(c *ast.Call, as string) (plan.Agg, bool) {
	f, param, ok := g.function(c)
	if !ok {
		return plan.Agg{}, false
	}
	agg := plan.Agg{Func: f, Param: param, As: as}
	if as == "" {
		agg.As = writtenName(c)
	}
	if strings.EqualFold(c.Name, "sparkline") {
		return agg, g.sparkline(&agg, c)
	}
	if g.allnum {
		agg.Func = aggregate.AllNumeric(f)
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

// function is the aggregate function that a call names.
func (g *aggregates) function(c *ast.Call) (f *aggregate.Func, param float64, ok bool) {
	f, param, ok = aggregate.Lookup(c.Name)
	switch {
	case !ok:
		g.p.errorf(c.Span, "unknown-aggregate", "there is no aggregate function %s", c.Name).
			WithHint("%s", orList(source.Suggest(c.Name, aggregate.Names()), "`spoor help aggregates` lists them"))
	case f.PerSpan && g.span == nil:
		g.p.errorf(c.Span, "no-span", "%s needs the span of a row, which only timechart has", f.Name).WithHint("divide a sum by the time that it is of")
		ok = false
	}
	return f, param, ok
}

// writtenName is the name of an aggregate's column: as it was written, but that of a field without its quotes.
func writtenName(c *ast.Call) string {
	if len(c.Args) == 0 {
		return c.Name
	}
	if field, ok := literal(c.Args[0]); ok && len(c.Args) == 1 {
		return c.Name + "(" + field + ")"
	}
	return c.Span.String()
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
		g.arguments(agg, e)
		return true
	case *ast.Name:
		if strings.Contains(n.Text, "*") && n.Quote != '\'' {
			agg.Wild = n.Text
			return g.wildcard(n, *agg)
		}
		g.arguments(agg, g.field(n))
		return true
	}
	if text, ok := literal(n); ok {
		g.arguments(agg, g.field(&ast.Name{Pos: ast.Pos{Span: n.At()}, Text: text}))
		return true
	}
	g.p.errorf(n.At(), "not-a-field", "an aggregate function takes a field or eval(...)")
	return false
}

// arguments is the argument that was written, and what the function wants besides.
func (g *aggregates) arguments(agg *plan.Agg, e plan.Expr) {
	agg.Args = []plan.Expr{e}
	if agg.Func.Series {
		agg.Args = append(agg.Args, &plan.Field{Name: "host"})
	}
	if agg.Func.PerSpan {
		agg.Args = append(agg.Args, g.span)
	}
}

func (g *aggregates) wildcard(at ast.Node, agg plan.Agg) bool {
	if !g.wild {
		g.p.errorf(at.At(), "no-wildcards", "tstats needs a field here: %s(field)", agg.Func.Name)
		return false
	}
	if agg.Func.Series || agg.Func.PerSpan {
		g.p.errorf(at.At(), "no-wildcards", "%s needs a field here: %s", agg.Func.Name, agg.Func.Syntax)
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
