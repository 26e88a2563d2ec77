package op

import (
	"maps"
	"slices"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// Prospect is what can be said of a plan's rows by the kinds of events and the fields that there are.
type Prospect struct {
	// Silent says that there are no rows, whatever the fields hold.
	Silent  bool
	Lacks   []Lack
	Missing []string // fields in conditions that no event fills of which it could be expected
}

// Lack is a part of a plan, such as a stage of a sequence, for which there is no event.
type Lack struct {
	Kinds  []string // those that could be events for it; empty: none could
	Met    []string // those of them that are there
	Fields []string // that these lack
	Typed  bool     // they could be, if their sourcetype were not known
}

// ProspectOf judges a plan. Of the kinds of events that are known some were met, with the fields that are absent from them.
func ProspectOf(n plan.Node, known, met []plan.Kind, fold plan.Folder) Prospect {
	p := &prospector{known: known, met: met, fold: fold, missing: map[string]bool{}, filled: map[string]bool{}}
	out := Prospect{Silent: p.silent(n), Lacks: p.lacks}
	for _, name := range slices.Sorted(maps.Keys(p.missing)) {
		if !p.filled[name] && !column.Hidden(name) {
			out.Missing = append(out.Missing, name)
		}
	}
	return out
}

type prospector struct {
	known, met      []plan.Kind
	fold            plan.Folder
	missing, filled map[string]bool
	lacks           []Lack
}

// silent says whether it is certain that a node gives no rows.
func (p *prospector) silent(n plan.Node) bool {
	if f, ok := flowOf(n); ok {
		return p.without(f)
	}
	switch n := n.(type) {
	case *plan.Sequence:
		return p.withoutStage(n.In, n.Stages)
	case *plan.Sample:
		return p.withoutStage(n.In, n.Filters)
	case *plan.Aggregate:
		silent := p.silent(withKeys(n))
		return silent && len(n.Keys) > 0
	case *plan.Union:
		return p.each(n.Ins, true)
	case *plan.Join:
		left := p.silent(n.Left)
		return left || !n.Outer && p.silent(n.Right)
	case *plan.Sort, *plan.Limit, *plan.Cap, *plan.TakeWhile, *plan.Tail, *plan.Reverse, *plan.Dedup, *plan.Window, *plan.Trail, *plan.Attach, *plan.Transaction,
		*plan.Uniq, *plan.Top, *plan.Bins, *plan.Unify, *plan.Shorten:
		return p.silent(n.Inputs()[0])
	}
	if plan.RowWise(n) && len(n.Inputs()) == 1 {
		return p.silent(n.Inputs()[0])
	}
	p.each(n.Inputs(), false) // for what they lack
	return false
}

// each says whether all nodes are silent, and looks at every one of them.
func (p *prospector) each(list []plan.Node, all bool) bool {
	for _, n := range list {
		all = p.silent(n) && all
	}
	return all
}

// withKeys is the input of an aggregate, of which rows without a key do not count.
func withKeys(n *plan.Aggregate) plan.Node {
	if _, ok := plan.Cut(n.In); !ok || len(n.Keys) == 0 {
		return n.In
	}
	var conds []plan.Expr
	for _, key := range n.Keys {
		conds = append(conds, plan.NewCall(function.SPL, "isnotnull", source.Span{}, &plan.Field{Name: key}))
	}
	return plan.Optimise(&plan.Filter{In: n.In, Cond: plan.And(conds...)})
}

// withoutStage says whether one of the stages that must have an event cannot have one.
func (p *prospector) withoutStage(in plan.Node, stages []plan.Stage) (silent bool) {
	f, ok := flowOf(in)
	if !ok {
		return false
	}
	for _, s := range stages {
		if !s.Missing && p.without(f.where(f.weak(s.Cond))) {
			silent = true
		}
	}
	return silent
}

// without says whether there is no event for a flow.
func (p *prospector) without(f flow) bool {
	lack := Lack{}
	for _, k := range p.known {
		if f.lower.Passes(k, p.fold) {
			lack.Kinds = append(lack.Kinds, k.Name)
		}
	}
	fields := f.lower.Conditions()
	for _, n := range f.upper {
		if filter, is := n.(*plan.Filter); is {
			fields = plan.Fields(filter.Cond, fields)
		}
	}
	found := false
	for _, k := range p.met {
		if !slices.Contains(lack.Kinds, k.Name) {
			continue
		}
		if !slices.Contains(lack.Met, k.Name) {
			lack.Met = append(lack.Met, k.Name)
		}
		missing, filled := f.lower.Gaps(k, fields, p.fold)
		for _, name := range missing {
			p.missing[name] = true
			lack.Fields = append(lack.Fields, name)
		}
		for _, name := range filled {
			p.filled[name] = true
		}
		p.unknown(f, k)
		found = found || f.lower.Passes(k, p.fold)
	}
	if !found {
		lack.Typed = slices.ContainsFunc(p.met, func(k plan.Kind) bool {
			return slices.Contains(lack.Met, k.Name) && f.lower.Passes(untyped(k), p.fold)
		})
		slices.Sort(lack.Fields)
		lack.Fields = slices.DeleteFunc(slices.Compact(lack.Fields), column.Hidden)
		p.lacks = append(p.lacks, lack)
	}
	return !found
}

// untyped is a kind of which it is not known how its events are sorted.
func untyped(k plan.Kind) plan.Kind {
	k.Const, k.Absent = maps.Clone(k.Const), maps.Clone(k.Absent)
	delete(k.Const, "sourcetype")
	delete(k.Absent, "sourcetype")
	return k
}

// unknown notes what events of a kind do not say of their process, if there are no starts of processes that would tell.
func (p *prospector) unknown(f flow, k plan.Kind) {
	if f.enrich == nil {
		return
	}
	if starts, ok := plan.Cut(f.enrich.Starts); !ok || slices.ContainsFunc(p.met, func(k plan.Kind) bool { return starts.Passes(k, p.fold) }) {
		return
	}
	for _, name := range f.enrich.Fields {
		if f.lower.True(k, plan.Open(name), p.fold) {
			p.missing[name] = true
		}
	}
}
