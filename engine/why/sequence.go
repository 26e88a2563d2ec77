package why

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"spoor/engine/column"
	"spoor/engine/input"
	"spoor/engine/plan"
)

// follow looks at a sequence or sample from the event that was asked about.
func (a *asking) follow(w *Way, p path, t *trial, r row) error {
	n := p[p.apart()]
	w.Fired = False
	own := w.stagesOf(n, t, r)
	if own == nil {
		for _, s := range w.Stages {
			s.Condition.decide()
		}
		w.Because = noStage(w.Stages)
		return nil
	}
	for _, i := range own {
		w.Stages[i].Condition.decide()
		list, err := a.offers(p, stagesOf(n), w.Stages[i].Keys)
		if err != nil {
			return err
		}
		switch n := n.(type) {
		case *plan.Sequence:
			a.trace(w, n, list)
		case *plan.Sample:
			a.count(w, n, i, list)
		}
	}
	if s, is := n.(*plan.Sequence); is {
		if err := a.told(w, p, s, own[0]); err != nil {
			return err
		}
	}
	if rest := p[p.apart()+1:]; w.Fired == True && len(rest) > 0 {
		s := &Step{Text: rest[0].String(), Mark: Unknown, Note: "the rows of sequences are not followed"}
		w.Steps, w.Fired, w.Because = append(w.Steps, s), Unknown, s.because()
	}
	return nil
}

// stagesOf notes what the stages are of the event, and gives those that it may be.
func (w *Way) stagesOf(n plan.Node, t *trial, r row) (own []int) {
	stages := stagesOf(n)
	for i, asked := range t.stages {
		s := &Stage{Name: stageName(n, i), Condition: asked.cond, Missing: stages[i].Missing}
		joinable := true
		for k, key := range stages[i].Keys {
			v := r.of(asked.keys[k])
			s.Keys = append(s.Keys, Seen{Name: key.Field, Value: v})
			joinable = joinable && (key.Optional || !v.IsNull())
		}
		w.Stages = append(w.Stages, s)
		if (asked.cond == nil || asked.cond.Mark == True) && joinable {
			own = append(own, i)
		}
	}
	return own
}

func stageName(n plan.Node, i int) string {
	if s, is := n.(*plan.Sequence); is && i == len(s.Stages) {
		return "until"
	}
	return strconv.Itoa(i + 1)
}

// noStage is why an event is none of the stages: of the one that it comes nearest to.
func noStage(stages []*Stage) string {
	var best *Stage
	most := -1.0
	for _, s := range stages {
		if s.Name == "until" || s.Missing {
			continue
		}
		t, all := s.Condition.counts()
		if share := float64(t) / float64(max(all, 1)); share > most {
			best, most = s, share
		}
	}
	if best == nil {
		return "the event is none of the stages"
	}
	if best.Condition == nil || best.Condition.Mark == True {
		for _, k := range best.Keys {
			if k.Value.IsNull() {
				return fmt.Sprintf("the event is stage %s, but cannot be joined: %s is absent from it", best.Name, k.Name)
			}
		}
	}
	return fmt.Sprintf("the event is none of the stages; it comes nearest to stage %s: %s", best.Name, reason(best.Condition))
}

// trace follows the sequences of the event's keys, and takes the one in which the event came farthest.
func (a *asking) trace(w *Way, n *plan.Sequence, list []offered) {
	t := newTracer(n, func(e *Ending) {
		if e.has(a.event.Position()) && (w.Sequence == nil || e.worth() > w.Sequence.worth()) {
			w.Sequence = e
		}
	})
	for _, o := range list {
		t.offer(o.Member, o.stages)
	}
	t.finish()
}

// told says how the sequence ended in which the event came farthest.
func (a *asking) told(w *Way, p path, n *plan.Sequence, own int) error {
	e := w.Sequence
	if e == nil {
		w.Because = fmt.Sprintf("the event is stage %s, but no sequence waited for it", stageName(n, own))
		return nil
	}
	if e.End == Missed || e.End == Orphan {
		if err := errors.Join(a.strangers(p, n, e), a.instead(p, n, e)); err != nil {
			return err
		}
	}
	a.locate(e)
	if e.End == Completed {
		w.Fired = True
		return nil
	}
	e.Because = e.because(n)
	w.Because = e.Because
	return nil
}

// worth orders endings by how far a sequence came.
func (e *Ending) worth() int {
	n := 2 * len(e.Events)
	switch e.End {
	case Completed:
		return n + 1000
	case Late, Unwanted, Stopped:
		return n + 1
	}
	return n
}

// locate finds the files and lines of all events of an ending.
func (a *asking) locate(e *Ending) {
	all := []*Member{}
	for _, list := range [][]Member{e.Events, e.Others} {
		for i := range list {
			all = append(all, &list[i])
		}
	}
	if e.By != nil {
		all = append(all, e.By)
	}
	if e.Instead != nil {
		all = append(all, &e.Instead.Member)
	}
	for _, m := range all {
		ordinal, offset := column.UnpackPosition(m.Position)
		m.File, m.Line = a.path(ordinal), input.Lines(a.Run.Inputs[ordinal], []int64{offset})[0]
	}
}

// count says which filters of a sample have no event with the keys.
func (a *asking) count(w *Way, n *plan.Sample, own int, list []offered) {
	have := make([]int, len(n.Filters))
	for _, o := range list {
		for _, s := range o.stages {
			have[s]++
		}
	}
	var lacking []string
	for i, number := range have {
		if number == 0 {
			lacking = append(lacking, strconv.Itoa(i+1))
		}
	}
	if lacking == nil {
		w.Fired, w.Because = True, ""
		return
	}
	w.Fired, w.Because = False, fmt.Sprintf("the event is filter %d of the sample, but there is no event of filter %s%s", own+1, either(lacking), with(w.Stages[own].Keys))
}

// with is the keys that events must have in a sentence.
func with(keys []Seen) string {
	var parts []string
	for _, k := range keys {
		parts = append(parts, k.Name+" "+quoted(k.Value))
	}
	if parts == nil {
		return ""
	}
	return " with " + strings.Join(parts, ", ")
}
