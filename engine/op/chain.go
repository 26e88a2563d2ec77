package op

import (
	"maps"
	"slices"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/plan"
)

// chain is one use of a scan: the row-wise steps below a cut, made for each kind of event. Several may share a scan.
type chain struct {
	scan *plan.Scan
	// kinds is the plan of each kind of which an event can pass. Of raw events those of kinds that nobody declared are under the empty name.
	kinds  map[string]plan.KindPlan
	barred []string // the declared kinds of which none can pass
}

// newChain specialises the chain below the cut for each kind of event, given what is read of its last node.
func newChain(lower plan.Lower, need plan.Need, all []plan.Kind, fold plan.Folder) chain {
	kinds, barred := lower.SpecialiseAll(append(all[:len(all):len(all)], plan.Kind{}), need, fold)
	return chain{lower.Scan, kinds, barred}
}

// chain is newChain for the kinds of events that there are. Where nothing is read it is only looked for what cannot be bound, of whatever kind
// the events are.
func (r *runner) chain(lower plan.Lower, need plan.Need) chain {
	if r.Scan != nil {
		return newChain(lower, need, r.Kinds, r.fold())
	}
	bd := newBinder(r.Env)
	bd.steps(lower.Bare(need))
	r.bd.fail(bd.err)
	return chain{scan: lower.Scan}
}

// needles is texts of which a record that passes holds one; nil if it need not hold any.
func (c chain) needles() []string { return plan.Merge(slices.Collect(maps.Values(c.kinds))) }

// demand is what a scan must deliver for all of the chains, which must agree about the clock.
func demand(chains []chain) input.Demand {
	first := chains[0].scan
	d := input.Demand{Kinds: map[string][]string{}, Spares: map[string]map[string][]input.Spare{}, Texts: map[string]input.Texts{},
		Earliest: first.Earliest, Latest: first.Latest, Clock: input.Clock(first.Clock)}
	d.Except = chains[0].barred
	var live []plan.KindPlan
	var untold []string // kinds of which it is not known what their events hold
	for _, c := range chains {
		d.Text = d.Text || c.scan.Raw
		d.Earliest, d.Latest = min(d.Earliest, c.scan.Earliest), max(d.Latest, c.scan.Latest)
		d.Except = slices.DeleteFunc(slices.Clone(d.Except), func(kind string) bool { return !slices.Contains(c.barred, kind) })
		for kind, kp := range c.kinds {
			live = append(live, kp)
			if len(chains) == 1 {
				d.Spares[kind] = spares(kp)
			}
			d.Kinds[kind] = union(d.Kinds[kind], kp.Fields)
			d.All = d.All || kp.All
			if kp.Needles == nil || kp.ByName {
				untold = append(untold, kind)
				continue
			}
			t := d.Texts[kind] // the needles are those of the filter that comes first
			d.Texts[kind] = input.Texts{Any: slices.Concat(t.Any, kp.Needles), In: plan.Fields(kp.Steps[0].(*plan.Filter).Cond, t.In)}
		}
	}
	if windows(chains) {
		for kind := range d.Kinds {
			d.Kinds[kind] = union(d.Kinds[kind], []string{"_time"})
		}
	}
	d.JSON, d.Braces = d.Text, d.Text
	if d.Earliest == 0 && d.Latest == 0 { // to a scan that is all time, but here it is no time at all
		d.Latest = -1
	}
	d.Needles = plan.Merge(live)
	for _, kind := range untold {
		delete(d.Texts, kind)
	}
	if _, open := d.Kinds[""]; open {
		d.Known = slices.Sorted(maps.Keys(d.Kinds))
		for _, fields := range d.Kinds {
			d.Fields = union(d.Fields, fields)
		}
		d.Kinds = nil
	} else {
		d.Except = nil
	}
	return d
}

// spares is the fields that not every event of a kind needs, for a scan.
func spares(kp plan.KindPlan) map[string][]input.Spare {
	out := map[string][]input.Spare{}
	for field, list := range kp.Spares() {
		for _, s := range list {
			out[field] = append(out[field], input.Spare(s))
		}
	}
	return out
}

// windows says whether chains look at different times.
func windows(chains []chain) bool {
	return slices.ContainsFunc(chains, func(c chain) bool {
		return c.scan.Earliest != chains[0].scan.Earliest || c.scan.Latest != chains[0].scan.Latest
	})
}

// union is the names of both lists, sorted.
func union(x, y []string) []string {
	out := slices.Concat(x, y)
	slices.Sort(out)
	return slices.Compact(out)
}

// within keeps the rows in a chain's window, for chains that share a scan with others that look at other times.
func within(s *plan.Scan) step {
	return func(b *column.Batch) *column.Batch {
		at := b.Col("_time")
		var rows []uint32
		for r := range b.Rows {
			if at.IsNull(r) {
				continue
			}
			if ns := at.Value(r).Int(); ns >= s.Earliest && (ns < s.Latest || s.Latest == column.End) {
				rows = append(rows, uint32(r))
			}
		}
		return pick(b, rows)
	}
}

// bounded says whether a chain leaves some time out.
func bounded(s *plan.Scan) bool { return s.Earliest != column.Beginning || s.Latest != column.End }
