package spl

import (
	"slices"
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/source"
)

// tellNulls notes each NOT and != of a condition that drops rows in which a field is missing: it is neither true nor false of them.
func (p *planner) tellNulls(in plan.Node, cond plan.Expr) {
	n := nulls{in: in}
	n.walk(cond, nil)
	for _, c := range n.found {
		fields := n.causes(c.Call, c.guarded)
		keep := make([]string, len(fields))
		for i, f := range fields {
			keep[i] = "isnull(" + (&plan.Field{Name: f}).String() + ")"
		}
		d := &source.Diagnostic{Severity: source.Note, Code: "dropped-nulls", Span: c.Span}
		d.Message = "rows without " + strings.Join(fields, " or ") + " are dropped here: of a missing value neither a comparison nor its opposite is true"
		p.nulls = append(p.nulls, d.WithHint("to keep them: (%s OR %s)", strings.Join(keep, " OR "), shown(c.Span)))
	}
}

// shown is the text of a condition in one line.
func shown(at source.Span) string {
	text := strings.Join(strings.Fields(at.String()), " ")
	if r := []rune(text); len(r) > 60 {
		text = string(r[:59]) + "…"
	}
	return text
}

// nulls looks for what drops rows in which a field is missing.
type nulls struct {
	in    plan.Node
	found []opposite
}

// opposite is a NOT or a !=, and the fields that the conditions beside it ask for themselves.
type opposite struct {
	*plan.Call
	guarded []string
}

func (n *nulls) walk(e plan.Expr, guarded []string) {
	c, ok := e.(*plan.Call)
	if !ok {
		return
	}
	switch c.Func.Name {
	case "not", "!=":
		if len(n.causes(c, guarded)) > 0 {
			n.found = append(n.found, opposite{c, guarded})
		}
		return
	case "and", "or":
		for _, a := range c.Args {
			if f := askedFor(a); f != "" {
				guarded = append(guarded[:len(guarded):len(guarded)], f)
			}
		}
	}
	for _, a := range c.Args {
		n.walk(a, guarded)
	}
}

// askedFor is the field of which an expression asks whether it is missing.
func askedFor(e plan.Expr) string {
	c, ok := e.(*plan.Call)
	if !ok {
		return ""
	}
	switch c.Func.Name {
	case "isnull", "isnotnull":
		if f, ok := c.Args[0].(*plan.Field); ok {
			return f.Name
		}
	case "not":
		return askedFor(c.Args[0])
	}
	return ""
}

// causes is the fields that may be missing and of which the expression then is null, each once.
func (n *nulls) causes(e plan.Expr, guarded []string) []string {
	switch e := e.(type) {
	case *plan.Field:
		if !slices.Contains(guarded, e.Name) && mayMiss(n.in, e.Name) {
			return []string{e.Name}
		}
	case *plan.Call:
		args := e.Args
		switch e.Func.Name {
		case "isnull", "isnotnull":
			return nil
		case "if":
			args = args[1:]
		case "coalesce":
			if slices.ContainsFunc(args, func(a plan.Expr) bool { return always(n.in, a) }) {
				return nil
			}
		}
		var out []string
		for _, a := range args {
			for _, f := range n.causes(a, guarded) {
				if !slices.Contains(out, f) {
					out = append(out, f)
				}
			}
		}
		return out
	}
	return nil
}

// always says whether an expression has a value in every row.
func always(in plan.Node, e plan.Expr) bool {
	switch e := e.(type) {
	case *plan.Const:
		return !e.V.IsNull()
	case *plan.Field:
		return !mayMiss(in, e.Name)
	case *plan.Call:
		switch e.Func.Name {
		case "isnull", "isnotnull", "now", "time", "random", "true", "false":
			return true
		case "coalesce":
			return slices.ContainsFunc(e.Args, func(a plan.Expr) bool { return always(in, a) })
		case "if":
			return always(in, e.Args[1]) && always(in, e.Args[2])
		}
	}
	return false
}

// counting is the aggregates that have a value even of no rows.
var counting = []string{"count", "dc", "distinct_count", "estdc"}

// mayMiss says whether there may be rows of a node without a value of a field.
func mayMiss(n plan.Node, name string) bool {
	switch n := n.(type) {
	case *plan.Aggregate:
		i := slices.IndexFunc(n.Aggs, func(a plan.Agg) bool { return a.As == name })
		return !slices.Contains(n.Keys, name) && (i < 0 || !slices.Contains(counting, n.Aggs[i].Func.Name))
	case *plan.Extend:
		for i, a := range slices.Backward(n.Assigns) {
			if a.Name == name {
				return !always(&plan.Extend{In: n.In, Assigns: n.Assigns[:i]}, a.Expr)
			}
		}
	case *plan.Filter:
		if slices.ContainsFunc(plan.Conjuncts(n.Cond), func(e plan.Expr) bool { return wants(e, name) }) {
			return false
		}
	case *plan.Dedup:
		if !n.KeepEmpty && !n.KeepEvents && slices.Contains(n.Fields, name) {
			return false
		}
	case *plan.Each:
		if r, _ := n.Rule(name); r != nil && r.As == "" {
			c, ok := r.Expr.(*plan.Call)
			return !ok || c.Func.Name != "coalesce" || !slices.ContainsFunc(c.Args, func(a plan.Expr) bool { return always(n.In, a) })
		}
	case *plan.Project:
		if !slices.Contains(plan.Projected([]string{name}, n.Mode, n.Patterns), name) {
			return true
		}
	case *plan.Rename:
		for _, pair := range slices.Backward(n.Pairs) {
			if stars, ok := plan.MatchName(pair.To, name); ok {
				name = plan.FillName(pair.From, stars)
			}
		}
	case *plan.Sort, *plan.Limit, *plan.Cap, *plan.TakeWhile, *plan.Tail, *plan.Reverse:
	default:
		return true
	}
	return mayMiss(n.Inputs()[0], name)
}

// wants says whether a condition is true only of rows with a value of the field.
func wants(e plan.Expr, name string) bool {
	c, ok := e.(*plan.Call)
	if !ok || len(c.Args) == 0 {
		return false
	}
	f, ok := c.Args[0].(*plan.Field)
	if !ok || f.Name != name {
		return false
	}
	return slices.Contains([]string{"=", "==", "!=", "<", "<=", ">", ">=", "in", "like", "match", "isnotnull", "cidrmatch", "exists"}, c.Func.Name)
}
