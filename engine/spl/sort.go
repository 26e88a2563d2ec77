package spl

import (
	"strconv"
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

var sort = Command{
	Name:   "sort",
	Syntax: "sort [<count>] [+|-]<field> [, [+|-]<field>]... [desc]",
	Doc:    "Order the rows. A sign holds for its field, a sign with a blank after it for all that follow. auto(), num(), str() and ip() say how values compare; auto, the default, takes numbers as numbers, addresses as addresses and all else as text. Rows without a value come last.",
	Notes:  "All rows are kept unless a count is given (Splunk, and --splunk-limits, keep 10,000); a count of 0 means all.",
	Options: []Option{
		{Name: "limit", Value: "<count>", Default: "0", Doc: "How many rows to keep; the count alone says the same. 0 keeps all."},
	},
	lower: func(p *planner, c *ast.Command, in plan.Node) plan.Node {
		a := p.args(c)
		n := &plan.Sort{In: in, Limit: a.count("limit", -1)}
		keys := take(a, every[*ast.SortKey])
		a.done()
		for i, k := range keys {
			name := k.Field.Text
			if k.Field.Quote == 0 && k.Func == "" && k.Sign == 0 {
				if limit, err := strconv.Atoi(name); err == nil && i == 0 && limit >= 0 {
					n.Limit = limit
					continue
				}
				if d := strings.ToLower(name); i == len(keys)-1 && i > 0 && (d == "d" || d == "desc") {
					reverseKeys(n.Keys)
					continue
				}
			}
			n.Keys = append(n.Keys, plan.SortKey{Name: name, Desc: k.Desc, By: p.comparison(k)})
			p.checkNames(in, []*ast.Name{k.Field})
		}
		if len(n.Keys) == 0 {
			p.errorf(commandSpan(c), "missing-field", "sort needs a field")
			return in
		}
		if n.Limit < 0 {
			n.Limit = 0
			return p.capped(n, "limit-sort", commandSpan(c))
		}
		return n
	},
}

// reverseKeys is what a final `desc` means: every key the other way round.
func reverseKeys(keys []plan.SortKey) {
	for i := range keys {
		keys[i].Desc = !keys[i].Desc
	}
}

func (p *planner) comparison(k *ast.SortKey) plan.Compare {
	switch k.Func {
	case "", "auto":
		return plan.Auto
	case "num":
		return plan.Num
	case "str":
		return plan.Text
	case "ip":
		return plan.IP
	}
	p.errorf(k.Span, "unknown-function", "sort knows auto(), num(), str() and ip(), not %s()", k.Func)
	return plan.Auto
}
