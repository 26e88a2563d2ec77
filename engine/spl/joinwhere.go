package spl

import (
	"fmt"
	"strings"

	"spoor/engine/plan"
	"spoor/grammar/ast"
	"spoor/grammar/source"
)

// aliases is the names of the two sides of a join, and the pairs of fields that must be equal.
type aliases struct {
	p           *planner
	left, right string
	pairs       [][2]string // a field of the left side and one of the right, without the names of their sides
}

// read takes the pairs from the condition, and gives the subsearch behind it back to the arguments.
func (s *aliases) read(a *args, conds []ast.Node, at source.Span) {
	if s.left == "" || s.right == "" || s.left == s.right || len(conds) == 0 {
		if len(conds) == 0 {
			at = commandSpan(a.c)
		}
		s.p.errorf(at, "missing-alias", "a join by a condition needs names for both sides, and the condition").WithHint("write left=L right=R where L.parent=R.pid [search ...]")
		return
	}
	for _, n := range conds {
		s.condition(a, n)
	}
	if fields := a.names(); len(fields) > 0 {
		s.p.errorf(fields[0].Span, "unexpected-argument", "a join by a condition takes no list of fields")
	}
	if len(s.pairs) == 0 && !s.p.diags.Failed() {
		s.p.errorf(at, "missing-argument", "no fields are compared").WithHint("write left=L right=R where L.parent=R.pid [search ...]")
	}
}

func (s *aliases) condition(a *args, n ast.Node) {
	switch n := n.(type) {
	case *ast.Subsearch:
		a.left = append(a.left, n)
		return
	case *ast.Binary:
		if n.Op == "AND" {
			for _, o := range operands(n) {
				s.condition(a, o)
			}
			return
		}
	case *ast.Compare:
		x, y := n.Field.Text, n.Value.Text
		if strings.HasPrefix(x, s.right+".") {
			x, y = y, x
		}
		left, okx := strings.CutPrefix(x, s.left+".")
		right, oky := strings.CutPrefix(y, s.right+".")
		if okx && oky && (n.Op == "=" || n.Op == "==") {
			s.pairs = append(s.pairs, [2]string{left, right})
			return
		}
	}
	s.p.errorf(n.At(), "bad-condition", "a join compares a field of each side").WithHint("write %s.<field>=%s.<field>", s.left, s.right)
}

// join gives all fields the names of their sides, and joins by columns of their own that are equal where the pairs are.
func (s *aliases) join(n *plan.Join) plan.Node {
	right := []string{"_raw", "_file", "_offset"}
	if n.When == plan.AnyTime {
		right = []string{"_*"}
	}
	n.Left, n.Right, n.Keep = named(n.Left, s.left), &plan.Project{In: named(n.Right, s.right), Mode: plan.Drop, Patterns: right}, true
	for i, pair := range s.pairs {
		key := fmt.Sprintf("<<key %d>>", i+1)
		n.Keys = append(n.Keys, key)
		n.Left = extend(n.Left, plan.Assign{Name: key, Expr: &plan.Field{Name: s.side(s.left, pair[0])}})
		n.Right = extend(n.Right, plan.Assign{Name: key, Expr: &plan.Field{Name: s.side(s.right, pair[1])}})
	}
	return &plan.Project{In: n, Mode: plan.Drop, Patterns: n.Keys}
}

// side is the name that a field of a side has in the end; internal ones keep theirs.
func (s *aliases) side(name, field string) string {
	if strings.HasPrefix(field, "_") {
		return field
	}
	return name + "." + field
}

// named is rows with a name before those of all fields but internal ones.
func named(in plan.Node, name string) plan.Node {
	_, exact := plan.Columns(in)
	return &plan.Rename{In: in, Loose: !exact, Pairs: []plan.RenamePair{{From: "*", To: name + ".*"}, {From: name + "._*", To: "_*"}}}
}
