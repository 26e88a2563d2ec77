package witness

import (
	"slices"
	"time"

	"spoor/grammar/ast"
)

// scene is the events that one match needs, in their order.
type scene struct {
	rule   *rule
	form   *form
	full   bool
	helped bool // every event that knows little of its process has the one that started it beside it
	goals  [][]goal
	joins  int      // the last goals of each item are that its keys have the values of the others'
	events []*event // one for each slot
	number int      // of the scene in its log, so that its processes are its own
	gaveUp *int     // how many searches for an event were given up
}

// event is an event of a scene.
type event struct {
	shape   *shape
	content map[*cell][]string
	at      time.Duration
}

// step is the time between events.
const step = time.Millisecond

// newScene makes the events of a match; nil if there are none, and then the item for which there are none.
func newScene(r *rule, f *form, full, helped bool) (s *scene, without int) {
	s = &scene{rule: r, form: f, full: full, helped: helped, number: r.number, gaveUp: new(int)}
	for i := range r.items {
		g := goals(r.conjuncts(i))
		if e := r.items[i].Event; !e.Any {
			g = append([]goal{{node: is("event.category", e.Category), want: true}}, g...)
		}
		s.goals = append(s.goals, g)
	}
	for i := range r.items {
		if s.event(i, nil) == nil {
			return nil, i
		}
	}
	if !s.fill() {
		return nil, -1
	}
	return s, -1
}

// fill gives all items keys in common, and all slots events; false if that cannot be.
func (s *scene) fill() bool {
	for k := range s.rule.keys(0) {
		if !s.join(k) {
			return false
		}
	}
	s.events = nil
	for n, item := range s.rule.slots() {
		e := *s.event(item, nil)
		e.at = time.Duration(n) * step
		s.events = append(s.events, &e)
	}
	return true
}

// anew is the scene with other goals for one item, and with other keys; nil if there is none.
func (s *scene) anew(item int, goals []goal) *scene {
	other := *s
	other.goals, other.joins = slices.Clone(s.goals), 0
	for i, g := range s.goals {
		other.goals[i] = g[:len(g)-s.joins]
	}
	if other.goals[item] = goals[:len(goals)-s.joins]; other.event(item, nil) == nil || !other.fill() {
		return nil
	}
	return &other
}

// is the condition that a field has a value.
func is(field, value string) ast.Node {
	return &ast.Comparison{Op: "==", X: &ast.Path{Name: field}, Y: &ast.Text{Text: value}}
}

// missing is the condition that a field has none.
func missing(field string) ast.Node {
	return &ast.Comparison{Op: "==", X: &ast.Path{Name: field}, Y: &ast.Null{}}
}

// event is an event for an item that reaches its goals and more, or nil.
func (s *scene) event(item int, more []goal) *event {
	return s.find(item, slices.Concat(s.goals[item], more))
}

func (s *scene) find(item int, goals []goal) *event {
	for _, shape := range s.form.shapes(10*s.number+item, s.helped) {
		content, exhausted := solve(shape, s.full, goals)
		if content != nil {
			return &event{shape: shape, content: content}
		}
		if !exhausted {
			*s.gaveUp++
		}
	}
	return nil
}

// join makes one key of all items equal, as a goal of each.
func (s *scene) join(key int) bool {
	var tries []string
	for i := range s.rule.items {
		name := s.rule.keys(i)[key]
		e := s.event(i, nil)
		tries = append(tries, e.shape.document(e.content).values[name]...)
	}
	for i := range s.rule.items {
		name := s.rule.keys(i)[key]
		for _, leaf := range leaves(s.rule.items[i].Event.Where) {
			if slices.Contains(fieldsOf(leaf), name) {
				tries = append(tries, (&guess{lits: []literal{{leaf: leaf, want: true}}}).texts(name)...)
			}
		}
		tries = append(tries, neutral(name, nil)...)
	}
	for _, value := range distinct(tries) {
		joined := make([][]goal, len(s.goals))
		ok := true
		for i := range s.goals {
			same := goal{node: is(s.rule.keys(i)[key], value), want: true, plain: true}
			joined[i] = append(s.goals[i][:len(s.goals[i]):len(s.goals[i])], same)
			ok = ok && s.find(i, joined[i]) != nil
		}
		if ok {
			s.goals = joined
			s.joins++
			return true
		}
	}
	return false
}

// leaves is the conditions in a condition that have none in them.
func leaves(n ast.Node) []ast.Node {
	parts, _, lit := split(goal{node: n, want: true})
	if lit != nil {
		return []ast.Node{lit.leaf}
	}
	var out []ast.Node
	for _, p := range parts {
		out = append(out, leaves(p.node)...)
	}
	return out
}

// with is the scene with another event at a slot; nil at the slot leaves its event out.
func (s *scene) with(slot int, e *event) *scene {
	out := *s
	out.events = slices.Clone(s.events)
	if e != nil {
		other := *e
		other.at = s.events[slot].at
		e = &other
	}
	out.events[slot] = e
	return &out
}

// late is the scene with its last event at another time.
func (s *scene) late(at time.Duration) *scene {
	last := len(s.events) - 1
	e := *s.events[last]
	out := s.with(last, nil)
	e.at = at
	out.events[last] = &e
	return out
}

// records is the scene's events as records, in order of time.
func (s *scene) records() []*record {
	var out []*record
	add := func(r *record) {
		r.id = len(out) + 1
		out = append(out, r)
	}
	for n, e := range s.events {
		if e == nil {
			continue
		}
		if e.shape.open {
			add(&record{at: e.at, doc: e.shape.document(e.content)})
			continue
		}
		if h := e.helper(n); h != nil {
			add(h)
		}
		own := map[*cell][]string{}
		for c, content := range e.content {
			if !c.start || e.shape.kind() == "1" {
				own[c] = content
			}
		}
		add(&record{at: e.at, doc: e.shape.document(own), kind: e.shape.kind(), raw: rawFields(own)})
	}
	return out
}

// ids is the numbers of the scene's events among its records.
func (s *scene) ids() []int {
	var out []int
	for i := range s.events {
		out = append(out, i+1)
	}
	return out
}

// helpers is how many of the events have the start of their process beside them.
func (s *scene) helpers() int { return len(s.records()) - len(s.events) }

// helper is the record that starts the process of an event, nil if the event does without.
func (e *event) helper(n int) *record {
	if e.shape.kind() == "1" || !slices.ContainsFunc(e.shape.cells, func(c *cell) bool { return c.start }) {
		return nil
	}
	started := sysmonShape("1", n, false)
	content := map[*cell][]string{}
	for _, to := range started.cells {
		for from, v := range e.content {
			if from.name == to.name && from.name != "RuleName" {
				content[to] = v
			}
		}
	}
	return &record{at: e.at - step/2, doc: started.document(content), kind: "1", raw: rawFields(content)}
}

// kind is the number of Sysmon's event, empty for documents.
func (s *shape) kind() string {
	if s.open {
		return ""
	}
	return s.fixed["event.code"][0]
}
