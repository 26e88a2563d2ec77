// Package datamodels holds the data models that searches ask for and how each source's events are mapped to them. Both are YAML;
// the expressions in them stay text, in SPL's eval language, with their places.
package datamodels

import (
	"slices"

	"spoor/grammar/source"
)

// Model is a data model: a named set of datasets, such as Endpoint.
type Model struct {
	Name   string
	Doc    string
	Origin source.Span // where its name is declared; the last place if several files add to it
	Roots  []*Dataset  // in the order of declaration
}

// Dataset is a table of a model. A root dataset gets its rows from mappings; a child has those of its parent that fulfil a condition.
type Dataset struct {
	Model    string // the model's name
	Name     string
	Doc      string
	Origin   source.Span
	Parent   *Dataset // nil for a root
	Children []*Dataset
	// Where is the condition on the rows, an eval expression over the dataset's own fields (with their defaults); zero for none.
	Where source.Span
	// Fields are those declared here. A child has its parent's too: see AllFields.
	Fields []*Field
	// Inputs are names that a mapping may set because a calculation reads them, although they are no fields.
	Inputs []string
	// ECS is true if fields are named and typed as in the Elastic Common Schema: with dots, and of the type keyword, long, double, boolean,
	// date or ip.
	ECS bool

	named map[string]*Field // Fields by name
	adds  bool              // to the fields of the dataset that was declared before, instead of replacing it
}

// Events is the dataset of the Elastic Common Schema: what EQL asks.
const Events = "ecs.events"

// Field is a column of a dataset.
type Field struct {
	Dataset *Dataset // the one that declares it
	Name    string
	Doc     string
	Origin  source.Span
	// Type is what the model declares: string, number, time or boolean, or one of ECS. It converts nothing: values are as the mapping makes them.
	Type       string
	Multivalue bool
	// Default is an eval expression over the fields as extracted: what mappings assign, and _time, host, source and sourcetype.
	// It never sees what another default makes; a name that nothing assigns is null. Zero: the field is as extracted.
	Default  source.Span
	Expected []string // the values that the model prescribes, if it does
}

// Path is the dataset's name after its ancestors': All_Traffic.Traffic_By_Action. It is what `nodename` holds.
func (d *Dataset) Path() string {
	if d.Parent == nil {
		return d.Name
	}
	return d.Parent.Path() + "." + d.Name
}

// String is the path after the model's name: Endpoint.Processes.
func (d *Dataset) String() string { return d.Model + "." + d.Path() }

// Root is the ancestor that has no parent.
func (d *Dataset) Root() *Dataset {
	for d.Parent != nil {
		d = d.Parent
	}
	return d
}

// Conditions are the conditions of the dataset and its ancestors, the root's first. A row must fulfil all.
func (d *Dataset) Conditions() []source.Span {
	var all []source.Span
	if d.Parent != nil {
		all = d.Parent.Conditions()
	}
	if !d.Where.IsZero() {
		all = append(all, d.Where)
	}
	return all
}

// AllFields are the fields that the dataset inherits, and then its own.
func (d *Dataset) AllFields() []*Field {
	if d.Parent == nil {
		return slices.Clone(d.Fields)
	}
	return append(d.Parent.AllFields(), d.Fields...)
}

// Field is the field of the name, inherited or own, or nil.
func (d *Dataset) Field(name string) *Field {
	for ; d != nil; d = d.Parent {
		if f := d.named[name]; f != nil {
			return f
		}
	}
	return nil
}

// Descendants are the dataset and all below it, parents before children.
func (d *Dataset) Descendants() []*Dataset {
	all := []*Dataset{d}
	for _, c := range d.Children {
		all = append(all, c.Descendants()...)
	}
	return all
}

// Datasets are all datasets of the model, parents before children.
func (m *Model) Datasets() []*Dataset {
	var all []*Dataset
	for _, d := range m.Roots {
		all = append(all, d.Descendants()...)
	}
	return all
}

// String is the field's name as a search writes it: Processes.process_name.
func (f *Field) String() string { return f.Dataset.Path() + "." + f.Name }

// assignable says whether a mapping may set the name: it leads to a root, but may fill its children's fields.
func (d *Dataset) assignable(name string) bool {
	return d.Field(name) != nil || slices.Contains(d.Inputs, name) || slices.ContainsFunc(d.Children, func(c *Dataset) bool { return c.assignable(name) })
}
