package datamodels

import (
	"maps"
	"slices"

	"spoor/grammar/source"
)

// addModel adds the datasets of m to what earlier documents declare under its name.
func (l *loader) addModel(r *reader, m *Model) {
	all := &Model{Name: m.Name, Doc: m.Doc, Origin: m.Origin}
	if old := l.models[m.Name]; old != nil {
		all.Roots = slices.Clone(old.Roots)
		if m.Doc == "" {
			all.Doc = old.Doc
		}
	}
	for _, d := range m.Roots {
		l.once(r, d.String(), d.Origin)
		i := slices.IndexFunc(all.Roots, func(old *Dataset) bool { return old.Name == d.Name })
		if i < 0 {
			all.Roots = append(all.Roots, d)
		} else {
			all.Roots[i] = d
		}
	}
	l.models[m.Name] = all
}

func (l *loader) addSource(r *reader, s *Source) {
	for _, k := range s.Kinds {
		for _, dataset := range slices.Sorted(maps.Keys(k.mapped)) {
			l.once(r, k.Name+" to "+dataset, k.mapped[dataset])
		}
		if other := l.kinds[k.Name]; other != nil && other.Source.Name != s.Name {
			r.report(source.Errorf(k.Origin, "model-duplicate", "`%s` is a kind of source `%s` already", k.Name, other.Source.Name))
		}
	}
	all := s.onto(l.sources[s.Name])
	l.sources[s.Name] = all
	for _, k := range all.Kinds {
		l.kinds[k.Name] = k
	}
}

// once reports what two documents of one call declare: neither is meant to override the other.
func (l *loader) once(r *reader, what string, at source.Span) {
	if first, ok := l.seen[what]; ok && first.Text != at.Text {
		line, _ := first.Position()
		r.report(source.Errorf(at, "model-duplicate", "%s is declared already, in %s:%d", what, first.Text.Name, line))
	}
	l.seen[what] = at
}

// check holds that every mapping leads to a root dataset and to fields of it.
func (l *loader) check() {
	for _, s := range l.Sources() {
		for _, k := range s.Kinds {
			for _, name := range slices.Sorted(maps.Keys(k.Mappings)) {
				l.checkMapping(k, name)
			}
		}
	}
}

func (l *loader) checkMapping(k *Kind, name string) {
	d, unknown := l.Lookup(name)
	switch {
	case unknown != nil:
		l.errs = append(l.errs, unknown.At(k.mapped[name]))
		return
	case d.Parent != nil:
		l.errs = append(l.errs, source.Errorf(k.mapped[name], "model-mapping", "`%s` is a child: its rows are those of `%s` that fulfil its condition", name, d.Root()).
			WithHint("map to `%s`", d.Root()))
		return
	case d.String() != name:
		l.errs = append(l.errs, source.Errorf(k.mapped[name], "model-mapping", "`%s` is the dataset `%s`: write its whole name", name, d))
		return
	}
	for _, a := range k.Mappings[name] {
		if d.assignable(a.Field) {
			continue
		}
		e := source.Errorf(a.At, "unknown-field", "dataset `%s` has no field `%s`", d, a.Field)
		e.Hint = source.Suggest(a.Field, append(fieldNames(d), d.Inputs...))
		l.errs = append(l.errs, e)
	}
}
