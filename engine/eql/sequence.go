package eql

import (
	"time"

	"spoor/engine/plan"
	"spoor/grammar/ast"
)

// mostStages bounds a sequence, with its runs counted singly, and mostFilters a sample.
const (
	mostStages  = 1000
	mostFilters = 64
)

func (l *lowerer) sequence(s *ast.Sequence, pipes []*ast.Pipe) (plan.Node, []string) {
	n := &plan.Sequence{MaxSpan: span(s.MaxSpan), Tiebreaker: l.tiebreaker, Picks: l.picks(pipes)}
	n.Stages = l.stages(s.Items, s.By)
	items, all := s.Items, n.Stages
	if s.Until != nil {
		until := l.stage(s.Until, s.By)
		n.Until = &until
		items = append(items[:len(items):len(items)], s.Until)
		all = append(all[:len(all):len(all)], until)
	}
	n.In = l.joined(items, all)
	return n, labels(n.Stages)
}

func (l *lowerer) sample(s *ast.Sample, pipes []*ast.Pipe) (plan.Node, []string) {
	if len(s.Items) > mostFilters {
		l.errorf(s.Items[mostFilters].At(), "too-long", "more than %d events in one sample", mostFilters)
	}
	n := &plan.Sample{Filters: l.stages(s.Items, s.By), Picks: l.picks(pipes)}
	n.In = l.joined(s.Items, n.Filters)
	return n, labels(n.Filters)
}

func (l *lowerer) stages(items []*ast.Item, by []*ast.Path) []plan.Stage {
	out, count := make([]plan.Stage, len(items)), 0
	for i, item := range items {
		out[i] = l.stage(item, by)
		if before := count; before <= mostStages {
			if count += out[i].Runs; count > mostStages {
				l.errorf(item.At(), "too-long", "more than %d events in one sequence", mostStages)
			}
		}
	}
	return out
}

func (l *lowerer) stage(item *ast.Item, by []*ast.Path) plan.Stage {
	st := plan.Stage{Cond: l.event(item.Event), Missing: item.Missing, Runs: max(item.Runs, 1)}
	for _, keys := range [][]*ast.Path{by, item.By} {
		for _, k := range keys {
			st.Keys = append(st.Keys, plan.Key{Field: l.path(k).Name, Optional: k.Optional})
		}
	}
	return st
}

// joined is the events from which stages are filled, with what they ask of the process table.
func (l *lowerer) joined(items []*ast.Item, stages []plan.Stage) plan.Node {
	queries := make([]*ast.EventQuery, len(items))
	for i, item := range items {
		queries[i] = item.Event
	}
	v, open := l.view(queries, stages)
	if len(open) > 0 {
		return l.enriched(v, open)
	}
	return v
}

// labels is the names of the join keys: those of the first event, whose values they are.
func labels(stages []plan.Stage) []string {
	for _, s := range stages {
		if !s.Missing {
			out := make([]string, len(s.Keys))
			for i, k := range s.Keys {
				out[i] = k.Field
			}
			return out
		}
	}
	return nil
}

var units = map[string]time.Duration{
	"ms": time.Millisecond, "s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour,
}

// span is a maxspan, 0 if there is none.
func span(d *ast.Duration) time.Duration {
	if d == nil {
		return 0
	}
	return time.Duration(d.N) * units[d.Unit]
}
