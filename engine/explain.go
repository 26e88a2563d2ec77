package engine

import (
	"fmt"
	"slices"
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// Section is a part of an explanation.
type Section struct{ Name, Text string }

// Explain shows what each stage made of the query: the expanded text with the macros that were used, the tree, the plan before and
// after the rewrites, the plans of the searches in it that run first, what the scan is asked for, and which
// conditions drop rows in which a field is missing.
func (p *Program) Explain() []Section {
	return []Section{
		{"query", p.Expanded.Body},
		{"macros", p.explainMacros()},
		{"tree", ast.Dump(p.Tree)},
		{"plan", plan.Print(p.Lowered)},
		{"plan after rewrites", plan.Print(p.Plan)},
		{"searches within", p.explainInner()},
		{"scan", p.explainScan()},
		{"missing values", p.nulls.Error()},
	}
}

// explainInner is the plans of the searches that run before the search around them.
func (p *Program) explainInner() string {
	var b strings.Builder
	for _, s := range p.inner {
		one := *p
		one.Lowered = s.Plan
		fmt.Fprintf(&b, "%s\n  %s\n", s.At.String(), strings.ReplaceAll(strings.TrimSpace(plan.Print(one.ordered(true))), "\n", "\n  "))
	}
	return b.String()
}

func (p *Program) explainMacros() string {
	var lines []string
	for _, u := range p.Uses {
		line := "`" + u.Macro.Signature() + "`"
		switch file, at := u.Macro.Place(); {
		case u.Macro.Implicit:
			line += " is not defined: a filter macro that nobody defined is `search *`"
		case u.Macro.Builtin:
			line += " is built in"
		default:
			line += fmt.Sprintf(" is from %s:%d", file, at)
		}
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
