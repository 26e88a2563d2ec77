package witness

import (
	"fmt"
	"slices"
	"strings"

	"spoor/grammar/ast"
)

// goal is a condition that shall hold, or shall not.
type goal struct {
	node  ast.Node
	want  bool
	plain bool // see document.of
}

func goals(nodes []ast.Node) []goal {
	var out []goal
	for _, n := range nodes {
		out = append(out, goal{node: n, want: true})
	}
	return out
}

// search looks for an event of a shape that reaches goals: it chooses what of an `or` shall hold, and takes choices back.
type search struct {
	shape *shape
	full  bool
	steps int
	known map[string]map[*cell][]string // contents by the literals that they are for; nil if there are none
}

// mostSteps bounds a search.
const mostSteps = 20_000

// solve is the content of an event that reaches the goals; nil if none was found. exhausted is false if it gave up.
func solve(s *shape, full bool, goals []goal) (content map[*cell][]string, exhausted bool) {
	x := &search{shape: s, full: full, known: map[string]map[*cell][]string{}}
	lits, ok := x.run(goals, nil, nil)
	if !ok {
		return nil, x.steps < mostSteps
	}
	content = map[*cell][]string{}
	for _, c := range s.cells {
		if content[c] != nil {
			continue
		}
		if together, about := x.component(c, lits); about != nil {
			for cell, v := range x.fill(together, about) {
				content[cell] = v
			}
		} else if c.needed {
			content[c] = c.choices(&guess{full: full})[0]
		}
	}
	return content, true
}

// run reaches the goals, and one of each list of choices, besides the literals that are settled already.
func (x *search) run(goals []goal, choices [][]goal, lits []literal) ([]literal, bool) {
	if x.steps++; x.steps > mostSteps {
		return nil, false
	}
	for len(goals) > 0 {
		g := goals[0]
		goals = goals[1:]
		parts, all, lit := split(g)
		switch {
		case lit != nil:
			lits = append(lits[:len(lits):len(lits)], *lit)
			if !x.feasible(lits, *lit) {
				return nil, false
			}
		case all:
			goals = append(parts, goals...)
		default:
			choices = append(choices[:len(choices):len(choices)], parts)
		}
	}
	if len(choices) == 0 {
		return lits, true
	}
	next, viable := 0, []goal(nil)
	for i, c := range choices {
		left := slices.DeleteFunc(slices.Clone(c), func(g goal) bool {
			_, _, lit := split(g)
			return lit != nil && !x.feasible(append(lits[:len(lits):len(lits)], *lit), *lit)
		})
		if len(left) == 0 {
			return nil, false
		}
		if viable == nil || len(left) < len(viable) {
			next, viable = i, left
		}
	}
	rest := slices.Delete(slices.Clone(choices), next, next+1)
	for _, g := range viable {
		if found, ok := x.run([]goal{g}, rest, lits); ok {
			return found, true
		}
	}
	return nil, false
}

// split takes a goal apart: into goals that must all be reached, into some of which one must, or into a literal.
func split(g goal) (parts []goal, all bool, lit *literal) {
	switch n := g.node.(type) {
	case *ast.Negation:
		return []goal{{n.X, !g.want, !g.plain}}, true, nil
	case *ast.Junction:
		for _, a := range n.Args {
			parts = append(parts, goal{a, g.want, g.plain})
		}
		return parts, (n.Op == "and") == g.want, nil
	case *ast.Comparison:
		if n.Op == "!=" {
			return nil, false, &literal{equal(n), !g.want, !g.plain}
		}
	}
	return nil, false, &literal{g.node, g.want, g.plain}
}

// feasible says whether the literals that have to do with a new one can be true with it.
func (x *search) feasible(lits []literal, l literal) bool {
	for _, f := range fieldsOf(l.leaf) {
		if c := x.shape.of(f); c != nil {
			cells, about := x.component(c, lits)
			return x.fill(cells, about) != nil
		}
	}
	return x.shape.document(nil).holds(l.leaf, l.plain) == l.want
}

// component is the cells that must be filled together with one, and the literals about them.
func (x *search) component(c *cell, lits []literal) (cells []*cell, about []literal) {
	cells = []*cell{c}
	taken := make([]bool, len(lits))
	for i := 0; i < len(cells); i++ {
		for k, l := range lits {
			fields := fieldsOf(l.leaf)
			if taken[k] || !slices.ContainsFunc(fields, func(f string) bool { return slices.Contains(cells[i].fields, f) }) {
				continue
			}
			taken[k] = true
			for _, f := range fields {
				if other := x.shape.of(f); other != nil && !slices.Contains(cells, other) {
					cells = append(cells, other)
				}
			}
		}
	}
	for k, l := range lits {
		if taken[k] {
			about = append(about, l)
		}
	}
	return cells, about
}

// mostContents bounds the contents of one cell that are tried together with those of others.
const mostContents = 40

// fill gives cells contents with which the literals are true; nil if it finds none.
func (x *search) fill(cells []*cell, lits []literal) map[*cell][]string {
	key := key(lits)
	if content, ok := x.known[key]; ok {
		return content
	}
	var found map[*cell][]string
	if len(cells) == 1 {
		found = x.first(cells, [][][]string{cells[0].choices(&guess{lits: lits, full: x.full})}, lits)
	} else {
		found = x.first(cells, x.together(cells, lits), lits)
	}
	x.known[key] = found
	return found
}

// together is contents of each of several cells, among them those that say what another one says.
func (x *search) together(cells []*cell, lits []literal) [][][]string {
	extra := map[string][]string{}
	var lists [][][]string
	for range 2 {
		lists = nil
		for _, c := range cells {
			choices := c.choices(&guess{lits: lits, full: x.full, extra: extra})
			own := slices.DeleteFunc(slices.Clone(lits), func(l literal) bool { return !single(l) || !slices.Contains(c.fields, fieldsOf(l.leaf)[0]) })
			var good [][]string
			for _, v := range choices {
				if len(good) < mostContents && x.true(map[*cell][]string{c: v}, own) {
					good = append(good, v)
				}
			}
			lists = append(lists, good)
		}
		for i, c := range cells {
			for _, v := range lists[i] {
				for _, texts := range x.shape.document(map[*cell][]string{c: v}).values {
					for _, other := range cells {
						for _, f := range other.fields {
							extra[f] = append(extra[f], texts...)
						}
					}
				}
			}
		}
	}
	return lists
}

// first is the first of all combinations of contents with which the literals are true.
func (x *search) first(cells []*cell, lists [][][]string, lits []literal) map[*cell][]string {
	content := map[*cell][]string{}
	var try func(i int) bool
	try = func(i int) bool {
		if i == len(cells) {
			return x.true(content, lits)
		}
		for _, v := range lists[i] {
			content[cells[i]] = v
			if try(i + 1) {
				return true
			}
		}
		return false
	}
	if !try(0) {
		return nil
	}
	return content
}

func (x *search) true(content map[*cell][]string, lits []literal) bool {
	d := x.shape.document(content)
	return !slices.ContainsFunc(lits, func(l literal) bool { return d.holds(l.leaf, l.plain) != l.want })
}

// key names a set of literals.
func key(lits []literal) string {
	names := make([]string, len(lits))
	for i, l := range lits {
		names[i] = fmt.Sprintf("%p%t%t", l.leaf, l.want, l.plain)
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " ")
}
