package plan

import (
	"maps"
	"slices"
)

// Copy is a process table whose fields can be joined with those of others; its starts are those of n.
func (n *Enrich) Copy() *Enrich {
	out := *n
	out.Fields = slices.Clone(n.Fields)
	if v, ok := n.Starts.(*View); ok {
		out.Starts = v.copy()
	}
	return &out
}

// Join makes the table fill the fields of another one too, if the starts of both are found alike; ok is false if they are not.
func (n *Enrich) Join(other *Enrich) (ok bool) {
	own, isView := n.Starts.(*View)
	more, both := other.Starts.(*View)
	if !isView || !both || !own.like(more) {
		return false
	}
	for name, kv := range more.Kinds {
		maps.Copy(own.Kinds[name].Fields, kv.Fields)
	}
	for _, f := range other.Fields {
		if !slices.Contains(n.Fields, f) {
			n.Fields = append(n.Fields, f)
		}
	}
	return true
}

// copy is the view with maps of its own.
func (n *View) copy() *View {
	out := *n
	out.Kinds = map[string]*KindView{}
	for name, kv := range n.Kinds {
		own := *kv
		own.Fields = maps.Clone(kv.Fields)
		out.Kinds[name] = &own
	}
	return &out
}

// like says whether two views are of the same events, and have no column of one name with two meanings.
func (n *View) like(other *View) bool {
	a, isScan := n.In.(*Scan)
	b, both := other.In.(*Scan)
	if !isScan || !both || *a != *b || n.Dataset != other.Dataset || len(n.Kinds) != len(other.Kinds) {
		return false
	}
	for name, kv := range n.Kinds {
		their := other.Kinds[name]
		if their == nil || !same(kv.Where, their.Where) {
			return false
		}
		for field, e := range kv.Fields {
			if x, ok := their.Fields[field]; ok && !same(e, x) {
				return false
			}
		}
	}
	return true
}

func same(a, b Expr) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.String() == b.String()
}
