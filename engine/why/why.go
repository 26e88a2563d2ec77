// Package why says why a rule did or did not fire on an event: which of its conditions hold, with the values that were seen, at which stage a
// sequence broke, and which command took a row away. It asks the engine itself: the plan of the rule is run over the event with its conditions
// made columns.
package why

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"spoor/engine"
	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// Question is what is asked.
type Question struct {
	// Program is the rule's. One of EQL should be compiled for events of every kind.
	Program *engine.Program
	// Run holds the inputs: those of the event and others that the rule may have seen, such as the other events of a sequence.
	Run  engine.RunOptions
	Zone *time.Location // of times in sentences; nil is UTC
	// Stdin is the input, by its path, that holds what came from the standard input; empty if there is none.
	Stdin string
	// Titles are what kinds of events are, by their names.
	Titles map[string]string
}

// Answer is why a rule did or did not fire on an event.
type Answer struct {
	Event    *Event
	Fired    Mark
	Because  string // in a sentence
	Ways     []*Way // one; of a rule that puts searches together one for each
	Result   []Seen // the visible columns of a row of the rule's that rests on the event
	Alike    int64  // how many other events lack the same, where the nearest were looked for
	Warnings source.Errors
}

// Way is one way on which an event may become a result: from a scan to the end of the rule.
type Way struct {
	Dataset    string // the data model's dataset through which events are read; empty: they are read as they are
	Outside    string // why the conditions did not matter; empty if they did
	Conditions []*Condition
	Stages     []*Stage
	Sequence   *Ending // how far a sequence with the event came; nil if it is in none
	Steps      []*Step // commands that may take rows away
	Fired      Mark
	Because    string

	feeds map[string]plan.Expr
	table []string
	event *Event
}

// Stage is a stage of a sequence or sample and what its condition is of the event.
type Stage struct {
	Name      string // 1, 2, until
	Condition *Condition
	Keys      []Seen
	Missing   bool // no such event may be there
}

// Ask answers the question for the event at a place. A NoEvent is an error.
func (q *Question) Ask(ctx context.Context, at Place) (*Answer, error) {
	event, err := find(ctx, q, at)
	if err != nil {
		return nil, err
	}
	return q.of(ctx, event)
}

// of answers the question for an event.
func (q *Question) of(ctx context.Context, event *Event) (*Answer, error) {
	settled, errs := q.Program.Settled(ctx, q.Run)
	if errs.Failed() {
		return nil, errs
	}
	a := &asking{Question: *q, ctx: ctx, event: event}
	a.Program = settled
	out := &Answer{Event: event, Fired: False}
	for _, p := range paths(settled.Lowered) {
		w, err := a.way(p)
		if err != nil {
			return nil, err
		}
		out.Ways = append(out.Ways, w)
	}
	if len(out.Ways) == 0 {
		out.Because = "the rule reads no events"
		return out, nil
	}
	if err := a.conclude(out); err != nil {
		return nil, err
	}
	out.Warnings = a.warnings
	return out, nil
}

// path is the name of an input, as the user knows it.
func (q *Question) path(ordinal int) string {
	if path := q.Run.Inputs[ordinal].Path; path != q.Stdin {
		return path
	}
	return "-"
}

// asking is a question about one event on its way to an answer.
type asking struct {
	Question
	ctx      context.Context
	event    *Event
	warnings source.Errors
}

// conclude takes over what the way that came farthest says, and what the rule itself made of the event.
func (a *asking) conclude(out *Answer) error {
	best := slices.MaxFunc(out.Ways, func(x, y *Way) int { return x.reached() - y.reached() })
	out.Fired, out.Because = best.Fired, best.Because
	if best.Fired == False {
		return nil
	}
	marked, err := a.resting(a.Program.Lowered, 1)
	if err != nil {
		return err
	}
	if len(marked) > 0 {
		out.Fired, out.Because = True, "all of its conditions hold"
		if slices.ContainsFunc(paths(a.Program.Lowered), path.meets) {
			out.Result = visibleOf(marked[0])
		}
		return nil
	}
	if best.Fired == True {
		out.Fired, out.Because = False, "all of its conditions hold, but another result took its place"
	}
	return nil
}

// visibleOf is the columns of a row that have a value, and that are not the engine's own.
func visibleOf(r row) (out []Seen) {
	for slot, name := range r.batch.Schema.Names {
		if v := r.batch.Cols[slot].Value(r.at); !column.Hidden(name) && !v.IsNull() {
			out = append(out, Seen{Name: name, Value: v})
		}
	}
	return out
}

