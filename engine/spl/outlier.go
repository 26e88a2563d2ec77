package spl

import (
	"strings"

	"spoor/engine/aggregate"
	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

var outlier = Command{
	Name:   "outlier",
	Syntax: "outlier [action=(transform|remove)] [param=<number>] [uselower=<bool>] [mark=<bool>] [type=iqr] [<field>...]",
	Doc: "Cut down numbers that lie far from the others: beyond the upper quartile by more than 2.5 times the distance of the quartiles, or as many times as param says. They become the greatest number that is not too far, with mark=true with 000 before it. " +
		"action=remove leaves the rows out instead. uselower=true does the same with numbers that are too small. Without fields all are looked at but those that begin with _.",
	Notes: "The quartiles are perc25 and perc75 of all rows. Multivalues stay as they are. Where the fields depend on the data, the rows are read once more, before the search.",
	Options: []Option{
		{Name: "action", Value: "transform|remove", Default: "transform", Doc: "Cut down what lies too far, or leave its row out. tf and rm say the same."},
		{Name: "param", Value: "<number>", Default: "2.5", Doc: "How many times the distance of the quartiles is too far."},
		{Name: "uselower", Value: "<bool>", Default: "false", Doc: "Look at numbers that are too small, too."},
		{Name: "mark", Value: "<bool>", Default: "false", Doc: "Write 000 before what was cut down."},
		{Name: "type", Value: "iqr", Default: "iqr", Doc: "How to tell what is too far: there is only this way."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		o := &outliers{at: commandSpan(c), times: a.number("param", 2.5), lower: a.flag("uselower", false), mark: a.flag("mark", false)}
		switch action := strings.ToLower(a.text("action", "transform")); action {
		case "transform", "tf":
		case "remove", "rm":
			o.remove = true
		default:
			p.errorf(o.at, "bad-action", "the action of outlier is transform or remove, not %q", action)
		}
		if kind := a.text("type", "iqr"); !strings.EqualFold(kind, "iqr") {
			p.errorf(o.at, "bad-type", "the type of outlier is iqr, not %q", kind)
		}
		names := a.names()
		a.done()
		p.checkNames(in, names)
		if p.diags.Failed() {
			return in
		}
		fields, ok := p.matching(in, names, o.at)
		if !ok {
			return p.later(in, "outlier")
		}
		return o.over(in, fields)
	},
}

// matching is the columns that names stand for, which may hold wildcards; without names all but internal ones. ok is false if that depends
// on rows that are not known yet.
func (p *planner) matching(in plan.Node, names []*ast.Name, at source.Span) (fields []string, ok bool) {
	if len(names) == 0 {
		names = []*ast.Name{{Text: "*"}}
	}
	columns, exact := plan.Columns(in)
	read := exact
	for _, n := range names {
		wild := strings.Contains(n.Text, "*")
		if !wild {
			fields = append(fields, n.Text)
			continue
		}
		if !read {
			rows, ok := p.answerOf(at, in)
			if !ok {
				return nil, false
			}
			columns, read = namesOf(rows), true
		}
		for _, name := range columns {
			if _, ok := plan.MatchName(n.Text, name); ok && (!strings.HasPrefix(name, "_") || strings.HasPrefix(n.Text, "_")) {
				fields = append(fields, name)
			}
		}
	}
	return fields, true
}

// outliers is an outlier at work.
type outliers struct {
	at                  source.Span
	times               float64
	lower, mark, remove bool
}

func (o *outliers) call(name string, args ...plan.Expr) plan.Expr {
	return plan.NewCall(function.SPL, name, o.at, args...)
}

// over makes the quartiles of the fields columns, and of these the bounds.
func (o *outliers) over(in plan.Node, fields []string) plan.Node {
	quartiles := &plan.Attach{In: in}
	var set []plan.Assign
	var keep []plan.Expr
	var made []string
	for _, name := range fields {
		field := &plan.Field{Name: name, Span: o.at}
		low, high := &plan.Field{Name: "<<low " + name + ">>"}, &plan.Field{Name: "<<high " + name + ">>"}
		made = append(made, low.Name, high.Name)
		for _, q := range []struct{ function, as string }{{"perc25", low.Name}, {"perc75", high.Name}} {
			f, param, _ := aggregate.Lookup(q.function)
			quartiles.Aggs = append(quartiles.Aggs, plan.Agg{Func: f, Param: param, Args: []plan.Expr{field}, As: q.as})
		}
		far := o.call("*", &plan.Const{V: column.Real(o.times)}, o.call("-", high, low))
		top, bottom := o.call("+", high, far), o.call("-", low, far)
		number := o.call("tonumber", field)
		above, below := o.call(">", number, top), o.call("<", number, bottom)
		if !o.lower {
			below = truth(false, o.at)
		}
		keep = append(keep, o.call("coalesce", o.call("not", o.call("or", above, below)), truth(true, o.at)))
		set = append(set, plan.Assign{Name: name, Expr: o.call("case", above, o.marked(top), below, o.marked(bottom), truth(true, o.at), field)})
	}
	if len(fields) == 0 {
		return in
	}
	var out plan.Node = &plan.Extend{In: quartiles, Assigns: set}
	if o.remove {
		out = &plan.Filter{In: quartiles, Cond: plan.And(keep...)}
	}
	return &plan.Project{In: out, Mode: plan.Drop, Patterns: made}
}

// marked is a number as it takes the place of one that lies too far.
func (o *outliers) marked(x plan.Expr) plan.Expr {
	if !o.mark {
		return x
	}
	return o.call(".", text("000", o.at), x)
}
