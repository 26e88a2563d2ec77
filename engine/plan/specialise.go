package plan

import (
	"maps"
	"slices"
	"strings"

	"spoor/engine/column"
	"spoor/engine/function"
)

// KindPlan is the part of a plan below the cut, made for events of one kind.
type KindPlan struct {
	Steps   []Node   // row-wise, in the order in which they run; their inputs are not set
	Fields  []string // raw fields that the steps read, in order; not set under All
	All     bool     // every raw field is read
	Needles []string // an event that passes holds one of these texts (ASCII letters in either case); nil: no such condition
	ByName  bool     // the needles are the name of a field, which tells little

	env  *function.Env
	rest Need // what is read behind the steps that take from raw fields
}

// Kind says what is constant in all events of a kind, such as EventID.
type Kind struct {
	Name  string
	Const map[string]string
	// Own is raw fields that few other kinds have, and whose names stand in every record that has them.
	Own []string
	// Absent is raw fields that no event of the kind has in the data at hand; nil if the data are not known.
	Absent map[string]bool
}

// constant is the expression that stands for a raw field in all events of the kind; nil if there is none.
func (k Kind) constant(f *Field) Expr {
	if text, ok := k.Const[f.Name]; ok {
		return &Const{V: column.Str(text), Span: f.Span}
	}
	if k.Absent[f.Name] {
		return &Const{Span: f.Span}
	}
	return nil
}

// Lower is the row-wise chain below the cut, from the scan upwards.
type Lower struct {
	Scan  *Scan
	Chain []Node // the first one reads the scan
}

// Cut finds the row-wise chain from n down to the scan. ok is false if a node that is not row-wise stands between.
func Cut(n Node) (lower Lower, ok bool) {
	for {
		if scan, is := n.(*Scan); is {
			slices.Reverse(lower.Chain)
			lower.Scan = scan
			return lower, true
		}
		if !RowWise(n) {
			return Lower{}, false
		}
		lower.Chain = append(lower.Chain, n)
		n = n.Inputs()[0]
	}
}

// Specialise makes the chain for one kind of event, given what is read of its last node. ok is false if no event of the kind can pass:
// the dataset does not have it, or a condition folds to something that is never true.
//
// The dataset's fields are replaced by the kind's expressions in the filters next to the view, so that these run on raw fields and
// give the scan its needles; the fields that are read further up are computed for the rows that pass.
func (l Lower) Specialise(kind Kind, need Need, fold Folder) (kp KindPlan, ok bool) {
	return l.reading(need).specialise(kind, fold)
}

// SpecialiseAll makes the chain for each kind of event of which one can pass, by their names, and names the others.
func (l Lower) SpecialiseAll(kinds []Kind, need Need, fold Folder) (plans map[string]KindPlan, barred []string) {
	plans = map[string]KindPlan{}
	r := l.reading(need)
	for _, k := range kinds {
		if kp, ok := r.specialise(k, fold); ok {
			plans[k.Name] = kp
		} else {
			barred = append(barred, k.Name)
		}
	}
	return plans, barred
}

// lowerReading is a chain of whose last node something is read.
type lowerReading struct {
	Lower
	view  *View
	rest  []Node   // behind the filters next to the view
	need  Need     // what the rest reads
	names []string // of need
}

func (l Lower) reading(need Need) lowerReading {
	view, rest := l.next()
	for _, n := range slices.Backward(rest) {
		need = need.Of(n, 0)
	}
	return lowerReading{l, view, rest, need, need.Sorted()}
}

