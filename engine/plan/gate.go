package plan

import (
	"maps"
	"slices"

	"spoor/engine/column"
)

// gate is what events of one kind must be to pass the filters next to the scan.
type gate struct {
	open    bool // some may pass
	cond    Expr // over raw fields; nil: all pass
	needles []string
	byName  bool
}

func (l Lower) gate(kind Kind, fold Folder) gate {
	p, known := fold.Memory.gate(l, kind)
	if known {
		return p
	}
	if p.cond, p.open = l.condition(kind, fold); p.cond != nil {
		p.needles, p.byName = needlesOf(kind, p.cond, fold)
	}
	fold.Memory.keep(l, kind, p)
	return p
}

// Passes says whether an event of a kind can pass the filters next to the scan.
func (l Lower) Passes(kind Kind, fold Folder) bool {
	if p, known := fold.Memory.gate(l, kind); known {
		return p.open
	}
	_, ok := l.condition(kind, fold)
	return ok
}

// condition is that of the filters next to the scan, over raw fields; nil if there is none. ok is false if no event of the kind satisfies it.
func (l Lower) condition(kind Kind, fold Folder) (cond Expr, ok bool) {
	var conds []Expr
	add := func(cond Expr, replace func(*Field) Expr) (possible bool) {
		for _, c := range Conjuncts(cond) {
			c = fold.Fold(Rewrite(c, replace))
			if v, is := c.(*Const); is && v.V.Kind() == column.Bool && !v.V.True() {
				return false
			}
			conds = append(conds, Conjuncts(c)...)
		}
		return true
	}
	view, _ := l.next()
	var kv *KindView
	if view != nil {
		if kv = view.Kinds[kind.Name]; kv == nil || kv.Where != nil && !add(kv.Where, kind.constant) {
			return nil, false
		}
	}
	for _, f := range l.filters() {
		if !add(f.Cond, kv.replacing(kind)) {
			return nil, false
		}
	}
	cond = And(conds...)
	if c, is := cond.(*Call); is && isAnd(c) {
		cond = foldJunction(c, true)
	}
	if c, is := cond.(*Const); is {
		return nil, c.V.True()
	}
	return cond, true
}

// next is the view next to the scan, nil if there is none, and the chain behind the filters that follow it.
func (l Lower) next() (view *View, chain []Node) {
	chain = l.Chain
	if view = l.view(); view != nil {
		chain = chain[1:]
	}
	return view, chain[len(l.filters()):]
}

// Bare is the nodes of the chain for events of no kind in particular; a view is the columns that it makes of those of any kind, given what is
// read of the last node.
func (l Lower) Bare(need Need) []Node {
	view := l.view()
	if view == nil {
		return l.Chain
	}
	chain := l.Chain[1:]
	for _, n := range slices.Backward(chain) {
		need = need.Of(n, 0)
	}
	var made Extend
	seen := map[Expr]bool{}
	for _, kind := range slices.Sorted(maps.Keys(view.Kinds)) {
		kv := view.Kinds[kind]
		for _, name := range slices.Sorted(maps.Keys(kv.Fields)) {
			if e := kv.Fields[name]; !seen[e] && (need.All || need.Names[name]) {
				seen[e] = true
				made.Assigns = append(made.Assigns, Assign{name, e})
			}
		}
		if kv.Where != nil && !seen[kv.Where] {
			seen[kv.Where] = true
			made.Assigns = append(made.Assigns, Assign{kind, kv.Where})
		}
	}
	return append([]Node{&made}, chain...)
}

// filters is those next to the scan, or to the view next to it.
func (l Lower) filters() (list []*Filter) {
	chain := l.Chain
	if l.view() != nil {
		chain = chain[1:]
	}
	for _, n := range chain {
		f, is := n.(*Filter)
		if !is {
			break
		}
		list = append(list, f)
	}
	return list
}

// replacing is what stands for the fields of the dataset in events of the kind; without a dataset these are the raw fields.
func (kv *KindView) replacing(kind Kind) func(*Field) Expr {
	if kv == nil {
		return kind.constant
	}
	return func(f *Field) Expr { return kv.field(f, kind.constant) }
}
