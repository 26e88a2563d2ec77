package op

import (
	"fmt"

	"spoor/engine/input"
	"spoor/engine/plan"
)

// Reading is what a plan asks of a scan, for explaining it.
type Reading struct {
	Of    string                   // what is looked for, where a plan reads more than once; or empty
	Kinds map[string]plan.KindPlan // by kind of event

	chain chain
}

// Demand is what a scan must deliver for it.
func (r Reading) Demand() input.Demand { return demand([]chain{r.chain}) }

// AddTo adds what is read to the fields that others read, by kind of event.
func (r Reading) AddTo(fields map[string]plan.Need) {
	for kind, kp := range r.Kinds {
		need, ok := fields[kind]
		if !ok {
			need.Names = map[string]bool{}
		}
		need.All = need.All || kp.All
		for _, f := range kp.Fields {
			need.Names[f] = true
		}
		fields[kind] = need
	}
}

// Readings is what a plan asks of its scans: of that for its events, of that for a stage that is looked for first, and of that for the
// starts of processes. The last is asked of fewer records once it is known which processes they are.
func Readings(n plan.Node, kinds []plan.Kind, fold plan.Folder) []Reading {
	return readings(n, plan.Everything(), kinds, fold)
}

// Conditions is the part of Readings that decides which rows there are, rather than what they hold.
func Conditions(n plan.Node, kinds []plan.Kind, fold plan.Folder) []Reading {
	return readings(n, plan.Need{Names: map[string]bool{}}, kinds, fold)
}

func readings(n plan.Node, need plan.Need, kinds []plan.Kind, fold plan.Folder) []Reading {
	for {
		if f, ok := flowOf(n); ok {
			return f.readings("", need, kinds, fold)
		}
		switch n := n.(type) {
		case *plan.Rows:
			return nil
		case *plan.Sequence:
			return stageReadings(n, kinds, fold)
		case *plan.Sample:
			f, _ := flowOf(n.In)
			return f.where(f.possible(n.Filters)).readings("", plan.Need{Names: map[string]bool{}}.Of(n, 0), kinds, fold)
		}
		ins := n.Inputs()
		if len(ins) > 1 {
			return branchReadings(n, need, kinds, fold)
		}
		if len(ins) == 0 {
			return nil
		}
		n, need = ins[0], need.Of(n, 0)
	}
}

// branchReadings is what each input of a node asks of its own scans.
func branchReadings(n plan.Node, need plan.Need, kinds []plan.Kind, fold plan.Folder) []Reading {
	var out []Reading
	for i, in := range n.Inputs() {
		for _, r := range readings(in, need.Of(n, i), kinds, fold) {
			of := fmt.Sprintf("search %d", i+1)
			if r.Of != "" {
				of += ", " + r.Of
			}
			r.Of = of
			out = append(out, r)
		}
	}
	return out
}

func stageReadings(n *plan.Sequence, kinds []plan.Kind, fold plan.Folder) []Reading {
	f, _ := flowOf(n.In)
	stages := n.Stages
	if n.Until != nil {
		stages = append(stages[:len(stages):len(stages)], *n.Until)
	}
	need := plan.Need{Names: map[string]bool{}}.Of(n, 0)
	all := f.where(f.possible(stages)).readings("", need, kinds, fold)
	rare := rarestStage(n, f, kinds, fold, leastRarity)
	if rare < 0 || fewWait(n, f, rare) && all[0].chain.needles() != nil {
		return all
	}
	first := f.where(f.weak(n.Stages[rare].Cond)).readings(fmt.Sprintf("events of stage %d, from files first", rare+1), need, kinds, fold)[0]
	all[0].Of = "events of all stages, from a pipe or if there are many of that one; else those that have a key in common with them"
	return append([]Reading{first}, all...)
}

func (f flow) readings(of string, need plan.Need, kinds []plan.Kind, fold plan.Folder) []Reading {
	c := newChain(f.lower, f.below(need), kinds, fold)
	out := []Reading{{of, c.kinds, c}}
	if f.enrich != nil {
		lower, ok := plan.Cut(f.enrich.Starts)
		if ok {
			c := newChain(lower, need.Of(f.enrich, 1), kinds, fold)
			out = append(out, Reading{"starts and ends of processes, from a pipe; else those of the processes asked for", c.kinds, c})
		}
	}
	return out
}