func (r lowerReading) specialise(kind Kind, fold Folder) (kp KindPlan, ok bool) {
	p := r.gate(kind, fold)
	if !p.open {
		return KindPlan{}, false
	}
	if p.cond != nil {
		kp.Steps = append(kp.Steps, &Filter{Cond: p.cond})
		kp.Needles, kp.ByName = p.needles, p.byName
	}
	var kv *KindView
	if r.view != nil {
		kv = r.view.Kinds[kind.Name]
	}
	assigns, raw := r.define(kv, kv.replacing(kind), fold)
	if p.cond != nil {
		raw.add(Fields(p.cond, nil)...)
	}
	if raw.Names[EventTime] {
		assigns = append(assigns, Assign{EventTime, &Field{Name: "_time"}})
		raw.add("_time")
		delete(raw.Names, EventTime)
	}
	if len(assigns) > 0 {
		kp.Steps = append(kp.Steps, &Extend{Assigns: assigns})
	}
	if r.need.All && r.view != nil && r.view.Open {
		kp.Steps = append(kp.Steps, r.view.project(kv, r.need))
	}
	kp.Steps = append(kp.Steps, r.rest...)
	kp.All = raw.All
	kp.Fields, kp.rest, kp.env = raw.Sorted(), r.need, fold.Env
	return kp, true
}

// field is the kind's expression for a field of the dataset.
func (kv *KindView) field(f *Field, constants func(*Field) Expr) Expr {
	if f.Name == EventTime {
		return &Field{Name: "_time", Span: f.Span}
	}
	if e, ok := kv.Fields[f.Name]; ok {
		return Rewrite(e, constants)
	}
	if kv.AsIs || slices.Contains(Metadata, f.Name) || column.Hidden(f.Name) {
		return constants(f)
	}
	return &Const{Span: f.Span}
}

// project leaves the fields of the open view, without what they were made of.
func (v *View) project(kv *KindView, need Need) Node {
	beside := slices.DeleteFunc(slices.Clone(Metadata), func(name string) bool { return !slices.Contains(v.Fields, name) && !need.Names[name] })
	if !kv.AsIs {
		return &Project{Mode: Table, Patterns: slices.Concat(kv.names(), beside)}
	}
	unasked := slices.DeleteFunc(slices.Clone(Metadata), func(name string) bool { return slices.Contains(beside, name) })
	return &Project{Mode: Drop, Patterns: unasked}
}

// names is the fields that the kind fills, sorted.
func (kv *KindView) names() []string {
	return slices.DeleteFunc(slices.Sorted(maps.Keys(kv.Fields)), column.Hidden)
}

// define is the assignments that make the needed columns out of raw fields, and what these read.
func (r lowerReading) define(kv *KindView, replace func(*Field) Expr, fold Folder) ([]Assign, Need) {
	names, raw := r.names, needOnly()
	raw.All = r.need.All && (r.view == nil || kv.AsIs)
	switch {
	case !r.need.All || r.view == nil:
	case r.view.Open:
		names = slices.Concat(kv.names(), r.view.Fields, r.names)
	default:
		names = slices.Concat(r.view.Fields, Metadata, r.need.hidden())
	}
	var assigns []Assign
	for _, name := range names {
		e := replace(&Field{Name: name})
		if e == nil {
			raw.add(name)
			continue
		}
		e = fold.Fold(e)
		assigns = append(assigns, Assign{name, e})
		raw.add(Fields(e, nil)...)
	}
	return assigns, raw
}

// Merge is what a scan must look for if any of the kinds may be found: the needles of all, or nil if one of them has none.
func Merge(kinds []KindPlan) []string {
	var all []string
	for _, k := range kinds {
		if k.Needles == nil {
			return nil
		}
		all = append(all, k.Needles...)
	}
	return minimal(all)
}

// minimal drops the needles that hold another one: the shorter is found wherever the longer is.
func minimal(needles []string) []string {
	slices.SortFunc(needles, func(a, b string) int {
		if len(a) != len(b) {
			return len(a) - len(b)
		}
		return strings.Compare(a, b)
	})
	needles = slices.Compact(needles)
	switch {
	case len(needles) == 0:
		return nil
	case needles[0] == "":
		return needles[:1]
	}
	head := min(len(needles[0]), 3)
	kept := map[string][]string{} // by the first bytes
	holdsOther := func(n string) bool {
		for i := range len(n) - head + 1 {
			for _, o := range kept[n[i:i+head]] {
				if strings.HasPrefix(n[i:], o) {
					return true
				}
			}
		}
		return false
	}
	var out []string
	for _, n := range needles {
		if !holdsOther(n) {
			out = append(out, n)
			kept[n[:head]] = append(kept[n[:head]], n)
		}
	}
	return out
}
