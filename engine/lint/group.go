package lint

import (
	"slices"

	"spoor/engine/column"
	"spoor/engine/plan"
	"spoor/grammar/source"
)

var groupField = &Check{
	Code: "group-field", Severity: source.Note,
	Doc:  "The rows are grouped by a field of a data model that no log known here ever fills.",
	Why:  "A row without a value of the field is in no group, so that none is left. Leave the field out of the by clause, or give it a value with fillnull_value.",
	File: "users.yml",
	Bad:  "title: Users\nlanguage: spl\nquery: '| tstats summariesonly=true count from datamodel=Endpoint.Processes by Processes.cpu_load_percent'\n",
	Good: "title: Users\nlanguage: spl\nquery: '| tstats summariesonly=true count from datamodel=Endpoint.Processes by Processes.user'\n",
	rule: func(s *subject) {
		nodes(s.program.Lowered, func(n plan.Node) {
			group, is := n.(*plan.Aggregate)
			if !is {
				return
			}
			view := viewBelow(group.In)
			if view == nil || view.Open || len(view.Kinds) == 0 {
				return
			}
			for _, key := range group.Keys {
				if slices.Contains(view.Fields, key) && !filled(view, key) {
					s.warn(s.word(key), "no log that is known here fills %s: no row is left when grouped by it", key)
				}
			}
		})
	},
}

// viewBelow is the dataset whose events a node groups as they are; nil if something else is done to them before.
func viewBelow(n plan.Node) *plan.View {
	for {
		switch in := n.(type) {
		case *plan.View:
			return in
		case *plan.Filter:
			n = in.In
		default:
			return nil
		}
	}
}

// filled says whether any kind of event gives a field of the dataset a value.
func filled(view *plan.View, field string) bool {
	for _, kind := range view.Kinds {
		e, has := kind.Fields[field]
		if !has {
			if kind.AsIs {
				return true
			}
			continue
		}
		if c, constant := e.(*plan.Const); !constant || c.V.Kind() != column.Null {
			return true
		}
	}
	return false
}
