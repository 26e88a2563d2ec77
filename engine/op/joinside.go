package op

import (
	"maps"
	"math"
	"slices"

	"spoor/engine/column"
	"spoor/engine/function"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

// Rows of a join without partners do not matter. So of the two sides that one is read first of which there is more hope that it has few rows,
// and the other one is asked for the rows that can be partners: for none if there are none.

// sides is the rows of the left side, and those of the right side.
func (j *pairing) sides(left, right column.Stream, need plan.Need) (column.Stream, *pile, error) {
	n, r := j.node, j.runner
	_, exactLeft := plan.Columns(n.Left)
	names, exactRight := plan.Columns(n.Right)
	if !r.Needles || len(n.Keys) == 0 || !exactLeft || !exactRight {
		held, err := r.pile(right)
		return left, held, err
	}
	seen := &sidekeys{names: n.Keys, texts: make([]map[string]bool, len(n.Keys))}
	if r.hope(n.Left) > r.hope(n.Right) {
		first, err := r.pile(seen.noting(left))
		if err != nil {
			return nil, nil, err
		}
		if first.n == 0 && !writes(n.Right) {
			return nothing, r.newPile(), nil
		}
		held, err := r.pile(r.partnersOf(seen, n.Right, need.Of(n, 1), right))
		if err == nil && len(held.all.names) == 0 { // not one batch came
			for _, name := range names {
				held.all.add(name, false)
			}
		}
		return released(first), held, err
	}
	held, err := r.pile(seen.noting(right))
	switch {
	case err != nil || n.Outer:
	case held.n == 0 && !writes(n.Left):
		left = nothing
	default:
		left = r.partnersOf(seen, n.Left, need.Of(n, 0), left)
	}
	return left, held, err
}

// partnersOf is the rows of a side that may have partners, of which the keys were seen: all, if there are too many of these, or if their
// values do not tell the scan what to look for.
func (r *runner) partnersOf(seen *sidekeys, side plan.Node, need plan.Need, all column.Stream) column.Stream {
	cond := seen.condition()
	if cond == nil {
		return all
	}
	n := plan.Optimise(&plan.Filter{In: side, Cond: cond})
	if _, stayed := n.(*plan.Filter); stayed {
		return all
	}
	return r.stream(n, need)
}

// released is the rows of a pile, which are forgotten behind the last one.
func released(p *pile) column.Stream {
	return func(yield func(*column.Batch, error) bool) {
		defer p.free()
		p.stream()(yield)
	}
}

// writes says whether reading a node's rows changes a table.
func writes(n plan.Node) bool {
	if _, ok := n.(*plan.ToLookup); ok {
		return true
	}
	for _, in := range n.Inputs() {
		if writes(in) {
			return true
		}
	}
	return false
}

// hope is the greater the fewer rows a node will have, as far as that can be told: rows that are there already are best, then those of events
// that are found by rare texts.
func (r *runner) hope(n plan.Node) int {
	for {
		f, ok := flowOf(n)
		ins := n.Inputs()
		switch {
		case ok:
			return newChain(f.lower, f.below(plan.Need{Names: map[string]bool{}}), r.Kinds, r.fold()).hope()
		case len(ins) == 0:
			return math.MaxInt
		case len(ins) > 1:
			return 0
		}
		n = ins[0]
	}
}

// hope of a chain is none if it looks at all events, and little if it knows only the name of a field that these have.
func (c chain) hope() int {
	switch {
	case len(c.kinds) == 0: // no event can pass
		return math.MaxInt
	case demand([]chain{c}).Needles == nil:
		return 0
	}
	return 1 + c.rarity()
}

// sidekeys is the texts of the keys of rows, by key; a key of which there are too many has none.
type sidekeys struct {
	names []string
	texts []map[string]bool
	many  []bool
}

// noting is the rows, the keys of which are noted as they pass.
func (s *sidekeys) noting(in column.Stream) column.Stream {
	s.many = make([]bool, len(s.names))
	for i := range s.texts {
		s.texts[i] = map[string]bool{}
	}
	return func(yield func(*column.Batch, error) bool) {
		for b, err := range in {
			if err == nil {
				s.note(b)
			}
			if !yield(b, err) || err != nil {
				return
			}
		}
	}
}

func (s *sidekeys) note(b *column.Batch) {
	for i, name := range s.names {
		v := b.Col(name)
		for row := 0; row < b.Rows && !s.many[i]; row++ {
			for _, x := range v.Value(row).Items() {
				s.texts[i][x.String()] = true
			}
			s.many[i] = len(s.texts[i]) > mostKeys
		}
	}
}

// condition is true of rows that may have partners; nil if it would be of too many.
func (s *sidekeys) condition() plan.Expr {
	var all []plan.Expr
	for i, name := range s.names {
		if s.many[i] || name == "_time" && len(s.names) > 1 { // which many rows share
			continue
		}
		args := []plan.Expr{&plan.Field{Name: name}}
		for _, text := range slices.Sorted(maps.Keys(s.texts[i])) {
			args = append(args, &plan.Const{V: column.Str(text)})
		}
		if len(args) == 1 { // no row has the key, so none has a partner
			return &plan.Const{V: column.Boolean(false)}
		}
		all = append(all, plan.NewCall(function.Command, "among", source.Span{}, args...))
	}
	if all == nil {
		return nil
	}
	return plan.And(all...)
}
