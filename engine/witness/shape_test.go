package witness

import (
	"maps"
	"slices"
)

// shape is a form that an event may have.
type shape struct {
	name  string
	fixed map[string][]string // fields that all events of the shape have alike
	cells []*cell
	open  bool // fields that no cell decides have cells of their own, else they are missing
}

// cell is a part of an event that decides the values of some fields. Its content is one text or several; nil if it is absent.
type cell struct {
	name   string
	fields []string
	// choices is contents to try, best first; those of a cell that events have anyway begin with it.
	choices func(g *guess) [][]string
	show    func(content []string, d *document)
	needed  bool // in the event even if nothing is asked of it
	start   bool // in the event that started the process
}

// of is the cell that decides a field, or nil.
func (s *shape) of(field string) *cell {
	for _, c := range s.cells {
		if slices.Contains(c.fields, field) {
			return c
		}
	}
	if _, fixed := s.fixed[field]; fixed || !s.open {
		return nil
	}
	c := ownCell(field)
	s.cells = append(s.cells, c)
	return c
}

// document is what an event of the shape says with this content.
func (s *shape) document(content map[*cell][]string) *document {
	d := newDocument()
	maps.Copy(d.values, s.fixed)
	for _, c := range s.cells {
		if content[c] != nil {
			c.show(content[c], d)
		}
	}
	return d
}

// free is the same shape with cells of their own for more fields.
func (s *shape) free(fields []string) *shape {
	out := &shape{name: s.name, fixed: maps.Clone(s.fixed), open: s.open}
	for _, c := range s.cells {
		rest := *c
		rest.fields = slices.DeleteFunc(slices.Clone(c.fields), func(f string) bool { return slices.Contains(fields, f) })
		out.cells = append(out.cells, &rest)
	}
	for _, f := range fields {
		delete(out.fixed, f)
		out.cells = append(out.cells, ownCell(f))
	}
	return out
}

// ownCell is a cell for nothing but a field, whose content is its values.
func ownCell(name string) *cell {
	c := &cell{name: name, fields: []string{name}}
	c.show = func(content []string, d *document) { d.set(name, content...) }
	c.choices = func(g *guess) [][]string {
		if f := field(name); f != nil && f.Multivalue {
			return g.several(name)
		}
		return g.one(name)
	}
	return c
}

// one is contents of a field that has one value.
func (g *guess) one(name string) [][]string {
	var out [][]string
	for _, t := range g.texts(name) {
		out = append(out, []string{t})
	}
	return g.orAbsent(name, out)
}

// orAbsent adds that a field has no value, at the place where that is tried.
func (g *guess) orAbsent(name string, contents [][]string) [][]string {
	asked := slices.ContainsFunc(g.about(name), func(l literal) bool { return l.want })
	if asked || g.full {
		return append(contents, nil)
	}
	return append([][]string{nil}, contents...)
}

// several is contents of a field that has any number of values: for each thing that is wanted one, unless there is one already.
func (g *guess) several(name string) [][]string {
	var values []string
	allowed := func(v string) bool {
		d := newDocument()
		d.set(name, v)
		return !slices.ContainsFunc(g.about(name), func(l literal) bool { return single(l) && !l.want && d.holds(l.leaf, l.plain) })
	}
	for _, l := range g.about(name) {
		if !l.want || !single(l) {
			continue
		}
		d := newDocument()
		d.set(name, values...)
		if d.holds(l.leaf, l.plain) {
			continue
		}
		alone := &guess{lits: []literal{l}, full: g.full}
		for _, v := range alone.texts(name) {
			d.set(name, v)
			if d.holds(l.leaf, l.plain) && allowed(v) {
				values = append(values, v)
				break
			}
		}
	}
	var out [][]string
	for _, more := range append(slices.DeleteFunc(slices.Clone(g.extra[name]), func(v string) bool { return !allowed(v) }), neutral(name, nil)...) {
		if allowed(more) {
			out = append(out, append(values[:len(values):len(values)], more))
		}
	}
	switch {
	case values == nil:
		return g.orAbsent(name, out)
	case g.full:
		return append(out, values)
	}
	return append([][]string{values}, out...)
}

// single says whether a literal reads one field only.
func single(l literal) bool { return len(fieldsOf(l.leaf)) == 1 }
