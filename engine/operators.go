package engine

import (
	"maps"
	"slices"
	"strings"
	"time"

	"spoor/engine/op"
	"spoor/engine/plan"
)

// Operator is what a part of a plan took.
type Operator struct {
	Name  string // as an explanation names it; of the events of one kind, the kind
	Depth int    // how far below the last operator it stands
	// Measured is false for what runs with a scan, below the cut, where only all of it together is measured, by kind of event.
	Measured bool
	In, Rows int64         // that came in, and that it gave
	Time     time.Duration // of its own: below the cut that of all workers
}

// Operators is what each operator took, the last first, with its inputs below it; nil unless RunOptions.Operators asked. It is known once the
// rows have been read to their end.
func (r *Result) Operators() []Operator {
	if r.meter == nil {
		return nil
	}
	o := operators{meter: r.meter, left: maps.Clone(r.meter.Scans())}
	for _, n := range r.plans {
		o.walk(n, 0)
	}
	for _, s := range slices.SortedFunc(maps.Values(o.left), func(a, b *op.Scanned) int { return int(b.Elapsed - a.Elapsed) }) {
		o.scan("Scan for the starts of processes, or for a stage", s, 0)
	}
	return o.list
}

// operators goes through plans that ran.
type operators struct {
	meter *op.Meter
	left  map[*plan.Scan]*op.Scanned // that no plan has
	list  []Operator
}

// walk lists a node and what is below it, and returns what its reader waited for: rows, and the time that was not the reader's.
func (o *operators) walk(n plan.Node, depth int) (rows int64, waited time.Duration) {
	if s, is := n.(*plan.Scan); is {
		took := o.left[s]
		if took == nil {
			o.list = append(o.list, Operator{Name: n.String(), Depth: depth})
			return 0, 0
		}
		delete(o.left, s)
		o.scan(n.String(), took, depth)
		return took.Rows, took.Elapsed - took.Sink
	}
	at := len(o.list)
	took, measured := o.meter.Of(n)
	x := Operator{Name: n.String(), Depth: depth, Measured: measured}
	o.list = append(o.list, x)
	for _, in := range n.Inputs() {
		r, w := o.walk(in, depth+1)
		rows, waited = rows+r, waited+w
	}
	if !measured {
		return rows, waited
	}
	x.In, x.Rows, x.Time = rows, took.Rows, max(took.Time-waited, 0)
	o.list[at] = x
	return took.Rows, took.Time
}

// scan lists a scan and the kinds of events that it brought.
func (o *operators) scan(name string, s *op.Scanned, depth int) {
	o.list = append(o.list, Operator{Name: name, Depth: depth, Measured: true, In: s.Events, Rows: s.Events, Time: max(s.Reading, 0)})
	for _, kind := range slices.Sorted(maps.Keys(s.Kinds)) {
		k := s.Kinds[kind]
		o.list = append(o.list, Operator{Name: kind, Depth: depth + 1, Measured: true, In: k.Events, Rows: k.Rows, Time: k.Time})
	}
	if barred := slices.DeleteFunc(slices.Clone(s.Barred), func(kind string) bool { return kind == "" }); len(barred) > 0 {
		o.list = append(o.list, Operator{Name: "no event can pass of " + strings.TrimSpace(families(barred)), Depth: depth + 1})
	}
}
