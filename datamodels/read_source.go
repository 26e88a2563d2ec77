package datamodels

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"spoor/grammar/source"
)

var kindName = regexp.MustCompile(`^[a-z0-9_]+/[A-Za-z0-9_.-]+$`)

// source reads a document that declares a source or adds to one.
func (r *reader) source(doc *yaml.Node) *Source {
	s := &Source{}
	r.object(doc, map[string]func(*yaml.Node){
		"source":       func(n *yaml.Node) { s.Name, s.Origin = r.string(n), r.named(n) },
		"doc":          func(n *yaml.Node) { s.Doc = r.string(n) },
		"sourcetype":   func(n *yaml.Node) { s.Sourcetype = r.string(n) },
		"source_field": func(n *yaml.Node) { s.Source = r.string(n) },
		"open":         func(n *yaml.Node) { s.Open = r.boolean(n) },
		"fields":       func(n *yaml.Node) { s.Fields = r.rawFields(n) },
		"shared":       r.shared,
		"kinds": func(n *yaml.Node) {
			for key, value := range r.entries(n) {
				s.Kinds = append(s.Kinds, r.kind(key, value))
			}
		},
	})
	return s
}

func (r *reader) kind(key, value *yaml.Node) *Kind {
	k := &Kind{Name: key.Value, Origin: r.span(key)}
	if !kindName.MatchString(k.Name) {
		r.fail(key, "model-name", "`%s` is no kind: a source and a type of event are wanted, such as sysmon/1", k.Name)
	}
	r.object(value, map[string]func(*yaml.Node){
		"title":    func(n *yaml.Node) { k.Title = r.string(n) },
		"doc":      func(n *yaml.Node) { k.Doc = r.string(n) },
		"fields":   func(n *yaml.Node) { k.own = r.rawFields(n) },
		"const":    func(n *yaml.Node) { k.Const = r.constants(n) },
		"mappings": func(n *yaml.Node) { r.mappings(k, n) },
		"starts":   func(n *yaml.Node) { k.Starts = r.expression(n) },
		"ends":     func(n *yaml.Node) { k.Ends = r.expression(n) },
		"asks":     func(n *yaml.Node) { k.ask(r.list(n)) },
	})
	return k
}

var rawTypes = []string{"string", "number", "double", "boolean", "time", "ip"}

const rawLimit = 2000 // raw fields of a kind given in one text

// rawFields reads names separated by blanks, all of them strings, or a mapping of names to types; a type with [] is multivalued.
func (r *reader) rawFields(n *yaml.Node) []RawField {
	n, ok := r.follow(n)
	if !ok {
		return nil
	}
	var fields []RawField
	if n.Kind == yaml.ScalarNode {
		names := strings.Fields(r.string(n))
		if len(names) > rawLimit {
			r.fail(n, "yaml-size", "more than %d fields", rawLimit)
			return nil
		}
		for i, name := range names {
			if slices.Contains(names[:i], name) {
				r.fail(n, "yaml-duplicate", "`%s` stands here twice", name)
			}
			fields = append(fields, RawField{Name: name, Type: "string"})
		}
		return fields
	}
	for key, value := range r.entries(n) {
		f := RawField{Name: key.Value}
		var many bool
		if f.Type, many = strings.CutSuffix(r.string(value), "[]"); many {
			f.Multivalue = true
		}
		if !slices.Contains(rawTypes, f.Type) {
			r.fail(value, "yaml-type", "`%s` is none of %s", f.Type, strings.Join(rawTypes, ", "))
		}
		fields = append(fields, f)
	}
	return fields
}

func (r *reader) constants(n *yaml.Node) map[string]string {
	values := map[string]string{}
	for key, value := range r.entries(n) {
		values[key.Value] = r.string(value)
	}
	return values
}

func (k *Kind) ask(fields []source.Span) {
	k.Asks, k.asked = nil, fields
	for _, f := range fields {
		k.Asks = append(k.Asks, f.String())
	}
}

const asIs = "as is" // in place of a mapping's assignments

func (r *reader) mappings(k *Kind, n *yaml.Node) {
	k.Mappings, k.mapped, k.asIs = map[string][]Assign{}, map[string]source.Span{}, map[string]bool{}
	for dataset, value := range r.entries(n) {
		if value.Value == asIs {
			k.Mappings[dataset.Value], k.mapped[dataset.Value], k.asIs[dataset.Value] = nil, r.span(dataset), true
			continue
		}
		assigns := []Assign{}
		for key, value := range r.entries(value) {
			assigns = append(assigns, Assign{Field: key.Value, At: r.span(key), Expr: r.expression(value)})
		}
		k.Mappings[dataset.Value], k.mapped[dataset.Value] = assigns, r.span(dataset)
	}
}

// onto is the source with what older documents say of it and this one does not. The old one, which may be nil, stays as it is.
func (s *Source) onto(old *Source) *Source {
	if old == nil {
		old = &Source{}
	}
	all := &Source{
		Name: s.Name, Origin: s.Origin, Open: s.Open || old.Open, Fields: s.Fields,
		Doc: cmp.Or(s.Doc, old.Doc), Sourcetype: cmp.Or(s.Sourcetype, old.Sourcetype), Source: cmp.Or(s.Source, old.Source),
	}
	if all.Fields == nil {
		all.Fields = old.Fields
	}
	for _, k := range old.Kinds {
		all.Kinds = append(all.Kinds, s.kind(k.Name).onto(k))
	}
	for _, k := range s.Kinds {
		if old.kind(k.Name) == nil {
			all.Kinds = append(all.Kinds, k.onto(nil))
		}
	}
	for _, k := range all.Kinds {
		k.Source = all
		k.compose()
	}
	return all
}

func (s *Source) kind(name string) *Kind {
	for _, k := range s.Kinds {
		if k.Name == name {
			return k
		}
	}
	return nil
}

// onto is a new kind with what k says and, where it says nothing, what old does; either may be nil.
func (k *Kind) onto(old *Kind) *Kind {
	if k == nil {
		k = old
	}
	if old == nil {
		old = k
	}
	all := *k
	all.Title, all.Doc = cmp.Or(k.Title, old.Title), cmp.Or(k.Doc, old.Doc)
	if k.own == nil {
		all.own = old.own
	}
	if k.Const == nil {
		all.Const = old.Const
	}
	if k.Starts.IsZero() {
		all.Starts = old.Starts
	}
	if k.Ends.IsZero() {
		all.Ends = old.Ends
	}
	if k.asked == nil {
		all.Asks, all.asked = old.Asks, old.asked
	}
	all.Mappings, all.mapped, all.asIs = map[string][]Assign{}, map[string]source.Span{}, map[string]bool{}
	for _, k := range []*Kind{old, k} {
		maps.Copy(all.Mappings, k.Mappings)
		maps.Copy(all.mapped, k.mapped)
		for dataset := range k.Mappings {
			all.asIs[dataset] = k.asIs[dataset]
		}
	}
	return &all
}
