package witness

import (
	"slices"
	"time"
)

// mutation is a scene with one thing changed.
type mutation struct {
	what  string
	scene *scene
	fires bool // it is still a match
}

// mutations is all the changes of a scene that can be made, and those that cannot: what is to be false follows from the rest.
func (s *scene) mutations() (list []mutation, implied []string) {
	for i := range s.rule.items {
		slot := s.slot(i)
		for j, g := range s.goals[i][:len(s.goals[i])-s.joins] {
			denied := slices.Clone(s.goals[i])
			denied[j].want = false
			other := *s
			other.number = s.number + len(list) + 1
			changed := other.anew
			if e := other.find(i, denied); e != nil {
				changed = func(int, []goal) *scene { return other.with(slot, e) }
			}
			if m := changed(i, denied); m != nil {
				list = append(list, mutation{what: "not " + short(g.node), scene: m})
			} else {
				implied = append(implied, short(g.node))
			}
		}
		if !s.rule.single() {
			list = append(list, mutation{what: "without " + short(s.rule.items[i]), scene: s.with(slot, nil)})
		}
	}
	if len(s.events) > 1 {
		keys, cannot := s.apart()
		list, implied = append(append(list, keys...), s.timed()...), append(implied, cannot...)
	}
	return list, implied
}

// slot is a slot of an item: in the middle if it runs.
func (s *scene) slot(item int) int {
	slots := s.rule.slots()
	return slices.Index(slots, item) + max(s.rule.items[item].Runs, 1)/2
}

// apart is the scene with each of the last event's keys different, and missing.
func (s *scene) apart() (list []mutation, implied []string) {
	last := len(s.events) - 1
	item := s.rule.slots()[last]
	keys := s.rule.keys(item)
	for k := range s.joins {
		at := len(s.goals[item]) - s.joins + k
		for _, gone := range []bool{false, true} {
			other := slices.Clone(s.goals[item])
			other[at].want = false
			other = append(other, goal{node: missing(keys[k]), want: gone})
			what := "another " + keys[k]
			if gone {
				what = "no " + keys[k]
			}
			if e := s.find(item, other); e != nil {
				list = append(list, mutation{what: what, scene: s.with(last, e)})
			} else {
				implied = append(implied, what)
			}
		}
	}
	return list, implied
}

// timed is the scene in just the time that it may take, and in a little more.
func (s *scene) timed() []mutation {
	limit := s.rule.maxSpan()
	if limit == 0 {
		return nil
	}
	return []mutation{
		{what: "in the time", scene: s.late(limit), fires: true},
		{what: "too late", scene: s.late(limit + time.Millisecond)},
	}
}
