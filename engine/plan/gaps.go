package plan

// Gaps tells of fields that are read of events of one kind whether the events fill them: missing are those that the kind could fill and, by the
// raw fields that are absent, never does.
func (l Lower) Gaps(kind Kind, fields []string, fold Folder) (missing, filled []string) {
	bare := kind
	bare.Absent = nil
	for _, name := range fields {
		f := &Field{Name: name}
		could, does := l.source(bare, f, fold), l.source(kind, f, fold)
		constant, never := could.(*Const)
		_, gone := does.(*Const)
		switch {
		case !never && gone:
			missing = append(missing, name)
		case !never || !constant.V.IsNull():
			filled = append(filled, name)
		}
	}
	return missing, filled
}

// True says whether a field is true in all events of a kind.
func (l Lower) True(kind Kind, field string, fold Folder) bool {
	c, constant := l.source(kind, &Field{Name: field}, fold).(*Const)
	return constant && c.V.True()
}

// source is the expression over raw fields that fills a field.
func (l Lower) source(kind Kind, f *Field, fold Folder) Expr {
	replace := kind.constant
	if view := l.view(); view != nil {
		kv := view.Kinds[kind.Name]
		if kv == nil {
			return &Const{}
		}
		replace = func(f *Field) Expr { return kv.field(f, kind.constant) }
	}
	e := replace(f)
	if e == nil {
		return f
	}
	return fold.Fold(e)
}

// view is the dataset through which the chain reads events; nil if there is none.
func (l Lower) view() *View {
	if len(l.Chain) == 0 {
		return nil
	}
	view, _ := l.Chain[0].(*View)
	return view
}

// Conditions is the fields that the filters next to the scan read, under the names that they have there.
func (l Lower) Conditions() (fields []string) {
	for _, f := range l.filters() {
		fields = Fields(f.Cond, fields)
	}
	return fields
}
