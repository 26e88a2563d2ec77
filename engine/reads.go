package engine

import (
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// Window is the time range of the search, in nanoseconds since 1970; bounded is false if it is all time. Of several branches it is the
// range around those of all.
func (p *Program) Window() (earliest, latest int64, bounded bool) {
	for i, s := range p.scans() {
		if i == 0 {
			earliest, latest = s.Earliest, s.Latest
		}
		earliest, latest = min(earliest, s.Earliest), max(latest, s.Latest)
	}
	return earliest, latest, earliest != column.Beginning || latest != column.End
}

// Timed is the field of the time by which a query of EQL puts events in order, and without which they are left out; "" if it needs none.
func (p *Program) Timed() string {
	if p.eql == nil {
		return ""
	}
	return p.eql.Timed
}

// Clock is what the search takes for the time of an event.
func (p *Program) Clock() input.Clock { return input.Clock(p.scans()[0].Clock) }

// scans is the leaves of the plan that read events; of one that reads none, a scan of all time.
func (p *Program) scans() (out []*plan.Scan) {
	visit(p.Plan, func(n plan.Node) {
		if s, ok := n.(*plan.Scan); ok {
			out = append(out, s)
		}
	})
	if out == nil {
		out = []*plan.Scan{{Earliest: column.Beginning, Latest: column.End}}
	}
	return out
}

// visit sees the nodes of a plan, but for those that only look after the process table.
func visit(n plan.Node, see func(plan.Node)) {
	see(n)
	if e, ok := n.(*plan.Enrich); ok {
		visit(e.In, see)
		return
	}
	for _, in := range n.Inputs() {
		visit(in, see)
	}
}

// Reads says whether the search reads events at all; one that begins with makeresults or inputlookup, for instance, does not.
func (p *Program) Reads() bool {
	reads := p.reads
	visit(p.Plan, func(n plan.Node) {
		_, scan := n.(*plan.Scan)
		reads = reads || scan
	})
	return reads
}

// Raw says whether the search reads every record, whatever it is.
func (p *Program) Raw() bool {
	return slices.ContainsFunc(p.scans(), func(s *plan.Scan) bool { return s.Raw })
}

// checkWindow says if no time can be in the time range: a search that cannot find anything must not look like one that found nothing.
func (p *Program) checkWindow() source.Errors {
	from, to, _ := p.Window()
	if from < to {
		return nil
	}
	first, end := column.FormatTime(from, p.opts.Zone), column.FormatTime(to, p.opts.Zone)
	if from == to {
		return source.Errors{source.Warnf(source.Span{}, "empty-window", "the time searched is empty: it begins and ends at %s", first)}
	}
	d := source.Errorf(source.Span{}, "empty-window", "the time searched ends before it begins: earliest is %s, latest is %s", first, end)
	return source.Errors{d.WithHint("exchange the two; where latest is not given it is now")}
}

// Dataset is the data model's datasets that the search reads, or "" if it reads raw events.
func (p *Program) Dataset() string {
	var names []string
	for _, v := range p.views() {
		if !slices.Contains(names, v.Dataset) {
			names = append(names, v.Dataset)
		}
	}
	return strings.Join(names, " or ")
}

// Kinds is the kinds of events that feed the search's datasets, sorted, and empty if none does; nil if it reads events of any kind.
func (p *Program) Kinds() []string {
	views := p.views()
	if views == nil {
		return nil
	}
	kinds := []string{}
	for _, v := range views {
		if v.Kinds[""] != nil {
			return nil
		}
		for kind := range v.Kinds {
			kinds = append(kinds, kind)
		}
	}
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

// views is the datasets through which the search reads events; nil if there is a branch that reads them without.
func (p *Program) views() (out []*plan.View) {
	visit(p.Plan, func(n plan.Node) {
		if v, ok := n.(*plan.View); ok {
			out = append(out, v)
		}
	})
	if len(out) < len(p.scans()) {
		return nil
	}
	return out
}
