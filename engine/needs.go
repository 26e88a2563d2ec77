package engine

import (
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/op"
	"spoor/engine/plan"
)

// Needed is some kinds of events, and the raw fields of theirs that a query reads.
type Needed struct {
	Kinds  string   // such as sysmon/1, or several: sysmon/1, auditd/* (5 kinds)
	Fields []string // if it gives all that an event has, those that decide whether it gives the event
}

// Needs is what a query reads of the events that it can match; kinds with the same fields are one. It is empty if no event can match.
func (p *Program) Needs() []Needed {
	all := append(p.config(RunOptions{}).Kinds, plan.Kind{})
	fields := p.fieldsOf(op.Readings)
	some := p.fieldsOf(op.Conditions)
	var out []Needed
	var order []string
	same := map[string][]string{} // the kinds by what is read of them
	for _, k := range all {
		read, ok := fields[k.Name]
		if !ok {
			continue
		}
		if read.All {
			read = some[k.Name]
		}
		names := slices.DeleteFunc(read.Sorted(), func(f string) bool { return column.Hidden(f) || f == "_time" })
		what := strings.Join(names, "\x00")
		if same[what] == nil {
			order = append(order, what)
			out = append(out, Needed{Fields: names})
		}
		same[what] = append(same[what], k.Name)
	}
	for i, what := range order {
		out[i].Kinds = families(same[what])
	}
	return out
}

// readings is what the plan asks of its scans.
func (p *Program) readings(of func(plan.Node, []plan.Kind, plan.Folder) []op.Reading) []op.Reading {
	return of(p.Plan, p.config(RunOptions{}).Kinds, p.folder())
}

// fieldsOf is what all readings of the plan read, by kind of event.
func (p *Program) fieldsOf(readings func(plan.Node, []plan.Kind, plan.Folder) []op.Reading) map[string]plan.Need {
	out := map[string]plan.Need{}
	for _, r := range p.readings(readings) {
		r.AddTo(out)
	}
	return out
}
