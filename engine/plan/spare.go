package plan

import (
	"slices"

	"spoor/engine/column"
)

// Spares is, of raw fields that are only ever read where another one is missing, those others: if an event has one of them, the field need not be
// taken from it.
func (kp KindPlan) Spares() map[string][]string {
	if kp.All || kp.rest.All {
		return nil
	}
	passed := kp.rest.plus()
	instead := map[string][]string{}
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
	for field, others := range instead {
		others = slices.DeleteFunc(others, func(name string) bool { return passed.Names[name] || name == "_time" || column.Hidden(name) })
		if instead[field] = others; len(others) == 0 || passed.Names[field] {
			delete(instead, field)
		}
	}
	return instead
}

// standIns notes the fields in an expression that is looked at only if others, before, are missing: of each those that are missing wherever it stands.
func standIns(e Expr, before []string, instead map[string][]string) {
	switch e := e.(type) {
	case *Field:
		others, met := instead[e.Name]
		if !met {
			instead[e.Name] = slices.Clone(before)
			return
		}
		instead[e.Name] = slices.DeleteFunc(others, func(name string) bool { return !slices.Contains(before, name) })
	case *Call:
		if _, ok := itemOf(e); ok { // one of its fields is none of the event's
			for _, name := range Fields(e, nil) {
				instead[name] = []string{}
			}
			return
		}
		first := e.Func.Name == "coalesce"
		for _, a := range e.Args {
			standIns(a, before, instead)
			if f, ok := a.(*Field); ok && first {
				before = append(slices.Clip(before), f.Name)
			}
		}
	}
}
