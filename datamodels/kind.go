package datamodels

import "spoor/grammar/source"

// Source is a producer of events, such as Sysmon for Linux.
type Source struct {
	Name       string
	Doc        string
	Origin     source.Span
	Sourcetype string // what the events' field sourcetype says unless their envelope knows better
	Source     string // the same for the field source
	Open       bool   // events may have further raw fields than those declared
	Fields     []RawField
	Kinds      []*Kind // in the order of declaration
}

// Kind is a type of event of one source: what decides how its fields are mapped.
type Kind struct {
	Source *Source
	Name   string // sysmon/1
	Title  string // Process creation
	Doc    string
	Origin source.Span
	// Fields are the raw fields in the source's own order, those shared by all its kinds first. Unless Open, an event has no other.
	Fields []RawField
	Open   bool
	// Const are raw fields that have the same value in every event of the kind.
	Const map[string]string
	// Mappings are keyed by root dataset: "Endpoint.Processes". Every event of the kind is a row of each.
	Mappings map[string][]Assign

	own    []RawField             // Fields without those of the source
	mapped map[string]source.Span // where the dataset of each mapping is named
}

// RawField is a field of events under the source's own name.
type RawField struct {
	Name       string
	Type       string // string, number, boolean, time or ip
	Multivalue bool
}

// Assign gives a dataset's field its extracted value: an eval expression over the raw fields. It never sees another assignment.
type Assign struct {
	Field string
	At    source.Span // where Field is written
	Expr  source.Span
}

// Mapping is how events of the kind are mapped to the dataset or, for a child, to its root; ok is false if they are not.
func (k *Kind) Mapping(d *Dataset) (assigns []Assign, ok bool) {
	assigns, ok = k.Mappings[d.Root().String()]
	return assigns, ok
}

// Field is the raw field of the name, or nil.
func (k *Kind) Field(name string) *RawField {
	for i := range k.Fields {
		if k.Fields[i].Name == name {
			return &k.Fields[i]
		}
	}
	return nil
}

// compose puts the raw fields together: the source's, then the kind's own, each name once and with the kind's type.
func (k *Kind) compose() {
	k.Open = k.Source.Open
	k.Fields = nil
	for _, list := range [][]RawField{k.Source.Fields, k.own} {
		for _, f := range list {
			if old := k.Field(f.Name); old != nil {
				*old = f
				continue
			}
			k.Fields = append(k.Fields, f)
		}
	}
}
