package spl

import (
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// branch lowers a search within the search, which reads the inputs on its own. It has the time range that was asked for from outside, not
// that which the search around it names.
func (p *planner) branch(s *ast.Subsearch) plan.Node {
	outer := p.scan
	p.scan = &plan.Scan{Earliest: p.Earliest, Latest: p.Latest}
	defer func() { p.scan = outer }()
	return p.pipeline(s.Pipeline)
}

// branches lowers the subsearches among the arguments, which must be as many as least says, and at most as many as most; 0: any number.
func (a *args) branches(least, most int) []plan.Node {
	var out []plan.Node
	for _, s := range take(a, every[*ast.Subsearch]) {
		if n := a.p.branch(s); n != nil {
			out = append(out, n)
		}
		if most > 0 && len(out) > most {
			a.p.errorf(s.Span, "too-many-searches", "%s takes %s, no more", a.c.Name, searches(most))
		}
	}
	if len(out) < least && !a.p.diags.Failed() {
		a.p.errorf(commandSpan(a.c), "missing-search", "%s needs %s", a.c.Name, searches(least)).WithHint("syntax: %s", Lookup(a.c.Name).Syntax)
	}
	if len(out) < least {
		return nil
	}
	return out
}

func searches(n int) string {
	if n == 1 {
		return "a search in brackets"
	}
	return "two searches in brackets"
}

// subsearchOptions is the options of commands that take subsearches.
var subsearchOptions = append(idle("maxtime", "timeout", "extendtimerange"),
	Option{Name: "maxout", Value: "<count>", Default: "0", Doc: "Take only so many rows of a subsearch; 0 takes all."})

// limited is the rows of a subsearch, of which maxout says how many count, and otherwise the limit of a name. The options about its time
// mean nothing here.
func (a *args) limited(name string) func(plan.Node) plan.Node {
	most := -1
	if v := a.option("maxout"); v != nil {
		most = a.amount(v)
	}
	return func(n plan.Node) plan.Node {
		if most < 0 {
			return a.p.capped(n, name, commandSpan(a.c))
		}
		if most == 0 {
			return n
		}
		return &plan.Limit{In: n, N: most}
	}
}

// amount is the whole number that the value of an option must be.
func (a *args) amount(v ast.Node) int {
	return (&args{p: a.p, c: a.c, left: []ast.Node{&ast.Option{Name: "n", Value: v}}}).count("n", 0)
}

// streams says whether a search gives events as they are read, row by row.
func streams(n plan.Node) bool {
	_, ok := plan.Cut(n)
	return ok
}