// reached orders ways by how far the event came on them.
func (w *Way) reached() int {
	switch {
	case w.Fired == True:
		return 1 << 20
	case w.Fired == Unknown:
		return 1 << 19
	case w.Outside != "":
		return 0
	}
	n := 1
	for _, c := range w.Conditions {
		t, _ := c.counts()
		n += t
	}
	return n + 1000*len(w.Steps)
}

// way follows the event on a path.
func (a *asking) way(p path) (*Way, error) {
	w := &Way{event: a.event}
	if v := p.view(); v != nil {
		w.Dataset = v.Dataset
	}
	t, ok := newTrial(p, a.event.Kind)
	if !ok {
		return w.outside(a.foreign(p)), nil
	}
	w.feeds, w.table = t.feeds, t.table
	o := a.Run
	o.At = map[int][]int64{a.event.Ordinal: {a.event.Offset}}
	list, err := a.rows(t.plan, o, most)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return w.outside(a.vanished(p)), nil
	}
	r := t.best(list)
	t.fill(r)
	w.Conditions = slices.DeleteFunc(append([]*Condition{t.member}, t.filters...), func(c *Condition) bool { return c == nil })
	if why := a.untimely(p, r.of(t.time)); why != "" {
		return w.outside(why), nil
	}
	for _, c := range w.Conditions {
		if c.Mark != True {
			w.Fired, w.Because = False, w.refused(t.member)
			return w, nil
		}
		c.decide()
	}
	if t.stages != nil {
		return w, a.follow(w, p, t, r)
	}
	return w, a.climb(w, p)
}

// refused is the sentence for conditions not all of which hold.
func (w *Way) refused(member *Condition) string {
	lacking := slices.DeleteFunc(slices.Clone(w.Conditions), func(c *Condition) bool { return c.Mark == True })
	for _, c := range lacking {
		c.decide()
	}
	if member != nil && member.Mark != True {
		return "it is not in " + w.Dataset + ": " + reason(member)
	}
	return reason(lacking...)
}

// outside is the way of an event whose conditions did not matter.
func (w *Way) outside(why string) *Way {
	w.Fired, w.Outside, w.Because = False, why, why
	for _, c := range w.Conditions {
		c.decide()
	}
	return w
}

// foreign is why an event of another kind is not in the dataset.
func (a *asking) foreign(p path) string {
	v := p.view()
	var kinds []string
	for kind := range v.Kinds {
		if kind != "" {
			kinds = append(kinds, a.title(kind))
		}
	}
	slices.Sort(kinds)
	kinds = slices.Compact(kinds)
	if n := len(kinds); n > mostKinds {
		kinds = append(kinds[:mostKinds], fmt.Sprintf("%d other kinds", n-mostKinds))
	}
	if v.Open { // the view has only the kinds that can match
		return fmt.Sprintf("the event is %s, and only these can match: %s", a.title(a.event.Kind), strings.Join(kinds, ", "))
	}
	return fmt.Sprintf("the event is %s, and no such event is in %s, which is made of %s", a.title(a.event.Kind), v.Dataset, strings.Join(kinds, ", "))
}

// mostKinds is how many kinds of events a sentence names.
const mostKinds = 6

// title is a kind with what it is.
func (a *asking) title(kind string) string {
	if title := a.Titles[kind]; title != "" && title != kind {
		return kind + " (" + title + ")"
	}
	return kind
}

// vanished is why there is no row of an event though no condition was asked.
func (a *asking) vanished(p path) string {
	if !p.scan().Raw {
		return fmt.Sprintf("the record is %s, and the rule reads only events of the kinds that are known here", a.title(a.event.Kind))
	}
	return "a command before the first condition makes no row of the event"
}

// untimely is why the time of an event is none that is searched; empty if it is one.
func (a *asking) untimely(p path, at column.Value) string {
	scan := p.scan()
	ns, known := at.Instant()
	bounded := scan.Earliest != column.Beginning || scan.Latest != column.End
	switch {
	case !known && scan.Clock.Needed:
		return "the event has no time by which it could be put in order"
	case !known && bounded:
		return "the event has no time, and the rule searches a range of time"
	case !known || ns >= scan.Earliest && ns < scan.Latest:
		return ""
	case ns < scan.Earliest:
		return fmt.Sprintf("the event is too old: it is of %s, and the time searched begins at %s", a.moment(ns), a.moment(scan.Earliest))
	}
	return fmt.Sprintf("the event is too new: it is of %s, and the time searched ends at %s", a.moment(ns), a.moment(scan.Latest))
}

func (a *asking) moment(ns int64) string { return column.FormatTime(ns, a.zone()) }

func (a *asking) zone() *time.Location {
	if a.Zone == nil {
		return time.UTC
	}
	return a.Zone
}
