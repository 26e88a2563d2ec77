package spl

import (
	"spoor/engine/column"
	engine "spoor/engine/lookup"
	"spoor/engine/plan"
	"spoor/grammar"
	"spoor/grammar/source"
)

// TableFilter reads filters in definitions of lookups: search expressions over the columns.
func TableFilter(o Options) engine.Filter {
	return func(t *engine.Table, filter *source.Text) ([]uint32, source.Errors) {
		tree, errs := grammar.ParseSearchSpan(filter.All())
		if errs.Failed() || tree == nil {
			return nil, errs
		}
		p := &planner{Options: o}
		rows := rowsOf(t, 0, t.Rows)
		m := &matcher{p: p, terms: p.rawTerms(rows), field: p.searchField(rows)}
		cond := m.lower(tree)
		if p.diags.Failed() {
			return nil, p.diags
		}
		fold := plan.Folder{Env: o.Env}.Fold
		var keep []uint32
		for r := range t.Rows {
			cells := func(f *plan.Field) plan.Expr {
				for i, name := range rows.Names {
					if name == f.Name {
						return &plan.Const{V: rows.Cols[i].Value(r), Span: f.Span}
					}
				}
				return &plan.Const{Span: f.Span}
			}
			if c, ok := fold(plan.Rewrite(cond, cells)).(*plan.Const); ok && c.V.Kind() == column.Bool && c.V.True() {
				keep = append(keep, uint32(r))
			}
		}
		return keep, nil
	}
}
