package datamodels

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"spoor/grammar/source"
)

var (
	identifier = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
	fieldName  = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$`)
	dotted     = regexp.MustCompile(`^@?[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z0-9_/-]+)*$`)
)

// named is the span of a key that must be a name: letters, digits and underscores.
func (r *reader) named(key *yaml.Node) source.Span { return r.like(key, identifier) }

func (r *reader) like(key *yaml.Node, form *regexp.Regexp) source.Span {
	if !form.MatchString(key.Value) {
		r.fail(key, "model-name", "`%s` is no name: letters, digits and underscores, no digit first", key.Value)
	}
	return r.span(key)
}

// model reads a document that declares a data model or adds datasets to one.
func (r *reader) model(doc *yaml.Node) *Model {
	m := &Model{}
	var datasets *yaml.Node
	r.object(doc, map[string]func(*yaml.Node){
		"model":    func(n *yaml.Node) { m.Name, m.Origin = r.string(n), r.named(n) },
		"doc":      func(n *yaml.Node) { m.Doc = r.string(n) },
		"shared":   r.shared,
		"datasets": func(n *yaml.Node) { datasets = n },
	})
	if datasets == nil {
		r.fail(doc, "model-empty", "model `%s` has no datasets", m.Name)
		return m
	}
	for key, value := range r.entries(datasets) {
		m.Roots = append(m.Roots, r.dataset(m, nil, key, value, 0))
	}
	r.unique(m.Datasets())
	return m
}

// unique holds that a model has one dataset of a name, since a search may leave out what stands above it.
func (r *reader) unique(datasets []*Dataset) {
	seen := map[string]bool{}
	for _, d := range datasets {
		if seen[d.Name] {
			r.report(source.Errorf(d.Origin, "model-duplicate", "model `%s` has a dataset `%s` already", d.Model, d.Name))
		}
		seen[d.Name] = true
	}
}

func (r *reader) dataset(m *Model, parent *Dataset, key, value *yaml.Node, depth int) *Dataset {
	d := &Dataset{Model: m.Name, Name: key.Value, Origin: r.named(key), Parent: parent, ECS: parent != nil && parent.ECS, named: map[string]*Field{}}
	var fields, product, hosts, users, children *yaml.Node
	r.object(value, map[string]func(*yaml.Node){
		"doc":            func(n *yaml.Node) { d.Doc = r.string(n) },
		"where":          func(n *yaml.Node) { d.Where = r.expression(n) },
		"schema":         func(n *yaml.Node) { d.ECS = r.oneOf(n, []string{"ecs"}) == "ecs" },
		"adds":           func(n *yaml.Node) { d.adds = r.boolean(n) },
		"inputs":         func(n *yaml.Node) { d.Inputs = r.strings(n) },
		"fields":         func(n *yaml.Node) { fields = n },
		"vendor_product": func(n *yaml.Node) { product = n },
		"assets":         func(n *yaml.Node) { hosts = n },
		"identities":     func(n *yaml.Node) { users = n },
		"children":       func(n *yaml.Node) { children = n },
	})
	if fields != nil {
		r.fields(d, "", fields, 0)
	}
	r.made(d, product)
	r.enriched(d, hosts, assetFields)
	r.enriched(d, users, identityFields)
	if parent != nil && d.Where.IsZero() {
		r.fail(key, "model-where", "dataset `%s` needs `where`: which rows of `%s` are its", d.Name, parent.Name)
	}
	switch {
	case children == nil:
	case depth == depthLimit:
		r.fail(key, "model-depth", "more than %d datasets within each other", depthLimit)
	default:
		for key, value := range r.entries(children) {
			d.Children = append(d.Children, r.dataset(m, d, key, value, depth+1))
		}
	}
	return d
}

// fields reads fields by their names. In ECS, a name that ends in a dot stands before those of all fields below it.
func (r *reader) fields(d *Dataset, prefix string, n *yaml.Node, depth int) {
	for key, value := range r.entries(n) {
		switch below := d.ECS && strings.HasSuffix(key.Value, "."); {
		case below && depth == depthLimit:
			r.fail(key, "model-depth", "more than %d fields within each other", depthLimit)
		case below:
			r.fields(d, prefix+key.Value, value, depth+1)
		default:
			r.add(d, r.field(d, prefix, key, value))
		}
	}
}

func (r *reader) add(d *Dataset, f *Field) {
	if d.Field(f.Name) != nil {
		r.report(source.Errorf(f.Origin, "model-duplicate", "dataset `%s` has a field `%s` already", d, f.Name))
		return
	}
	f.Dataset = d
	d.Fields, d.named[f.Name] = append(d.Fields, f), f
}

var (
	types    = []string{"string", "number", "time", "boolean"}
	ecsTypes = []string{"keyword", "long", "double", "boolean", "date", "ip"}
)

// field reads `name: its doc`, or `name:` with a mapping.
func (r *reader) field(d *Dataset, prefix string, key, value *yaml.Node) *Field {
	f := &Field{Name: prefix + key.Value, Type: types[0]}
	types := types
	if d.ECS {
		types, f.Type, f.Origin = ecsTypes, ecsTypes[0], r.span(key)
		if !dotted.MatchString(f.Name) {
			r.fail(key, "model-name", "`%s` is no name of a field: words with dots between them", f.Name)
		}
	} else {
		f.Origin = r.like(key, fieldName)
	}
	value, ok := r.follow(value)
	if !ok {
		return f
	}
	if value.Kind == yaml.ScalarNode {
		f.Doc = r.string(value)
		return f
	}
	r.object(value, map[string]func(*yaml.Node){
		"doc":        func(n *yaml.Node) { f.Doc = r.string(n) },
		"type":       func(n *yaml.Node) { f.Type = r.oneOf(n, types) },
		"multivalue": func(n *yaml.Node) { f.Multivalue = r.boolean(n) },
		"expected":   func(n *yaml.Node) { f.Expected = r.strings(n) },
		"default": func(n *yaml.Node) {
			r.once(n, f)
			if word, ok := r.scalar(n); ok {
				f.Default = unless(f.Name, word)
			}
		},
		"calculated": func(n *yaml.Node) {
			r.once(n, f)
			f.Default = r.expression(n)
		},
	})
	return f
}

func (r *reader) once(n *yaml.Node, f *Field) {
	if !f.Default.IsZero() {
		r.fail(n, "model-default", "field `%s` has a default already: either `default` or `calculated`", f.Name)
	}
}

// unless is the expression that `default: word` stands for; all of it has the place of the word.
func unless(field string, word source.Span) source.Span {
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(word.String())
	if !identifier.MatchString(field) {
		field = "'" + field + "'"
	}
	var b source.Builder
	b.Insert("if(isnull("+field+") OR "+field+`="","`+quoted+`",`+field+")", word)
	return b.Text(word.Text.Name).All()
}

func (r *reader) oneOf(n *yaml.Node, words []string) string {
	value, ok := r.scalar(n)
	if ok && !slices.Contains(words, value.String()) {
		r.fail(n, "yaml-type", "`%s` is none of %s", value, strings.Join(words, ", "))
	}
	return value.String()
}

// expression is a value that the engine parses as an eval expression.
func (r *reader) expression(n *yaml.Node) source.Span {
	value, ok := r.scalar(n)
	if ok && value.String() == "" {
		r.fail(n, "model-expression", "an expression is wanted here")
	}
	return value
}

// maker is who made an event, in the words that its mapping has for it.
const maker = `case(vendor_product!="", vendor_product, vendor!="" AND product!="", vendor . " " . product, vendor!="", vendor . " unknown", ` +
	`product!="", "unknown " . product, sourcetype!="", sourcetype, true(), "unknown")`

// made adds the field vendor_product, and what it is made of.
func (r *reader) made(d *Dataset, n *yaml.Node) {
	if n == nil || !r.boolean(n) {
		return
	}
	var b source.Builder
	b.Insert(maker, r.span(n))
	r.add(d, &Field{
		Name: "vendor_product", Type: types[0], Doc: "Who made the event.", Origin: r.span(n), Default: b.Text(r.text.Name).All(),
	})
	d.Inputs = append([]string{"vendor", "product"}, d.Inputs...)
}

var (
	assetFields    = []string{"bunit", "category", "is_expected", "priority", "requires_av", "should_timesync", "should_update"}
	identityFields = []string{"bunit", "category", "priority"}
)

// enriched adds the fields that an asset or identity database would fill. Without one they are null.
func (r *reader) enriched(d *Dataset, list *yaml.Node, suffixes []string) {
	if list == nil {
		return
	}
	for i, base := range r.strings(list) {
		if d.Field(base) == nil {
			r.fail(list.Content[i], "model-field", "dataset `%s` has no field `%s`", d, base)
			continue
		}
		for _, suffix := range suffixes {
			f := &Field{Name: base + "_" + suffix, Origin: d.Field(base).Origin, Type: "string", Multivalue: suffix == "category"}
			f.Doc = "From a database of assets and identities: null here."
			r.add(d, f)
		}
	}
}
