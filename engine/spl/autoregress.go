package spl

import (
	"strconv"
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// mostSteps is how many rows back a command may look.
const mostSteps = 10000

var autoregress = Command{
	Name:   "autoregress",
	Syntax: "autoregress <field> [as <field>] [p=<count>|p=<first>-<last>]",
	Doc:    "Copy a field from the row before, or p rows before, to <field>_p<count> or the field behind as. With a range it makes a field for each count from the first to the last.",
	Options: []Option{
		{Name: "p", Value: "<count>|<first>-<last>", Default: "1", Doc: "How many rows back to look; a range makes a field for each."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n, okn := a.steps()
		field, as, ok := a.along(in)
		switch {
		case !ok || !okn:
			return in
		case as != "" && n.first < n.last:
			p.errorf(commandSpan(c), "one-name", "a range of rows makes several fields, which cannot have one name")
			return in
		}
		t := &plan.Trail{In: in}
		for i := n.first; i <= n.last; i++ {
			s := plan.TrailStep{Kind: plan.Lag, Field: field, As: as, N: i}
			if as == "" {
				s.As = field + "_p" + strconv.Itoa(i)
			}
			t.Steps = append(t.Steps, s)
		}
		return t
	},
}

// stepRange is how many rows back a command looks.
type stepRange struct{ first, last int }

// steps is the option p, a count or, for autoregress, a range.
func (a *args) steps() (n stepRange, ok bool) {
	v := a.option("p")
	if v == nil {
		return stepRange{1, 1}, true
	}
	text, _ := literal(v)
	from, to, isRange := strings.Cut(text, "-")
	if !isRange {
		to = from
	}
	first, err1 := strconv.Atoi(from)
	last, err2 := strconv.Atoi(to)
	if err1 != nil || err2 != nil || first < 1 || last < first || last > mostSteps || isRange && a.c.Name != "autoregress" {
		a.p.errorf(v.At(), "bad-number", "%q says no number of rows for %s", text, a.c.Name).WithHint("write a whole number from 1 to %d", mostSteps)
		return n, false
	}
	if last-first >= mostNewFields {
		a.p.errorf(v.At(), "bad-number", "autoregress makes %d fields at most", mostNewFields)
		return n, false
	}
	return stepRange{first, last}, true
}

// mostNewFields is how many fields a range of autoregress may make.
const mostNewFields = 1000
