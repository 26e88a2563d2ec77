package plan

import (
	"maps"
	"slices"
	"strings"

	"spoor/engine/column"
)

// Need is the columns that somebody reads.
type Need struct {
	All   bool // every column
	Names map[string]bool
}

// Everything is the need of every column.
func Everything() Need { return Need{All: true, Names: map[string]bool{}} }

// Sorted is the names in order, for a Need that is not All.
func (n Need) Sorted() []string { return slices.Sorted(maps.Keys(n.Names)) }

// plus is a need of more; n stays as it is.
func (n Need) plus(names ...string) Need {
	out := Need{n.All, maps.Clone(n.Names)}
	out.add(names...)
	return out
}

// add puts names into the need itself, for who has it alone.
func (n Need) add(names ...string) {
	for _, name := range names {
		n.Names[name] = true
	}
}

func needOnly(names ...string) Need {
	out := Need{Names: map[string]bool{}}
	out.add(names...)
	return out
}

// Of is what a node needs of its i-th input if need is read of its output.
func (need Need) Of(n Node, i int) Need {
	switch n := n.(type) {
	case *Enrich:
		return need.ofEnrich(n, i)
	case *Sequence:
		return need.ofStages(append(n.Stages[:len(n.Stages):len(n.Stages)], n.until()...)).plus(n.order()...)
	case *Sample:
		return need.ofStages(n.Filters).plus(EventTime, Position)
	case *Filter:
		return need.plus(Fields(n.Cond, nil)...)
	case *TakeWhile:
		return need.plus(Fields(n.Cond, nil)...)
	case *Extend:
		return need.ofExtend(n)
	case *Each:
		return need.ofEach(n)
	case *Project:
		return need.ofProject(n)
	case *Rename:
		return need.ofRename(n)
	case *Extract:
		return need.plus(n.Field)
	case *Transaction:
		return need.plus(n.Reads()...)
	case *Unpack:
		return need.plus(n.Field)
	case *Expand:
		return need.plus(n.Field)
	case *Aggregate:
		return ofAggregate(n)
	case *Attach:
		return need.ofAttached(n.Keys, n.Aggs)
	case *Window:
		return need.ofWindow(n)
	case *Trail:
		return need.ofTrail(n)
	case *Sort:
		need = need.plus()
		for _, k := range n.Keys {
			need.add(k.Name)
		}
		return need
	case *Dedup:
		return need.plus(n.Fields...)
	case *Chart:
		return n.need()
	case *Totals:
		return need.ofTotals(n)
	case *Top:
		return needOnly(Frequency).plus(n.By...).plus(n.Fields...).plus(need.proof()...)
	case *Series:
		return needOnly(n.X, n.Name).plus(n.Values...)
	case *Continuous:
		return need.plus(n.Field)
	case *Concurrency:
		return need.plus(n.Start, n.Duration)
	case *Combine, *Untable, *Transpose, *Uniq, *Summary:
		return need.everything()
	case *Bins:
		return need.plus(n.Field)
	case *Lookup:
		return need.ofLookup(n)
	case *ToLookup:
		return Need{All: true, Names: need.Names}
	case *Join:
		if n.When != AnyTime {
			need = need.plus("_time")
		}
		return need.ofJoin(n.Keys, i)
	case *AppendColumns, *Set: // of Set all columns are compared
		return Need{true, need.Names}.ofJoin(nil, i)
	case *Spread: // it may set any of them, in some rows
		return need.plus(Fields(n.Expr, Fields(n.Name, nil))...)
	case *Pending:
		return Everything()
	case *Format:
		out := needOnly()
		for _, f := range n.Fields {
			out.add(f.Name)
		}
		out.All = n.Fields == nil
		return out
	case *AppendPipe: // its pipe may read any of the rows' columns
		return Need{true, need.Names}
	}
	return need
}

func (need Need) ofExtend(n *Extend) Need {
	out := need.plus()
	for _, a := range slices.Backward(n.Assigns) {
		if out.All || out.Names[a.Name] {
			delete(out.Names, a.Name)
			out.add(Fields(a.Expr, nil)...)
		}
	}
	return out
}

func (need Need) ofEach(n *Each) Need {
	out := need.plus()
	for _, r := range n.Rules {
		if r.Expr == nil {
			continue
		}
		for _, f := range Fields(r.Expr, nil) {
			if f != It {
				out.add(f)
			}
		}
		if r.As == "" {
			continue
		}
		for name := range need.Names {
			if stars, ok := MatchName(r.As, name); ok {
				out.add(FillName(r.Pattern, stars))
				out.All = out.All || len(stars) > 1
			}
		}
	}
	return out
}

func (need Need) ofProject(n *Project) Need {
	if !need.All {
		var names []string
		for name := range need.Names {
			kept := slices.Contains(Projected([]string{name}, n.Mode, n.Patterns), name)
			if kept {
				names = append(names, name)
			}
		}
		return needOnly(names...)
	}
	wild := slices.ContainsFunc(n.Patterns, func(p string) bool { return strings.Contains(p, "*") })
	if n.Mode == Drop || wild {
		return need
	}
	out := needOnly(n.Patterns...).plus(need.hidden()...)
	if n.Mode == Keep {
		out = out.plus(internals...)
	}
	return out
}

// hidden is the hidden columns among the names.
func (need Need) hidden() []string {
	var out []string
	for name := range need.Names {
		if column.Hidden(name) {
			out = append(out, name)
		}
	}
	return out
}

func (need Need) ofRename(n *Rename) Need {
	names, all := need.plus().Names, need.All // of several wildcards it is not known what each stood for
	for _, p := range slices.Backward(n.Pairs) {
		for _, name := range slices.Collect(maps.Keys(names)) {
			if stars, ok := MatchName(p.To, name); ok {
				names[FillName(p.From, stars)] = true // the old name itself stays needed: the source may not exist
				all = all || len(stars) > 1
			}
		}
	}
	return Need{all, names}
}

func ofAggregate(n *Aggregate) Need {
	out := needOnly(n.Keys...)
	for _, a := range n.Aggs {
		for _, x := range a.Args {
			out.add(Fields(x, nil)...)
		}
		if a.Wild != "" {
			out.All = true
		}
		if a.Func.Timed {
			out.add("_time", Position)
		}
	}
	return out
}

// proof is the column of proofs, if it is read.
func (need Need) proof() []string {
	if need.Names[Proof] {
		return []string{Proof}
	}
	return nil
}

func (need Need) ofEnrich(n *Enrich, i int) Need {
	own := []string{HostID, EntityID, ProcessID, EventTime}
	if i > 0 {
		return needOnly(n.Fields...).plus(own...).plus(Position, Starts, Ends)
	}
	out := need.plus(n.Fields...).plus(own...).plus(Nameless)
	for _, f := range n.Fields {
		out.add(Open(f))
	}
	return out
}

func (need Need) ofStages(stages []Stage) Need {
	out := need.plus()
	for name := range out.Names {
		if name == SequenceNumber || name == StageNumber || strings.HasPrefix(name, keyPrefix) {
			delete(out.Names, name)
		}
	}
	out.add(StageFields(stages)...)
	return out
}

// StageFields is the fields that conditions and keys read, each once.
func StageFields(stages []Stage) []string {
	var out []string
	for _, s := range stages {
		out = Fields(s.Cond, out)
		for _, k := range s.Keys {
			out = add(out, k.Field)
		}
	}
	return out
}
