package datamodels

import (
	"maps"
	"slices"

	"spoor/grammar/source"
)

// addModel adds the datasets of m to what earlier documents declare under its name.
func (l *loader) addModel(r *reader, m *Model) {
	all := &Model{Name: m.Name, Doc: m.Doc, Origin: m.Origin}
	if old := l.model(m.Name); old != nil {
		all.Roots = slices.Clone(old.Roots)
		if m.Doc == "" {
			all.Doc = old.Doc
		}
	}
	for _, d := range m.Roots {
		i := slices.IndexFunc(all.Roots, func(old *Dataset) bool { return old.Name == d.Name })
		switch {
		case d.adds && i < 0:
			r.report(source.Errorf(d.Origin, "unknown-dataset", "there is no dataset `%s` to add to", d))
		case d.adds:
			all.Roots[i] = r.extended(all.Roots[i], d)
			continue
		case i < 0:
			all.Roots = append(all.Roots, d)
		default:
			all.Roots[i] = d
		}
		l.once(r, d.String(), d.Origin)
	}
	l.models[m.Name] = func() *Model { return all }
}

// extended is the dataset d, which stays as it is, with further fields.
func (r *reader) extended(d, further *Dataset) *Dataset {
	if d.ECS != further.ECS || len(d.Children)+len(further.Children)+len(further.Inputs) > 0 || !further.Where.IsZero() {
		r.report(source.Errorf(further.Origin, "model-adds", "only fields can be added, and only to a dataset without children that has the same `schema`: not to `%s`", d))
		return d
	}
	all := *d
	all.Fields, all.named = nil, map[string]*Field{}
	for _, f := range slices.Concat(d.Fields, further.Fields) {
		own := *f
		r.add(&all, &own)
	}
	return &all
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
			l.checkAsks(k)
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
	if k.AsIs(d) {
		l.checkTypes(k, d)
	}
	for _, a := range k.Mappings[name] {
		if !d.assignable(a.Field) {
			l.errs = append(l.errs, noField(d, a.Field, a.At, append(fieldNames(d), d.Inputs...)))
		}
	}
}

// checkTypes holds that raw fields which are a dataset's fields have their types.
func (l *loader) checkTypes(k *Kind, d *Dataset) {
	for _, raw := range k.Fields {
		if f := d.Field(raw.Name); f != nil && raw.Type != rawType(f.Type) {
			l.errs = append(l.errs, source.Errorf(k.mapped[d.String()], "model-type", "`%s` is a %s in `%s`, which is `%s` as it is: a %s is wanted",
				raw.Name, raw.Type, k.Name, d, rawType(f.Type)))
		}
	}
}

// checkAsks holds that what an event asks of its process is a field of the dataset that processes are in.
func (l *loader) checkAsks(k *Kind) {
	if len(k.Asks) == 0 {
		return
	}
	d, unknown := l.Lookup(Events)
	if unknown != nil {
		l.errs = append(l.errs, unknown.At(k.asked[0]))
		return
	}
	if _, ok := k.Mapping(d); !ok {
		l.errs = append(l.errs, source.Errorf(k.asked[0], "model-asks", "`%s` asks for fields of `%s`, but is not mapped to it", k.Name, d))
	}
	for i, at := range k.asked {
		name := at.String()
		switch {
		case slices.Contains(k.Asks[:i], name):
			l.errs = append(l.errs, source.Errorf(at, "yaml-duplicate", "`%s` stands here twice", name))
		case d.Field(name) == nil:
			l.errs = append(l.errs, noField(d, name, at, fieldNames(d)))
		}
	}
}

func noField(d *Dataset, name string, at source.Span, known []string) *source.Diagnostic {
	e := source.Errorf(at, "unknown-field", "dataset `%s` has no field `%s`", d, name)
	e.Hint = source.Suggest(name, known)
	return e
}

// fill gives the kinds whose raw fields are a dataset's fields the types that it declares. Sources of other libraries stay as they are.
func (l *loader) fill() {
	for _, s := range l.Sources() {
		s = s.onto(nil)
		l.sources[s.Name] = s
		for _, k := range s.Kinds {
			l.kinds[k.Name] = k
			var datasets []*Dataset
			for _, name := range slices.Sorted(maps.Keys(k.Mappings)) {
				if d, _ := l.Lookup(name); k.AsIs(d) {
					datasets = append(datasets, d)
				}
			}
			k.compose(datasets...)
		}
	}
}
