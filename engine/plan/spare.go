package plan

import (
	"slices"

	"spoor/engine/column"
)

// Spare says which events need no value of a field: those that have another field whose value is enough.
type Spare struct {
	By     string
	Enough func(text string) bool // of its value if it is a single text; several workers may call it at once. Nil: whatever it is
}

// Spares is, of raw fields that are only ever read where what other fields say is missing, those others: the first word of a command line does not
// matter where the path of a program has a last part.
func (kp KindPlan) Spares() map[string][]Spare {
	if kp.All || kp.rest.All {
		return nil
	}
	passed := kp.rest.plus()
	instead := map[string][]Expr{}
	for _, n := range kp.Steps {
		switch n := n.(type) {
		case *Filter:
			standIns(n.Cond, nil, instead)
		case *Extend:
			for _, a := range n.Assigns {
				standIns(a.Expr, nil, instead)
				passed.add(a.Name) // what is read under the name may be another value
			}
		}
	}
	out := map[string][]Spare{}
	for field, others := range instead {
		for _, e := range others {
			by := Fields(e, nil)[0]
			if !passed.Names[by] && !passed.Names[field] && by != "_time" && !column.Hidden(by) {
				out[field] = append(out[field], Spare{by, kp.enough(e, by)})
			}
		}
	}
	return out
}

// enough says for which texts of a field an expression has a value; nil: for all, as it is the field.
func (kp KindPlan) enough(e Expr, field string) func(text string) bool {
	if _, is := e.(*Field); is {
		return nil
	}
	return func(text string) bool {
		c, ok := Folder{Env: kp.env}.Fold(Rewrite(e, func(*Field) Expr { return &Const{V: column.Str(text)} })).(*Const)
		return ok && !c.V.IsNull()
	}
}

// standIns notes the fields in an expression that is looked at only if others, before, have no value: of each those that have none wherever it
// stands. Each of the others is made of a single field.
func standIns(e Expr, before []Expr, instead map[string][]Expr) {
	switch e := e.(type) {
	case *Field:
		others, met := instead[e.Name]
		if !met {
			instead[e.Name] = slices.Clone(before)
			return
		}
		instead[e.Name] = slices.DeleteFunc(others, func(x Expr) bool {
			return !slices.ContainsFunc(before, func(y Expr) bool { return x.String() == y.String() })
		})
	case *Call:
		if _, ok := itemOf(e); ok { // one of its fields is none of the event's
			for _, name := range Fields(e, nil) {
				instead[name] = []Expr{}
			}
			return
		}
		first := e.Func.Name == "coalesce"
		for _, a := range e.Args {
			standIns(a, before, instead)
			if first && len(Fields(a, nil)) == 1 && !Volatile(a) {
				before = append(slices.Clip(before), a)
			}
		}
	}
}
