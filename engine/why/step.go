package why

import (
	"slices"
	"strings"

	"spoor/engine/plan"
)

// Step is a command that may take rows away, behind the one where rows meet first.
type Step struct {
	Text      string // a condition as it was written, another command as the plan prints it
	Mark      Mark   // whether a row that rests on the event is left behind it
	Condition *Condition
	Group     []Seen // what the rows of the event's group have in common
	Note      string
}

// climb follows the rows that rest on the event from where rows meet to the end.
func (a *asking) climb(w *Way, p path) error {
	w.Fired = True
	for i := p.apart(); i < len(p); i++ {
		var s *Step
		var err error
		switch n := p[i].(type) {
		case *plan.Filter:
			s, err = a.sift(p, i, n)
		case *plan.Aggregate, *plan.Reverse, *plan.Attach, *plan.Window, *plan.Trail, *plan.Union, *plan.Bins, *plan.Unify: // they leave all rows
		case *plan.Sort:
			if n.Limit > 0 {
				s, err = a.drop(p, i)
			}
		default:
			switch {
			case plan.RowWise(n):
			case plan.Carries(n):
				s, err = a.drop(p, i)
			default:
				s = &Step{Text: n.String(), Mark: Unknown, Note: "its rows do not tell on which records they rest"}
			}
		}
		if err != nil {
			return err
		}
		if s == nil {
			continue
		}
		w.Steps = append(w.Steps, s)
		if s.Mark != True {
			w.Fired, w.Because = s.Mark, s.because()
			return nil
		}
	}
	return nil
}

// because is why no row is left behind a step, or why that is not known.
func (s *Step) because() string {
	switch {
	case s.Mark == Unknown:
		return "its conditions hold, but what becomes of it is not known behind `" + s.Text + "`: " + s.Note
	case s.Condition == nil:
		return "`" + s.Text + "` leaves no row that rests on it"
	}
	return reason(s.Condition) + s.group()
}

// group is the group of which a sentence speaks.
func (s *Step) group() string {
	var parts []string
	for _, k := range s.Group {
		if len(parts) == mostClauses {
			parts = append(parts, "…")
			break
		}
		parts = append(parts, k.Name+" "+quoted(k.Value))
	}
	if parts == nil {
		return ""
	}
	return ", in the group of " + strings.Join(parts, ", ")
}

// sift asks a filter of the rows that rest on the event.
func (a *asking) sift(p path, i int, f *plan.Filter) (*Step, error) {
	var asked columns
	s := &Step{Text: written(f.Cond), Condition: asked.condition(f.Cond), Mark: True}
	if s.Condition == nil {
		return nil, nil
	}
	n := &plan.Extend{In: s.inGroup(p, i, len(asked.assigns)), Assigns: asked.assigns}
	list, err := a.resting(n, most)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		s.Condition.unknown()
		s.Mark, s.Note = False, "no row that rests on the event comes so far"
		return s, nil
	}
	r := list[0]
	if k := slices.IndexFunc(list, func(r row) bool { return r.of(s.Condition.truth).True() }); k >= 0 {
		r = list[k]
	}
	s.Condition.fill(r.of)
	for k := range s.Group {
		s.Group[k].Value = r.of(s.Group[k].column)
	}
	s.Condition.decide()
	if s.Condition.Mark != True {
		s.Mark = False
	}
	return s, nil
}

// inGroup is the rows below the i-th node, with the keys of their group, whatever these are called by then. It names its
// columns beginning with that number.
func (s *Step) inGroup(p path, i, number int) plan.Node {
	n, g := p[i-1], p.grouped(i)
	if g < 0 {
		return n
	}
	keys := columns{first: number}
	for _, name := range p[g].(*plan.Aggregate).Keys {
		s.Group = append(s.Group, Seen{Name: name, column: keys.add(&plan.Field{Name: name})})
	}
	n = p[g]
	if len(keys.assigns) > 0 {
		n = &plan.Extend{In: n, Assigns: keys.assigns}
	}
	for k := g + 1; k < i; k++ {
		n = p.over(k, n)
	}
	return keys.wanted(n)
}

// drop says whether a node leaves a row that rests on the event.
func (a *asking) drop(p path, i int) (*Step, error) {
	list, err := a.resting(p[i], 1)
	s := &Step{Text: p[i].String(), Mark: True}
	if len(list) == 0 {
		s.Mark = False
	}
	return s, err
}
