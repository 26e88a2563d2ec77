package engine

import (
	"fmt"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/op"
	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// Section is a part of an explanation.
type Section struct{ Name, Text string }

// Explain shows what each stage made of the query: the expanded text with the macros that were used, the tree, the plan before and
// after the rewrites, and what the scan is asked for.
func (p *Program) Explain() []Section {
	return []Section{
		{"query", p.Expanded.Body},
		{"macros", p.explainMacros()},
		{"tree", ast.Dump(p.Tree)},
		{"plan", plan.Print(p.Lowered)},
		{"plan after rewrites", plan.Print(p.Plan)},
		{"scan", p.explainScan()},
	}
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

// explainScan says which kinds of events are read, with which fields and conditions, and which texts they are searched for.
func (p *Program) explainScan() string {
	all := p.config(RunOptions{}).Kinds
	var b strings.Builder
	for _, r := range op.Readings(p.Plan, all, plan.Folder{Env: p.env}) {
		if r.Of != "" {
			fmt.Fprintf(&b, "%s:\n", r.Of)
		}
		explainReading(&b, r, all)
	}
	return strings.TrimRight(b.String(), "\n")
}

func explainReading(b *strings.Builder, r op.Reading, all []plan.Kind) {
	switch {
	case len(r.Kinds) == 0:
		b.WriteString("no event can match: nothing is decoded\n")
	case r.Demand.Needles == nil:
		b.WriteString("every record is decoded: no text must occur in all matches\n")
	default:
		fmt.Fprintf(b, "only records that hold one of %q are decoded\n", r.Demand.Needles)
	}
	for _, k := range append(all[:len(all):len(all)], plan.Kind{}) {
		kp, live := r.Kinds[k.Name]
		if !live {
			continue
		}
		fields := strings.Join(slices.DeleteFunc(slices.Clone(kp.Fields), column.Hidden), " ")
		if kp.All {
			fields = "all fields"
		}
		if k.Name == "" {
			k.Name = "events of any other kind"
		}
		fmt.Fprintf(b, "%s: %s\n", k.Name, fields)
		for _, s := range kp.Steps {
			if f, ok := s.(*plan.Filter); ok {
				fmt.Fprintf(b, "  %s\n", f)
			}
		}
	}
}
