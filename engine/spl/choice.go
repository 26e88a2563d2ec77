package spl

import (
	"slices"
	"strconv"
	"strings"

	"spoor/engine/aggregate"
	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// choice reads a where clause of chart and timechart, which chooses columns by a function of their values: `max in top5`, `sum > 10`.
func (p *planner) choice(a *args, n *plan.Chart) {
	conds, at, ok := a.clause("where")
	if !ok {
		return
	}
	var words []string
	var compared *ast.Compare
	for _, c := range sideBySide(conds) {
		switch c := c.(type) {
		case *ast.Compare:
			if cmd := Lookup(a.c.Name); c.Op == "=" && cmd.option(strings.ToLower(c.Field.Text)) != nil { // it stands behind where, but is an option
				a.left = append(a.left, &ast.Option{Pos: c.Pos, Name: strings.ToLower(c.Field.Text), Value: &ast.Name{Pos: c.Value.Pos, Text: c.Value.Text}})
				continue
			}
			compared, words = c, append(words, c.Field.Text)
		case *ast.Term:
			words = append(words, c.Value.Text)
		default:
			p.badChoice(at)
			return
		}
	}
	if len(words) == 0 {
		p.badChoice(at)
		return
	}
	words[0], _, _ = strings.Cut(words[0], "(") // max(x) is the greatest result, whatever was aggregated
	f, param, known := aggregate.Lookup(words[0])
	if !known || f.PerSpan || f.Series || f.Timed || f.Ordered {
		p.errorf(at, "unknown-aggregate", "columns are chosen by a function of numbers such as sum, max or count, not %q", words[0])
		return
	}
	n.Choice = &plan.Choice{Func: f, Param: param}
	if compared != nil {
		n.Choice.Op = compared.Op
		bound, err := strconv.ParseFloat(compared.Value.Text, 64)
		if err != nil || len(words) > 1 || !slices.Contains([]string{"<", ">", "<=", ">="}, compared.Op) {
			p.badChoice(at)
		}
		n.Choice.Bound, n.Limit = bound, 0
		return
	}
	p.rankedChoice(n, words[1:], at)
}

// rankedChoice reads `in top5` or `notin bottom 5`.
func (p *planner) rankedChoice(n *plan.Chart, words []string, at source.Span) {
	form := limitForm.FindStringSubmatch(strings.ToLower(strings.Join(words[min(1, len(words)):], "")))
	if len(words) == 0 || form == nil || form[1] == "" || words[0] != "in" && words[0] != "notin" {
		p.badChoice(at)
		return
	}
	n.Choice.Op, n.Least = words[0], form[1] == "bottom"
	n.Limit, _ = strconv.Atoi(form[2])
}

func (p *planner) badChoice(at source.Span) {
	p.errorf(at, "bad-choice", "this chooses no columns").WithHint("write `where max in top5`, `where sum notin bottom10` or `where avg > 100`")
}

// sideBySide is the conditions that stand side by side.
func sideBySide(conds []ast.Node) []ast.Node {
	var out []ast.Node
	for _, c := range conds {
		if b, ok := c.(*ast.Binary); ok && b.Op == "AND" && b.Implied {
			out = append(out, sideBySide(operands(b))...)
		} else {
			out = append(out, c)
		}
	}
	return out
}
